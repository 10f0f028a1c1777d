"""Who writes, when, and with what proof."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from house.law import Function, Law, calls, functions, has_django_name, modules, parsed, where

WRITES = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "save", "acreate", "asave"}
WRITES_ON_QUERIES = {"update", "delete", "aupdate", "adelete"}  # also words of dict, set and hash
QUERY = re.compile(r"\.objects\b|\.(filter|exclude|all|select_for_update|order_by)\(|_set\b")
SQL_WRITE = re.compile(r"^\s*(insert\s+into|update\s+\w+\s+set|delete\s+from)\b", re.IGNORECASE)
SEALS = r"\bledger\.(append|append_all|erase)\("
CLOCKS = {("timezone", "now"), ("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("datetime", "today")}
CLOCK_CALLS = CLOCKS | {("time", "time"), ("timezone", "localtime"), ("timezone", "localdate")}


def is_write(call: ast.Call, called: ast.Attribute) -> bool:
    if called.attr in WRITES:
        return True
    return called.attr in WRITES_ON_QUERIES and bool(QUERY.search(ast.unparse(called.value)))


def writing_calls(tree: ast.AST) -> Iterator[int]:
    yield from (call.lineno for call, called in calls(tree) if is_write(call, called))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL_WRITE.match(node.value):
            yield node.lineno


def writes_outside_actions(root: Path) -> Iterator[str]:
    for path in modules(root):
        if path.stem != "actions" and has_django_name(path):
            yield from (f"{where(root, path, line)}: only actions.py writes" for line in writing_calls(parsed(path)))


def action_modules(root: Path) -> list[Path]:
    # The ledger seals the others' acts: it cannot ask itself to.
    return [path for path in modules(root) if path.stem == "actions" and path.parent.name != "ledger"]


def named_imports(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    """Yield what a module takes by name from another: that module, the name there, the name here."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", one.name, one.asname or one.name) for one in node.names)


def taken_from_actions(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield what a module takes of `actions.py` modules: by name, or as an attribute of one of them."""
    held = {here: f"{module}.actions" for module, name, here in named_imports(tree) if name == "actions"}
    yield from ((module, name) for module, name, _here in named_imports(tree) if module.endswith(".actions"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in held:
            yield held[node.value.id], node.attr


def parts(root: Path) -> set[tuple[str, str]]:
    """Return the parts of acts: the functions of `actions.py` that other acts take by name, and no door takes at all.

    `apps.py` hangs parts on acts. What a part writes, the act that it is a part of seals.
    """
    of_acts: set[tuple[str, str]] = set()
    of_doors: set[tuple[str, str]] = set()
    for path in modules(root):
        taken = taken_from_actions(parsed(path))
        (of_acts if path.stem in {"actions", "apps"} else of_doors).update(taken)
    return of_acts - of_doors


def called_names(function: Function) -> set[str]:
    made = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return {called.id for called in made if isinstance(called, ast.Name)}


def reached(start: Function, known: dict[str, Function]) -> list[Function]:
    """Return the function and those of its module that it calls, directly or not."""
    found, waiting = {start.name: start}, [start]
    while waiting:
        names = called_names(waiting.pop())
        fresh = [known[name] for name in names if name in known and name not in found]
        found.update((function.name, function) for function in fresh)
        waiting += fresh
    return list(found.values())


def mentions(story: list[Function], pattern: str) -> bool:
    return any(re.search(pattern, ast.unparse(part)) for part in story)


def writes(story: list[Function], borrowed: set[str]) -> bool:
    """Tell whether a function seals or writes, itself or by the parts that it borrows from other acts."""
    return any(called_names(one) & borrowed or next(writing_calls(one), None) for one in story) or mentions(
        story, SEALS
    )


def faults_of(action: Function, story: list[Function], *, is_part: bool) -> Iterator[str]:
    if action.args.args or action.args.posonlyargs:
        yield "takes keywords only"
    if is_part:
        return
    if not mentions(story, r"\btransaction\.atomic\b|@atomic\b"):
        yield "is atomic"
    if "at" not in {argument.arg for argument in action.args.kwonlyargs}:
        yield "is given its instant, `at`"
    if not mentions(story, SEALS):
        yield "seals what it does in the ledger"


def careless_actions(root: Path) -> Iterator[str]:
    of_others = parts(root)
    for path in action_modules(root):
        tree, module = parsed(path), ".".join(path.relative_to(root / "src").with_suffix("").parts)
        known = {node.name: node for node in tree.body if isinstance(node, Function)}
        borrowed = {here for source, name, here in named_imports(tree) if (source, name) in of_others}
        for action in known.values():
            story = reached(action, known)
            if not action.name.startswith("_") and writes(story, borrowed):
                faults = faults_of(action, story, is_part=(module, action.name) in of_others)
                yield from (
                    f"{where(root, path, action.lineno)}: an action {fault}: {action.name}" for fault in faults
                )


def private_imports(root: Path) -> Iterator[str]:
    """Find the private names that another module takes: what is asked for from outside is public."""
    for path in modules(root):
        for source, name, _here in named_imports(parsed(path)):
            if name.startswith("_") and source != "__future__":
                yield f"{where(root, path)}: {name} is private to {source}"


def reads_a_clock(called: ast.Attribute) -> bool:
    owner = called.value.attr if isinstance(called.value, ast.Attribute) else getattr(called.value, "id", "")
    return (owner, called.attr) in CLOCK_CALLS


def clocks_in_the_domain(root: Path) -> Iterator[str]:
    for path in modules(root):
        if path.stem in {"views", "api", "admin"} or {"config", "management"} & set(path.parts):
            continue
        for call, called in calls(parsed(path)):
            if reads_a_clock(called):
                yield f"{where(root, path, call.lineno)}: the door gives the instant, as `at`"


def broad_excepts(root: Path) -> Iterator[str]:
    for path in modules(root):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ExceptHandler) and is_broad(node.type):
                yield f"{where(root, path, node.lineno)}: catch the one error about which something better is known"


def is_broad(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(is_broad(part) for part in caught.elts)
    return caught is None or (isinstance(caught, ast.Name) and caught.id in {"Exception", "BaseException"})


def many_tries(root: Path) -> Iterator[str]:
    trees = [parsed(path) for path in modules(root)]
    tries = sum(isinstance(node, ast.Try) for tree in trees for node in ast.walk(tree))
    count = sum(len(functions(tree)) for tree in trees)
    if 100 * tries > 8 * count:
        yield f"src: {tries} try for {count} functions, 8 for 100 at most"


def many_mocks(root: Path) -> Iterator[str]:
    text = "\n".join(path.read_text(encoding="utf-8") for path in modules(root, "tests") if "house" not in path.parts)
    tests = len(re.findall(r"^\s*def test_", text, re.MULTILINE))
    mocks = len(re.findall(r"\b(?:Mock|MagicMock|patch|monkeypatch\.\w+|mocker\.\w+)\(", text))
    if 100 * mocks > 3 * tests:
        yield f"tests: {mocks} mocks for {tests} tests, 3 for 100 at most"


def shared_connections(root: Path) -> Iterator[str]:
    """DuckDB's module has one connection for all: what one leaves unread on it refuses the next."""
    for path in [*modules(root), *modules(root, "tests"), *modules(root, "benchmarks"), *modules(root, "scripts")]:
        for call, called in calls(parsed(path)):
            if ast.unparse(called.value) == "duckdb" and called.attr != "connect":
                yield f"{where(root, path, call.lineno)}: open a connection of your own, by duckdb.connect()"


ACTION = """
@transaction.atomic
def withdraw(*, entry: Entry, because: str, at: datetime) -> None:
    entry.withdrawn_because = because
    entry.save()
    ledger.append(kind="entry.withdrawn", stream="entries", content={}, at=at)
"""


def broken_action(old: str, new: str) -> dict[str, str]:
    return {"src/parvis/core/things/actions.py": ACTION.replace(old, new)}


PARTED = "src/parvis/core/things/counting/actions.py"
WHOLE = "src/parvis/core/things/actions.py"
PART = """
def count(*, entry: Entry) -> None:
    entry.count += 1
    entry.save()
"""
ACT = """
from parvis.core.things.counting.actions import count


@transaction.atomic
def receive(*, entry: Entry, at: datetime) -> None:
    count(entry=entry)
    ledger.append(kind="entry.received", stream="entries", content={}, at=at)
"""
KEPT_PARTS = {PARTED: PART, WHOLE: ACT}
KEPT_ACTION = {"src/parvis/core/things/actions.py": ACTION}
VIEW = "src/parvis/core/things/views.py"
DOMAIN = "src/parvis/core/things/due.py"

LAWS = (
    Law(
        "only actions.py writes",
        writes_outside_actions,
        broken={VIEW: "def show(request):\n    Thing.objects.filter(pk=1).delete()\n"},
        kept={VIEW: "def show(request):\n    seen.update(a=1)\n    return Thing.objects.all()\n"},
    ),
    Law(
        "only actions.py writes, in SQL too",
        writes_outside_actions,
        broken={"src/parvis/core/things/api.py": 'def f(c):\n    c.execute("INSERT INTO t VALUES (1)")\n'},
        kept={"src/parvis/core/things/actions.py": 'def f(c):\n    c.execute("INSERT INTO t VALUES (1)")\n'},
    ),
    Law("actions take keywords only", careless_actions, broken=broken_action("*, ", ""), kept=KEPT_ACTION),
    Law("actions are atomic", careless_actions, broken=broken_action("@transaction.atomic\n", ""), kept=KEPT_ACTION),
    Law("actions take their instant", careless_actions, broken=broken_action(", at: datetime", ""), kept=KEPT_ACTION),
    Law(
        "actions seal what they do", careless_actions, broken=broken_action("ledger.append", "print"), kept=KEPT_ACTION
    ),
    Law(
        "a part of acts is not a door's",
        careless_actions,
        broken={
            **KEPT_PARTS,
            VIEW: "from parvis.core.things.counting import actions\n\nactions.count(entry=1)\n",
        },
        kept=KEPT_PARTS,
    ),
    Law(
        "a part of acts takes keywords only",
        careless_actions,
        broken={**KEPT_PARTS, PARTED: PART.replace("*, ", "")},
        kept=KEPT_PARTS,
    ),
    Law(
        "an act seals what its parts write",
        careless_actions,
        broken={WHOLE: ACT.replace("ledger.append", "print"), PARTED: PART},
        kept=KEPT_PARTS,
    ),
    Law(
        "no private name is taken elsewhere",
        private_imports,
        broken={DOMAIN: "from parvis.core.clock.delays import _paused as paused\n"},
        kept={DOMAIN: "from parvis.core.clock.delays import due\n"},
    ),
    Law(
        "no clock in the domain",
        clocks_in_the_domain,
        broken={DOMAIN: "def is_due(day):\n    return day < timezone.now()\n"},
        kept={DOMAIN: "def is_due(day, *, at):\n    return day < at\n"},
    ),
    Law(
        "no broad except",
        broad_excepts,
        broken={DOMAIN: "try:\n    x()\nexcept (ValueError, Exception):\n    pass\n"},
        kept={DOMAIN: "try:\n    x()\nexcept (ValueError, KeyError):\n    raise\n"},
    ),
    Law(
        "at most 8 try for 100 functions",
        many_tries,
        broken={"src/a.py": "def f():\n    pass\n" * 12 + "try:\n    f()\nfinally:\n    f()\n"},
        kept={"src/a.py": "def f():\n    pass\n" * 13 + "try:\n    f()\nfinally:\n    f()\n"},
    ),
    Law(
        "at most 3 mocks for 100 tests",
        many_mocks,
        broken={"tests/test_a.py": "def test_a():\n    pass\n" * 33 + "    Mock()\n"},
        kept={"tests/test_a.py": "def test_a():\n    pass\n" * 34 + "    Mock()\n"},
    ),
    Law(
        "no question on the connection that all share",
        shared_connections,
        broken={"tests/core/test_rows.py": "import duckdb\n\nduckdb.sql('SELECT 1').fetchone()\n"},
        kept={"tests/core/test_rows.py": "import duckdb\n\nduckdb.connect().execute('SELECT 1').fetchone()\n"},
    ),
)
