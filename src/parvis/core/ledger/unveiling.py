"""Hidden contents that become public: each app says, as it starts, of which kinds, and when one is.

def ready(self):
    unveiling.PUBLIC["verdict.given"] = views.is_pair_complete
"""

from collections.abc import Callable, Mapping
from typing import Any

Told = Callable[[str, str, Mapping[str, Any]], bool]
"""Of a stream, a key and the entry's open content: whether what it hides is public now."""

PUBLIC: dict[str, Told] = {}
"""A kind of act, and when its hidden content is public. A kind that is not here stays hidden."""


def is_public(kind: str, stream: str, key: str, content: Mapping[str, Any]) -> bool:
    return kind in PUBLIC and PUBLIC[kind](stream, key, content)
