"""What leads from the plan's pages to its text, its drift and its debates; and from its text back to them."""

from django.http import HttpRequest
from django.urls import reverse

from parvis.core.processes.models import Process
from parvis.core.texts.links import Link
from parvis.core.texts.models import Text
from parvis.core.texts.views import address, unit_address
from parvis.core.undertakings.models import Plan, Review, Undertaking
from parvis.core.undertakings.succession import drafting
from parvis.core.web.panels import Panel
from parvis.core.web.parts import Step


def ways(plan: Plan, unit: str = "") -> tuple[Step, ...]:
    """Return the ways from the plan, or from one of its commitments, to its text and to the drift page."""
    text = Text.objects.filter(slug=drafting.slug_of(plan.slug)).first()
    if text is None:
        return ()
    if unit and not text.units.filter(uid=unit).exists():
        return ()
    there = Step("Son texte, ses versions et ses débats", unit_address(text.slug, unit) if unit else address(text))
    return there, Step("Ce que le plan est devenu", reverse("plan-drift"))


def debate_on(review: Review) -> Step | None:
    """Return the debate in which people comment a review, where there is one."""
    subject = f"textes/{drafting.slug_of(review.plan.slug)}"
    debate = Process.objects.published().filter(slug=review.slug, subject=subject).first()
    return Step(debate.title, reverse("debate", args=[debate.slug])) if debate else None


def review_panel(process: Process, _request: HttpRequest) -> Panel | None:
    """Lead from a debate on a review to the review, and to what the plan became."""
    review = Review.objects.filter(slug=process.slug).select_related("plan").first()
    if review is None or process.subject != f"textes/{drafting.slug_of(review.plan.slug)}":
        return None
    content = (Step(review.title, reverse("review", args=[review.slug])), *ways(review.plan))
    return Panel("revue", "La revue commentée", 15, "undertakings/panel_review.html", content)


def commitments_on(text: str, unit: str) -> tuple[Link, ...]:
    """Lead from a plan's text to the plan's pages: a commitment's own, the reviews, the drift."""
    plan = Plan.objects.filter(slug=text.removeprefix("plan-")).first() if text.startswith("plan-") else None
    if plan is None:
        return ()
    if unit:
        number = unit.removeprefix("E")
        found = Undertaking.objects.filter(plan=plan, parent=None, number=int(number)) if number.isdecimal() else ()
        return tuple(Link(one.title, reverse("commitment", args=[one.slug]), "Engagements") for one in found)
    reviews = Review.objects.filter(plan=plan).order_by("-opened_at")
    links = [Link(one.title, reverse("review", args=[one.slug]), "Revues du plan") for one in reviews]
    return Link("Ce que le plan est devenu", reverse("plan-drift"), "Le plan"), *links
