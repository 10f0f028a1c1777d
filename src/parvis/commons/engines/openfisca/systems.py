"""The rules as loaded: variables from their files, parameters from a prepared image or from theirs."""

import gc
import hashlib
import pickle
import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from inspect import isclass
from pathlib import Path

import openfisca_core
import openfisca_france
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import Instant, Period, instant
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable
from openfisca_france import FranceTaxBenefitSystem
from openfisca_france.conf.cache_blacklist import cache_blacklist
from openfisca_france.entities import entities

from parvis.commons.engines.openfisca import fast, repairs
from parvis.commons.engines.openfisca.instants import NodeAtInstant

FRANCE = Path(openfisca_france.__file__).parent
CORE = Path(openfisca_core.__file__).parent
OURS = Path(__file__).parent
IMAGE = "parameters.pickle"
DAYS = 600  # kept, of each system: those of fifty years of months


class System(FranceTaxBenefitSystem):
    """OpenFisca-France's system, with its parameters given: the same rules as FranceTaxBenefitSystem()."""

    def __init__(self, parameters: ParameterNode) -> None:
        """Load the variables' files."""
        TaxBenefitSystem.__init__(self, entities)
        self.parameters = parameters
        self.add_variables_from_directory(str(FRANCE / "model"))
        repairs.repair(self)
        self.cache_blacklist = cache_blacklist
        self.days: dict[str, NodeAtInstant] = {}

    def add_variables_from_file(self, file_path: str) -> None:
        """Load one file's variables as the core does, less the parsing of its text, which `formulas` does at need."""
        name = f"rules_{id(self)}_{Path(file_path).relative_to(FRANCE).with_suffix('').as_posix().replace('/', '_')}"
        spec = spec_from_file_location(name, file_path)
        if spec is None or spec.loader is None:
            raise ImportError(file_path)
        module = sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(module)
        for item in dir(module):
            found = getattr(module, item)
            if isclass(found) and issubclass(found, Variable) and found.__module__ == name:
                self.add_variable(found)

    def get_parameters_at_instant(self, asked: str | int | Period | Instant) -> NodeAtInstant:
        """Give the parameters of a day; those of the last days asked are kept."""
        day = str(asked.start if isinstance(asked, Period) else instant(asked))
        found = self.days.get(day)
        if found is None:
            found = self.days[day] = self.read(day)
            if len(self.days) > DAYS:
                del self.days[next(iter(self.days))]
        return found

    def read(self, day: str) -> NodeAtInstant:
        return NodeAtInstant(self.parameters, day)


class Reformed(System):
    """The same system, some of whose parameters changed: everything else is shared with it, nothing is copied."""

    def __init__(self, before: System, parameters: ParameterNode) -> None:
        """Take all that the system before has, but its parameters."""
        self.__dict__.update(before.__dict__)
        self.baseline = before
        self.parameters = parameters
        self.days = {}

    def read(self, day: str) -> NodeAtInstant:
        return NodeAtInstant(self.parameters, day, self.baseline.get_parameters_at_instant(day))


def rules() -> Iterator[Path]:
    """Give the files that make the results: the French package whole, the core's code, and ours that runs them."""
    for path in sorted(FRANCE.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            yield path
    yield from sorted(CORE.rglob("*.py"))
    yield from sorted(OURS.rglob("*.py"))


def digest() -> str:
    """Hash the rules' files, names and contents (sha256, hexadecimal), and whether OpenFisca runs as it is.

    It is then not repaired, and may give other results.
    """
    whole = hashlib.sha256(b"stock\0" if fast.is_off() else b"")
    for path in rules():
        content = path.read_bytes()
        name = path.relative_to(FRANCE.parent).as_posix() if path.is_relative_to(FRANCE.parent) else path.name
        whole.update(f"{name}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()


def write_image(prepared: Path) -> None:
    """Write the parameters, read from their 4,064 files, as one image that says of which rules it was made."""
    image = digest().encode() + b"\n" + pickle.dumps(FranceTaxBenefitSystem().parameters, protocol=5)
    part = prepared / f"{IMAGE}.part"
    part.write_bytes(image)
    part.rename(prepared / IMAGE)


def read_image(prepared: Path, rules_digest: str) -> ParameterNode | None:
    """Read the parameters' image if it was made of these very rules; None where it was not."""
    path = prepared / IMAGE
    if not path.exists():
        return None
    made_of, _, image = path.read_bytes().partition(b"\n")
    if made_of != rules_digest.encode():
        return None
    gc.disable()  # 300,000 objects come at once and none is to be thrown away: 0.4 s → 0.1 s
    try:
        return pickle.loads(image)  # noqa: S301 (written by write_image, in the engine's own folder)
    finally:
        gc.enable()


def load(prepared: Path, rules_digest: str) -> System:
    """Load the rules, from the prepared image where it is theirs, else from their files."""
    parameters = read_image(prepared, rules_digest)
    return System(FranceTaxBenefitSystem().parameters if parameters is None else parameters)


def stock() -> FranceTaxBenefitSystem:
    """Load the rules as OpenFisca itself does."""
    return FranceTaxBenefitSystem()
