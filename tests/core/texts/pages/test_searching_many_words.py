"""A search of a whole page of words asks the database what a search of a few does."""

import pytest

from parvis.core.analyzer import MOST_WORDS
from parvis.core.texts.models import Unit

pytestmark = pytest.mark.django_db


def test_a_search_of_hundreds_of_words_is_no_more_joins_than_one_of_a_few():
    few, many = ([(f"mot{rank}",) for rank in range(count)] for count in (MOST_WORDS, 500))
    assert str(Unit.objects.finding(many).query) == str(Unit.objects.finding(few).query)
