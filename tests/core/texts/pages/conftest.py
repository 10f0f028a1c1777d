from datetime import UTC, datetime

import pytest

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def at():
    return AT


@pytest.fixture
def small(db):
    """The small law, published."""
    from core.texts.pages.small import law
    from parvis.core.texts import actions

    return actions.publish_text(read=law(), at=AT, is_fictitious=True)


@pytest.fixture
def real(db, data):
    """Return a function that publishes the real texts of a folder."""
    from parvis.core.texts import actions
    from parvis.core.texts.kinds import TEXT_KINDS

    def publish(kind, place):
        return [
            actions.publish_text(read=read, at=AT)
            for read in TEXT_KINDS.filled()[kind].read(data / "workflows" / "law" / place)
        ]

    return publish
