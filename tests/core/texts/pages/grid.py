"""Who may open the pages of texts: everyone."""

from datetime import UTC, datetime

from house.roles import EVERYONE

GRID = dict.fromkeys(
    (
        "texts",
        "text-search",
        "text",
        "text-version",
        "text-compare",
        "text-columns",
        "text-export",
        "text-unit",
        "text-unit-compare",
        "text-blame",
    ),
    EVERYONE,
)


def addresses():
    """Publish a text of two versions."""
    from parvis.core.texts import actions
    from parvis.core.texts.documents import Document, Passage
    from parvis.core.texts.kinds import ReadText, ReadVersion

    versions = tuple(
        ReadVersion(slug, slug, Document((Passage("1er", "1er", words),)))
        for slug, words in (("v1", "Un."), ("v2", "Un, deux."))
    )
    read = ReadText("bill", "essai", "Texte d'essai", "Essai", "inventé", "CC0", versions)
    actions.publish_text(read=read, at=datetime(2026, 3, 2, 9, tzinfo=UTC), is_fictitious=True)
    text, unit = {"text": "essai"}, {"text": "essai", "uid": "1er"}
    return {
        **dict.fromkeys(("text", "text-compare", "text-columns"), text),
        **dict.fromkeys(("text-unit", "text-unit-compare", "text-blame"), unit),
        "text-version": {**text, "version": "v1"},
        "text-export": {**text, "version": "v1", "extension": "md"},
    }
