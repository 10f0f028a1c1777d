"""A debate of each procedure, on a small text that no other noun knows, and people who contribute."""

import pytest

from core.processes.conftest import AT


@pytest.fixture
def ministry(db):
    from parvis.core.actors import actions

    return actions.register_organisation(slug="ministere-d-essai", name="Ministère d'essai", at=AT)


@pytest.fixture
def debate(ministry):
    """Return a function that opens a debate at AT, by default a co-writing on the small text."""
    from parvis.core.processes import actions

    def make(procedure="cowriting", slug="loi-d-essai", **more):
        given = {
            "title": "Une loi d'essai",
            "summary": "Écrire une petite loi ensemble.",
            "subject": "essai/loi",
            "subject_version": "v1",
            "starts_at": AT,
            "at": AT,
            **more,
        }
        return actions.open_process(procedure=procedure, slug=slug, organisation=ministry, **given)

    return make
