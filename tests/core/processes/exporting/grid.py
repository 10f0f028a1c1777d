"""Exports and statistics are everyone's."""

from datetime import UTC, datetime

OPEN = dict.fromkeys(("anonymous", "citizen", "lead", "reviewer", "steward", "admin"), 200)

GRID = {
    "debate-exports": OPEN,
    "debate-export": OPEN,
    "debate-export-file": OPEN,
    "debate-statistics": OPEN,
}
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def addresses():
    from parvis.core.actors import actions as actors
    from parvis.core.processes import actions as processes

    body = actors.register_organisation(slug="ministere-d-essai", name="Ministère d'essai", at=AT)
    slug = processes.open_process(
        procedure="consultation", slug="essai", title="Essai", summary="Essai.", organisation=body, starts_at=AT, at=AT
    ).slug
    return {
        "debate-exports": {"slug": slug},
        "debate-export": {"slug": slug, "form": "csv"},
        "debate-export-file": {"slug": slug, "name": "manifest.json"},
        "debate-statistics": {"slug": slug},
    }
