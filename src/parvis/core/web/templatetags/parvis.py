"""The components. They are built into every template (settings): no {% load %} is needed.

Each docstring is its example.
"""

from decimal import Decimal
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import get_resolver, reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe

from parvis.core import french
from parvis.core.web import front, parts
from parvis.core.web import page as pages

register = template.Library()

MANY_LETTERS = 16
"""Letters of a word that may not fit on a line of a narrow screen."""

for written in (
    french.number,
    french.euros,
    french.big_euros,
    french.percent,
    french.day,
    french.month,
    french.moment,
    french.period,
    french.size,
    french.count,
):
    register.filter(written.__name__, written)


@register.filter
def short_hash(value):
    """Keep the first twelve characters: enough for an eye; the whole is in the `hash` component."""
    return str(value)[:12]


@register.filter
def known(value):
    """Whether there is a value: 0 and False are values, None and the empty text are not."""
    return value is not None and value != ""


@register.simple_tag
def site_name():
    return settings.PARVIS_SITE_NAME


@register.inclusion_tag("web/parts/crumbs.html")
def crumbs(*labels_and_urls):
    """`{% crumbs "Le plan" plan_url page.title %}`: pairs of words and addresses, the last word alone."""
    return {"steps": parts.crumbs(labels_and_urls)}


def _unbroken(title):
    """Keep short words whole where they bear a hyphen: « achète-t-on » is not cut in a large title."""
    words = (
        (word, "whole") if "-" in word and len(word) <= MANY_LETTERS else (word, "") for word in str(title).split(" ")
    )
    return mark_safe(  # noqa: S308 -- each word is escaped
        " ".join(format_html('<span class="{1}">{0}</span>', *word) if word[1] else escape(word[0]) for word in words)
    )


@register.simple_block_tag
def headline(content, title, kicker="", lede=""):
    """`{% headline page.title kicker="Engagement 2" lede="…" %}{% badge … %}{% endheadline %}`: the page's h1."""
    context = {"title": _unbroken(title), "kicker": kicker, "lede": lede, "content": mark_safe(content.strip())}  # noqa: S308 -- already rendered
    return template.loader.render_to_string("web/parts/headline.html", context)


@register.inclusion_tag("web/parts/badge.html")
def badge(state, word=""):
    """`{% badge "late" %}`, or with other words: `{% badge "late" "En retard de 34 jours" %}`."""
    known_state = parts.state(state)
    return {"state": known_state, "word": word or known_state.word}


@register.inclusion_tag("web/parts/gauge.html")
def gauge(value, label, kind="measured", because=""):
    """`{% gauge 43.2 "Réalisé" %}`: percent, raw. Outside 0..100 the bar is cut and the number is not.

    Where value is None, `because` says why.
    """
    cut = None if value is None else min(max(Decimal(str(value)), Decimal(0)), Decimal(100))
    return {
        "value": value,
        "label": label,
        "state": parts.state(kind),
        "kind": kind,
        "because": because,
        "width": cut,
        "is_cut": cut is not None and cut != Decimal(str(value)),
    }


@register.inclusion_tag("web/parts/figure.html")
def figure(value, unit, label, proof="", detail=""):
    """`{% figure page.total|number "marchés" "publiés en 2025" proof=url %}`: a number and its proof."""
    return {"value": value, "unit": unit, "label": label, "proof": proof, "detail": detail}


@register.inclusion_tag("web/parts/formats.html", takes_context=True)
def formats(context):
    """`{% formats %}`: this page in its other formats, filters kept."""
    kept = context["request"].GET.copy()
    kept.pop("format", None)
    links = []
    for name in pages.formats(context["page"])[1:]:
        kept["format"] = name
        links.append({"name": name.upper(), "type": pages.TYPES[name], "url": f"?{kept.urlencode()}"})
    return {"links": links}


@register.inclusion_tag("web/parts/chart.html")
def chart(chart):
    """`{% chart page.chart %}`: the drawing and its table twin."""
    return {"chart": chart}


@register.inclusion_tag("web/parts/facets.html")
def facets(facets):
    """`{% facets page.facets %}`: a list of `parts.Facet`; on a narrow screen, closed until a filter is in force."""
    return {"facets": facets, "is_open": any(choice.is_chosen for facet in facets for choice in facet.choices)}


@register.inclusion_tag("web/parts/chips.html")
def chips(chips, clear=""):
    """`{% chips page.chips clear=page.clear_url %}`: the filters in force, each with its way out."""
    return {"chips": chips, "clear": clear}


@register.inclusion_tag("web/parts/pages.html", name="pages")
def pages_(pages):
    """`{% pages page.pages %}`: a `parts.Pages`."""
    return {"pages": pages}


@register.inclusion_tag("web/parts/facts.html")
def facts(facts):
    """`{% facts page.facts %}`: a list of `parts.Fact`, as a definition list."""
    return {"facts": facts}


@register.simple_block_tag
def columns(content):
    """`{% columns %}{% column "measured" %}…{% endcolumn %}…{% endcolumns %}`: side by side, never merged."""
    return format_html('<div class="columns">{}</div>', content)


@register.simple_block_tag
def column(content, state, title=""):
    known_state = parts.state(state)
    context = {"state": known_state, "code": state, "title": title or known_state.word, "content": content}
    return template.loader.render_to_string("web/parts/column.html", context)


@register.simple_block_tag
def notice(content, tone="calm", title=""):
    """`{% notice "warn" title="…" %}…{% endnotice %}`: tones good, warn, bad, calm."""
    return template.loader.render_to_string(
        "web/parts/notice.html", {"tone": tone, "title": title, "content": content}
    )


@register.simple_block_tag
def scroll(content, label):
    """`{% scroll "Jalons" %}<table>…</table>{% endscroll %}`: a wide table scrolls inside, by keyboard too."""
    return template.loader.render_to_string("web/parts/scroll.html", {"label": label, "content": content})


@register.inclusion_tag("web/parts/code.html")
def code(text, label="Requête SQL"):
    """`{% code page.sql %}`: source text, wrapped, never cut."""
    return {"text": text, "label": label}


@register.inclusion_tag("web/parts/hash.html")
def hash(value, label="empreinte"):  # noqa: A001 -- the word of the trade
    """`{% hash release.hash %}`: a fingerprint that can be copied; in a table, only its start shows."""
    return {"value": value, "label": label}


@register.inclusion_tag("web/parts/fields.html")
def fields(form):
    """`{% fields page.form %}`: every field with its label, help and errors tied to it; the form tag is yours."""
    return {"form": form}


@register.simple_tag(takes_context=True)
def address(context, **changes):
    """`{% address tri="montant" page=None %}`: this address with some parameters changed or (None) taken away."""
    kept = context["request"].GET.copy()
    kept.pop("format", None)
    for name, value in changes.items():
        kept.pop(name, None)
        if value is not None:
            kept[name] = value
    return f"?{kept.urlencode()}" if kept else context["request"].path


MENU = (
    ("Le plan", "plan"),
    ("Débats", "debates"),
    ("Textes", "texts"),
    ("Registres", "registers"),
    ("Simulateurs", "simulators"),
    ("Journal", "log-head"),
    ("Données et API", "data"),
    ("À propos", "about"),
)
FOOTER = (
    ("Accessibilité : non conforme", "accessibility"),
    ("Plan du site", "site-map"),
    ("Données, API et licences", "data"),
    ("À propos", "about"),
    ("Vérifier le journal", "log-how"),
)
"""Words and names of addresses. A deployment may leave an app out: its word then leaves the menu."""


def _links(words_and_names):
    known_names = get_resolver().reverse_dict
    return [{"label": label, "url": reverse(name)} for label, name in words_and_names if name in known_names]


@register.inclusion_tag("web/parts/menu.html", takes_context=True)
def menu(context):
    request = context["request"]
    return {
        "links": [{**link, "is_here": request.path.startswith(link["url"])} for link in _links(MENU)],
        "actor": request.user if request.user.is_authenticated else None,
        "csrf_token": context["csrf_token"],
    }


@register.inclusion_tag("web/parts/footer.html")
def footer():
    return {"links": _links(FOOTER), "contact": settings.PARVIS_CONTACT, "publisher": settings.PARVIS_PUBLISHER}


@register.simple_tag
def publisher():
    return settings.PARVIS_PUBLISHER


@register.simple_tag
def keepers():
    """Name those who keep the site, with the address where one writes to them, if it is known."""
    words = "ceux qui tiennent ce site"
    contact = settings.PARVIS_CONTACT
    return format_html('<a href="mailto:{}">{}</a>', contact, words) if contact else words


@register.inclusion_tag("web/parts/banner.html", takes_context=True)
def banner(context):
    return {"sentences": front.warnings(context["request"].path_info)}


@register.simple_tag
def stylesheets():
    """Give the page's sheets: the tokens, the page, and the theme's own where it is not ours."""
    theme = [] if settings.PARVIS_THEME == "parvis" else [f"themes/{settings.PARVIS_THEME}.css"]
    sheets = ["web/tokens.css", "web/parvis.css", *theme]
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(sheet),) for sheet in sheets))


@register.simple_tag
def query(**parameters):
    """`{% query acheteur=siren %}`: an encoded query string."""
    return mark_safe(urlencode(parameters).replace("&", "&amp;"))  # noqa: S308 -- urlencode leaves no HTML
