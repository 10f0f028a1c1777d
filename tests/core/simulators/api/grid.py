"""Whoever may ask the API of simulators: everyone, and nobody more than another. An empty POST is refused to all."""

ROLES = ("anonymous", "citizen", "lead", "reviewer", "steward", "admin")
OPEN, UNREADABLE, ABSENT = (dict.fromkeys(ROLES, status) for status in (200, 400, 404))

GRID = {
    "api:simulators": OPEN,
    "api:simulator": OPEN,
    "api:simulator-fields": OPEN,
    "api:simulator-field": OPEN,
    "api:runs": OPEN,
    "api:run": ABSENT,
    "POST api:run-verify": UNREADABLE,
    "POST api:calculate": UNREADABLE,
    "POST api:compare": UNREADABLE,
    "POST api:compare-population": UNREADABLE,
    "POST api:explain": UNREADABLE,
    "POST api:missing": UNREADABLE,
    "POST api:openfisca-calculate": UNREADABLE,
    "api:openfisca-entities": OPEN,
    "api:openfisca-variables": OPEN,
    "api:openfisca-variable": OPEN,
    "api:openfisca-parameters": OPEN,
    "api:openfisca-parameter": OPEN,
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
