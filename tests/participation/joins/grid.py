"""Who may see what a debate makes of its text: everyone. Who may publish it: those who publish texts."""

from datetime import UTC, datetime, timedelta

from house.roles import EVERYONE, NOBODY

GRID = {
    "debate-consolidation": EVERYONE,
    "POST debate-consolidation": NOBODY | {"steward": 302, "admin": 302},
}


def addresses():
    """Open a debate on a text, long closed."""
    from parvis.core.actors import actions as actors
    from parvis.core.processes import actions as processes
    from parvis.core.texts import actions
    from parvis.core.texts.documents import Document, Passage
    from parvis.core.texts.kinds import ReadText, ReadVersion

    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    versions = (ReadVersion("v1", "Une version", Document((Passage("1er", "1er", "Un."),))),)
    text = actions.publish_text(
        read=ReadText("draft", "essai", "Texte d'essai", "Essai", "inventé", "CC0", versions), at=at
    )
    body = actors.register_organisation(slug="ville-d-essai", name="Ville d'essai", at=at)
    processes.open_process(
        procedure="cowriting",
        slug="essai",
        title="Essai",
        summary="Pour essayer.",
        organisation=body,
        subject=text.stream,
        subject_version="v1",
        starts_at=at - timedelta(days=100),
        at=at,
    )
    return {"debate-consolidation": {"slug": "essai"}}
