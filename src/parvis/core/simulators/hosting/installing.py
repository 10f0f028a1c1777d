"""Install an engine: its libraries in an environment of their own, then what makes it start fast.

Both are kept by the hash of what they are made from: a changed list of libraries, or changed code, makes new ones
beside the old, and a process never meets files that are not its own.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from importlib.util import find_spec
from pathlib import Path
from time import monotonic

import parvis
from parvis.core.simulators.engines import DeclaredEngine
from parvis.core.simulators.hosting import entering
from parvis.core.simulators.hosting.places import places
from parvis.core.simulators.hosting.refusals import EngineNotInstalled

HERE = Path(__file__).parent
SPOKEN = (HERE.parent / "contract.py", HERE / "records.py", HERE / "preparing.py")
"""What the files written at installation are made with, besides the engine."""

FORGOTTEN_SECONDS = 86_400
RETRY_SECONDS = 300
LOCK = "lock"

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
PASSED = ("PATH", "LANG", "TMPDIR", "TZ")
"""The environment that an engine's process gets. The site's own holds secrets: it does not cross."""

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "PIP_CERT")
INDEXES = (
    *("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_NO_INDEX", "PIP_TRUSTED_HOST", "PIP_CONFIG_FILE"),
    *("UV_DEFAULT_INDEX", "UV_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS", "UV_NO_INDEX"),
    *("UV_OFFLINE", "UV_INSECURE_HOST", "UV_CONFIG_FILE", "UV_CACHE_DIR", "PIP_CACHE_DIR"),
)
FETCHING = {"HOME", *PASSED, *PROXIES, *map(str.upper, PROXIES), *CERTIFICATES, *INDEXES}
"""The environment of uv and pip: how to reach the packages, and nothing else of the site's."""


class InstallationFailed(EngineNotInstalled):
    """The engine's libraries, or what it prepares, could not be made."""


@dataclass(frozen=True)
class Installed:
    """Where an engine's parts are, or would be once installed."""

    declared: DeclaredEngine
    code: str  # 12 hexadecimal digits of what the prepared files are made from
    libraries: Path | None  # its environment; None: the site's own Python
    prepared: Path

    @property
    def python(self) -> Path:
        return self.libraries / "bin" / "python" if self.libraries else Path(sys.executable)

    @property
    def is_ready(self) -> bool:
        return has_libraries(self.declared) and self.prepared.is_dir()


def installed(declared: DeclaredEngine) -> Installed:
    """Say where an engine's parts are, for its code as it is now."""
    libraries, files = libraries_of(declared), [*code_files(declared.module), *SPOKEN]
    code = digest_of(libraries.name.encode() if libraries else b"", *map(Path.read_bytes, files))
    return Installed(declared, code, libraries, places().engines / declared.slug / f"prepared-{code}")


def libraries_of(declared: DeclaredEngine) -> Path | None:
    """Return where an engine's environment is, or would be, for this Python; None where it needs none."""
    if declared.requirements is None:
        return None
    wanted = digest_of(declared.requirements.read_bytes(), sys.version.encode())
    return places().engines / declared.slug / f"libraries-{wanted}"


def has_libraries(declared: DeclaredEngine) -> bool:
    folder = libraries_of(declared)
    return folder is None or folder.is_dir()


def digest_of(*parts: bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()[:12]


def code_files(module: str) -> list[Path]:
    """Return the engine's own files: its module, or the whole folder that declares it."""
    path = module_file(module)
    if path.parent.name == "engines":
        return [path]
    found = (file for file in path.parent.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return sorted(found)


def module_file(module: str) -> Path:
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise EngineNotInstalled(f"Le module « {module} » n'existe pas : corrigez la déclaration du moteur.")
    return Path(spec.origin)


def command(engine: Installed, module: str, *words: str) -> list[str]:
    """Return the command that runs one of our modules in the engine's own Python."""
    top = engine.declared.module.partition(".")[0]
    folder = module_file(engine.declared.module).parents[engine.declared.module.count(".") - 1]
    packages = {top: str(folder), "parvis": str(Path(parvis.__path__[0]))}
    return [str(engine.python), "-s", "-P", entering.__file__, json.dumps(packages), module, *words]


def environment(slug: str) -> dict[str, str]:
    """Return what an engine's process may know: no secret, one thread, and the variables that bear its name."""
    mine = f"PARVIS_{slug.upper().replace('-', '_')}_"
    kept = {name: value for name, value in os.environ.items() if name in PASSED or name.startswith(mine)}
    fixed = {"PYTHONHASHSEED": "0", "PARVIS_DATA": str(places().data)}
    return {**kept, **fixed, **dict.fromkeys(ONE_THREAD, "1")}


def install(declared: DeclaredEngine, *, tell: Callable[[str], None]) -> Installed:
    """Make what is missing; `tell` is given each step's French name as it begins. Raises InstallationFailed."""
    engine = installed(declared)
    try:
        with alone(places().engines / declared.slug):
            make_missing(engine, tell)
            forget_former(engine)
    except OSError as error:
        raise InstallationFailed(
            f"Le moteur « {declared.slug} » ne peut pas s'installer dans « {places().engines} » ({error.strerror}) : "
            "ouvrez ce dossier en écriture, ou donnez-en un autre par PARVIS_ENGINES."
        ) from error
    return engine


_failed: dict[Path, float] = {}


def install_once(engine: Installed) -> Installed:
    """Make what is missing because a page asks; what failed lately is not tried again by each visitor."""
    if monotonic() < _failed.get(engine.prepared, float("-inf")) + RETRY_SECONDS:
        raise unprepared(engine)
    try:
        return install(engine.declared, tell=lambda _step: None)
    except InstallationFailed as error:
        _failed[engine.prepared] = monotonic()
        raise unprepared(engine) from error


def unprepared(engine: Installed) -> InstallationFailed:
    """Say to a visitor that an engine is not ready, without what is the operator's to read."""
    return InstallationFailed(
        f"« {engine.declared.title} » n'est pas prêt sur ce site : l'équipe qui le tient saura pourquoi par "
        f"« parvis engine install {engine.declared.slug} »."
    )


def make_missing(engine: Installed, tell: Callable[[str], None]) -> None:
    if engine.libraries and not engine.libraries.is_dir():
        tell("bibliothèques")
        with made_whole(engine.libraries) as folder:
            make_libraries(folder, engine.declared)
    if not engine.prepared.is_dir():
        tell("image préparée")
        with made_whole(engine.prepared) as folder:
            prepare(engine, folder)


def forget_former(engine: Installed) -> None:
    """Remove what other code left, once no process was started from it for a day."""
    folder = engine.prepared.parent
    limit = (folder / LOCK).stat().st_mtime - FORGOTTEN_SECONDS  # it was taken now
    for path in folder.iterdir():
        if path.is_dir() and path not in {engine.prepared, engine.libraries} and path.stat().st_mtime < limit:
            shutil.rmtree(path)


def touch(engine: Installed) -> None:
    """Note that a process is started from these parts; those of another owner are not ours to forget."""
    for path in (engine.prepared, engine.libraries):
        if path is not None:
            with suppress(PermissionError):
                os.utime(path)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let one process at a time work in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        flock(lock, LOCK_EX)
        yield


@contextmanager
def made_whole(folder: Path) -> Iterator[Path]:
    """Give a folder to fill that takes its name once it is whole: a half-made one is never seen."""
    fresh = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
    try:
        yield fresh
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def make_libraries(folder: Path, declared: DeclaredEngine) -> None:
    """Fill an environment from the hash-pinned list, with uv where it is, else with pip."""
    python, wanted = folder / "bin" / "python", str(declared.requirements)
    uv = Path(sys.prefix) / "bin" / "uv"
    if uv.is_file():
        run([str(uv), "venv", "-q", "--allow-existing", "--python", sys.executable, str(folder)], declared, fetching())
        fetch = [str(uv), "pip", "sync", "-q", "--require-hashes", "--python", str(python), wanted]
    else:
        run([sys.executable, "-m", "venv", "--clear", str(folder)], declared, fetching())
        pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes"]
        fetch = [*pip, "-r", wanted]
    run(fetch, declared, fetching())
    run([str(python), "-m", "compileall", "-q", str(folder / "lib")], declared, environment(declared.slug))


def fetching() -> dict[str, str]:
    """Return what uv and pip may know."""
    return {name: value for name, value in os.environ.items() if name in FETCHING}


def prepare(engine: Installed, folder: Path) -> None:
    """Write the engine's image, its card and its fields."""
    (folder / "image").mkdir()
    words = (engine.declared.module, str(folder))
    known = environment(engine.declared.slug)
    run(command(engine, "parvis.core.simulators.hosting.preparing", *words), engine.declared, known)


def run(words: list[str], declared: DeclaredEngine, known: dict[str, str]) -> None:
    answer = subprocess.run(words, env=known, capture_output=True, text=True, check=False)  # noqa: S603 -- our own words
    if answer.returncode:
        said = answer.stderr.strip().splitlines()[-20:]
        raise InstallationFailed(
            f"Le moteur « {declared.slug} » ne s'installe pas ; ce qu'a répondu l'installation :\n" + "\n".join(said)
        )
