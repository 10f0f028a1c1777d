"""Exports and statistics are everyone's."""

from datetime import UTC, datetime

from house.roles import EVERYONE

GRID = {
    "debate-exports": EVERYONE,
    "debate-export": EVERYONE,
    "debate-export-file": EVERYONE,
    "debate-statistics": EVERYONE,
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
