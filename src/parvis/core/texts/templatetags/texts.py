"""Components of texts: words that came and went, said as well as coloured."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from parvis.core.texts.pages.marks import COME, GONE

register = template.Library()

MARKS = {
    GONE: '<del><span class="unseen">[supprimé : </span>{}<span class="unseen">]</span></del>',
    COME: '<ins><span class="unseen">[ajouté : </span>{}<span class="unseen">]</span></ins>',
}

STATES = {
    "new": ("good", "créé"),
    "gone": ("bad", "supprimé"),
    "changed": ("accent", "modifié"),
    "renumbered": ("accent", "renuméroté"),
    "same": ("mute", "inchangé"),
    "absent": ("mute", "absent"),
}
"""What becomes of a unit at a version: a tone and a word."""


def runs(line):
    """Mark a line of `marks.Run`s; what came and what went is said to those who do not see it."""
    return mark_safe("".join(format_html(MARKS.get(run.kind, "{}"), run.words) for run in line))  # noqa: S308 -- escaped


@register.simple_tag
def lines(found):
    """`{% lines row.before %}`: several lines, a paragraph each."""
    return format_html_join("\n", "<p>{}</p>", ((runs(line),) for line in found))


@register.filter
def state_word(state):
    """`{{ cell.state|state_word }}`: créé, supprimé, modifié, renuméroté, inchangé, absent."""
    return STATES[state][1]


@register.filter
def state_tone(state):
    return STATES[state][0]


@register.filter
def share(value):
    """`{{ cell.difference|share }}`: a share from 0 to 1 in percent, of what changes: a comma alone is not nothing."""
    percent = round(value * 100)
    return f"{percent}\u00a0%" if percent else "moins de 1\u00a0%"


@register.filter
def brief(value):
    """`{{ cell.difference|brief }}`: the same in a narrow cell, « < 1 % »."""
    return share(value).replace("moins de", "<")


@register.filter
def quintile(value):
    """`{{ cell.difference|quintile }}`: 1 to 5, for a share from 0 to 1."""
    return min(5, int(value * 5) + 1)
