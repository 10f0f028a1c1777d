"""Enter an engine's own Python, with the project's code and none of the site's libraries.

Run by its path: `python entering.py '{"parvis": "…/src/parvis"}' MODULE ARGUMENTS…`. The named packages are found at
their folders and nowhere else, which a path of packages would not do: the site's libraries often lie beside them.
"""

import json
import sys
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from runpy import run_module


def enter(packages: dict[str, str]) -> None:
    for name, folder in packages.items():
        spec = ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = [folder]
        sys.modules[name] = module_from_spec(spec)


if __name__ == "__main__":
    enter(json.loads(sys.argv[1]))
    sys.argv = sys.argv[2:]
    run_module(sys.argv[0], run_name="__main__", alter_sys=True)
