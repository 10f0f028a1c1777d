"""A model's card and fields as the documents of OpenFisca's web API (44.7): entities, variables, parameters."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from parvis.core.simulators.contract import Card, Entity, Field, Formula, Role, Value

TYPES: Final[Mapping[str, str]] = {
    "number": "Float",
    "integer": "Int",
    "bool": "Boolean",
    "date": "Date",
    "choice": "String",
    "text": "String",
}


def entities(card: Card) -> dict[str, Any]:
    """Write GET /entities."""
    return {entity.key: _entity(entity) for entity in card.entities}


def _entity(entity: Entity) -> dict[str, Any]:
    whole = {"plural": entity.plural, "description": entity.label, "documentation": ""}
    if not entity.roles:
        return whole
    return {**whole, "roles": {role.key: _role(role) for role in entity.roles if not role.of}}


def _role(role: Role) -> dict[str, Any]:
    plural = None if role.plural == role.key else role.plural
    return {"plural": plural, "description": role.label, **({"max": role.most} if role.most else {})}


def variable(field: Field) -> dict[str, Any]:
    """Write GET /variable/{id}. What OpenFisca calls « source » is the place that the field tells."""
    whole: dict[str, Any] = {
        "id": field.name,
        "description": field.label,
        "valueType": TYPES[field.type],
        "defaultValue": field.default,
        "definitionPeriod": field.period.upper(),
        "entity": field.entity,
    }
    more = {
        "source": field.place,
        "documentation": field.description,
        "references": [ref.href or ref.title for ref in field.refs],
        "formulas": {formula.start.isoformat(): _formula(formula) for formula in field.formulas},
        "possibleValues": {choice.value: choice.label for choice in field.choices},
    }
    return whole | {name: value for name, value in more.items() if value}


def _formula(formula: Formula) -> dict[str, str] | None:
    return {"content": formula.text} if formula.text else None


def parameter(field: Field, parts: Mapping[str, Field]) -> dict[str, Any]:
    """Write GET /parameter/{id}: a value's history, or a scale's brackets at each of their dates."""
    whole: dict[str, Any] = {
        "description": field.label,
        "id": field.name,
        "metadata": {"unit": field.unit, "reference": [ref.href or ref.title for ref in field.refs]},
    }
    more = {"source": field.place, "documentation": field.description}
    whole |= {name: value for name, value in more.items() if value}
    if field.type == "scale":
        return whole | {"brackets": brackets(parts)}
    return whole | {"values": {dated.start.isoformat(): dated.value for dated in field.history}}


def brackets(parts: Mapping[str, Field]) -> dict[str, Any]:
    """Write a scale at each date at which a part of it changes: its rates or amounts by threshold.

    `parts` are the fields of its brackets, by « [0].threshold », « [0].rate ».
    """
    days = sorted({dated.start for part in parts.values() for dated in part.history})
    return {day.isoformat(): dict(_bracket(parts, day)) or None for day in days}


def _bracket(parts: Mapping[str, Field], day: date) -> Iterator[tuple[str, Value]]:
    for name, part in parts.items():
        place, _, kind = name.rpartition(".")
        if kind == "threshold":
            threshold = _on(part, day)
            values = (parts[f"{place}.{other}"] for other in ("rate", "amount") if f"{place}.{other}" in parts)
            if threshold is not None:
                yield f"{float(threshold)}", next((_on(value, day) for value in values), None)


def _on(part: Field, day: date) -> Value:
    dated = part.on(day)
    return None if dated is None else dated.value
