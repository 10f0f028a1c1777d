"""The register of debates: those held here, archives, and past ones known by their facts.

Standard: DebatesCore, the notice of a public debate drawn up in 2015 by DILA (vie-publique.fr) with the Commission
nationale du débat public, over Dublin Core. The platform's own evidence is a source like another: what commitments 12
and 13 count is counted again from its releases.
"""

from pathlib import Path

from parvis.core.registers.browsing import Browse, Facet, Sort
from parvis.core.registers.register import Fiction, Register, Rule, Source, Status
from parvis.participation.registers.debates.reading import read
from parvis.participation.registers.debates.tables import RAW, TABLES

FOLDER = Path(__file__).parent
DEMONSTRATION = "demonstration"
"""The source of the debates held here that are said to be fictitious: they are never mixed with the others."""

REGISTER = Register(
    slug="debates",
    title="Débats publics",
    summary="Chaque débat, sa fiche, ses contributions, ce qu'elles deviennent, et les mots qu'elles ont changés.",
    standards=("DebatesCore (DILA, 2015)", "Dublin Core"),
    sources=(
        Source(
            "parvis",
            "Ce site : ses débats, ses réponses, ses textes",
            "https://parvis.example/debats/",
            "Licence Ouverte 2.0",
        ),
        Source(
            "debats-passes",
            "Débats nationaux passés, par leurs faits publiés",
            "https://www.vie-publique.fr/consultations",
            "faits, chacun avec sa source",
            demonstration=str(FOLDER / "past.jsonl"),  # facts that we declare: they are where this file is
        ),
    ),
    tables=TABLES,
    raw_tables=RAW,
    read=read,
    rules=(
        Rule(
            "clos-avant-d-ouvrir",
            "debates",
            "closed_on",
            Status.REFUSED,
            "as_date(closed_on) < as_date(opened_on)",
            None,
            "« {original} » est avant le jour d'ouverture : la date n'est pas publiée. Corrigez l'une des deux.",
            "Une durée négative fausserait les délais.",
        ),
        Rule(
            "sort-inconnu",
            "contributions",
            "fate",
            Status.REFUSED,
            "fate NOT IN ('adopted', 'partly', 'rejected', 'noted')",
            None,
            "« {original} » n'est pas un sort (adopted, partly, rejected, noted) : il n'est pas publié.",
            "Le sort d'une contribution se compte ; un mot inconnu ne se compte pas.",
        ),
        Rule(
            "organisateur-absent",
            "debates",
            "organiser",
            Status.NOTED,
            "organiser IS NULL",
            None,
            "L'organisateur du débat manque : nul ne sait qui répond.",
            "Un débat sans organisateur n'a personne pour répondre.",
        ),
        Rule(
            "comptes-sans-compteur",
            "debates",
            "counted_by",
            Status.NOTED,
            "counted_by IS NULL AND coalesce(participants, contributions_count, votes_count) IS NOT NULL",
            None,
            "Des nombres sont donnés sans dire qui les a comptés.",
            "Un nombre d'une autre source ne se lit pas comme un nombre compté ici.",
        ),
    ),
    folder=FOLDER,
    key="id",
    fiction=Fiction(
        source=DEMONSTRATION,
        sentence="Le débat de démonstration est fictif ; les nombres des engagements 12 et 13 le comptent.",
        pages=r"/$|/debats/|/registres/debates/|/plan/$|/plan/.*engagement-1[23]/|/nombres/",
    ),
    browse=Browse(
        table="debates",
        noun=("débat", "débats"),
        key="id",
        title="title",
        date="opened_on",
        search=("title", "description", "organiser", "subjects"),
        shown=("title", "organiser", "opened_on", "closed_on", "participants"),
        facets=(
            Facet("lieu", "Tenu", "case when held_here then 'ici' else 'ailleurs' end"),
            Facet("organisateur", "Organisateur", "organiser"),
        ),
        sorts=(
            Sort("date", "du plus récent au plus ancien", "opened_on"),
            Sort("titre", "par titre", "title", descending=False),
            Sort("participants", "par nombre de participants publié", "participants"),
        ),
    ),
)
