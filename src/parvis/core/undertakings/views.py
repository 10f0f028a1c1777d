"""Pages of the plan: the whole, an axis, a commitment, a milestone, an organisation, the export."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from parvis.core.actors.models import Mandate, Organisation
from parvis.core.processes.models import Process
from parvis.core.registers.shelf import REGISTERS
from parvis.core.simulators.calculators import CALCULATORS
from parvis.core.simulators.engines import ENGINES
from parvis.core.texts.models import Text
from parvis.core.undertakings import declared, gaps, pages, pictures, queries, reporting
from parvis.core.undertakings.models import Correction, Lead, Milestone, Plan, Review, Undertaking
from parvis.core.undertakings.succession.joining.views import ways
from parvis.core.web import charts
from parvis.core.web.page import show


def loaded_plan() -> Plan:
    """Return the plan, or answer that there is none yet and what to do."""
    try:
        return queries.current_plan()
    except queries.PlanNotLoaded as absence:
        raise Http404(str(absence)) from absence


def plan(request: HttpRequest) -> HttpResponseBase:
    stored, today = loaded_plan(), timezone.localdate()
    said = declared.PLANS.filled()[stored.slug]
    found = queries.commitments(stored, on=today)
    page = pages.PlanPage(
        title=said.short_title,
        plan=said,
        axes=tuple(_axis_list(axis, found) for axis in said.axes),
        commitments=found,
        counts=_counts(found),
        gaps=_gaps(found),
        glance=queries.glance(stored, found),
        reviews=tuple((one.title, reverse("review", args=[one.slug])) for one in _reviews(stored)),
        ways=ways(stored),
        sources=tuple(_cited(said)),
        opened=_opened(found),
    )
    return show(request, "undertakings/plan.html", page)


def _gaps(found: Sequence[pictures.Commitment]) -> tuple[tuple[str, int], ...]:
    """Count the milestones that lack each thing."""
    lacked = [gap for one in found for step in one.milestones for gap in step.gaps]
    return tuple((gap.value, lacked.count(gap.value)) for gap in gaps.OfMilestone)


def _cited(said: declared.Plan) -> Iterator[declared.Source]:
    keys = [key for fact in (*said.timeline, *said.overall) for key in fact.sources]
    yield from (said.sources[key] for key in dict.fromkeys(keys))


def _reviews(stored: Plan):
    return Review.objects.filter(plan=stored).order_by("-opened_at")


def _counts(found: Sequence[pictures.Commitment]) -> dict[str, int]:
    steps = [step for one in found for step in one.milestones]
    states = ("done", "ongoing", "late", "dropped", "undated", "upcoming")
    return {
        "commitments": len(found),
        "parts": sum(len(one.parts) for one in found),
        "milestones": len(steps),
        "dated": sum(bool(step.due) for step in steps),
        "with_number": sum(bool(step.target) for step in steps),
        "measured": sum(bool(one.numbers) for one in found),
        **{state: sum(step.state == state for step in steps) for state in states},
    }


def _opened(found: Sequence[pictures.Commitment]) -> charts.Chart:
    results = [unit.did_it_open_government for one in found for unit in one.assessments]
    words = {**declared.OPENED, None: "Non retrouvé"}
    rows = [{"result": word, "units": results.count(key)} for key, word in words.items() if key in results]
    names = {"result": "Résultat", "units": "Unités évaluées"}
    return charts.bar(rows, x="result", y="units", title="L'engagement a-t-il ouvert le gouvernement ?", names=names)


def _axis_list(axis: declared.Axis, found: Sequence[pictures.Commitment]) -> pages.AxisList:
    mine = tuple(one for one in found if one.axis == axis.slug)
    return pages.AxisList(
        axis.title,
        reverse("plan-axis", args=[axis.slug]),
        tuple(one for one in mine if one.subaxis is None),
        tuple(_subaxis_list(axis, subaxis, mine) for subaxis in axis.subaxes),
    )


def _subaxis_list(
    axis: declared.Axis, subaxis: declared.Subaxis, found: Sequence[pictures.Commitment]
) -> pages.AxisList:
    mine = tuple(one for one in found if one.subaxis == subaxis.slug)
    return pages.AxisList(subaxis.title, reverse("plan-subaxis", args=[axis.slug, subaxis.slug]), mine)


def axis(request: HttpRequest, axis: str) -> HttpResponseBase:
    stored, said = _plan_and_axis(axis)
    found = tuple(one for one in queries.commitments(stored, on=timezone.localdate()) if one.axis == axis)
    listed = _axis_list(said, found)
    groups = (*listed.subaxes, *([listed] if listed.commitments else []))
    page = pages.AxisPage(said.title, f"Axe {said.order}", said, None, None, groups, found)
    return show(request, "undertakings/axis.html", page)


def subaxis(request: HttpRequest, axis: str, subaxis: str) -> HttpResponseBase:
    stored, said = _plan_and_axis(axis)
    part = next((one for one in said.subaxes if one.slug == subaxis), None)
    if part is None:
        raise Http404
    found = tuple(one for one in queries.commitments(stored, on=timezone.localdate()) if one.subaxis == subaxis)
    url = reverse("plan-axis", args=[axis])
    groups = (_subaxis_list(said, part, found),)
    page = pages.AxisPage(part.title, f"Axe {said.order}, sous-axe", said, said.title, url, groups, found)
    return show(request, "undertakings/axis.html", page)


def _plan_and_axis(slug: str) -> tuple[Plan, declared.Axis]:
    stored = loaded_plan()
    found = next((one for one in declared.PLANS.filled()[stored.slug].axes if one.slug == slug), None)
    if found is None:
        raise Http404
    return stored, found


def commitment(request: HttpRequest, slug: str) -> HttpResponseBase:
    stored, today = loaded_plan(), timezone.localdate()
    whole = get_object_or_404(Undertaking, plan=stored, parent=None, slug=slug)
    shown = queries.commitment(stored, whole.number, on=today, reader=request.user)
    keys = [whole.key, *(part.key for part in whole.parts.all())]
    speaker = mandate_for(request, "claim.make", whole, today)
    page = pages.CommitmentPage(
        title=shown.title,
        commitment=shown,
        stream=stored.stream,
        axis_url=reverse("plan-axis", args=[shown.axis]),
        subaxis_url=reverse("plan-subaxis", args=[shown.axis, shown.subaxis]) if shown.subaxis else None,
        sources=_sources(stored, whole.number),
        moments=pages.moments(shown),
        undated_facts=tuple(fact for fact in shown.facts if not fact.date),
        corrections=corrections(keys),
        ways=ways(stored, whole.key),
        evidence=_evidence(stored, whole.number),
        claims_as=str(speaker.organisation) if speaker else "",
        can_judge=mandate_for(request, "verdict.give", whole, today) is not None,
    )
    return show(request, "undertakings/commitment.html", page)


def _sources(stored: Plan, number: int) -> tuple[declared.Source, ...]:
    known = declared.PLANS.filled()[stored.slug].sources
    said = next(one for one in declared.commitments(stored.slug) if one.number == number)
    return tuple(known[key] for key in said.sources)


def _evidence(stored: Plan, number: int) -> tuple[tuple[str, str], ...]:
    said = next(one for one in declared.commitments(stored.slug) if one.number == number)
    slugs = dict.fromkeys(slug for one in said.indicators for slug in one.registers)
    registers = REGISTERS.filled()
    read = tuple((registers[slug].title, reverse("register", args=[slug])) for slug in slugs if slug in registers)
    return (*read, *_related(said.related))


def _related(streams: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the simulators, the texts and the debates that a commitment is about, those that are here."""
    yield from _simulators(stream.split("/")[1:] for stream in streams if stream.startswith("simulateurs/"))
    texts = [stream.partition("/")[2] for stream in streams if stream.startswith("textes/")]
    debates = [stream.partition("/")[2] for stream in streams if stream.startswith("debats/")]
    for text in Text.objects.filter(slug__in=texts).order_by("pk"):
        yield f"Texte : {text}", reverse("text", args=[text.slug])
    about = Process.objects.published().filter(Q(slug__in=debates) | Q(subject__in=streams))
    for debate in about.order_by("opens_at", "slug"):
        yield f"Débat : {debate.title}", reverse("debate", args=[debate.slug])


def _simulators(named: Iterable[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield engines (« fair »), their calculators (« fair », « rechauffement ») and the pages around them."""
    for engine, *calculator in named:
        if engine not in ENGINES.filled():
            continue
        if not calculator:
            yield f"Simulateur : {ENGINES[engine].title}", reverse("simulator", args=[engine])
        for one in CALCULATORS.filled().values():
            if [one.slug] == calculator and one.engine == engine:
                yield f"Calculatrice : {one.title}", reverse("calculator", args=[engine, one.slug])
        for page in ENGINES[engine].around:
            if [page.slug] == calculator:
                yield f"Calculatrice : {page.title}", reverse(page.view)


def corrections(keys: Sequence[str]) -> tuple[dict[str, object], ...]:
    """Return the history of what was corrected by hand, newest first."""
    found = Correction.objects.filter(key__in=keys).order_by("-made_at", "-pk")
    names = ("key", "field", "before", "after", "because", "made_at")
    return tuple({name: getattr(one, name) for name in names} for one in found)


def mandate_for(request: HttpRequest, act: str, undertaking: Undertaking, on: date) -> Mandate | None:
    """Return the mandate under which this person may do this act on this commitment today, or None.

    To speak for a commitment is for those who lead it; to judge it is for those who do not.
    """
    if not request.user.is_authenticated:
        return None
    mandates = Mandate.objects.filter(actor=request.user).opening(act).valid(on=on).order_by("pk")
    leads = set(Lead.objects.leading(undertaking, on=on).values_list("organisation", flat=True))
    if act.startswith("claim"):
        mandates = mandates.filter(organisation__in=leads)
    elif act == "verdict.give":
        mandates = mandates.exclude(organisation__in=leads)
    return mandates.select_related("organisation").first()


def milestone(request: HttpRequest, key: str) -> HttpResponseBase:
    today = timezone.localdate()
    stored = get_object_or_404(Milestone.objects.select_related("undertaking__plan"), key=key)
    whole = queries.commitment(stored.undertaking.plan, stored.undertaking.number, on=today, reader=request.user)
    page = pages.MilestonePage(
        title=stored.text,
        step=next(step for step in whole.milestones if step.key == key),
        commitment=whole,
        stream=stored.stream,
        claims=tuple(said for said in whole.claims if said.milestone == key),
        numbers=tuple(number for number in whole.numbers if key in number.milestones),
        corrections=corrections([key]),
        has_say=say_on(request, stored, today) is not None,
    )
    return show(request, "undertakings/milestone.html", page)


def say_on(request: HttpRequest, stored: Milestone, on: date) -> Mandate | None:
    """Return the mandate under which this person may give the milestone up, or take it up again, today; or None."""
    if not request.user.is_authenticated:
        return None
    steward = Mandate.objects.filter(actor=request.user).opening("plan.edit").valid(on=on).first()
    return steward or mandate_for(request, "claim.make", stored.undertaking, on)


def organisations(request: HttpRequest) -> HttpResponseBase:
    found = Organisation.objects.prefetch_related("leads").order_by("name")
    rows = tuple(
        {
            "name": one.name,
            "slug": one.slug,
            "commitments": len({lead.undertaking_id for lead in one.leads.all()}),
            "url": reverse("organisation", args=[one.slug]),
        }
        for one in found
    )
    return show(request, "undertakings/organisations.html", pages.OrganisationsPage("Organisations", rows))


def organisation(request: HttpRequest, slug: str) -> HttpResponseBase:
    body = get_object_or_404(Organisation.objects.select_related("succeeds"), slug=slug)
    leads = body.leads.select_related("undertaking").order_by("undertaking__number", "undertaking__code")
    page = pages.OrganisationPage(
        title=body.name,
        slug=body.slug,
        siren=body.siren,
        starts_on=body.starts_on,
        ends_on=body.ends_on,
        succeeds=_named(body.succeeds) if body.succeeds else None,
        successors=tuple(_named(one) for one in body.successors.order_by("name")),
        source=body.source,
        tenures=tuple(_tenure(lead) for lead in leads),
        stream="organisations",
    )
    return show(request, "undertakings/organisation.html", page)


def _named(body: Organisation) -> tuple[str, str]:
    return body.name, reverse("organisation", args=[body.slug])


def _tenure(lead: Lead) -> pages.Tenure:
    led = lead.undertaking
    part = led.code if led.parent_id else ""
    return pages.Tenure(
        led.number, led.title, reverse("commitment", args=[led.slug]), part, lead.starts_on, lead.ends_on
    )


def export(request: HttpRequest) -> HttpResponseBase:
    stored = loaded_plan()
    said = declared.PLANS.filled()[stored.slug]
    found = queries.commitments(stored, on=timezone.localdate())
    page = pages.ExportPage(
        title="Le plan aux formats du PGO",
        units=tuple(reporting.template_rows(found, said.country)),
        fields=tuple(
            item
            for name in ("commitment_fields", "self_assessment_fields", "irm_variables")
            for item in said.process[name]
        ),
        plan=said,
        commitments=found,
    )
    return show(request, "undertakings/export.html", page)
