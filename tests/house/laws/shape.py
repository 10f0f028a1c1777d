"""Sizes, names and repetitions."""

import ast
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from house.law import Function, Law, body, files, functions, modules, parsed, where

MODULE_LINES, FUNCTION_LINES, MEDIAN_LINES, SHORT_LINES, SHORT_SHARE = 400, 50, 9, 20, 0.9
FORBIDDEN_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "base",
    "manager",
    "managers",
    "service",
    "services",
}
WORD = re.compile(r"\w+")
DOTTED = re.compile(r"[\w.:]+")
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
DECLARED_TO_DJANGO = {"settings", "urls", "apps", "admin"}
"""Modules of which Django reads the constants by their names."""
# Below this many nodes, two equal bodies are two names for one word (`return self.title`), not a copy.
COPY_NODES = 25


def lines(function: Function) -> int:
    """Count the lines of the signature and of the body, the docstring left out."""
    first = function.body[0]
    size = function.end_lineno - function.lineno + 1
    return size if first in body(function) else size - (first.end_lineno - first.lineno + 1)


def long_modules(root: Path) -> Iterator[str]:
    for path in modules(root):
        count = len(path.read_text(encoding="utf-8").splitlines())
        if count > MODULE_LINES:
            yield f"{where(root, path)}: {count} lines, {MODULE_LINES} at most"


def long_functions(root: Path) -> Iterator[str]:
    for path in modules(root):
        for function in functions(parsed(path)):
            if lines(function) > FUNCTION_LINES:
                yield f"{where(root, path, function.lineno)}: {function.name}, {lines(function)} lines"


def heavy_functions(root: Path) -> Iterator[str]:
    sizes = [lines(function) for path in modules(root) for function in functions(parsed(path))]
    median = statistics.median(sizes)
    short = sum(size <= SHORT_LINES for size in sizes) / len(sizes)
    if median > MEDIAN_LINES:
        yield f"src: the median function has {median} lines, {MEDIAN_LINES} at most"
    if short < SHORT_SHARE:
        yield f"src: {short:.1%} of functions have at most {SHORT_LINES} lines, {SHORT_SHARE:.0%} at least"


def hollow_names(root: Path) -> Iterator[str]:
    for path in modules(root):
        words = set(path.stem.split("_")) | {path.parent.name}
        if words & FORBIDDEN_NAMES:
            yield f"{where(root, path)}: name the module for its subject"


def shared_bodies(root: Path) -> Iterator[str]:
    seen: dict[str, list[str]] = defaultdict(list)
    for path in modules(root):
        for function in functions(parsed(path)):
            statements = body(function)
            if sum(1 for statement in statements for _ in ast.walk(statement)) >= COPY_NODES:
                text = "\n".join(ast.dump(statement) for statement in statements)
                seen[text].append(f"{where(root, path, function.lineno)} {function.name}")
    for places in seen.values():
        if len(places) > 1:
            yield " and ".join(places)


def unread_names(root: Path) -> Iterator[str]:
    """Find the functions, classes and constants that no line of the project reads, but in their own body."""
    read = Counter(name for path in modules(root) for name in read_names(parsed(path)))
    pages = (path.read_text(encoding="utf-8") for path in files(root, under="src") if path.suffix in {".html", ".txt"})
    read.update(word for page in pages for tag in TAG.findall(page) for word in WORD.findall(tag))
    for path in modules(root):
        for name, node in defined(parsed(path), has_constants=path.stem not in DECLARED_TO_DJANGO):
            if read[name] == sum(1 for own in read_names(node) if own == name):
                yield f"{where(root, path, node.lineno)}: nothing reads {name}"


def read_names(tree: ast.AST) -> Iterator[str]:
    """Yield what is read: a name, an attribute, the words of a dotted path; not an import, nor what is only listed."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and DOTTED.fullmatch(node.value):
            yield from WORD.findall(node.value)
        waiting += ast.iter_child_nodes(node)


def defined(tree: ast.Module, *, has_constants: bool) -> Iterator[tuple[str, ast.stmt]]:
    """Yield what must be read by name: not what a decorator takes, nor what a base class calls."""
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef) and not is_called_by_others(node):
            yield node.name, node
        if isinstance(node, ast.ClassDef) and not node.bases:
            yield from defined(ast.Module(body=node.body, type_ignores=[]), has_constants=False)
        if isinstance(node, ast.Assign | ast.AnnAssign) and has_constants:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = (one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name))
            yield from ((name, node) for name in names if not name.startswith("__"))


def is_called_by_others(node: Function | ast.ClassDef) -> bool:
    bases = {ast.unparse(base) for base in getattr(node, "bases", [])}
    return bool(node.decorator_list) or node.name.startswith("__") or "AppConfig" in bases


COPIED = """
def read(path):
    rows = [line.split(";") for line in path.open() if line.strip()]
    return {row[0]: row[1:] for row in rows}
"""

LAWS = (
    Law(
        "no module over 400 lines",
        long_modules,
        broken={"src/parvis/core/things.py": "x = 1\n" * 401},
        kept={"src/parvis/core/things.py": "x = 1\n" * 400},
    ),
    Law(
        "no function over 50 lines",
        long_functions,
        broken={"src/parvis/core/things.py": "def thing():\n" + "    print(1)\n" * 50},
        kept={"src/parvis/core/things.py": 'def thing():\n    """Do.\n\n    More.\n    """\n' + "    print(1)\n" * 49},
    ),
    Law(
        "functions: median of 9 lines, 90 % of at most 20",
        heavy_functions,
        broken={"src/a.py": "".join(f"def f{n}():\n" + "    print(1)\n" * (25 if n < 2 else 3) for n in range(10))},
        kept={"src/a.py": "".join(f"def f{n}():\n" + "    print(1)\n" * (25 if n < 1 else 3) for n in range(10))},
    ),
    Law(
        "no module is named for nothing",
        hollow_names,
        broken={"src/parvis/core/date_utils.py": ""},
        kept={"src/parvis/core/dates.py": ""},
    ),
    Law(
        "no two functions share a body",
        shared_bodies,
        broken={"src/a.py": COPIED, "src/b.py": COPIED.replace("read", "load")},
        kept={"src/a.py": COPIED, "src/b.py": COPIED.replace("[1:]", "[2:]")},
    ),
    Law(
        "no dead code",
        unread_names,
        broken={"src/a.py": "def read():\n    pass\n\n\ndef load():\n    read()\n"},
        kept={"src/a.py": "def read():\n    pass\n\n\nread()\n"},
    ),
    Law(
        "what is listed, told or imported is not read",
        unread_names,
        broken={
            "src/a.py": '"""How to load."""\n\n__all__ = ["load"]\n\n\ndef load():\n    load()\n',
            "src/b.py": "from a import load\n",
        },
        kept={"src/a.py": "def load():\n    pass\n", "src/b.py": "import a\n\na.load()\n"},
    ),
    Law(
        "no constant that nothing reads",
        unread_names,
        broken={"src/a.py": "SHOWN = 50\nSIZE: Final = 50\nprint(SIZE)\n"},
        kept={"src/a.py": "SHOWN = 50\n", "src/b.html": "{% if page.count > SHOWN %}{% endif %}"},
    ),
)
