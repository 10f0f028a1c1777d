"""What a house law is: a checker over a project's tree, and a small tree that breaks it."""

import ast
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
DJANGO_NAMES = {"models", "actions", "views", "forms", "urls", "admin", "apps", "api", "queries"}
DJANGO_FOLDERS = {"migrations", "management", "templatetags"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Law:
    """A law of the house, with its proof: `broken` is refused at `broken`'s first path, `kept` is let through."""

    title: str
    check: Callable[[Path], Iterable[str]]  # project root -> one line a fault, beginning with the file's path
    broken: dict[str, str]  # path -> text of a tree that breaks the law; the first path is the faulty one
    kept: dict[str, str]  # the same, mended


@lru_cache
def tracked(root: Path) -> frozenset[Path] | None:
    """Return the files that git knows or could add; None outside a repository (a planted tree)."""
    if not (root / ".git").exists():
        return None
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return frozenset(root / name for name in listed.split("\0") if name)


def files(root: Path, pattern: str = "*", under: str = "") -> list[Path]:
    """Return the project's own files."""
    known = tracked(root)
    if known is None:
        return sorted(path for path in (root / under).rglob(pattern) if path.is_file())
    mine = (path for path in known if path.match(pattern) and path.is_relative_to(root / under))
    return sorted(path for path in mine if path.is_file())


def modules(root: Path, under: str = "src") -> list[Path]:
    return [path for path in files(root, "*.py", under) if "migrations" not in path.parts]


def has_django_name(path: Path) -> bool:
    return path.stem in DJANGO_NAMES or bool(DJANGO_FOLDERS & set(path.parts)) or "config" in path.parts


@lru_cache(maxsize=4096)
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.AST) -> list[Function]:
    return [node for node in ast.walk(tree) if isinstance(node, Function)]


def body(node: Function | ast.Module | ast.ClassDef) -> list[ast.stmt]:
    """Return the statements of a node, its docstring left out."""
    return node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body


def where(root: Path, path: Path, line: int = 0) -> str:
    return f"{path.relative_to(root)}" + (f":{line}" if line else "")


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, ast.Attribute]]:
    """Yield the calls of a method or of a module's function, with what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func
