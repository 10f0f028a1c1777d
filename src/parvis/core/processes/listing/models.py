"""How a list of contributions is walked: in stretches, each by an index, from a place or from the beginning."""

from dataclasses import dataclass

from django.db.models import F, Q

from parvis.core.processes.orders import Cursor

VOICES = F("supports") + F("votes_for")


@dataclass(frozen=True)
class Segment:
    """A stretch of a list: what it keeps, and what it is sorted by (a leading « - » is downwards)."""

    kept: Q
    by: tuple[str, ...]

    def of(self, rows):
        return rows.annotate(voices=VOICES).filter(self.kept).order_by(*self.by)

    def turned(self) -> "Segment":
        """Return the same stretch, walked backwards."""
        return Segment(self.kept, tuple(name[1:] if name.startswith("-") else f"-{name}" for name in self.by))

    def beyond(self, cursor: Cursor) -> "Segment":
        """Return what follows a place in this stretch."""
        first, down = self.by[0].lstrip("-"), self.by[0].startswith("-")
        bound = Q(**{f"{first}__{'lte' if down else 'gte'}": cursor.key})
        number_down = self.by[-1].startswith("-")
        past = Q(number__lt=cursor.number) if number_down else Q(number__gt=cursor.number)
        return Segment(self.kept & bound & (~Q(**{first: cursor.key}) | past), self.by)


SORTS = {"numero": ("number",), "recent": ("-number",), "soutiens": ("-voices", "number")}


def segments(order: str, beginning: int, cursor: Cursor | None) -> list[Segment]:
    """Return the stretches that a page may be made of, in the order walked. The rotating order goes round in two."""
    if order in SORTS:
        whole = [Segment(Q(), SORTS[order])]
    else:
        whole = [Segment(kept, ("draw", "number")) for kept in (Q(draw__gte=beginning), Q(draw__lt=beginning))]
    if cursor is None:
        return whole
    if cursor.is_backwards:
        whole = [segment.turned() for segment in reversed(whole)]
    here = next((rank for rank, one in enumerate(whole) if len(whole) == 1 or _holds(one, cursor, beginning)), 0)
    return [whole[here].beyond(cursor), *whole[here + 1 :]]


def _holds(segment: Segment, cursor: Cursor, beginning: int) -> bool:
    return (cursor.key >= beginning) == (segment.kept == Q(draw__gte=beginning))
