"""Who may read the log: everyone, without an account, down to its files."""

from datetime import UTC, datetime

from house.roles import EVERYONE, everyone

GRID = dict.fromkeys(
    (
        "log-head",
        "log-how",
        "log-since",
        "log-key",
        "log-checkpoint",
        "log-tile",
        "log-entry",
        "log-leaf",
        "log-opening",
        "log-proof",
    ),
    EVERYONE,
) | {"log-hidden": everyone(404)}  # a content held in reserve is public where its kind says so: none of these


def addresses():
    from parvis.core.ledger import actions as ledger

    at = datetime(2016, 3, 1, 12, 30, tzinfo=UTC)
    ledger.append(kind="release.published", stream="registers/essai", key="r1", content={"rows": 3}, at=at)
    size = ledger.sequence(at=at).size
    entry = {"position": size - 1}
    tile = {"path": f"0/000.p/{size}"}
    return {
        "log-tile": tile,
        **dict.fromkeys(("log-entry", "log-leaf", "log-opening", "log-hidden", "log-proof"), entry),
    }
