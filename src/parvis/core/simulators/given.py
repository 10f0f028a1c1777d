"""What people give, value by value: names, values, periods and changes, read strictly or refused in French."""

import ast
import json
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

import numpy as np
from rapidfuzz import process

from parvis.core.simulators.contract import Array, Change, Field, UnknownField, Value, WrongPeriod, WrongValue
from parvis.core.simulators.identity import whole

ETERNITY: Final = "eternity"
PERIOD: Final = re.compile(
    r"(?:(?P<unit>day|month|year):)?(?P<year>[12]\d{3})(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?(?P<size>:[1-9]\d{0,2})?"
)
UNITS: Final = ("year", "month", "day")
SPAN: Final = re.compile(r"(?P<first>[12]\d{3}):(?P<last>[12]\d{3})")  # « 1850:2100 », both included: of a series
LARGEST: Final[Mapping[str, float]] = {"number": float(np.finfo(np.float32).max), "integer": 2**31 - 1}
LONGEST: Final = 200  # characters of a text, or of a value that a refusal quotes
DTYPES: Final[Mapping[str, str]] = {"number": "f8", "integer": "i8", "bool": "?", "date": "M8[D]"}
NEAREST: Final = 3
MOST_CHANGES: Final = 100
ARITHMETIC: Final[Mapping[type[ast.operator], Callable[[float, float], float]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def field_named(name: str, fields: Mapping[str, Field]) -> Field:
    """Return a field. Raises UnknownField, with the nearest names."""
    if name not in fields:
        raise UnknownField(f"Le modèle n'a pas de champ « {quoted(name)} ».{nearest(name, fields)}")
    return fields[name]


def output_named(name: str, fields: Mapping[str, Field]) -> Field:
    """Return a field that can be computed. Raises UnknownField."""
    field = field_named(name, fields)
    if not field.entity:
        raise UnknownField(f"« {name} » est un paramètre : il se change, et ne se calcule pas.")
    return field


def nearest(name: str, known: Iterable[str]) -> str:
    """Say which known names are nearest to one that is not known; nothing where none is near."""
    found = process.extract(name[:LONGEST], list(known), limit=NEAREST, score_cutoff=60)
    names = ", ".join(f"« {close} »" for close, *_ in found)
    return f" Les plus proches : {names}." if names else ""


def quoted(said: object) -> str:
    """Write what was given as a refusal quotes it: what is long is cut."""
    text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:60]}…"


def value_of(field: Field, said: object) -> Value:
    """Read one value of a field. Raises WrongValue, saying what the field takes."""
    if field.type not in READERS:
        raise WrongValue(f"« {field.name} » est un barème : donnez ou changez ses parties, que liste sa page.")
    value = READERS[field.type](field, said)
    if isinstance(value, int | float) and not _is_within(value, *field.bounds):
        raise WrongValue(f"« {field.name} » vaut {quoted(said)}, hors de ses bornes ({_bounds(*field.bounds)}).")
    return value


def _is_within(value: float, low: float | None, high: float | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def _bounds(low: float | None, high: float | None) -> str:
    if low is None:
        return f"au plus {high:g}"
    return f"au moins {low:g}" if high is None else f"de {low:g} à {high:g}"


def _number(field: Field, said: object) -> float:
    value = _arithmetic(said) if isinstance(said, str) else said
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(field, said, "un nombre" + (f", en {field.unit}" if field.unit else ""))
    most = LARGEST[field.type]
    if not abs(value) <= most:  # also NaN, and integers that no double holds
        raise WrongValue(f"« {field.name} » vaut {quoted(said)} : ce nombre est infini, ou passe {most:.3g}.")
    return float(value)


def _integer(field: Field, said: object) -> int:
    # Boxes of a tax return are counts in OpenFisca: its clients tick them with true.
    value = _number(field, int(said) if isinstance(said, bool) else said)
    if value != int(value):
        raise _wrong(field, said, "un nombre entier")
    return int(value)


def _arithmetic(said: str) -> float | None:
    """Compute a text such as « 2000 * 12 », which OpenFisca's own payloads may hold; None where it is not one."""
    if len(said) > LONGEST:
        return None
    try:
        return _computed(ast.parse(said.strip(), mode="eval").body)
    except (SyntaxError, ValueError, ZeroDivisionError, RecursionError, MemoryError, OverflowError):
        return None


def _computed(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_computed(inner)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in ARITHMETIC:
            return ARITHMETIC[type(sign)](_computed(left), _computed(right))
    raise ValueError(ast.dump(node))


def _bool(field: Field, said: object) -> bool:
    if said not in (True, False):
        raise _wrong(field, said, "true ou false")
    return bool(said)


def _date(field: Field, said: object) -> str:
    # OpenFisca takes a month for its first day, and its clients write so.
    day = f"{said}-01" if isinstance(said, str) and re.fullmatch(r"\d{4}-\d\d", said) else said
    if not isinstance(day, str) or not _is_day(day):
        raise _wrong(field, said, "un jour du calendrier, AAAA-MM-JJ")
    return day


def _is_day(said: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", said)) and day_of(said) is not None


def day_of(said: str) -> date | None:
    """Read a day written AAAA-MM-JJ; None where it is not one of the calendar."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _choice(field: Field, said: object) -> str:
    names = [choice.value for choice in field.choices]
    if not isinstance(said, str) or said not in names:
        listed = ", ".join(names) if len(names) <= 12 else f"{len(names)} choix, que donne la page du champ"
        raise _wrong(
            field, said, f"l'un de ses choix ({listed}){nearest(said, names) if isinstance(said, str) else ''}"
        )
    return said


def _text(field: Field, said: object) -> str:
    if not isinstance(said, str) or len(said) > LONGEST or not said.isprintable():
        raise _wrong(field, said, f"un texte d'une ligne (entre guillemets), de {LONGEST} caractères au plus")
    return said


READERS: Final[Mapping[str, Callable[[Field, object], Value]]] = {
    "number": _number,
    "integer": _integer,
    "bool": _bool,
    "date": _date,
    "choice": _choice,
    "text": _text,
}


def _wrong(field: Field, said: object, wanted: str) -> WrongValue:
    return WrongValue(f"« {field.name} » attend {wanted}, et non « {quoted(said)} ».")


def column(field: Field, values: list[Any]) -> Array:
    """Make the column of values read by `value_of`; None takes the field's default, as in OpenFisca."""
    whole = [default(field) if value is None else value for value in values]
    return np.array(whole, dtype=DTYPES.get(field.type, "U"))


def default(field: Field) -> Value:
    """Return what a field is worth where nothing is given."""
    if field.default is not None:
        return field.default
    empty: Mapping[str, Value] = {"number": 0.0, "integer": 0, "bool": False, "date": "1970-01-01"}
    return empty.get(field.type, "")


def period_of(said: object) -> str:
    """Return a period in its one form: « 2024 », « 2024-01 », « 2024-01-31 », « year:2024:3 », « 1850:2100 ».

    Two ways of writing one period are one column: « month:2024-01:12 » is « 2024 ». Raises WrongPeriod.
    """
    text = quoted(said)
    if text.lower() == ETERNITY:
        return ETERNITY
    span, found = SPAN.fullmatch(text), PERIOD.fullmatch(text)
    if span and span["first"] <= span["last"]:
        return text
    if found is None or (found["size"] and not found["unit"]):
        raise _not_a_period(said)
    finest = UNITS[sum(found[part] is not None for part in UNITS) - 1]
    unit, start = found["unit"] or finest, "-".join(found[part] or "01" for part in UNITS)
    is_bent = unit != "day" and not start.endswith("-01")  # a year or a month starts on the first of a month
    if UNITS.index(unit) > UNITS.index(finest) or day_of(start) is None or is_bent:
        raise _not_a_period(said)
    return _period(unit, int((found["size"] or ":1")[1:]), start)


def _period(unit: str, size: int, start: str) -> str:
    """Write a period that starts on a day, as OpenFisca writes it."""
    if (unit, size) == ("month", 12):
        unit, size = "year", 1
    is_plain = unit != "year" or start[5:7] == "01"
    first = start[: {"year": 4 if is_plain else 7, "month": 7, "day": 10}[unit]]
    if size == 1:
        return first if is_plain else f"{unit}:{first}"
    return f"{unit}:{first}:{size}"


def start_of(period: str) -> str:
    """Return the first day of a period in its one form; that of eternity comes before all others."""
    first = next((part for part in period.split(":") if part[:1].isdigit()), "")
    return first + "-01" * (2 - first.count("-")) if first else ""


def _not_a_period(said: object) -> WrongPeriod:
    return WrongPeriod(
        f"« {quoted(said)} » n'est pas une période : écrivez une année (2024), un mois (2024-01), un jour "
        "(2024-01-31) ou « ETERNITY »."
    )


def changes_of(said: object, fields: Mapping[str, Field]) -> tuple[Change, ...]:
    """Read the changes of a reform: a list of objects parameter, value, start, stop. Raises RefusedInput."""
    if not isinstance(said, list) or len(said) > MOST_CHANGES:
        raise WrongValue(f"Les changements sont une liste d'objets, {MOST_CHANGES} au plus.")
    return tuple(change_of(one, fields) for one in said)


def change_of(said: object, fields: Mapping[str, Field]) -> Change:
    if not isinstance(said, dict) or not {"parameter", "value", "start"} <= set(said) <= {
        "parameter",
        "value",
        "start",
        "stop",
    }:
        raise WrongValue("Un changement a « parameter », « value », « start » (AAAA-MM-JJ) et, s'il finit, « stop ».")
    field = field_named(str(said["parameter"]), fields)
    if field.kind != "parameter":
        raise UnknownField(
            f"« {field.name} » n'est pas un paramètre : un changement porte sur un paramètre de la loi."
        )
    value = None if said["value"] is None else whole(value_of(field, said["value"]))
    start, stop = _start(said["start"]), None if said.get("stop") is None else _start(said["stop"])
    if stop is not None and stop <= start:
        raise WrongPeriod(f"Le changement de « {field.name} » finit le {stop}, avant de commencer le {start}.")
    return Change(field.name, value, start, stop)


def _start(said: object) -> date:
    found = day_of(said) if isinstance(said, str) and _is_day(said) else None
    if found is None:
        raise WrongPeriod(f"« {quoted(said)} » n'est pas un jour du calendrier : écrivez AAAA-MM-JJ.")
    return found
