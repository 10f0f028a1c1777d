"""Whoever may open the pages of models and of published calculations: everyone; publishing and erasing ask who one is.

An empty POST to the replay is refused to all alike: it keeps nothing, and asks for nobody.
"""

from datetime import UTC, datetime

from house.roles import EVERYONE, SIGNED_IN, everyone, signed_in

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)

GRID = {
    **dict.fromkeys(
        ("simulators", "simulator", "simulator-fields", "simulator-field", "runs", "run", "run-file"), EVERYONE
    ),
    # An empty POST to a calculator is a calculation, on what it supposes for lack of answers.
    **dict.fromkeys(("calculator", "POST calculator", "reform", "POST reform"), EVERYONE),
    "run-verify": EVERYONE,
    "POST run-verify": everyone(422),
    "run-publish": SIGNED_IN,
    "POST run-publish": signed_in(422),
    "run-erase": SIGNED_IN,
    "POST run-erase": signed_in(422),
}


def addresses():
    """Install the model where it is not yet, and publish a calculation."""
    from core.simulators.running.sample import publish, someone
    from parvis.core.simulators.hosting.calling import host

    host("openfisca").install(tell=lambda _step: None)
    run = {"identity": publish(someone("Ana", at=AT), at=AT).identity}
    return {
        "simulator": {"engine": "openfisca"},
        "calculator": {"engine": "openfisca", "slug": "impot-sur-le-revenu"},
        "reform": {"engine": "openfisca"},
        "simulator-fields": {"engine": "openfisca"},
        "simulator-field": {"engine": "openfisca", "name": "impot_revenu.bareme_ir_depuis_1945.bareme[1].rate"},
        **dict.fromkeys(("run", "run-file", "run-erase"), run),
    }
