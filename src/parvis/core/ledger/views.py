"""The public pages and files of the log. Files that never change are cached for ever; the head never is."""

import json
from base64 import b64decode, b64encode
from binascii import Error as NotBase64

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from parvis.core.ledger import actions, naming, pages, unveiling
from parvis.core.ledger.explaining import SIGNATURE_COMMANDS, opening_commands, path_commands, steps
from parvis.core.ledger.leaves import NAME
from parvis.core.ledger.models import Entry, LogState
from parvis.core.ledger.receipts import Receipt
from parvis.core.ledger.tiles import NotATile, items, nodes, tile_from
from parvis.core.ledger.trees import (
    NotInTheTree,
    ProofRefused,
    check_consistency,
    consistency_path,
    inclusion_path,
    leaf_hash,
)
from parvis.core.web import front, parts
from parvis.core.web.page import show
from parvis.core.web.panels import Panel

PER_PAGE = 50
MOST_DIGITS = 18
"""Digits of a position: no database takes more, and no log is longer."""
FOR_EVER = "public, max-age=31536000, immutable"
NEVER = "no-cache"


def line(entry):
    url = None if entry.position is None else reverse("log-entry", args=[entry.position])
    return pages.EntryLine(
        position=entry.position,
        kind=entry.kind,
        name=naming.name(entry.kind),
        stream=entry.stream,
        key=entry.key,
        hour=entry.hour,
        is_erased=entry.is_erased,
        url=url,
        about_url=naming.address(entry.stream, entry.key),
    )


@require_safe
def head(request):
    """Show the head and the entries, by pages of 50, the last first; `fil` keeps one stream, `avant` goes back."""
    published = actions.head()
    size = published.size if published else 0
    stream = request.GET.get("fil")
    if stream is not None and not NAME.fullmatch(stream):
        raise Http404(f"« {stream} » n’est pas le nom d’un fil du journal.")
    asked = Entry.objects.placed(end=size)
    asked = asked if stream is None else asked.filter(stream=stream)
    shown, older = _slice(asked, _number(request, "avant", size))
    page = pages.HeadPage(
        title="Le journal public",
        origin=settings.PARVIS_LOG_ORIGIN,
        size=size,
        root=published and published.root,
        issued_at=published and published.issued_at,
        checkpoint=published and published.note,
        key=actions.public_key(),
        waiting=Entry.objects.waiting().count(),
        stream=stream,
        entries=tuple(line(entry) for entry in shown),
        older_url=older and _address(stream, older),
        newer_url=_address(stream) if "avant" in request.GET else None,
        every=lambda: (line(entry) for entry in asked.iterator(chunk_size=2000)),
    )
    return show(request, "ledger/head.html", page)


def _number(request, name, missing):
    given = request.GET.get(name, str(missing))
    if not given.isdecimal() or len(given) > MOST_DIGITS:
        raise Http404(f"« {given} » n’est pas une position du journal : donnez un nombre entier.")
    return int(given)


def _slice(asked, before):
    """Return the entries of a page, the last first, and the position before which the next page starts."""
    found = list(asked.filter(position__lt=before).order_by("-position")[: PER_PAGE + 1])
    shown = found[:PER_PAGE]
    return shown, shown[-1].position if len(found) > PER_PAGE else None


def _address(stream, before=None):
    asked = {"fil": stream, "avant": before}
    return reverse("log-head", query={name: value for name, value in asked.items() if value is not None})


def published_entry(position):
    """Return an entry that the published head covers, and that head; 404 for one that it does not."""
    state = LogState.objects.first()
    if state is None or position >= state.published_size:
        raise Http404(
            f"Le journal publié n’a pas d’entrée n° {position} : il en compte {state.published_size if state else 0}."
        )
    return get_object_or_404(Entry.objects.select_related("erased_by"), position=position), state


def _path(position, size):
    return inclusion_path(position, size, nodes(actions.folder().read, size))


@require_safe
def entry(request, position):
    """Show an entry, its content while it is kept, and its path to the signed root."""
    found, state = published_entry(position)
    path = tuple(steps(bytes(found.leaf), position, state.published_size, _path(position, state.published_size)))
    unveiled = _unveiled(found)
    page = pages.EntryPage(
        title=f"Entrée n° {position} du journal",
        position=position,
        kind=found.kind,
        name=naming.name(found.kind),
        stream=found.stream,
        key=found.key,
        about_url=naming.address(found.stream, found.key),
        hour=found.hour,
        leaf=bytes(found.leaf).decode(),
        leaf_hash=leaf_hash(bytes(found.leaf)).hex(),
        commitment=found.commitment,
        opening=found.opening,
        content=found.content,
        salt=None if found.is_erased else bytes(found.salt).hex(),
        has_hidden=found.hidden is not None and unveiled is None,
        unveiled=unveiled,
        tombstone=_tombstone(found),
        erases=_erased(found),
        size=state.published_size,
        root=b64encode(state.root).decode(),
        path=path,
        checkpoint=state.checkpoint,
        issued_at=state.issued_at,
        opening_commands=None if found.is_erased else opening_commands(bytes(found.salt)),
        path_commands=path_commands(path),
        previous_url=reverse("log-entry", args=[position - 1]) if position else None,
        next_url=reverse("log-entry", args=[position + 1]) if position + 1 < state.published_size else None,
    )
    return show(request, "ledger/entry.html", page)


def _unveiled(found):
    if found.hidden is None or not unveiling.is_public(found.kind, found.stream, found.key, found.content):
        return None
    salt = bytes(found.hidden_salt)
    commitment = json.loads(found.opening)["hidden"]
    return pages.Unveiled(found.hidden, salt.hex(), commitment, opening_commands(salt, "reserve.json"))


def _tombstone(found):
    if not found.is_erased:
        return None
    by = line(found.erased_by)
    return pages.Tombstone(by.position, found.erased_by.content["because"], by.hour, by.url)


def _erased(found):
    try:
        return found.erases.position
    except ObjectDoesNotExist:
        return None


@require_safe
def leaf(request, position):
    """Give the exact bytes of a leaf: what is hashed into the tree."""
    found, _ = published_entry(position)
    return _file(bytes(found.leaf), "application/json", FOR_EVER)


@require_safe
def opening(request, position):
    """Give the exact bytes that an entry commits to; 410 once erased."""
    found, _ = published_entry(position)
    if found.is_erased:
        return HttpResponse("Le contenu de cette entrée a été effacé.\n", "text/plain; charset=utf-8", 410)
    return _file(found.opening.encode(), "application/json", NEVER)


@require_safe
def hidden(request, position):
    """Give the exact bytes that an entry held in reserve, once they are public; 404 before, and once erased."""
    found, _ = published_entry(position)
    unveiled = _unveiled(found)
    if unveiled is None:
        raise Http404(f"L’entrée n° {position} n’a pas de contenu réservé qui soit devenu public.")
    return _file(unveiled.opening.encode(), "application/json", NEVER)


@require_safe
def proof(request, position):
    """Give the receipt of an entry: one text file that proves it offline, for ever."""
    _, state = published_entry(position)
    receipt = Receipt(position, _path(position, state.published_size), state.checkpoint)
    response = _file(str(receipt).encode(), "text/plain; charset=utf-8", NEVER)
    response["Content-Disposition"] = f'attachment; filename="journal-{position}.tlog-proof"'
    return response


@require_safe
def checkpoint(request):
    """Give the signed head, as the sequencer published it."""
    published = actions.folder().path / "checkpoint"
    if not published.exists():
        raise Http404("Le journal n’a pas encore de tête : aucun acte n’y est publié.")
    return _file(published.read_bytes(), "text/plain; charset=utf-8", NEVER)


@require_safe
def tile(request, path):
    """Give a tile that the published head covers; one written and not yet covered is not public."""
    try:
        asked = tile_from(f"tile/{path}")
    except NotATile as error:
        raise Http404(str(error)) from error
    published = actions.head()
    if published is None or asked.start + asked.width > items(asked.level, published.size):
        raise Http404(f"La tuile {asked.path} n’est pas publiée : le journal ne va pas encore jusque-là.")
    return _file(actions.folder().read(asked), "application/octet-stream", FOR_EVER)


@require_safe
def key(request):
    """Give the public key, in the form of signed notes."""
    known = actions.public_key()
    if known is None:
        raise Http404("Le journal n’a pas encore de clé : aucun acte n’y est publié.")
    return _file(f"{known}\n".encode(), "text/plain; charset=utf-8", "public, max-age=3600")


def _file(content, content_type, caching):
    return HttpResponse(content, content_type, headers={"Cache-Control": caching})


@require_safe
def how(request):
    """Tell how to check the log oneself."""
    published = actions.head()
    page = pages.HowPage(
        title="Vérifier le journal soi-même",
        key=actions.public_key(),
        address=request.build_absolute_uri(reverse("log-head")).rstrip("/"),
        size=published.size if published else 0,
        signature_commands=SIGNATURE_COMMANDS,
    )
    return show(request, "ledger/how.html", page)


@require_safe
def since(request):
    """Tell whether the log prolongs the head of `taille` entries and of root `racine` that someone kept."""
    published = actions.head()
    size = published.size if published else 0
    old_size = _number(request, "taille", 0) or None
    old_root = request.GET.get("racine")
    path, trouble = (), ""
    if old_size is not None and old_root is not None:
        path, trouble = _consistency(old_size, old_root, published)
    page = pages.SincePage(
        title="Le journal prolonge-t-il votre copie ?",
        old_size=old_size,
        old_root=old_root,
        size=size,
        root=published and published.root,
        path=tuple(b64encode(step).decode() for step in path),
        trouble=trouble,
    )
    return show(request, "ledger/since.html", page)


def _consistency(old_size, old_root, published):
    """Return the proof that the log prolongs a kept head, and what does not hold, if anything."""
    size = published.size if published else 0
    try:
        path = consistency_path(old_size, size, nodes(actions.folder().read, size))
        roots = (b64decode(old_root, validate=True), b64decode(published.root))
        check_consistency(old_size, size, roots, path)
    except NotBase64:
        return (), "La racine se recopie telle quelle, en base64 : c’est la troisième ligne de la tête."
    except NotInTheTree as error:
        return (), str(error)
    except ProofRefused as error:
        return path, str(error)
    return path, ""


def head_panel(at):
    """Give the front page the last head; nothing while the log is empty."""
    published = actions.head()
    if published is None:
        return None
    content = pages.HeadPanel(published.size, published.root, published.issued_at)
    return Panel("journal", "Le journal public", 40, "ledger/panel.html", content)


def map_section():
    """Give the site map the addresses of the log."""
    named = (
        ("Le journal", "log-head"),
        ("Le vérifier soi-même", "log-how"),
        ("Comparer à une copie gardée", "log-since"),
    )
    return front.Section("Journal public", 40, tuple(parts.Step(label, reverse(name)) for label, name in named))
