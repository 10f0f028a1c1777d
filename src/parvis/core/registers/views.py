"""The public pages of registers. A view reads the address, gathers, and shows."""

from collections.abc import Iterator
from datetime import datetime

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from pyarrow import RecordBatchReader

from parvis.core import finding
from parvis.core.errors import ParvisError
from parvis.core.registers import filters
from parvis.core.registers.answers import TooHeavy, ask
from parvis.core.registers.asking import answered, questions_of, shared
from parvis.core.registers.browsing import Browse, Party
from parvis.core.registers.downloads import FORMATS, Format, json_line
from parvis.core.registers.filters import Filters
from parvis.core.registers.listing import BATCH, Browsed, LostPlace
from parvis.core.registers.manifest import MANIFEST, facts
from parvis.core.registers.models import FlagReply, NothingServed, Release, browsed, current_folders
from parvis.core.registers.pages import asked as question_pages
from parvis.core.registers.pages import home
from parvis.core.registers.pages import party as party_pages
from parvis.core.registers.pages import releases as release_pages
from parvis.core.registers.pages.row import row_page
from parvis.core.registers.pages.rows import Asked, rows_page
from parvis.core.registers.questions import connect
from parvis.core.registers.register import Register
from parvis.core.registers.shelf import REGISTERS
from parvis.core.web import front, parts
from parvis.core.web.errors import ErrorPage
from parvis.core.web.page import rank_asked, show
from parvis.core.web.panels import Panel

QUESTIONS_IN_FRONT = 3
SHOWN_DEFECTS = 100  # of one rule, in its page; its CSV has them all


def declared(slug: str) -> Register:
    """Return the register of an address."""
    known = REGISTERS.filled()
    if slug not in known:
        raise Http404(f"Le registre « {slug} » n’existe pas ici.")
    return known[slug]


def place_in(register: str) -> Browsed:
    """Return the register of an address, with its catalogue."""
    try:
        return browsed(declared(register))
    except NothingServed as error:
        raise Http404(str(error)) from error


def registers(request: HttpRequest) -> HttpResponseBase:
    return show(request, "registers/registers.html", home.RegistersPage("Les registres", register_lines()))


def register_lines() -> tuple[home.RegisterLine, ...]:
    """Tell every register, in one query for all their releases."""
    current: dict[str, list[Release]] = {slug: [] for slug in REGISTERS.filled()}
    for release in Release.objects.current().filter(register__in=current):
        current[release.register].append(release)
    return tuple(register_line(known, current[known.slug]) for known in REGISTERS.filled().values())


def register_line(known: Register, current: list[Release]) -> home.RegisterLine:
    noun = known.browse.noun[1] if known.browse else "lignes"
    loaded_at = max((release.loaded_at for release in current), default=None)
    return home.RegisterLine(
        known.slug, known.title, known.summary, count_rows(known, current), noun, len(current), loaded_at
    )


def count_rows(known: Register, current: list[Release]) -> int | None:
    """Count what the list shows: one row a contract, in whatever number of releases and versions it stands."""
    if not current:
        return None
    if known.browse is None:
        return sum(release.rows.get(known.tables[0].name, 0) for release in current)
    return browsed(known, current).catalogue.total(Filters()).rows


def registers_panel(_: datetime) -> Panel | None:
    """Give the front page its registers, once one has a release."""
    lines = tuple(line for line in register_lines() if line.releases)
    asked = [
        home.QuestionLine(line.slug, found.slug, found.title)
        for line in lines
        for found in list(questions_of(REGISTERS[line.slug]).values())[:QUESTIONS_IN_FRONT]
    ]
    content = home.RegistersPanel(lines, tuple(asked))
    return Panel("registres", "Registres ouverts", 30, "registers/panel.html", content) if lines else None


def map_section() -> front.Section:
    """Give the site map its registers."""
    steps = [parts.Step("Les registres", reverse("registers"))]
    steps += [parts.Step(known.title, reverse("register", args=[known.slug])) for known in REGISTERS.filled().values()]
    return front.Section("Registres", 20, tuple(steps))


def log_address(stream: str, key: str) -> str | None:
    """Lead from an entry of the log to the release, or the lead's reply, that it seals."""
    register_ = stream.removeprefix("registers/")
    if not stream.startswith("registers/"):
        return None
    if Release.objects.of(register_).filter(hash=key).exists():
        return reverse("register-release", args=[register_, key])
    reply = FlagReply.objects.keyed(register_, key)
    return reverse("register-lead", args=[register_, reply.code, reply.subject]) if reply else None


def register(request: HttpRequest, register: str) -> HttpResponseBase:
    known = declared(register)
    current, browse = Release.objects.current(known.slug), known.browse
    money = browse.amount if browse else None
    lines = current.lines()
    page = home.RegisterPage(
        title=known.title,
        register=known.slug,
        summary=known.summary,
        standards=known.standards,
        sources=known.sources,
        total=browsed(known).catalogue.total(Filters()) if lines and browse else None,
        noun=browse.noun[1] if browse else "lignes",
        amount_title=money.title if money else "",
        maximum_title=money.maximum_title if money else "",
        doors=tuple(doors(known, has_rows=bool(lines))),
        releases=lines,
        defects=release_pages.rules(known, current.defect_counts()),
        refused=sum(line.rows.get("refused", 0) for line in lines),
    )
    return show(request, "registers/register.html", page)


def doors(known: Register, *, has_rows: bool) -> Iterator[home.Door]:
    """Give the ways into a register, those that have something behind them."""

    def door(view: str, label: str, help_: str, *places: str) -> home.Door:
        return home.Door(label, reverse(view, args=[known.slug, *places]), help_)

    if known.browse and has_rows:
        yield door("register-rows", "La liste", "chercher, filtrer, trier, télécharger")
        for party in known.browse.parties:
            yield door("register-parties", party.plural, "chacun avec ses totaux", party.slug)
    if questions_of(known):
        yield door("register-questions", "Questions", "chaque réponse, son dessin, son SQL")
    if known.flags:
        yield door("register-flags", "Signaux", "des pistes à examiner, jamais des verdicts")
    yield door("register-defects", "Défauts", "ce que la lecture a trouvé, réparé ou refusé")
    yield door("register-releases", "Versions", "ce qui a été lu, quand, avec quelle empreinte")
    yield door("register-schema", "Schéma", "les colonnes et leurs noms dans les normes")
    for crosswalk in known.crosswalks:
        yield door("register-crosswalk", crosswalk.title, "l’export, et ce qu’il perd", crosswalk.slug)
    yield door("api:register", "API", "les mêmes filtres, pour un programme")


def rows(request: HttpRequest, register: str) -> HttpResponseBase:
    place = place_in(register)
    try:
        wanted = asked_of(request, place.browse)
        chosen = FORMATS.get(format_of(request))
        if chosen is not None:
            return streamed(chosen, place.catalogue.batches(wanted.filters, wanted.sort, place.columns), register)
        page = rows_page(place, wanted)
    except (filters.UnknownFilter, filters.UnreadableFilter, LostPlace) as error:
        return refusal(request, error)
    return show(request, "registers/rows.html", page)


def asked_of(request: HttpRequest, browse: Browse) -> Asked:
    """Read what an address asks of a list."""
    return Asked(
        filters.read_filters(browse, dict(request.GET.lists())),
        filters.read_sort(browse, request.GET.get(filters.SORT)),
        request.GET.get(filters.AFTER),
        request.GET.get(filters.BEFORE),
        request.GET.get(filters.WHOLE),
    )


def format_of(request: HttpRequest) -> str:
    """Return the format that the address asks, or that of the Accept header where it is CSV."""
    by_header = "csv" if request.headers.get("Accept", "").startswith("text/csv") else ""
    return request.GET.get("format", by_header)


def streamed(chosen: Format, batches: RecordBatchReader, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(chosen.write(batches), content_type=chosen.media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{chosen.slug}"'
    # A million lines squeezed on the fly would wait for the processor, not for the network.
    response["Content-Encoding"] = "identity"
    return response


def refusal(request: HttpRequest, error: ParvisError) -> HttpResponse:
    """Say what the address asks that the list cannot do, and where to go on."""
    step = parts.Step("Reprendre la liste entière", request.path)
    what = "Rien n’est montré plutôt que de fausses lignes."
    return render(
        request,
        "web/error.html",
        {"page": ErrorPage("Demande illisible", "Erreur 400", str(error), what, (step,))},
        status=400,
    )


def row(request: HttpRequest, register: str, key: str) -> HttpResponseBase:
    place = place_in(register)
    record = place.catalogue.row(key)
    if record is None:
        raise Http404(
            f"Aucun élément « {place.browse.noun[0]} » ne porte la clé « {key} » dans les versions en vigueur."
        )
    return show(request, "registers/row.html", row_page(place, shared(current_folders()), record, finding.NOTICE))


def role_of(browse: Browse, slug: str) -> Party:
    for party in browse.parties:
        if party.slug == slug:
            return party
    raise Http404(f"Ce registre n’a pas de « {slug} ».")


def parties(request: HttpRequest, register: str, role: str) -> HttpResponseBase:
    place = place_in(register)
    page = party_pages.parties_page(
        place, role_of(place.browse, role), request.GET.get("q", "").strip(), place_of(request)
    )
    return show(request, "registers/parties.html", page)


def place_of(request: HttpRequest) -> int:
    """Return the place after which a numbered list goes on."""
    return rank_asked(request, filters.AFTER)


def party(request: HttpRequest, register: str, role: str, key: str) -> HttpResponseBase:
    place = place_in(register)
    played = role_of(place.browse, role)
    totals = place.catalogue.party(role, key)
    if totals is None:
        raise Http404(f"« {key} » n’a pas ce rôle dans les versions en vigueur : {played.title.lower()}.")
    return show(request, "registers/party.html", party_pages.party_page(place, played, totals, finding.NOTICE))


def questions(request: HttpRequest, register: str) -> HttpResponseBase:
    known = declared(register)
    title = f"Questions : {known.title}"
    page = question_pages.QuestionsPage(title, known.slug, known.title, tuple(questions_of(known).values()))
    return show(request, "registers/questions.html", page)


def question(request: HttpRequest, register: str, question: str) -> HttpResponseBase:
    known = declared(register)
    found = questions_of(known).get(question)
    if found is None:
        raise Http404("Cette question n’est pas posée à ce registre.")
    try:
        answer = answered(current_folders(), found)
        chosen = FORMATS.get(format_of(request))
        if chosen is not None:
            relation = shared(current_folders()).cursor().sql(found.sql)
            return streamed(chosen, relation.to_arrow_reader(BATCH), found.slug)
    except TooHeavy as error:
        return too_heavy(request, known, error)
    page = question_pages.question_page(known, found, answer, Release.objects.current(known.slug).lines())
    return show(request, "registers/question.html", page)


def too_heavy(request: HttpRequest, register: Register, error: TooHeavy) -> HttpResponse:
    """Say that the server gives up on a question, and how to have its answer all the same."""
    steps = (
        parts.Step("Réessayer : le serveur était peut-être très demandé", request.get_full_path()),
        parts.Step("Poser une autre question", reverse("register-questions", args=[register.slug])),
        parts.Step(
            "Prendre les fichiers Parquet et refaire le calcul chez soi",
            reverse("register-releases", args=[register.slug]),
        ),
    )
    why = "Un calcul trop long priverait les autres lecteurs de leurs pages. Rien n’est perdu, et rien n’est faux."
    page = ErrorPage("Réponse trop longue à calculer", "Erreur 503", str(error), why, steps)
    return render(request, "web/error.html", {"page": page}, status=503)


def releases(request: HttpRequest, register: str) -> HttpResponseBase:
    known = declared(register)
    page = release_pages.ReleasesPage(
        f"Versions : {known.title}", known.slug, known.title, Release.objects.of(known.slug).lines()
    )
    return show(request, "registers/releases.html", page)


def found_release(register: Register, hash_: str) -> Release:
    return get_object_or_404(Release.objects.of(register.slug), hash=hash_)


def release(request: HttpRequest, register: str, release: str) -> HttpResponseBase:
    known = declared(register)
    found = found_release(known, release)
    source = next((source for source in known.sources if source.slug == found.source), None)
    page = release_pages.ReleasePage(
        title=f"Version {found.hash[:12]}",
        register=known.slug,
        register_title=known.title,
        release=Release.objects.filter(pk=found.pk).lines()[0],
        source_title=source.title if source else found.source,
        source_address=source.address if source else "",
        files=() if found.is_withdrawn else facts(found.folder).files,
        defects=release_pages.rules(known, found.defects),
        refused=found.rows.get("refused", 0),
        stream=found.stream,
    )
    return show(request, "registers/release.html", page)


def refused(request: HttpRequest, register: str, release: str) -> HttpResponseBase:
    """Give the refused rows with their reasons, ready for the producer to correct and publish again."""
    found = found_release(declared(register), release)
    chosen = FORMATS.get(request.GET.get("format", "csv"))
    if chosen is None or found.is_withdrawn:
        raise Http404("Les lignes refusées de cette version se téléchargent en CSV, en JSON ou en Parquet.")
    sql = "select source_row, array_to_string(reasons, ' ; ') as reasons, record from refused order by source_row"
    return streamed(chosen, of_release(found, sql), f"{found.register}-{found.hash[:12]}-refus")


def of_release(found: Release, sql: str) -> RecordBatchReader:
    """Read one release alone; in this text, `refused` and `defects` are its own tables."""
    connection = connect({found.register: [found.folder]}).cursor()
    return connection.sql(sql.replace("from ", f'from "{found.register}".', 1)).to_arrow_reader(BATCH)


def file(request: HttpRequest, register: str, release: str, name: str) -> HttpResponseBase:
    """Give a file of a release, as it was published: its name is in the manifest, or it is the manifest."""
    found = found_release(declared(register), release)
    if found.is_withdrawn:
        page = ErrorPage(
            "Version retirée", "Erreur 410", "Cette version n’est plus servie.", found.withdrawn_because, ()
        )
        return render(request, "web/error.html", {"page": page}, status=410)
    known = {MANIFEST, *(file_.name for file_ in facts(found.folder).files)}
    if name not in known:
        raise Http404(f"Cette version n’a pas de fichier « {name} ». Ses fichiers : {', '.join(sorted(known))}.")
    return FileResponse((found.folder / name).open("rb"), as_attachment=True, filename=f"{found.hash[:12]}-{name}")


def defects(request: HttpRequest, register: str) -> HttpResponseBase:
    known = declared(register)
    counted = release_pages.rules(known, Release.objects.current(known.slug).defect_counts())
    rule = next((line for line in counted if line.rule == request.GET.get("regle")), None)
    sql = f'from "{known.slug}".defects where rule = $rule order by release, source_row, "column"'
    if rule is not None and request.GET.get("format") == "csv":
        relation = shared(current_folders()).cursor().sql(sql, params={"rule": rule.rule})
        return streamed(FORMATS["csv"], relation.to_arrow_reader(BATCH), f"{known.slug}-{rule.rule}")
    found = (
        ask(shared(current_folders()), f"{sql} limit {SHOWN_DEFECTS}", {"rule": rule.rule}).records() if rule else ()
    )
    page = release_pages.DefectsPage(
        title=f"Défauts : {known.title}",
        register=known.slug,
        register_title=known.title,
        rules=counted,
        rule=rule,
        found=tuple(found),
        is_cut=rule is not None and rule.count > SHOWN_DEFECTS,
        total=sum(line.count for line in counted),
    )
    return show(request, "registers/defects.html", page)


def schema(request: HttpRequest, register: str) -> HttpResponseBase:
    known = declared(register)
    return show(request, "registers/schema.html", home.schema_page(known))


def crosswalk(request: HttpRequest, register: str, crosswalk: str) -> HttpResponseBase:
    known = declared(register)
    found = next((one for one in known.crosswalks if one.slug == crosswalk), None)
    if found is None:
        raise Http404(f"Ce registre n’a pas de croisement « {crosswalk} ».")
    connection = shared(current_folders()).cursor()
    if request.GET.get("format") == "jsonl":
        response = StreamingHttpResponse(
            map(json_line, found.export(connection)), content_type="application/jsonl; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="{known.slug}-{found.slug}.jsonl"'
        return response
    page = home.CrosswalkPage(found.title, known.slug, known.title, found.slug, tuple(found.loss(connection)))
    return show(request, "registers/crosswalk.html", page)
