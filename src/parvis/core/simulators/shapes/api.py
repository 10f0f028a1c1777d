"""The schemas of the API of simulators: they are what its OpenAPI document says."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeAlias

from ninja import Field, Schema
from pydantic import ConfigDict, StringConstraints, model_validator

from parvis.core.simulators.comparing import THRESHOLD
from parvis.core.simulators.given import MOST_CHANGES

MOST_OUTPUTS = 50
MOST_PLACE = 10_000_000

Name: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Value: TypeAlias = bool | int | float | str | None
CASE = {
    "individus": {"Ada": {"date_naissance": {"ETERNITY": "1985-03-12"}, "salaire_de_base": {"2024": 30000}}},
    "menages": {"m": {"personne_de_reference": ["Ada"]}},
    "familles": {"f": {"parents": ["Ada"]}},
    "foyers_fiscaux": {"ff": {"declarants": ["Ada"]}},
}
AXES = [[{"name": "salaire_de_base", "count": 5, "min": 0, "max": 60000, "period": "2024"}]]
REFORM = [{"parameter": "impot_revenu.bareme_ir_depuis_1945.bareme[1].rate", "value": 0.1, "start": "2024-01-01"}]


# What is answered


class RefOut(Schema):
    title: str
    href: str
    valid_from: date | None


class DatedOut(Schema):
    """A value of a parameter, from a day until the next one."""

    start: date
    value: Value
    refs: list[RefOut]


class FormulaOut(Schema):
    """A rule in its own language, from a day on."""

    start: date
    text: str
    refs: list[RefOut]


class ChoiceOut(Schema):
    value: str
    label: str


class FieldOut(Schema):
    """An input, output or parameter, as lists tell it."""

    name: str
    label: str
    kind: str
    type: str
    unit: str
    entity: str
    period: str


class FieldWhole(FieldOut):
    """A field with its law, its history and its formulas; a bound that is null does not bound."""

    default: Value
    choices: list[ChoiceOut]
    bounds: list[float | None]
    description: str
    place: str
    refs: list[RefOut]
    history: list[DatedOut]
    formulas: list[FormulaOut]


class FieldsOut(Schema):
    """A page of fields: `next` is the value of `apres` for the following page, null on the last."""

    total: int
    fields: list[FieldOut]
    next: int | None


class RoleOut(Schema):
    key: str
    plural: str
    label: str
    most: int | None
    of: str


class EntityOut(Schema):
    key: str
    plural: str
    label: str
    roles: list[RoleOut]


class EngineOut(Schema):
    """A model declared here."""

    slug: str
    title: str
    summary: str
    installed: bool


class CardOut(Schema):
    """A model's identity card: its rules are those of `digest`, and not only of a version's name."""

    engine: str
    title: str
    version: str
    digest: str
    summary: str
    not_modelled: list[str]
    source: str
    licence: str
    owner: str
    entities: list[EntityOut]
    refs: list[RefOut]
    describes_people: bool


class RunMade(Schema):
    """A calculation made: its identity and the hash of its results are the same for whoever replays it."""

    identity: str
    results_hash: str
    situations: list[int] = Field(description="Les rangs des situations qu'il répond, depuis 0.")


class OutputOut(Schema):
    label: str
    unit: str
    type: str
    entity: str


class CalculatedOut(Schema):
    """Results, one a situation: by the entity's plural, row, output, and year if several; a list along axes."""

    engine: str
    version: str
    digest: str
    period: str
    outputs: dict[str, OutputOut]
    runs: list[RunMade]
    results: list[dict[str, Any]]
    lost: int = Field(description="Valeurs nulles : le modèle n'y trouve pas de nombre.")


class ComparedOut(Schema):
    """The same situations before and after the changes."""

    before: CalculatedOut
    after: CalculatedOut


class DecileOut(Schema):
    rank: int
    low: float
    high: float
    households: int
    mean_before: float
    mean_after: float
    winners: int
    losers: int
    unchanged: int


class PopulationOut(Schema):
    """What changes do to the demonstration's population, which is synthetic: `origin` says how it was made."""

    title: str
    origin: str
    output: str
    unit: str
    ranked_by: str
    before: str = Field(description="Identité du calcul sans les changements.")
    after: str = Field(description="Identité du calcul avec les changements.")
    households: int
    not_computed: int
    threshold: float
    total_before: float
    total_after: float
    winners: int
    losers: int
    unchanged: int
    mean_gain: float | None
    mean_loss: float | None
    deciles: list[DecileOut]


class StepOut(Schema):
    """A step of an explanation: `parent` is the place of the step that used it, -1 for the answer."""

    name: str
    label: str
    period: str
    value: Value
    unit: str
    refs: list[RefOut]
    parent: int
    sentence: str
    is_given: bool
    left: int


class RunOut(Schema):
    """A published calculation."""

    number: int
    identity: str
    title: str
    engine: str
    version: str
    digest: str
    period: str
    changes: list[dict[str, Any]]
    results_hash: str
    is_personal: bool
    published_at: datetime


class RunWhole(RunOut):
    """A published calculation with its file: all that is needed to replay it elsewhere."""

    file: dict[str, Any]


class VerdictOut(Schema):
    """What a replay says: same, input, rules, result (what differs), or elsewhere (other rules are installed here)."""

    state: str
    sentence: str
    identity: str
    engine: str
    version: str
    installed_version: str
    differences: list[dict[str, Any]]
    left: int
    seconds: float


# What is asked


class ChangeIn(Schema):
    """A parameter takes a value from a day, until another (excluded) or for good."""

    model_config = ConfigDict(extra="forbid")
    parameter: Name
    value: Value
    start: Name = Field(description="AAAA-MM-JJ")
    stop: Name | None = None


class Calculation(Schema):
    """Situations as OpenFisca writes them, and what is wished of each. A bare value is for `period`."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"situations": [CASE], "outputs": ["impot_revenu_restant_a_payer"], "period": "2024"},
                {"situations": [{**CASE, "axes": AXES}], "outputs": ["revenu_disponible"], "period": "2024"},
                {"situations": [CASE], "outputs": ["revenu_disponible"], "period": "2024", "changes": REFORM},
            ]
        },
    )
    situations: list[dict[str, Any]] = Field(min_length=1, max_length=10_000)
    outputs: list[Name] = Field(min_length=1, max_length=MOST_OUTPUTS)
    period: Name
    changes: list[ChangeIn] = Field(default_factory=list, max_length=MOST_CHANGES)


class Explanation(Schema):
    """One situation and the output to explain; `whole` gives every step."""

    model_config = ConfigDict(extra="forbid")
    situation: dict[str, Any]
    output: Name
    period: Name
    changes: list[ChangeIn] = Field(default_factory=list, max_length=MOST_CHANGES)
    whole: bool = False


class Reform(Schema):
    """Changes to try on the demonstration's population, and the output by which to count who gains."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"changes": REFORM, "output": "revenu_disponible"}]}
    )
    output: Name
    changes: list[ChangeIn] = Field(min_length=1, max_length=MOST_CHANGES)
    threshold: float = Field(THRESHOLD, ge=0, le=1e9)


class Verification(Schema):
    """A published calculation's identity, or a run file."""

    model_config = ConfigDict(extra="forbid")
    identity: Name | None = None
    file: dict[str, Any] | None = None

    @model_validator(mode="after")
    def one_of_both(self) -> "Verification":
        if (self.identity is None) == (self.file is None):
            raise ValueError("identity, file")
        return self


class Sought(Schema):
    """The filters of the fields' page."""

    q: str = Field("", max_length=200, description="Mots cherchés.")
    nature: Literal["", "input", "output", "parameter"] = ""
    pour: str = Field("", description="Une entité : la clé que donne la carte du modèle.")
    periode: str = Field("", description="month, year, day ou eternity.")
    sous: str = Field("", max_length=200, description="Un lieu de l'arbre des paramètres.")
    apres: int = Field(0, ge=0, le=MOST_PLACE)
    limite: int = Field(50, ge=1, le=1000)


class PageOfRuns(Schema):
    apres: int = Field(MOST_PLACE, ge=1, le=MOST_PLACE, description="Le numéro du dernier de la page précédente.")
    limite: int = Field(50, ge=1, le=500)
