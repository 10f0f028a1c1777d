"""A box for a whole article is high enough to read one; other boxes stay small. Judged by a browser."""

import re

import pytest

from house.law import ROOT

SHEETS = [ROOT / "src/parvis/core/web/static/web" / name for name in ("tokens.css", "parvis.css")]


@pytest.fixture(scope="module")
def page(chromium):
    one = chromium.new_page(viewport={"width": 1280, "height": 900})
    sheets = "".join(f"<style>{sheet.read_text()}</style>" for sheet in SHEETS)
    one.set_content(f"{sheets}<textarea rows=10 cols=40 class=long></textarea><textarea rows=3 cols=40></textarea>")
    yield one
    one.close()


def test_a_box_for_an_article_is_high_and_one_for_a_reason_is_not(page):
    article, reason = (box.bounding_box()["height"] for box in page.locator("textarea").all())

    assert article > 500
    assert 100 < reason < 200


def test_the_box_where_an_agent_writes_the_words_adopted_is_one_for_an_article():
    from types import SimpleNamespace

    from parvis.core.processes.answering.forms import AnswerForm

    asked = [SimpleNamespace(number=1, unit=SimpleNamespace(number="1"), wording="Les mots.")]
    assert re.search(r'<textarea[^>]*class="long"', str(AnswerForm(asked=asked)["words-1"]))
