"""« Mon impôt sur le revenu »: the tax due in 2025 on the income of 2024, from what the return asks (form 2042)."""

from typing import Final

import numpy as np

from parvis.commons.households import Given, Household, Money, ages, amount, birth_asked, children_asked, count
from parvis.core.simulators.calculators import Answers, Axis, Calculator, Question, Shown, WrongAnswer
from parvis.core.simulators.contract import Choice, Ref, Table

PERIOD: Final = "2024"
YEAR: Final = int(PERIOD)

HOME, INCOME, SPENT = "Votre foyer fiscal", "Vos revenus de 2024", "Ce que vous avez payé en 2024"
EACH_ADULT: Final = {
    "salaire": "salaire_imposable",
    "frais_reels": "frais_reels",
    "chomage": "chomage_imposable",
    "retraite": "retraite_imposable",
}
OF_THE_RETURN: Final = {"pension_versee": "f6gu", "dons": "f7uf", "domicile": "f7db"}
MOST_RENT: Final = 15_000
"""EUR a year, box 4BE (CGI, art. 32). Of more, the model takes this much and computes on: a wrong tax, in silence."""

CHILDCARE: Final = ("f7ga", "f7gb", "f7gc")  # form 2042 RICI: first, second, third child under six


def table(answers: Answers) -> Table:
    """Make the table: one tax return, amounts of the year."""
    home = Household(count(answers, "adultes", 1), count(answers, "enfants", 0))
    # The return takes whole euros; « frais_reels » is a whole number in the model too.
    individu = {(field, PERIOD): np.rint(home.of_adults(answers, name)) for name, field in EACH_ADULT.items()}
    individu["date_naissance", "ETERNITY"] = home.births(answers, YEAR)
    of_the_return = {(field, PERIOD): np.rint([amount(answers, name)]) for name, field in OF_THE_RETURN.items()}
    of_the_return["f4be", PERIOD] = np.rint([_rent(answers)])
    of_the_return["caseT", PERIOD] = np.array([_is_alone_with_children(home, answers)])
    return home.table(individu, foyer_fiscal={**of_the_return, **_childcare(home, answers)})


def _rent(answers: Answers) -> float:
    rent = amount(answers, "loyers")
    if rent > MOST_RENT:
        raise WrongAnswer(
            "Au delà de 15 000 € de loyers par an, ils relèvent du régime réel (déclaration 2044), que ce calcul "
            "ne fait pas : effacez-les pour calculer le reste.",
            box="loyers",
        )
    return rent


def _is_alone_with_children(home: Household, answers: Answers) -> bool:
    is_ticked = bool(answers.get("parent_isole", False))
    if is_ticked and (home.adults > 1 or not home.children):
        raise WrongAnswer(
            "La case « parent isolé » ne vaut que pour une personne seule avec un enfant à charge : "
            "décochez-la, ou corrigez la composition du foyer.",
            box="parent_isole",
        )
    return is_ticked


def _childcare(home: Household, answers: Answers) -> Given:
    """Share the childcare paid between the children under six: the ceiling is by child (CGI, art. 200 quater B)."""
    paid, young = amount(answers, "garde"), sum(age < 6 for age in ages(answers, home.children))
    if paid and not young:
        raise WrongAnswer(
            "Les frais de garde ne comptent que pour un enfant de moins de 6 ans au 1er janvier 2024 : "
            "indiquez son âge, ou effacez ces frais.",
            box="garde",
        )
    boxes = min(young, len(CHILDCARE))  # beyond three children the return has no more boxes: all is in those
    shares = [paid / boxes] * boxes if boxes else [0.0]
    return {(field, PERIOD): np.rint([share]) for field, share in zip(CHILDCARE, shares, strict=False)}


INCOME_ASKED: Final = Money(INCOME)
SPENT_ASKED: Final = Money(SPENT)

QUESTIONS: Final = (
    Question(
        "adultes",
        "Déclarez-vous seul ou à deux ?",
        "choice",
        (),
        help="Deux personnes en union libre font chacune leur déclaration : faites le calcul deux fois.",
        default="1",
        choices=(Choice("1", "Seul"), Choice("2", "À deux, mariés ou pacsés")),
        group=HOME,
    ),
    birth_asked(HOME, YEAR),
    *children_asked(HOME, YEAR),
    Question(
        "parent_isole",
        "Vivez-vous seul avec vos enfants (case T) ?",
        "bool",
        ("caseT",),
        help="Sans autre adulte au foyer au 1er janvier 2024 : le premier enfant donne alors une part entière.",
        default=False,
        group=HOME,
    ),
    INCOME_ASKED.asked_each(
        "salaire",
        "Quel est votre salaire net imposable de l'année (case 1AJ) ?",
        "salaire_imposable",
        example=24_000,
        about="Sur votre fiche de paie de décembre : « cumul net imposable ».",
    ),
    INCOME_ASKED.asked_each(
        "frais_reels",
        "Quels frais réels déduisez-vous (case 1AK) ?",
        "frais_reels",
        example=3_500,
        about="Laissez 0 pour l'abattement de 10 %, qui est appliqué de lui-même s'il est plus avantageux.",
    ),
    INCOME_ASKED.asked_each(
        "chomage", "Quelles allocations de chômage avez-vous reçues (case 1AP) ?", "chomage_imposable", example=9_000
    ),
    INCOME_ASKED.asked_each(
        "retraite", "Quelles pensions de retraite avez-vous reçues (case 1AS) ?", "retraite_imposable", example=18_000
    ),
    INCOME_ASKED.asked(
        "loyers",
        "Quels loyers avez-vous reçus pour un logement loué vide (case 4BE) ?",
        "f4be",
        example=6_000,
        about="Régime « micro-foncier », jusqu'à 15 000 € l'an : un abattement de 30 % est appliqué.",
    ),
    SPENT_ASKED.asked(
        "pension_versee",
        "Quelle pension alimentaire avez-vous versée pour un enfant mineur ou un parent (case 6GU) ?",
        "f6gu",
        example=2_400,
    ),
    SPENT_ASKED.asked(
        "dons", "Combien avez-vous donné à des œuvres d'intérêt général (case 7UF) ?", "f7uf", example=150
    ),
    SPENT_ASKED.asked(
        "garde",
        "Combien avez-vous payé pour la garde d'enfants de moins de 6 ans hors de chez vous (cases 7GA à 7GC) ?",
        *CHILDCARE,
        example=3_000,
        about="Crèche ou assistante maternelle, aides déduites. La somme est partagée entre ces enfants.",
    ),
    SPENT_ASKED.asked(
        "domicile",
        "Combien avez-vous payé pour un emploi à domicile (case 7DB) ?",
        "f7db",
        example=1_200,
        about="Ménage, garde à domicile, soutien scolaire : salaires et cotisations, aides déduites.",
    ),
)

BAREME: Final = "impot_revenu.bareme_ir_depuis_1945.bareme"
QUOTIENT: Final = "impot_revenu.calcul_impot_revenu.plaf_qf"

CALCULATOR: Final = Calculator(
    slug="impot-sur-le-revenu",
    title="Mon impôt sur le revenu",
    summary="L'impôt sur les revenus de 2024, payé en 2025, à partir de ce que demande la déclaration.",
    engine="openfisca",
    period=PERIOD,
    questions=QUESTIONS,
    table=table,
    outputs=(
        Shown(
            "impot_revenu_restant_a_payer",
            "Impôt à payer",
            sign=-1,
            is_main=True,
            unit="EUR",
            sentence="Votre impôt sur les revenus de 2024 est de {}.",
            sentence_below="Vous n'avez pas d'impôt à payer, et l'administration vous rend {}.",
            sentence_zero="Vous n'avez pas d'impôt à payer sur les revenus de 2024.",
        ),
        Shown("ip_net", "Impôt du barème, décote déduite", is_part=True, unit="EUR"),
        Shown(
            "contribution_exceptionnelle_hauts_revenus", "Contribution sur les hauts revenus", is_part=True, unit="EUR"
        ),
        Shown("reductions", "Réductions d'impôt", sign=-1, is_part=True, unit="EUR"),
        Shown("credits_impot", "Crédits d'impôt", sign=-1, is_part=True, unit="EUR"),
        Shown("correction_ir_seuils_recouvrement", "Trop petit pour être réclamé", is_part=True, unit="EUR"),
        Shown("nbptr", "Parts de quotient familial"),
        Shown("rni", "Revenu net imposable", unit="EUR"),
        Shown("rfr", "Revenu fiscal de référence", unit="EUR"),
        Shown("ir_taux_marginal", "Taux de la tranche atteinte", unit="1"),
        Shown("decote_gain_fiscal", "Décote", unit="EUR"),
    ),
    axes=(Axis("salaire_1", 0, 100_000), Axis("retraite_1", 0, 60_000), Axis("dons", 0, 5_000)),
    parameters=(
        BAREME,
        f"{QUOTIENT}.plafond_avantages_procures_par_demi_part.general",
        f"{QUOTIENT}.decote.seuil_celib",
        f"{QUOTIENT}.decote.seuil_couple",
        f"{QUOTIENT}.decote.taux",
        "impot_revenu.calcul_revenus_imposables.deductions.abatpro.taux",
    ),
    cases={
        "Une personne seule au salaire médian": {"adultes": "1", "salaire_1": 26_000},
        "Un couple avec deux enfants": {
            "adultes": "2",
            "enfants": 2,
            "age_enfant_1": 3,
            "age_enfant_2": 9,
            "salaire_1": 30_000,
            "salaire_2": 24_000,
            "garde": 2_000,
        },
        "Une mère seule avec un enfant": {
            "adultes": "1",
            "enfants": 1,
            "age_enfant_1": 7,
            "parent_isole": True,
            "salaire_1": 21_000,
        },
        "Un couple de retraités": {
            "adultes": "2",
            "naissance_1": 1950,
            "naissance_2": 1953,
            "retraite_1": 19_000,
            "retraite_2": 14_000,
            "domicile": 1_500,
        },
        "Un cadre seul": {"adultes": "1", "salaire_1": 95_000, "dons": 1_000},
    },
    refs=(
        Ref(
            "Code général des impôts, article 197 : barème, quotient familial et décote",
            "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000046860759/2025-02-16",
        ),
    ),
    limits=(
        "Les revenus d'indépendants, de placements et les plus-values ne sont pas demandés.",
        "Les enfants en résidence alternée, les invalidités et l'outre-mer ne sont pas pris en compte.",
        "Ce calcul n'engage pas l'administration : seul l'avis d'impôt fait foi.",
    ),
)
