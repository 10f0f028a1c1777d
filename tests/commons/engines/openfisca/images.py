"""Read an image of parameters as the engine does; run in its own Python, it writes what was found."""

import pickle
import sys
from pathlib import Path

from parvis.commons.engines.openfisca.systems import IMAGE, read_image

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    (folder / IMAGE).write_bytes(b"0" * 64 + b"\n" + pickle.dumps("the parameters"))
    mine, theirs = read_image(folder, "0" * 64), read_image(folder, "1" * 64)
    sys.stdout.write(f"{mine}\n{theirs}\n")
