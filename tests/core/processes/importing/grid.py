"""Who may see and decide of imports: the team."""

from datetime import UTC, datetime

from house.roles import NOBODY

STEWARD = NOBODY | {"steward": 200}

GRID = {
    "imports": STEWARD,
    "import": STEWARD,
    "POST import": STEWARD,
    "import-send": STEWARD,
    "POST import-send": STEWARD,
}
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def addresses():
    from parvis.core.actors import actions as actors
    from parvis.core.processes import actions as processes
    from parvis.core.processes.importing import actions, rows

    body = actors.register_organisation(slug="ministere-d-essai", name="Ministère d'essai", at=AT)
    debate = processes.open_process(
        procedure="consultation", slug="essai", title="Essai", summary="Essai.", organisation=body, starts_at=AT, at=AT
    )
    written = rows.given(iter([{"kind": "comment", "text": "Oui"}, {"kind": "licorne"}]))
    draft = actions.receive(written=written, title="Essai", source_name="x", process=debate, at=AT)
    return {"import": {"number": draft.pk}, "import-send": {"slug": debate.slug}}
