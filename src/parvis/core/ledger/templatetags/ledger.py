"""The log, as other pages show it."""

from django import template

from parvis.core.ledger.models import Entry
from parvis.core.ledger.views import line

register = template.Library()


@register.inclusion_tag("ledger/log_entries.html")
def log_entries(stream, keys):
    """`{% load ledger %}{% log_entries "registers/procurement" release.hash %}`: the entries of a public object.

    `keys` is a key, or several: an object and its parts.
    """
    keys = [keys] if isinstance(keys, str) else keys
    return {"entries": [line(entry) for entry in Entry.objects.about_any(stream=stream, keys=keys)]}
