import re
from dataclasses import dataclass

import pytest
from django import forms
from django.template import engines

from parvis.core.web import parts


@pytest.fixture
def draw(rf):
    """Render a piece of template as a page would, spaces folded."""

    def render(source, address="/plan/?acheteur=x&format=json", **context):
        html = engines["django"].from_string(source).render(context, rf.get(address))
        return re.sub(r"[ \n]+", " ", html).strip()

    return render


@dataclass(frozen=True)
class Table:
    title: str = "Jalons"

    def rows(self):
        return []


def test_the_path_ends_where_the_reader_is(draw):
    html = draw('{% crumbs "Le plan" "/plan/" title %}', title="Engagement <2>")
    assert '<a href="/plan/">Le plan</a>' in html
    assert '<span aria-current="page">Engagement &lt;2&gt;</span>' in html


def test_a_title_keeps_its_hyphenated_words_whole_and_is_escaped(draw):
    html = draw("{% headline title %}{% endheadline %}", title="9\u202f810 <b>achats</b> : achète-t-on ?")
    assert '<span class="whole">achète-t-on</span> ?' in html
    assert "9\u202f810 &lt;b&gt;" in html


def test_a_badge_says_its_state_in_words(draw):
    assert 'data-tone="bad"' in draw('{% badge "late" %}')
    assert "En retard de 34 jours" in draw('{% badge "late" "En retard de 34 jours" %}')


def test_an_unknown_state_is_refused_with_those_that_exist():
    with pytest.raises(parts.UnknownState, match="États connus : done, ongoing, late"):
        parts.state("tardy")


@pytest.mark.parametrize(
    ("value", "said", "width"),
    [(43.26, "43,3\u202f%", "43.26"), (130, "130\u202f%", "100"), (-5, "\u22125\u202f%", "0")],
)
def test_a_gauge_cuts_its_bar_and_never_its_number(draw, value, said, width):
    html = draw('{% gauge value "Réalisé" %}', value=value)
    assert said in html
    assert f'class="bar-ink" width="{width}%"' in html
    assert ("Barre coupée" in html) is (str(value) != width)


def test_a_gauge_without_a_measure_says_why_and_draws_nothing(draw):
    html = draw('{% gauge value "Réalisé" because="Pas de point de départ." %}', value=None)
    assert "non mesuré" in html
    assert "Pas de point de départ." in html
    assert "<svg" not in html


def test_formats_keep_the_filters_and_offer_csv_only_where_there_is_a_table(draw):
    html = draw("{% formats %}", page=Table())
    assert 'href="?acheteur=x&amp;format=json"' in html
    assert 'href="?acheteur=x&amp;format=csv"' in html
    assert "CSV" not in draw("{% formats %}", page=parts.Step("Un texte", None))


def test_an_address_changes_what_is_asked_and_drops_the_format(draw):
    assert draw('{% address tri="montant" %}') == "?acheteur=x&amp;tri=montant"
    assert draw("{% address acheteur=None %}") == "/plan/"


def test_filters_in_force_each_have_their_way_out(draw):
    html = draw("{% chips chips %}", chips=[parts.Chip("Acheteur : <X>", "/plan/")])
    assert '<a class="chip" href="/plan/"><span class="unseen">Retirer le filtre </span>Acheteur : &lt;X&gt;' in html
    assert draw("{% chips chips %}", chips=[]) == ""


def test_what_is_not_known_is_said(draw):
    html = draw("{% facts facts %}", facts=[parts.Fact("SIRET", None), parts.Fact("Offres", 0)])
    assert '<span class="missing">non renseigné</span>' in html
    assert "<dd>0</dd>" in html


def test_what_a_block_holds_is_escaped_once(draw):
    html = draw('{% notice "warn" title=title %}<b>{{ title }}</b>{% endnotice %}', title="<script>")
    assert html.count("&lt;script&gt;") == 2
    assert "<b>" in html


def test_a_faulty_field_is_tied_to_its_error(draw):
    class Claim(forms.Form):
        amount = forms.IntegerField(label="Montant", help_text="En euros.")

    html = draw("{% fields form %}", form=Claim({"amount": "x"}))
    described = re.search(r'aria-describedby="([^"]+)"', html)[1].split()
    assert 'aria-invalid="true"' in html
    assert all(f'id="{part}"' in html for part in described)
    assert len(described) == 2


def test_a_facet_in_force_is_marked_and_opens_the_list(draw):
    choice = parts.Choice("Marché", 1234, "?nature=marche", is_chosen=True)
    html = draw("{% facets facets %}", facets=[parts.Facet("Nature", (choice,))])
    assert '<details class="facets" open>' in html
    assert 'aria-current="true">Marché</a>' in html


def test_a_short_unit_stays_on_the_line_of_its_number(draw):
    short, long = (draw(f'{{% figure "12" "{unit}" "au total" %}}') for unit in ("€", "marchés"))

    assert '12&nbsp;<span class="number-unit whole">€' in short
    assert '12 <span class="number-unit">marchés' in long
