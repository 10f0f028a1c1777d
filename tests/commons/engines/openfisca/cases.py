"""Cases that several tests ask: a couple with two children, tenants, and what they ask of the engine."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from parvis.core.simulators.contract import Array, Change, Columns, Membership, Rows, Table
from parvis.core.simulators.hosting.calling import Host
from parvis.core.simulators.identity import Asked

TAX = "impot_revenu_restant_a_payer"
SCALE = "impot_revenu.bareme_ir_depuis_1945.bareme"
TOGETHER = Membership(np.zeros(4, np.int32), np.array([0, 0, 1, 1], np.int8))
COUPLE = Table(
    {
        "individu": Rows(
            4,
            {
                ("salaire_de_base", "2024"): np.array([24_000.0, 36_000.0, 0.0, 0.0]),
                ("date_naissance", "eternity"): np.array(["1980-01-01", "1981-02-03", "2014-05-05", "2016-06-06"]),
            },
            {
                "famille": TOGETHER,
                "foyer_fiscal": TOGETHER,
                "menage": Membership(np.zeros(4, np.int32), np.array([0, 1, 2, 2], np.int8)),
            },
        ),
        "famille": Rows(1),
        "foyer_fiscal": Rows(1),
        "menage": Rows(
            1,
            {
                ("loyer", "2024"): np.array([9_600.0]),
                ("statut_occupation_logement", "2024"): np.array(["locataire_vide"]),
                ("depcom", "2024"): np.array(["69123"]),
            },
        ),
    }
)


def given(entity: str, field: str, period: str, values: Sequence[object] | Array) -> Table:
    """Give the couple one more column."""
    rows = COUPLE.entities[entity]
    columns = {**rows.columns, (field, period): np.asarray(values)}
    return Table({**COUPLE.entities, entity: replace(rows, columns=columns)})


def grouped(group: str, members: Membership) -> Table:
    """Put the couple and its children in a group another way."""
    people = COUPLE.entities["individu"]
    return Table({**COUPLE.entities, "individu": replace(people, groups={**people.groups, group: members})})


def found(
    engine: Host, table: Table = COUPLE, outputs: Sequence[str] = (TAX,), period: str = "2024", *changes: Change
) -> Columns:
    """Ask the engine, and compute even what it keeps."""
    return engine.evaluate(Asked(engine.declared.slug, table, tuple(outputs), period, changes), anew=True).columns


def tax(openfisca: Host, *changes: Change) -> float:
    """Return the couple's tax of 2024: negative where it is owed."""
    return float(found(openfisca, COUPLE, (TAX,), "2024", *changes)[TAX, "2024"][0])


def change(part: str, value: object, start: str = "2024-01-01", stop: str | None = None) -> Change:
    """Change a part of the income tax's scale: « [4].rate »."""
    return Change(SCALE + part, value, date.fromisoformat(start), date.fromisoformat(stop) if stop else None)  # type: ignore[arg-type]
