"""Every variable and parameter: what it is, its unit, its law, its history, its rule."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final

from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import Parameter, ParameterScale
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from parvis.commons.engines.openfisca import parameters, references, scales, units
from parvis.commons.engines.openfisca.formulas import Sources
from parvis.commons.engines.openfisca.systems import FRANCE
from parvis.core.simulators.contract import Choice, Dated, Field, Ref, Type, Value

TYPES: Final[Mapping[type, Type]] = {
    float: "number",
    int: "integer",
    bool: "bool",
    Enum: "choice",
    dt.date: "date",
    str: "text",
}


def fields(system: TaxBenefitSystem) -> Iterator[Field]:
    """Give the variables, then the parameters, then what scales are made of."""
    sources = Sources()
    for variable in system.variables.values():
        yield _variable(variable, sources)
    for parameter in parameters.by_name(system.parameters).values():
        if isinstance(parameter, ParameterScale):
            yield _scale(parameter)
            yield from _parts(parameter)
        else:
            yield _parameter(parameter)


def _variable(variable: Variable, sources: Sources) -> Field:
    return Field(
        name=variable.name,
        label=variable.label or variable.name,
        kind="output" if variable.formulas else "input",
        type=TYPES[variable.value_type],
        unit=units.unit_by(variable.unit, variable.definition_period),
        entity=variable.entity.key,
        period=str(variable.definition_period),
        default=_default(variable),
        choices=_choices(variable),
        description=_description(variable),
        refs=references.of_variable(variable),
        formulas=sources.formulas(variable),
        place=sources.place(variable),
    )


def _default(variable: Variable) -> Value:
    default = variable.default_value
    if isinstance(default, Enum):
        return str(default.name)
    return default.isoformat() if isinstance(default, dt.date) else default


def _choices(variable: Variable) -> tuple[Choice, ...]:
    items = variable.possible_values if variable.value_type is Enum else ()
    return tuple(Choice(item.name, str(item.value)) for item in items)


def _description(variable: Variable) -> str:
    return "\n".join(filter(None, ((variable.documentation or "").strip(), _boxes(variable), _end(variable))))


def _boxes(variable: Variable) -> str:
    boxes = variable.cerfa_field
    said = [str(box) for box in (boxes.values() if isinstance(boxes, dict) else [boxes]) if box]
    return f"Déclaration de revenus, case {', '.join(said)}." if said else ""


def _end(variable: Variable) -> str:
    return f"N’existe plus après le {variable.end}." if variable.end else ""


def _parameter(parameter: Parameter) -> Field:
    found = references.by_day(parameter)
    history = _history(parameter, found)
    return Field(
        name=parameter.name,
        label=_label(parameter),
        kind="parameter",
        type=_type(history),
        unit=units.unit(parameter.metadata.get("unit")),
        default=history[-1].value if history else None,
        description=_notes(parameter, history),
        refs=_of_parameter(found),
        history=history,
        place=_place(parameter),
    )


def _history(parameter: Parameter, found: Mapping[str, tuple[Ref, ...]]) -> tuple[Dated, ...]:
    return tuple(
        Dated(dt.date.fromisoformat(value.instant_str), _value(value.value), found.get(value.instant_str, ()))
        for value in reversed(parameter.values_list)
    )


def _value(value: Value | list[object]) -> Value:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else value


def _type(history: tuple[Dated, ...]) -> Type:
    known = [dated.value for dated in history if dated.value is not None]
    if known and all(isinstance(value, bool) for value in known):
        return "bool"
    return "text" if any(isinstance(value, str) for value in known) else "number"


def _label(parameter: Parameter | ParameterScale) -> str:
    return str(parameter.description or parameter.metadata.get("short_label") or parameter.name).strip()


def _notes(parameter: Parameter | ParameterScale, history: tuple[Dated, ...]) -> str:
    said = [str(getattr(parameter, "documentation", None) or parameter.metadata.get("documentation") or "").strip()]
    if history and history[0].start < scales.EURO and units.unit(parameter.metadata.get("unit")) == "EUR":
        said.append("Avant le 1er janvier 2002, en francs ; avant le 1er janvier 1960, en anciens francs.")
    checked = parameter.metadata.get("last_value_still_valid_on")
    return "\n".join(filter(None, [*said, f"Valeur encore vérifiée le {checked}." if checked else ""]))


def _of_parameter(found: Mapping[str, tuple[Ref, ...]]) -> tuple[Ref, ...]:
    """Give the references last in force: those of older values stand in the history."""
    return references.in_force(found, "9999")


def _place(parameter: Parameter | ParameterScale) -> str:
    # The image of the parameters bears the paths of where it was made: only what follows the package's folder is told.
    path = parameter.file_path or ""
    return path[path.rfind(f"/{FRANCE.name}/") + 1 :]


def _scale(scale: ParameterScale) -> Field:
    found = references.by_day(scale)
    history = tuple(
        Dated(dt.date.fromisoformat(day), scales.sentence(scale, day), found.get(day, ()))
        for day in scales.days(scale)
    )
    return Field(
        name=scale.name,
        label=_label(scale),
        kind="parameter",
        type="scale",
        unit=scales.unit(scale),
        default=history[-1].value if history else None,
        description=_notes(scale, history),
        refs=_of_parameter(found),
        history=history,
        place=_place(scale),
    )


def _parts(scale: ParameterScale) -> Iterator[Field]:
    found = references.by_day(scale)
    for number, bracket in enumerate(scale.brackets):
        for part, parameter in bracket.children.items():
            history = _history(parameter, {**found, **references.by_day(parameter)})
            yield Field(
                name=f"{scale.name}[{number}].{part}",
                label=f"{_label(scale)} : tranche n° {number + 1}, {scales.PARTS[part]}",
                kind="parameter",
                type=_type(history),
                unit=scales.unit_of(scale, parameter, part),
                default=history[-1].value if history else None,
                refs=_of_parameter(found),
                history=history,
                place=scale.name,
            )
