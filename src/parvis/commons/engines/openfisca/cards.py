"""The model's identity card."""

from importlib.metadata import version
from typing import Final

from openfisca_core.entities import Entity as Kind
from openfisca_core.entities import Role as Part
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from parvis.commons.engines.openfisca.populations import numbered
from parvis.core.simulators.contract import Card, Entity, Ref, Role

NOT_MODELLED: Final = (
    (
        "Une règle est réparée : le revenu net des indépendants (revenus_non_salarie_nets) additionne, dans le "
        "paquet, les micro-entreprises de toute la population ; ici, celles du foyer fiscal."
    ),
    "Le résultat est une estimation : ce n’est ni une décision ni un droit ouvert ; aucune administration n’est liée.",
    "Le non-recours, les délais de traitement, les indus, les retenues et les recours ne sont pas calculés.",
    "Les comportements ne changent pas : après une réforme, chacun est réputé travailler, louer et consommer de même.",
    "Les taxes sur la consommation (TVA, carburants, tabac) et l’impôt sur les sociétés ne sont pas calculés.",
    "Les aides des communes, des départements et des régions ne le sont pas, sauf celles qu’une variable nomme.",
    "Les pensions de retraite ne sont pas calculées à partir d’une carrière : leur montant se donne.",
    "Le droit est celui de la version chargée : ce qui a été publié depuis n’y est pas.",
    "Pour une date récente ou à venir, un paramètre qui n’a pas été mis à jour garde sa dernière valeur connue.",
    "Des prestations dépendent l’une de l’autre (aide au logement, prime d’activité) : OpenFisca coupe ce cercle.",
    "Leur montant peut donc varier de quelques euros par mois selon ce qui est demandé avec elles.",
    "Un ménage, une famille et un foyer fiscal se donnent : le modèle ne les déduit pas de qui vit avec qui.",
)
REFS: Final = (
    Ref("OpenFisca-France, code source", "https://github.com/openfisca/openfisca-france"),
    Ref("Documentation d’OpenFisca", "https://openfisca.org/doc/"),
    Ref("Code général des impôts", "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006069577/"),
    Ref("Code de la sécurité sociale", "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006073189/"),
)


def card(system: TaxBenefitSystem, digest: str, why_slow: str = "") -> Card:
    """Write the card of the rules as loaded; it says why they are not accelerated, where they are not."""
    return Card(
        engine="openfisca",
        title="OpenFisca-France",
        version=f"{version('openfisca-france')} (OpenFisca-Core {version('openfisca-core')})",
        digest=digest,
        summary=f"{_summary(system)} {why_slow}".strip(),
        not_modelled=NOT_MODELLED,
        source="https://github.com/openfisca/openfisca-france",
        licence="AGPL-3.0-or-later",
        owner="OpenFisca (direction interministérielle du numérique et contributeurs)",
        entities=tuple(_entity(entity) for entity in system.entities),
        refs=REFS,
    )


def _entity(entity: Kind) -> Entity:
    return Entity(entity.key, entity.plural, entity.label, () if entity.is_person else _roles(entity))


def _summary(system: TaxBenefitSystem) -> str:
    computed = sum(bool(variable.formulas) for variable in system.variables.values())
    return (
        "Les impôts, les cotisations et les prestations que le droit français donne à une situation : "
        f"{len(system.variables)} variables, dont {computed} calculées."
    )


def _roles(entity: Kind) -> tuple[Role, ...]:
    dividing = {part: role.key for role in entity.roles for part in role.subroles or ()}
    return tuple(_role(role, dividing.get(role, "")) for role in numbered(entity))


def _role(role: Part, of: str) -> Role:
    plural = "" if of else role.plural or role.key
    return Role(role.key, plural, role.label or role.key.replace("_", " ").capitalize(), role.max, of)
