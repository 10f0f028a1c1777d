"""What is said over pages of the data that are invented."""

import re
from collections.abc import Iterator

from parvis.core.registers.models import Release
from parvis.core.registers.shelf import REGISTERS


def fictitious(path: str) -> Iterator[str]:
    """Yield what is to be said of invented data over a page.

    Over every page where samples stand in for real data; where a register declares which of its sources is invented
    beside real ones, over the pages that show it.
    """
    known, titles = REGISTERS.filled(), set()
    found = set(Release.objects.current().values_list("register", "source", "fictitious"))
    real = {slug for slug, _, is_invented in found if not is_invented}
    for slug, source, is_invented in sorted(found):
        if not is_invented or slug not in known:
            continue
        fiction = known[slug].fiction
        if fiction is None or fiction.source != source or slug not in real:
            titles.add(known[slug].title)
        elif re.match(fiction.pages, path):
            yield fiction.sentence
    if titles:
        yield f"Elles sont inventées pour la démonstration : {', '.join(sorted(titles))}."
