"""Benefits for the young, as their catalogue declares them: a whole engine in one file.

The catalogue (betagouv/aides-jeunes, AGPL-3.0) says in YAML who may have a benefit. A condition is met, not met, or
not known, and « and » and « or » follow Kleene's three values: what is not known never excludes anyone.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from operator import eq, ge, gt, le, lt
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np

from parvis.commons import places
from parvis.core.errors import ParvisError
from parvis.core.simulators import contract
from parvis.core.simulators.contract import Array, Change, Field, Ref, Rows, Step, Table
from parvis.core.simulators.engines import DeclaredEngine

Condition: TypeAlias = Mapping[str, Any]
Met: TypeAlias = Array
"""One value a person: 1, met; 0, not known; -1, not met."""

ENGINE: Final = DeclaredEngine(
    slug="aides-jeunes",
    title="Aides aux jeunes",
    summary="Les aides nationales et locales qu'un jeune peut demander, d'après leurs conditions déclarées.",
    module="parvis.commons.engines.youth_benefits",
    requirements=Path(__file__).with_suffix(".txt"),
    memory=2**29,
    seconds=5.0,
)
FOLDER: Final = "models/aides-jeunes/data/benefits/javascript"
SOURCE: Final = "https://github.com/betagouv/aides-jeunes"
PERSON: Final = "personne"
PROFILE: Final = "profil"
COUNTED: Final = {
    "aides_possibles": "Aides que rien n'exclut",
    "aides_aux_conditions_remplies": "Dont conditions remplies",
}
COUNTED_FROM: Final = {"aides_possibles": 0, "aides_aux_conditions_remplies": 1}
STATES: Final = {-1: "exclue", 0: "a_verifier", 1: "remplies"}
STATED: Final = {-1: "non", 0: "à vérifier", 1: "oui"}
LABELS: Final = {
    "exclue": "exclue par une condition",
    "a_verifier": "rien ne l'exclut, des conditions restent à vérifier",
    "remplies": "les conditions lisibles par la machine sont remplies",
}
MOST: Final = 60
"""Steps of an explanation that is not whole."""

LISTED: Final = 6
TIMELESS: Final = ""
"""The period of a step: a catalogue says what is, and has no year."""

RULES: Final = (__file__, places.__file__)
TAG: Final = re.compile(r"<[^>]*>")

REGIONS: Final = tuple(contract.Choice(*one) for one in sorted(places.REGIONS.items()))
DEPARTMENTS: Final = tuple(contract.Choice(*one) for one in sorted(places.DEPARTMENTS.items()))
PROFILES: Final = (
    contract.Choice("collegien", "Au collège"),
    contract.Choice("lyceen", "Au lycée"),
    contract.Choice("enseignement_superieur", "Dans l'enseignement supérieur"),
    contract.Choice("etudiant", "En études, sans dire lesquelles"),
    contract.Choice("apprenti", "En apprentissage"),
    contract.Choice("professionnalisation", "En contrat de professionnalisation"),
    contract.Choice("service_civique", "En service civique"),
    contract.Choice("chomeur", "En recherche d'emploi"),
    contract.Choice("salarie", "Salarié"),
    contract.Choice("independant", "À son compte"),
    contract.Choice("inactif", "Sans activité"),
    # Those that go with any other, and are inputs of their own too:
    contract.Choice("stagiaire", "En stage"),
    contract.Choice("beneficiaire_rsa", "Au RSA"),
    contract.Choice("parent", "Parent"),
    contract.Choice("situation_handicap", "En situation de handicap"),
)
STUDIES: Final = frozenset({"collegien", "lyceen", "enseignement_superieur"})
OTHERS: Final = frozenset({"service_civique", "chomeur", "salarie", "independant", "inactif"})
"""What a person does who is not in studies: the catalogue has one activity a person."""

STUDENT: Final = "etudiant"
"""Whoever is in studies, a pupil too: many benefits for students name this profile, others name the studies."""

TICKED: Final = PROFILES[-4:]
"""Profiles that go with any other: each is an input of its own too."""

DENIED: Final[Mapping[str, frozenset[str]]] = {
    **{one: STUDIES - {one} | OTHERS for one in STUDIES},
    STUDENT: OTHERS,
    **{one: OTHERS - {one} | STUDIES | {STUDENT} for one in OTHERS},
    # A contract is for a pupil, a student or a wage-earner: which of them is not known.
    "apprenti": OTHERS - {"salarie"} | {"collegien", "professionnalisation"},
    "professionnalisation": OTHERS - {"salarie"} | {"collegien", "apprenti"},
}
"""What an answer says that a person is not. Of the rest it says nothing: what was not asked excludes no one."""

SAYING: Final[Mapping[str, tuple[list[str], list[str]]]] = {
    one.value: (
        [one.value, *(STUDIES if one.value == STUDENT else ())],
        [said for said, denied in DENIED.items() if one.value in denied],
    )
    for one in PROFILES
}
"""For each profile, the answers that say it, and those that deny it."""

COMPARED: Final[dict[str, Callable[[Array, float], Array]]] = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq}
GIVEN: Final = {  # condition of the catalogue -> the input that decides it
    "age": Field("age", "Âge", "input", "integer", "a", PERSON, "eternity", bounds=(0, 120)),
    "departements": Field(
        "departement", "Département (code)", "input", "choice", "", PERSON, "eternity", choices=DEPARTMENTS
    ),
    "regions": Field("region", "Région (code INSEE)", "input", "choice", "", PERSON, "eternity", choices=REGIONS),
    "communes": Field("commune", "Commune (code INSEE)", "input", "text", "", PERSON, "eternity"),
    PROFILE: Field(PROFILE, "Situation", "input", "choice", "", PERSON, "eternity", choices=PROFILES),
    "annee_etude": Field("annee_etude", "Année d'études", "input", "text", "", PERSON, "eternity"),
    "quotient_familial": Field(
        "quotient_familial", "Quotient familial de la CAF, par mois", "input", "number", "EUR", PERSON, "eternity"
    ),
    "boursier": Field("boursier", "Boursier", "input", "bool", "", PERSON, "eternity"),
    **{one.value: Field(one.value, one.label, "input", "bool", "", PERSON, "eternity") for one in TICKED},
}
UNREAD: Final = {  # the catalogue's other conditions
    "agence_travail_temporaire": "Intérimaire",
    "attached_to_institution": "Dépendre de l'institution qui donne l'aide",
    "codes_postaux": "Code postal",
    "difficultes_acces_ou_frais_logement": "Difficultés de logement",
    "enfants_eligibles": "Enfants à charge, selon leur âge",
    "epcis": "Intercommunalité",
    "excluded_epcis": "Hors de l'intercommunalité",
    "formation_sanitaire_social": "Formation sanitaire ou sociale",
    "mention_baccalaureat": "Mention au baccalauréat",
    "regime_securite_sociale": "Régime de sécurité sociale",
    "statut_occupation_logement": "Logement occupé",
    "taux_incapacite": "Taux d'incapacité",
}


class CatalogueMissing(ParvisError):
    """The catalogue of benefits is not among the real files."""


def prepare(prepared: Path) -> None:
    """Read the catalogue once, as JSON. Benefits that its authors withhold (« private ») are left out."""
    folder = Path(os.environ.get("PARVIS_DATA", "")) / FOLDER
    if not folder.is_dir():
        raise CatalogueMissing(f"Le catalogue des aides est absent de PARVIS_DATA : posez-y « {FOLDER} » ({SOURCE}).")
    import yaml  # noqa: PLC0415 -- the engine's own Python has it, the site's need not

    paths = sorted(folder.glob("*.yml"))
    # Texts only: neither objects nor « = », an operator that YAML's other loaders take for a type.
    read = {path.stem: yaml.load(path.read_text("utf-8"), yaml.BaseLoader) for path in paths}  # noqa: S506
    shown = {slug: said for slug, said in read.items() if said.get("private") != "true"}
    (prepared / "benefits.json").write_text(json.dumps(shown, ensure_ascii=False), encoding="utf-8")


class YouthBenefits:
    """The catalogue, evaluated for everyone at once."""

    def __init__(self, text: str) -> None:
        """Take the catalogue as prepared."""
        self.benefits: dict[str, Mapping[str, Any]] = json.loads(text)
        self.card = contract.Card(
            engine=ENGINE.slug,
            title=ENGINE.title,
            version=version(text),
            digest=sha256(b"".join([text.encode(), *(Path(one).read_bytes() for one in RULES)])).hexdigest(),
            summary=ENGINE.summary,
            not_modelled=(
                "Les aides que calcule OpenFisca (121 dans le même catalogue) : revenus, logement, famille.",
                "Les conditions en toutes lettres, ou d'un type que ce moteur ne lit pas : elles n'excluent personne.",
                "Les quotients familiaux annuels : le catalogue ne dit pas de quel quotient il s'agit.",
                "Le montant de chaque aide.",
            ),
            source=SOURCE,
            licence="AGPL-3.0-or-later",
            owner="Direction interministérielle du numérique (beta.gouv.fr)",
            entities=(contract.Entity(PERSON, "personnes", "personne"),),
            refs=(Ref("1jeune1solution.gouv.fr", "https://www.1jeune1solution.gouv.fr/mes-aides"),),
        )

    def fields(self) -> list[Field]:
        """Give the inputs, the counts, and each benefit."""
        counts = [Field(name, label, "output", "integer", "1", PERSON, "eternity") for name, label in COUNTED.items()]
        return [*GIVEN.values(), *counts, *(self.field(slug) for slug in self.benefits)]

    def field(self, slug: str) -> Field:
        said, choices = self.benefits[slug], tuple(contract.Choice(*one) for one in LABELS.items())
        return Field(slug, said["label"], "output", "choice", "", PERSON, "eternity", choices=choices, refs=refs(said))

    def evaluate(
        self, table: Table, outputs: Sequence[str], period: str, changes: Sequence[Change] = ()
    ) -> contract.Columns:
        """Compute the state of benefits, or how many there are."""
        if changes:
            raise contract.RefusedInput("Ce catalogue n'a pas de paramètre à changer : retirez les changements.")
        require_known(table.entities[PERSON])
        return {(output, period): self.output(output, table.entities[PERSON]) for output in outputs}

    def output(self, name: str, rows: Rows) -> Array:
        if name in COUNTED:
            found: Array = np.array([state(said, rows) for said in self.benefits.values()])
            return np.asarray((found >= COUNTED_FROM[name]).sum(axis=0, dtype=np.int32))
        if name not in self.benefits:
            raise contract.UnknownField(f"« {name} » n'est pas une aide de ce catalogue : la liste est sur sa page.")
        return np.array([STATES[one] for one in state(self.benefits[name], rows)])

    def explain(
        self, table: Table, output: str, period: str, changes: Sequence[Change] = (), *, whole: bool = False
    ) -> list[Step]:
        """Name the benefits counted, with their pages; or the conditions of one, and how each stands."""
        answer = self.evaluate(table, [output], period, changes)[(output, period)][0].item()
        below = list(self.below(output, table.entities[PERSON]))
        shown = below if whole else below[:MOST]
        if output in COUNTED:
            return [Step(output, COUNTED[output], TIMELESS, answer, "1", (), -1, left=len(below) - len(shown)), *shown]
        said = self.benefits[output]
        prose = TAG.sub("", " ".join(said.get("conditions") or []))
        sentence = f"À vérifier par vous-même : {prose}" if prose else ""
        return [Step(output, said["label"], TIMELESS, LABELS[answer], "", refs(said), -1, sentence), *shown]

    def below(self, output: str, rows: Rows) -> Iterator[Step]:
        if output in COUNTED:
            for slug, said in self.benefits.items():
                found = int(state(said, rows)[0])
                if found >= COUNTED_FROM[output]:
                    yield Step(slug, said["label"], TIMELESS, LABELS[STATES[found]], "", refs(said), 0)
        else:
            for one in conditions(self.benefits[output]):
                yield Step(one["type"], words(one), TIMELESS, STATED[int(met(one, rows)[0])], "", (), 0)

    def missing(self, table: Table, outputs: Sequence[str], *_: object) -> list[str]:
        """Name the inputs not given, the one that most benefits depend on first."""
        known = {field for field, _ in table.entities[PERSON].columns}
        asked = self.benefits.values() if set(outputs) & set(COUNTED) else [self.benefits[one] for one in outputs]
        read = Counter(name for said in asked for one in conditions(said) for name in inputs(one))
        return [field for field, _ in read.most_common() if field not in known]


def version(text: str) -> str:
    """Name the catalogue as prepared by what it holds: its files say neither their version nor their day."""
    return f"catalogue {sha256(text.encode()).hexdigest()[:12]}"


def refs(said: Mapping[str, Any]) -> tuple[Ref, ...]:
    return (Ref(f"Page de l'aide : {said['label']}", said["link"]),)


def conditions(said: Mapping[str, Any]) -> Iterator[Condition]:
    """Yield the conditions of a benefit, those of its profiles after the general ones."""
    yield from said["conditions_generales"]
    for profile in said.get("profils") or []:
        yield {"type": PROFILE, "values": [profile["type"]]}
        yield from profile.get("conditions") or []


def inputs(one: Condition) -> Iterator[str]:
    """Name the inputs that decide a condition."""
    if one["type"] in GIVEN:
        yield GIVEN[one["type"]].name
    if one["type"] == PROFILE:
        yield from (name for name in one["values"] if name in GIVEN)


def words(one: Condition) -> str:
    """Write a condition as the catalogue does, under the label of its input."""
    label = GIVEN[one["type"]].label if one["type"] in GIVEN else UNREAD.get(one["type"], one["type"])
    asked = one.get("values") or one.get("includes") or [one.get("value", "oui")]
    more = f" et {len(asked) - LISTED} autres" if len(asked) > LISTED else ""
    return f"{label} {one.get('operator', ':')} {', '.join(asked[:LISTED])}{more}"


def state(said: Mapping[str, Any], rows: Rows) -> Met:
    """Say for each person how a benefit stands: all of its general conditions, and one of its profiles."""
    profiles = [
        np.min(
            [met(one, rows) for one in ({"type": PROFILE, "values": [p["type"]]}, *(p.get("conditions") or []))],
            axis=0,
        )
        for p in said.get("profils") or []
    ]
    general = [np.ones(rows.count, "i1"), *(met(one, rows) for one in said["conditions_generales"])]
    return np.asarray(np.min([*general, *([np.max(profiles, axis=0)] if profiles else [])], axis=0))


def met(one: Condition, rows: Rows) -> Met:
    """Say for each person whether a condition is met; 0 where it is not read, or its input not given."""
    if one["type"] == PROFILE:
        return profiled(one["values"][0], rows)
    values = given(GIVEN[one["type"]].name, rows) if one["type"] in GIVEN else None
    if values is None and one["type"] == "communes":  # a commune's code begins by its department's
        return np.minimum(
            met({"type": "departements", "values": [code[:n] for code in one["values"] for n in (2, 3)]}, rows), 0
        )
    if values is None or (one["type"] == "quotient_familial" and one.get("period") != "month"):
        return np.zeros(rows.count, "i1")
    if "operator" in one:
        is_met, is_known = COMPARED[one["operator"]](values, float(one["value"])), ~np.isnan(values.astype(float))
    elif "values" in one:
        said = values.astype(str)
        wholes = [places.whole(code) for code in said.tolist()] if one["type"] == "communes" else said
        is_met, is_known = np.isin(said, one["values"]) | np.isin(wholes, one["values"]), said != ""
    else:
        is_met, is_known = values.astype(bool) == (one.get("value", "true") == "true"), np.ones(rows.count, bool)
    return np.where(is_known, np.where(is_met, 1, -1), 0).astype("i1")


def given(name: str, rows: Rows) -> Array | None:
    """Return what is given of an input, for each person."""
    return next((values for (field, _), values in rows.columns.items() if field == name), None)


def require_known(rows: Rows) -> None:
    """Refuse a profile or a place that is none, or a place outside another: all its benefits would be excluded."""
    columns = [given(name, rows) for name in (PROFILE, "region", "departement", "commune")]
    texts = [[""] * rows.count if values is None else values.astype(str).tolist() for values in columns]
    for profile, *said in set(zip(*texts, strict=True)):
        if profile and profile not in SAYING:
            raise contract.WrongValue(f"« {profile} » n'est pas une situation du catalogue : {', '.join(SAYING)}.")
        if wrong := places.misplaced(*said):
            raise contract.WrongValue(wrong[0])


def profiled(profile: str, rows: Rows) -> Met:
    """Say for each person whether she has a profile: by what she said of it, or of another that settles it."""
    said, ticked = given(PROFILE, rows), given(profile, rows)
    saying, denying = SAYING.get(profile, ([], []))  # a profile that a later catalogue adds is not known
    unsaid: Met = np.zeros(rows.count, "i1") if ticked is None else np.where(ticked.astype(bool), 1, -1).astype("i1")
    if said is None:
        return unsaid
    return np.where(np.isin(said, saying), 1, np.where(np.isin(said, denying), -1, unsaid)).astype("i1")


def load(prepared: Path) -> YouthBenefits:
    """Load the catalogue."""
    return YouthBenefits((prepared / "benefits.json").read_text(encoding="utf-8"))
