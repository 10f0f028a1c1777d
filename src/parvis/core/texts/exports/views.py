"""The files by which a version leaves. Each says its source, its licence and the fingerprint of its words."""

from base64 import b64encode
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.timezone import localdate

from parvis.core.texts.akomantoso import Moment, Work, akoma_ntoso
from parvis.core.texts.markdown import markdown
from parvis.core.texts.models import Version
from parvis.core.texts.views import (
    EXTENSIONS,
    NotPublished,
    chosen,
    named,
    published,
    unit_address,
    with_a_way_back,
)
from parvis.core.web.page import json_response
from parvis.core.web.parts import Step


@with_a_way_back
def export(request: HttpRequest, text: str, version: str, extension: str) -> HttpResponseBase:
    stored, versions = published(text, "text__metadata")
    shown = chosen(stored, versions, version)
    if extension not in WRITERS:
        known = ", ".join(EXTENSIONS)
        back = Step("Revenir à cette version.", named(shown).url)
        raise NotPublished(f"Une version ne se télécharge pas en « {extension} ». Formats : {known}.", back)
    response = WRITERS[extension](request, shown)
    response["Content-Disposition"] = f'attachment; filename="{text}-{version}.{extension}"'
    # RFC 9530: whoever keeps the file can tell that it is whole.
    response["Repr-Digest"] = f"sha-256=:{b64encode(sha256(response.content).digest()).decode()}:"
    return response


def _plain(request: HttpRequest, version: Version) -> HttpResponse:
    """Give the words alone: the file's SHA-256 is the version's, as the log sealed it."""
    return HttpResponse(version.document().text(), content_type="text/plain; charset=utf-8")


def _markdown(request: HttpRequest, version: Version) -> HttpResponse:
    text = version.text
    facts = (
        f"Version : {version.title}",
        f"Source : {text.source}",
        f"Licence : {text.licence}",
        f"Empreinte SHA-256 du texte brut : {version.sha256}",
        f"Adresse : {request.build_absolute_uri(named(version).url)}",
    )
    lines = "\n".join(f"- {fact}" for fact in facts)
    body = f"{markdown(text.title, version.document())}\n---\n\n{lines}\n"
    return HttpResponse(body, content_type="text/markdown; charset=utf-8")


def _json(request: HttpRequest, version: Version) -> HttpResponse:
    text = version.text
    return json_response(
        {
            "text": {
                "slug": text.slug,
                "title": text.title,
                "kind": text.kind,
                "source": text.source,
                "licence": text.licence,
                "is_fictitious": text.is_fictitious,
                "url": request.build_absolute_uri(reverse("text", args=[text.slug])),
            },
            "version": {
                "slug": version.slug,
                "title": version.title,
                "dated": version.dated and version.dated.isoformat(),
                "author": version.author,
                "basis": version.basis,
                "sha256": version.sha256,
                "edits": version.edits,
                "changes": version.changes,
            },
            "passages": [
                {
                    "unit": passage.unit,
                    "kind": passage.kind,
                    "number": passage.number,
                    "heading": passage.heading,
                    "path": list(passage.path),
                    "status": passage.status,
                    "words": passage.words,
                    "url": request.build_absolute_uri(unit_address(text.slug, passage.unit, version.slug)),
                }
                for passage in version.document().passages
            ],
        }
    )


def _akoma_ntoso(request: HttpRequest, version: Version) -> HttpResponse:
    """Give the version as Akoma Ntoso 1.0 (OASIS, 2018), valid against its schema, with what it changes."""
    text, lineage = version.text, list(version.text.versions.filter(number__lte=version.number).order_by("number"))
    first = next((one.dated for one in lineage if one.dated), localdate(version.published_at))
    moments = tuple(Moment(one.slug, one.title, one.author, one.dated or first) for one in lineage)
    parent = version.parents.order_by("pk").first()
    work = Work(text.slug, text.kind, text.title, str(text), moments)
    body = akoma_ntoso(work, version.document(), parent.document() if parent else None)
    return HttpResponse(body, content_type="application/akn+xml")


WRITERS = {"akn.xml": _akoma_ntoso, "md": _markdown, "txt": _plain, "json": _json}
