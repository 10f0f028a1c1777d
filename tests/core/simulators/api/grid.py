"""Whoever may ask the API of simulators: everyone, and nobody more than another. An empty POST is refused to all."""

from house.roles import EVERYONE, everyone

UNREADABLE, ABSENT = everyone(400), everyone(404)

GRID = {
    "api:simulators": EVERYONE,
    "api:simulator": EVERYONE,
    "api:simulator-fields": EVERYONE,
    "api:simulator-field": EVERYONE,
    "api:runs": EVERYONE,
    "api:run": ABSENT,
    "POST api:run-verify": UNREADABLE,
    "POST api:calculate": UNREADABLE,
    "POST api:compare": UNREADABLE,
    "POST api:compare-population": UNREADABLE,
    "POST api:explain": UNREADABLE,
    "POST api:missing": UNREADABLE,
    "POST api:openfisca-calculate": UNREADABLE,
    "api:openfisca-entities": EVERYONE,
    "api:openfisca-variables": EVERYONE,
    "api:openfisca-variable": EVERYONE,
    "api:openfisca-parameters": EVERYONE,
    "api:openfisca-parameter": EVERYONE,
}


def addresses():
    """Install the model, where it is not yet."""
    from parvis.core.simulators.hosting import installing
    from parvis.core.simulators.hosting.calling import host

    installing.install(host("openfisca").declared, tell=lambda _step: None)
    engine = {"engine": "openfisca"}
    asked = ("simulator", "simulator-fields", "calculate", "compare", "compare-population", "explain", "missing")
    return {
        **{f"api:{name}": engine for name in asked},
        "api:simulator-field": engine | {"name": "salaire_de_base"},
        "api:run": {"identity": "0" * 64},
        "api:openfisca-variable": {"name": "salaire_de_base"},
        "api:openfisca-parameter": {"name": "impot_revenu/bareme_ir_depuis_1945/bareme"},
    }
