"""The simulators' lines, for `parvis bench simulators`: see simulators/lines.py, which takes options."""

import runpy
from pathlib import Path

if __name__ == "__main__":
    runpy.run_path(str(Path(__file__).with_name("simulators") / "lines.py"), run_name="__main__")
