"""What is written: templates, docstrings, and what must not be written at all."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from house.law import DJANGO_NAMES, Law, files, has_django_name, modules, parsed, where

SETTINGS_LINES = 200
TEMPLATE_NAME = re.compile(r"""["']([\w./-]+\.(?:html|txt|xml|svg|json))["']""")
# Words that French does not have, or that a French page does not use alone.
ENGLISH = re.compile(
    r"\b(the|and|of|with|your|you|please|this|that|from|by|are|is|was|not|login|sign in|submit|search|loading|"
    r"download|upload|next|previous|back|home|welcome|successfully|dashboard|settings|feedback)\b",
    re.IGNORECASE,
)
TEMPLATE_CODE = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|{%.*?%}|{{.*?}}|<!--.*?-->", re.DOTALL)
NOT_PROSE = re.compile(
    r"<(script|style|code|pre|samp|kbd)\b.*?</\1>|<[^>]*\blang=\"en\"[^>]*>[^<]*|<[^>]+>", re.DOTALL
)
APOSTROPHE = re.compile(r"[^\W\d_]'(?:[^\W\d_]|\s?«|{{)")
SHOWN_ATTRIBUTES = re.compile(r'\b(?:title|alt|aria-label|placeholder)="([^"]*)"')

THIRD_PARTY = re.compile(
    r"\.min\.(js|css|mjs)$|\.(woff2?|ttf|otf|eot|jar|whl|so|dll|exe)$|(^|/)(node_modules|vendor)/"
)
# Each has a letter in brackets: this file is searched too, and must not be caught by its own pattern.
MACHINE_PATHS = re.compile(r"(?<![\w.$}-])/(?:[w]ork|[h]ome|[r]oot|[U]sers|opt/[p]ypi|opt/[w]heels)/[\w.-]+")
REGISTRIES = re.compile(
    r"[p]ypi\.org|[p]ythonhosted|registry\.[n]pmjs|proxy\.[g]olang|deb\.[d]ebian|extra-[i]ndex-url"
)
SECRETS = re.compile(r"[-]{5}BEGIN (?:[A-Z]+ )?PRIVATE KEY[-]{5}|[A]KIA[0-9A-Z]{16}|[g]h[pousr]_[A-Za-z0-9]{30,}")
ADDRESSES = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
INVENTED = re.compile(r"@(?:[\w-]+\.)*(?:example|test|invalid|localhost)(?:\.\w+)?$")
EMOJI = re.compile("[\U0001f300-\U0001faff\u2705\u274c\u2728\ufe0f]")
BINARY = {".png", ".jpg", ".gz", ".zip", ".parquet", ".ico", ".bin"}


def templates(root: Path) -> dict[str, Path]:
    """Return the project's templates by the name they are asked by."""
    found = [path for path in files(root, under="src") if "templates" in path.parts]
    return {"/".join(path.parts[path.parts.index("templates") + 1 :]): path for path in found}


def unused_templates(root: Path) -> Iterator[str]:
    sources = [path for path in files(root, under="src") if path.suffix in {".py", ".html", ".txt", ".xml"}]
    asked = {name for path in sources for name in TEMPLATE_NAME.findall(path.read_text(encoding="utf-8"))}
    for name, path in templates(root).items():
        if name not in asked:
            yield f"{where(root, path)}: no page asks for it"


def english_in_templates(root: Path) -> Iterator[str]:
    for path in templates(root).values():
        text = TEMPLATE_CODE.sub(" ", path.read_text(encoding="utf-8"))
        shown = [*SHOWN_ATTRIBUTES.findall(text), NOT_PROSE.sub(" ", text)]
        leaks = sorted({word.lower() for part in shown for word in ENGLISH.findall(part)})
        if leaks:
            yield f"{where(root, path)}: English on a French page: {', '.join(leaks)}"


def typewriter_apostrophes(root: Path) -> Iterator[str]:
    for path in templates(root).values():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if APOSTROPHE.search(line):
                yield f"{where(root, path, number)}: pages write ’, and not '"


def texts(root: Path) -> Iterator[tuple[Path, int, str]]:
    """Yield every line of the project's text files but the lock files, whose hashes mean nothing to these laws."""
    for path in files(root):
        if path.suffix not in BINARY and not {".git", ".venv", "var"} & set(path.relative_to(root).parts):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                yield path, number, line


def third_party_files(root: Path) -> Iterator[str]:
    for path in files(root):
        if THIRD_PARTY.search(path.relative_to(root).as_posix()):
            yield f"{where(root, path)}: it comes from a package, not from this tree"


def found(root: Path, pattern: re.Pattern[str], what: str) -> Iterator[str]:
    for path, number, line in texts(root):
        if pattern.search(line):
            yield f"{where(root, path, number)}: {what}"


def machine_paths(root: Path) -> Iterator[str]:
    return found(root, MACHINE_PATHS, "a path of one machine")


def registry_addresses(root: Path) -> Iterator[str]:
    return found(root, REGISTRIES, "the address of a registry")


def secrets(root: Path) -> Iterator[str]:
    return found(root, SECRETS, "a secret")


def mail_addresses(root: Path) -> Iterator[str]:
    for path, number, line in texts(root):
        for address in ADDRESSES.findall(line):
            if not INVENTED.search(address):
                yield f"{where(root, path, number)}: an address that may be someone's: {address}"


def drawings(root: Path) -> Iterator[str]:
    return found(root, EMOJI, "an emoji")


def silent_things(root: Path) -> Iterator[str]:
    for path in modules(root):
        tree = parsed(path)
        if not has_django_name(path) and tree.body and ast.get_docstring(tree) is None:
            yield f"{where(root, path)}: the module does not say what it is for"
        for node in tree.body:
            if owes_a_sentence(path, node) and ast.get_docstring(node) is None:
                yield f"{where(root, path, node.lineno)}: {node.name} does not say what it is for"


def owes_a_sentence(path: Path, node: ast.stmt) -> bool:
    if isinstance(node, ast.ClassDef):
        return path.stem not in DJANGO_NAMES - {"models", "actions"}
    return isinstance(node, ast.FunctionDef) and path.stem == "actions" and not node.name.startswith("_")


def long_settings(root: Path) -> Iterator[str]:
    path = root / "src" / "parvis" / "config" / "settings.py"
    count = len(path.read_text(encoding="utf-8").splitlines())
    if count >= SETTINGS_LINES:
        yield f"{where(root, path)}: {count} lines, under {SETTINGS_LINES}"


PAGE = "src/parvis/core/things/templates/things/page.html"
VIEW = "src/parvis/core/things/views.py"
NOTE = "docs/do/note.md"
SETTINGS = "src/parvis/config/settings.py"
PLAIN = "src/parvis/core/things/due.py"


def note(text: str) -> dict[str, str]:
    return {NOTE: text}


LAWS = (
    Law(
        "every template is used",
        unused_templates,
        broken={PAGE: "<p>Bonjour</p>", VIEW: 'show(request, "things/other.html")'},
        kept={PAGE: "<p>Bonjour</p>", VIEW: 'show(request, "things/page.html")'},
    ),
    Law(
        "pages are in French",
        english_in_templates,
        broken={PAGE: '<p>{{ of }}</p><a title="Download">Télécharger</a>'},
        kept={PAGE: '<p class="search">{% if not this %}Télécharger{% endif %} <code>and</code></p>'},
    ),
    Law(
        "pages write one apostrophe",
        typewriter_apostrophes,
        broken={PAGE: "<p>L'article {% if a == 'b' %}</p>"},
        kept={PAGE: "<p>L’article {% if a == 'b' %}</p>"},
    ),
    Law(
        "no file of someone else's",
        third_party_files,
        broken={"src/parvis/core/web/static/web/chart.min.js": ""},
        kept={"src/parvis/core/web/static/web/map.js": ""},
    ),
    Law(
        "no path of one machine",
        machine_paths,
        broken=note("Voir /hôme/jeanne/parvis.".replace("ô", "o")),
        kept=note("Voir ../shared."),
    ),
    Law(
        "no registry address",
        registry_addresses,
        broken=note("le dépôt pÿpi.org".replace("ÿ", "y")),
        kept=note("le dépôt de paquets"),
    ),
    Law(
        "no secret",
        secrets,
        broken=note("-----BEGIN PRIVÂTE KEY-----".replace("Â", "A")),
        kept=note("-----BEGIN PUBLIC KEY-----"),
    ),
    Law(
        "no one's mail address",
        mail_addresses,
        broken=note("jeanne.dupont(at)ville-de-caen.fr".replace("(at)", "@")),
        kept=note("agent@parvis.example"),
    ),
    Law("no emoji", drawings, broken=note("Fait \N{PARTY POPPER}"), kept=note("Fait → page suivante")),
    Law(
        "what is due says what it is for",
        silent_things,
        broken={PLAIN: "class Delay:\n    pass\n"},
        kept={PLAIN: '"""When an answer is due."""\n\n\nclass Delay:\n    """Time."""\n'},
    ),
    Law(
        "settings have less than 200 lines",
        long_settings,
        broken={SETTINGS: "A = 1\n" * 200},
        kept={SETTINGS: "A = 1\n" * 199},
    ),
)
