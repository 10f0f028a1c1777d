"""Who may open the pages of registers: everyone. Who may answer a lead: those who speak for a body that it names."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from house.roles import EVERYONE, NOBODY, everyone

PAGES = (
    "registers",
    "register",
    "register-rows",
    "register-row",
    "register-parties",
    "register-party",
    "register-questions",
    "register-question",
    "register-flags",
    "register-flag",
    "register-lead",
    "register-releases",
    "register-release",
    "register-refused",
    "register-files",
    "register-defects",
    "register-schema",
    "register-crosswalk",
    "api:openapi-json",
    "api:registers",
    "api:register",
    "api:rows",
    "api:download",
    "api:row",
    "api:party",
    "api:question",
    "api:releases",
)
GRID = dict.fromkeys(PAGES, EVERYONE) | {
    "api:api-root": everyone(404),
    "POST register-lead": NOBODY | {"lead": 200},
    "reply-withdraw": NOBODY | {"lead": 200},
    "POST reply-withdraw": NOBODY | {"lead": 200},
}


def addresses() -> dict[str, dict[str, object]]:
    """Publish the fictitious sample of procurement, let the grid's lead speak for a buyer, and name what it holds."""
    from parvis.core.actors import actions as actors
    from parvis.core.registers import actions
    from parvis.core.registers.models import browsed
    from parvis.core.registers.replying import Addressed, Concerned
    from parvis.core.registers.shelf import REGISTERS

    register = REGISTERS.filled()["procurement"]
    path = register.sample(Path(mkdtemp()))
    at = datetime(2024, 3, 1, tzinfo=UTC)
    release = actions.publish(register=register, source="fictif", path=path, at=at, fictitious=True)
    catalogue = browsed(register).catalogue
    (key,) = catalogue.read("select key from keys order by key limit 1")[0]
    (buyer,) = catalogue.read("select id from parties where role = 'acheteurs' order by id limit 1")[0]
    lead, siren = catalogue.read(
        "select subject, left(buyer_id, 9) from leads where code = 'R018' and length(buyer_id) = 14 limit 1"
    )[0]
    body = actors.register_organisation(slug="lead-de-demonstration", name="Acheteur", siren=siren, at=at)
    someone = actors.open_account(email="autre@parvis.example", public_name="Autre", password="un mot", at=at)
    mandate = actors.grant_mandate(actor=someone, role="delegate", organisation=body, starts_on=at.date(), at=at)
    named = Addressed("R018", lead, "Un marché", (Concerned("acheteurs", "Acheteur", siren, "Acheteur", siren),))
    reply = actions.reply_to_flag(register=register, lead=named, text="Dit.", mandate=mandate, at=at)
    arguments = {
        "register-row": {"key": key},
        "register-parties": {"role": "acheteurs"},
        "register-party": {"role": "acheteurs", "key": buyer},
        "register-question": {"question": "qui-achete"},
        "register-flag": {"code": "R018"},
        "register-lead": {"code": "R018", "subject": lead},
        "reply-withdraw": {"code": "R018", "number": reply.pk},
        "register-release": {"release": release.hash},
        "register-refused": {"release": release.hash},
        "register-files": {"release": release.hash, "name": "manifest.json"},
        "register-crosswalk": {"crosswalk": "ocds"},
        "api:download": {"kind": "csv"},
        "api:row": {"key": key},
        "api:party": {"role": "acheteurs", "key": buyer},
        "api:question": {"question": "qui-achete"},
    }
    alone = {"registers", "api:openapi-json", "api:registers", "api:api-root"}
    slug = {
        name: "slug" if name.startswith("api:") else "register"
        for name in GRID
        if name not in alone and " " not in name
    }
    return {name: {slug[name]: "procurement", **arguments.get(name, {})} for name in slug}
