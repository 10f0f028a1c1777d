"""Read the elements of large XML files one by one: no entity, no network, bounded memory."""

from collections.abc import Iterator

from lxml import etree

from parvis.core.errors import ParvisError
from parvis.core.registers.jsontext import Json
from parvis.core.registers.sources import Member


class BrokenXml(ParvisError):
    """The file stops, or breaks, before its last tag."""


class ForbiddenEntities(ParvisError):
    """The file declares a document type: a way to read other files, or to fill the memory."""


def elements(member: Member, tags: tuple[str, ...], lists: frozenset[str]) -> Iterator[tuple[str, Json]]:
    """Give each element of these names with its fields; those named in `lists` are lists even when alone."""
    with member.bytes() as stream:
        events = etree.iterparse(
            stream,
            tag=tags,
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            load_dtd=False,
            encoding=None if member.declares_encoding else member.encoding,
        )
        for element in _sound(events, member.name):
            yield element.tag, fields(element, lists)
            _forget(element)


def _sound(events: Json, name: str) -> Iterator[Json]:
    try:
        for _, element in events:
            if element.getroottree().docinfo.internalDTD is not None:
                raise ForbiddenEntities(
                    f"« {name} » déclare un type de document (DOCTYPE) : Parvis n'en lit aucun, car "
                    "il peut cacher d'autres fichiers. "
                    "Retirez cette déclaration et recommencez."
                )
            yield element
    except etree.XMLSyntaxError as error:
        raise BrokenXml(
            f"« {name} », ligne {error.lineno} : le XML y est mal formé ou coupé. Rien n'a été gardé "
            ": vérifiez le fichier."
        ) from error


def _forget(element: Json) -> None:
    """Free the element and what stands before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def fields(element: Json, lists: frozenset[str]) -> Json:
    """Return an element as JSON would say it: its text, or its children by name."""
    if len(element) == 0:
        return element.text
    found: dict[str, Json] = {}
    for child in element:
        if not isinstance(child.tag, str):
            continue  # a comment
        value = fields(child, lists)
        name = child.tag
        if name not in found:
            found[name] = [value] if name in lists else value
        elif isinstance(found[name], list):
            found[name].append(value)
        else:
            found[name] = [found[name], value]
    return found
