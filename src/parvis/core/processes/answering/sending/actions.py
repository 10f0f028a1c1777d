"""Send what is to be told. A killed sending goes on where it was: the last account served is kept, mail by mail.

A mail may then be sent twice, never lost; its Message-ID is the same, so that mailboxes show it once. One that its
mailbox refuses is counted as such; where no mail leaves any more, the error of the mail server is let out.
"""

from datetime import datetime
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.utils.crypto import salted_hmac

from parvis.core.actors.models import Actor
from parvis.core.ledger import actions as ledger
from parvis.core.processes.answering.models import Notice
from parvis.core.processes.answering.telling import AUDIENCES, Message, body

ROUND = 200
"""Accounts read at once, and mails sent through one connection."""

REASON = (
    "Vous recevez ce message parce que vous êtes l’auteur de cette contribution, que vous l’avez soutenue ou "
    "signalée, ou que vous suivez ce débat. Pour ne plus suivre : le bouton « Ne plus suivre » de cette page."
)


def send_all(*, address: str, at: datetime) -> int:
    """Send every notice that waits; return the number of mails. `address` is the site's, without a final slash."""
    waiting = Notice.objects.filter(sent_at=None).select_related("process").order_by("pk")
    return sum(send(notice=notice, address=address, at=at) for notice in waiting)


def count_refused(*, at: datetime) -> int:
    """Return how many mails of the notices closed at that instant their mailboxes refused."""
    return Notice.objects.filter(sent_at=at).aggregate(all=Sum("refused"))["all"] or 0


def send(*, notice: Notice, address: str, at: datetime) -> int:
    """Send one notice to those whom it concerns; return how many mails left. Raises the mail server's OSError."""
    before, concerned = notice.sent, _concerned(notice)
    for start in range(0, len(concerned), ROUND):
        with get_connection() as mailbox:
            for actor in _reachable().filter(pk__in=concerned[start : start + ROUND]).order_by("pk"):
                _mark(notice=notice, reached=actor.pk, is_sent=_leaves(_mail(notice, actor, address), mailbox))
    _close(notice=notice, at=at)
    return notice.sent - before


def _leaves(mail: EmailMessage, mailbox: BaseEmailBackend) -> bool:
    """Send one mail, unless the server refuses this one: nobody else waits for a mailbox that is full or gone."""
    try:
        return bool(mailbox.send_messages([mail]))
    except (SMTPRecipientsRefused, SMTPDataError):
        return False


def _concerned(notice: Notice) -> list[int]:
    """Return the numbers of the accounts still to serve, in order. Who supports is asked once: it is long to know."""
    contributions = list(notice.contributions.all())
    concerned = Q(contributions__in=contributions) | Q(pk__in=notice.accounts.values("pk"))
    if not notice.is_for_authors_only:
        concerned |= Q(follows__contribution__in=contributions)
        concerned |= Q(follows__process=notice.process_id, follows__contribution=None)
    found = set(_reachable().filter(concerned).values_list("pk", flat=True))
    if not notice.is_for_authors_only:
        found.update(pk for audience in AUDIENCES for pk in audience(contributions))
    return sorted(pk for pk in found if pk > notice.reached)


def _reachable() -> QuerySet[Actor]:
    """Return the accounts that are open, confirmed, and have an address."""
    return Actor.objects.filter(is_active=True, email__isnull=False, confirmed_at__isnull=False)


def _mail(notice: Notice, actor: Actor, address: str) -> EmailMessage:
    message = Message(notice.subject, notice.text, notice.path)
    name = salted_hmac("parvis.notice", f"{notice.pk}/{actor.pk}").hexdigest()[:32]
    domain = address.rpartition("/")[2].partition(":")[0]
    headers = {"Message-ID": f"<{name}@{domain}>", "Auto-Submitted": "auto-generated"}  # RFC 3834
    subject = " ".join(message.subject.split())
    return EmailMessage(subject, body(message, address, REASON), to=[actor.email], headers=headers)


@transaction.atomic
def _mark(*, notice: Notice, reached: int, is_sent: bool) -> None:
    notice.reached, notice.sent, notice.refused = reached, notice.sent + is_sent, notice.refused + (not is_sent)
    notice.save(update_fields=["reached", "sent", "refused"])


@transaction.atomic
def _close(*, notice: Notice, at: datetime) -> None:
    """Seal how many were told, and nothing of whom."""
    notice.sent_at = at
    notice.save(update_fields=["sent_at"])
    notice.accounts.clear()
    content = {"subject": notice.subject, "sent": notice.sent, "refused": notice.refused, "page": notice.path}
    ledger.append(kind="notice.sent", stream=notice.process.stream, key=notice.key, content=content, at=at)
