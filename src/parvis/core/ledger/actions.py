"""The acts of the public log: seal, give a place and publish, erase."""

import secrets
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from parvis.core.errors import ParvisError
from parvis.core.ledger.leaves import SALT_BYTES, Json, Leaf, canonical, commit, hour_of
from parvis.core.ledger.models import Entry, LogState


class LogOutsideTransaction(ParvisError):
    """An act would be sealed apart from its own transaction, and could then exist without its entry."""


@dataclass(frozen=True)
class Head:
    """The last published checkpoint: so many entries, and the root (base64) that fixes them all."""

    size: int
    root: str
    issued_at: datetime
    note: str


def append(
    *,
    kind: str,
    stream: str,
    content: Mapping[str, Json],
    at: datetime,
    key: str | None = None,
    hidden: Mapping[str, Json] = {},  # noqa: B006 -- read only
) -> Entry:
    """Seal a public act in the log, inside the act's own transaction: both exist, or neither.

    `content` is shown beside the commitment; `hidden` is committed to under a salt of its own that is never shown.
    Raises LogOutsideTransaction when no transaction is open.
    """
    if not transaction.get_connection().in_atomic_block:
        raise LogOutsideTransaction(
            f"« {kind} » doit être scellé dans la transaction de l'acte : appelez ledger.append sous transaction.atomic."
        )
    opened: dict[str, Json] = {"content": content}
    secret: dict[str, str | bytes | int] = {}
    if hidden:
        hidden_salt, hidden_text = secrets.token_bytes(SALT_BYTES), canonical(hidden)
        opened["hidden"] = commit(hidden_salt, hidden_text)
        secret = {"hidden": hidden_text.decode(), "hidden_salt": hidden_salt, "turn": secrets.randbits(62) + 1}
    salt, opening = secrets.token_bytes(SALT_BYTES), canonical(opened)
    leaf = Leaf(kind=kind, stream=stream, key=key or "", commitment=commit(salt, opening), hour=hour_of(at))
    return Entry.objects.create(
        kind=kind, stream=stream, key=key or "", leaf=leaf.encoded(), opening=opening.decode(), salt=salt, **secret
    )


def head() -> Head | None:
    """Return the last published head of the log, or None before the first."""
    state = LogState.objects.exclude(root=None).first()
    if state is None:
        return None
    return Head(state.published_size, b64encode(state.root).decode(), state.issued_at, state.checkpoint)
