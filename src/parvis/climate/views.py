"""Pages of the climate that no noun gives: the share of a country in the warming."""

from django.http import Http404, HttpRequest, HttpResponseBase

from parvis.climate import nations
from parvis.core.errors import ParvisError
from parvis.core.registers.asking import Folders, shared
from parvis.core.registers.models import current_folders
from parvis.core.simulators.hosting.calling import host
from parvis.core.web.page import show

DEFAULT = "FRA"


def nation(request: HttpRequest) -> HttpResponseBase:
    """Show what a country has emitted, and what of the warming follows from it."""
    return show(request, "climate/nation.html", page(request.GET.get("pays", DEFAULT), current_folders()))


def page(code, folders: Folders) -> nations.NationPage:
    known = asked_of(folders, nations.COUNTRIES)
    names = dict(known)
    if known and code not in names:
        raise Http404(f"Aucun pays n'a le code « {code} » : choisissez-en un dans la liste.")
    series = tuple(nations.Year(*row) for row in asked_of(folders, nations.SERIES, code=code))
    name = names.get(code, code)
    outcome, because = computed(name, series)
    columns = outcome.columns if outcome else None
    ranks = asked_of(folders, nations.RANKS, code=code)
    last = max((one.year for one in series if one.co2 is not None), default=None)
    return nations.NationPage(
        title="La part d'un pays dans le réchauffement",
        code=code,
        name=name,
        choices=tuple(nations.Choice(one, said, one == code) for one, said in known),
        series=series,
        rank=ranks[0][0] if ranks else None,
        because=because,
        effects=tuple(nations.effects(columns, last)) if columns else (),
        run=nations.Run(outcome.identity, outcome.results, host("fair").card().version) if outcome else None,
        charts=tuple(nations.drawn(name, series, columns)),
    )


def asked_of(folders: Folders, sql: str, **parameters):
    return shared(folders).cursor().execute(sql, parameters).fetchall()


def computed(name, series):
    """Compute the two worlds; or say why it cannot be done now."""
    if because := nations.uncomputed(name, series):
        return None, because
    try:
        return host("fair").evaluate(nations.asked(series)), ""
    except ParvisError as refusal:
        return None, str(refusal)
