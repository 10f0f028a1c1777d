"""What a run file says is asked, held against the model: a file may come from anywhere."""

from collections.abc import Mapping
from typing import Final

from parvis.core.simulators.contract import Array, Card, Entity, Field, Rows
from parvis.core.simulators.identity import Asked
from parvis.core.simulators.running.files import NotARun

KINDS: Final = {"number": "fiu", "integer": "iuf", "bool": "b", "date": "M", "text": "OSU", "choice": "OSU"}
"""NumPy's kinds of array that hold each type of field."""


def check(asked: Asked, card: Card, fields: Mapping[str, Field]) -> None:
    """Refuse a table of what the model does not know: entities, roles, fields, types. Raises NotARun."""
    known = {entity.key: entity for entity in card.entities}
    for entity, rows in asked.table.entities.items():
        _check_groups(entity, rows, card.title, known)
        for (name, _period), column in rows.columns.items():
            _check_field(name, column, entity, card.title, fields)
    person = next(entity.key for entity in card.entities if not entity.roles)
    if person not in asked.table.entities or not asked.table.entities[person].count:
        raise NotARun(f"« {card.title} » calcule pour « {person} » : ce fichier n'en décrit pas.")


def _check_groups(entity: str, rows: Rows, title: str, known: Mapping[str, Entity]) -> None:
    for group, members in [(entity, None), *rows.groups.items()]:
        if group not in known:
            raise NotARun(f"« {title} » ne connaît pas « {group} » : {', '.join(known)}.")
        if members is not None and rows.count and members.roles.max() >= len(known[group].roles):
            raise NotARun(f"Une personne a dans « {group} » un rôle que « {title} » n'a pas.")


def _check_field(name: str, column: Array, entity: str, title: str, fields: Mapping[str, Field]) -> None:
    field = fields.get(name)
    if field is None or field.kind == "parameter":
        raise NotARun(f"« {title} » n'a pas de donnée « {name[:60]} ».")
    if field.entity != entity:
        raise NotARun(f"« {name} » se dit de « {field.entity} », et non de « {entity} ».")
    if column.dtype.kind not in KINDS[field.type]:
        raise NotARun(f"« {name} » n'est pas du type que « {title} » attend ({field.type}).")
