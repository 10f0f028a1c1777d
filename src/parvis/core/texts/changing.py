"""What a version changes, kept with it when it is published: a dossier of many versions is then read at once."""

from typing import Any

from parvis.core.texts.comparing import UnitChange, diff
from parvis.core.texts.documents import Document

DIGITS = 4


def changes(before: Document | None, after: Document) -> dict[str, Any]:
    """Return the units that come, go and change from a version to the next, each change with its share of the words.

    A unit left without a word is gone, though its number stays: « (Supprimé) ».
    """
    if before is None:
        return {"is_compared": False, "new": [], "gone": [], "changed": {}, "renumbered": [], "same": 0}
    found = diff(before, after)
    came, went = [one.unit for one in found if _comes(one)], [one.unit for one in found if _goes(one)]
    kept = [one for one in found if one.before and one.after and one.unit not in {*came, *went}]
    changed = {one.unit: round(one.difference, DIGITS) for one in kept if one.is_reworded}
    return {
        "is_compared": True,
        "new": came,
        "gone": went,
        "changed": changed,
        "renumbered": [one.unit for one in kept if one.is_renumbered],
        "same": len(kept) - len(changed),
    }


def _comes(one: UnitChange) -> bool:
    return one.after is not None and bool(one.after.words) and not (one.before and one.before.words)


def _goes(one: UnitChange) -> bool:
    return one.before is not None and bool(one.before.words) and not (one.after and one.after.words)
