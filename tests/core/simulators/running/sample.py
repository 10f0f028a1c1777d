"""Calculations of the tests' own engine: asked, computed as it computes, published."""

from datetime import date

import numpy as np

from core.simulators.hosting.engines.tiny import RATE, Tiny
from parvis.core.simulators.comparing import compare
from parvis.core.simulators.contract import Change, Rows, Table
from parvis.core.simulators.hosting.calling import Outcome
from parvis.core.simulators.identity import Asked, columns_hash, identity
from parvis.core.simulators.reforming.effects import PopulationEffect

DOUBLED = (Change("rate", 2 * RATE, date(2024, 1, 1)),)


def asked(*earned, changes=(), said=()):
    columns = {("earned", "2024"): np.array(earned, dtype="f8")}
    if said:
        columns["said", "eternity"] = np.array(said)
    return Asked("tiny", Table({"person": Rows(len(earned), columns)}), ("benefit",), "2024", changes)


def computed(question, card=Tiny.card):
    columns = Tiny().evaluate(question.table, question.outputs, question.period, question.changes)
    return Outcome(columns, identity(question, card.version, card.digest), columns_hash(columns), 0.0)


def someone(name, *, at):
    from parvis.core.actors.actions import open_account

    return open_account(
        email=f"{name.lower()}@parvis.example", public_name=name, password="un bon mot de passe", at=at
    )


def publish(author, *, at, question=None, **more):
    from parvis.core.simulators.actions import publish_run

    question = question or asked(1234.5)
    given = {"title": "Mon aide", "is_personal": True, **more}
    return publish_run(asked=question, card=Tiny.card, outcome=computed(question), author=author, at=at, **given)


def effect():
    """What the calculation does to ten households, as a reform's page sums it up."""
    before = np.arange(10.0)
    return PopulationEffect(
        output="benefit",
        label="Aide",
        unit="EUR",
        sign=1,
        title="10 ménages inventés",
        origin="Tirés au sort.",
        ranking="Revenu",
        before="0" * 64,
        after="1" * 64,
        comparison=compare(before, np.where(before > 6, before + 50.0, before - 5.0 * (before < 2)), before),
    )
