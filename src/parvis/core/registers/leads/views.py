"""Flags, each of them, and each lead: whom it names, their replies, the form for those who speak for them."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from parvis.core import finding
from parvis.core.actors.models import Mandate
from parvis.core.errors import ParvisError
from parvis.core.registers import actions
from parvis.core.registers.leads.forms import ReplyForm, WithdrawForm
from parvis.core.registers.listing import PAGE, Browsed
from parvis.core.registers.models import FlagReply
from parvis.core.registers.pages import flags as flag_pages
from parvis.core.registers.pages.leads import LeadPage, WithdrawPage
from parvis.core.registers.register import Register
from parvis.core.registers.replying import Addressed, addressed
from parvis.core.registers.views import declared, place_in, place_of
from parvis.core.web.forms import answer_form
from parvis.core.web.page import show


def flags(request: HttpRequest, register: str) -> HttpResponseBase:
    known = declared(register)
    if not known.flags:
        raise Http404("Ce registre n’a pas de signaux.")
    surveyed = place_in(register).catalogue.surveys()
    page = flag_pages.FlagsPage(
        title=f"Signaux : {known.title}",
        register=known.slug,
        register_title=known.title,
        notice=finding.NOTICE,
        computable=sum(flag.is_computable for flag in known.flags),
        flags=tuple(flag_pages.flag_line(flag, surveyed.get(flag.code)) for flag in known.flags),
    )
    return show(request, "registers/flags.html", page)


def declared_flag(register: Register, code: str) -> finding.Flag:
    """Return the flag of an address."""
    for known in register.flags:
        if known.code == code:
            return known
    raise Http404(f"Le signal « {code} » n’est pas de ce registre.")


def flag(request: HttpRequest, register: str, code: str) -> HttpResponseBase:
    known = declared(register)
    found = declared_flag(known, code)
    catalogue = place_in(register).catalogue
    start = place_of(request)
    page = flag_pages.flag_page(
        known,
        found,
        catalogue.surveys().get(code),
        catalogue.leads(code, after=start, size=PAGE + 1),
        tuple(reply.shown() for reply in FlagReply.objects.to(known.slug, code)),
    )
    return show(request, "registers/flag.html", page)


@dataclass(frozen=True)
class Desk:
    """Whom the lead names, the mandate under which the reader answers, if any, and the form of the answer."""

    named: Addressed | None
    mandate: Mandate | None
    form: ReplyForm


def lead(request: HttpRequest, register: str, code: str, subject: str) -> HttpResponseBase:
    """Show a lead to everyone; take the reply of those whom it names."""
    place = place_in(register)
    found = place.catalogue.lead(declared_flag(place.register, code).code, subject)
    named = addressed(place, found) if found else None
    mandate = mandate_for(request, named)
    if request.method == "POST" and mandate is None:
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.path)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if named and mandate and form.is_valid() and replied(request, place, named, mandate, form):
        return redirect(request.path)
    return show(
        request, "registers/lead.html", page_of(request.user, place, (code, subject), Desk(named, mandate, form))
    )


@login_required
def withdraw(request: HttpRequest, register: str, code: str, number: int) -> HttpResponseBase:
    """Let a body withdraw what it answered; anyone else is refused."""
    reply = get_object_or_404(FlagReply.objects.to(declared(register).slug, code).filter(withdrawn_at=None), pk=number)
    mandates = Mandate.objects.filter(actor=request.user, organisation=reply.mandate.organisation_id)
    mandate = mandates.valid(on=timezone.localdate()).order_by("pk").first()
    if mandate is None:
        raise PermissionDenied("Seul l’organisme qui a répondu retire sa réponse, par qui le représente.")
    form = WithdrawForm(request.POST or None)
    address = reverse("register-lead", args=[register, code, reply.subject])
    page = WithdrawPage("Retirer une réponse", reply.text, (reply.label, address), form)

    def act() -> object:
        because = form.cleaned_data["because"]
        return actions.withdraw_reply(reply=reply, because=because, mandate=mandate, at=timezone.now())

    return answer_form(request, "registers/withdraw.html", page, act, "Réponse retirée, avec son motif.")


def mandate_for(request: HttpRequest, named: Addressed | None) -> Mandate | None:
    """Return the mandate under which this person may answer today: for a body that the lead names, in any role."""
    if named is None or not request.user.is_authenticated:
        return None
    mandates = Mandate.objects.filter(actor=request.user, organisation__siren__in=named.sirens)
    return mandates.valid(on=timezone.localdate()).select_related("organisation").order_by("pk").first()


def replied(request: HttpRequest, place: Browsed, named: Addressed, mandate: Mandate, form: ReplyForm) -> bool:
    """Do the act; a refusal by the domain is shown on the form."""
    try:
        actions.reply_to_flag(
            register=place.register, lead=named, text=form.cleaned_data["text"], mandate=mandate, at=timezone.now()
        )
    except ParvisError as refusal:
        form.add_error("text", str(refusal))
        return False
    messages.success(request, "Réponse publiée et scellée dans le journal.")
    return True


def page_of(reader: AbstractBaseUser | AnonymousUser, place: Browsed, key: tuple[str, str], desk: Desk) -> LeadPage:
    """Gather what is said of a lead; its replies stay when it is no longer found."""
    code, subject = key
    received = FlagReply.objects.to(place.register.slug, code).filter(subject=subject)
    mine = [reply.key for reply in received.filter(withdrawn_at=None).by(reader, on=timezone.localdate())]
    replies = tuple(reply.shown() for reply in received)
    named, mandate = desk.named, desk.mandate
    if named is None and not replies:
        raise Http404("Les versions en vigueur ne donnent pas cette piste, et personne n’y a répondu.")
    return LeadPage(
        title=named.label if named else replies[-1].label,
        register=place.register.slug,
        register_title=place.register.title,
        code=code,
        flag_title=declared_flag(place.register, code).title,
        notice=finding.NOTICE,
        subject=subject,
        lead=place.catalogue.lead(code, subject),
        concerned=named.concerned if named else (),
        replies=replies,
        replies_as=mandate.organisation.name if mandate else "",
        mine=frozenset(mine),
        is_signed_in=reader.is_authenticated,
        form=desk.form if mandate else None,
    )
