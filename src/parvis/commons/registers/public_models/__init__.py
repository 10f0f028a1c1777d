"""The register of public models: who owns each, whether its code is open and since when, and which of them run here.

Law: code des relations entre le public et l'administration, L. 300-2 (a source code is an administrative
document) and L. 312-1-1 (what is communicated is published). The platform's own evidence, the engines declared,
installed, and their cases passed, is a source like another: what commitments 16 and 25 count comes from it.
"""

from pathlib import Path
from shutil import copy
from typing import Final

from parvis.commons.registers.public_models.reading import RAW, read
from parvis.core.registers.browsing import Browse, Facet, Sort
from parvis.core.registers.register import SOURCE_ROW, Column, Register, Rule, Source, Status, Table

FOLDER: Final = Path(__file__).parent
HERE: Final = "parvis"
"""The source of what this site runs."""

ENGINE: Final = Column("engine", "VARCHAR", "Moteur", "Nom du moteur qui l'exécute ici ; vide : aucun.")


def text(name: str, title: str, help_: str) -> Column:
    return Column(name, "VARCHAR", title, help_)


MODELS: Final = Table(
    "inventory",
    "Modèles publics",
    (
        text("id", "Identifiant", "Identifiant stable dans l'inventaire."),
        text("name", "Modèle", "Nom du modèle."),
        text("owner", "Tenu par", "Administration ou organisme qui le tient."),
        text("nature", "Nature", "État, recherche, communauté ou collectivité."),
        text("domain", "Domaine", "Ce sur quoi il porte."),
        text("purpose", "Ce qu'il calcule", "En quelques mots."),
        Column(
            "opened", "BOOLEAN", "Code ouvert", "Vide : on ne le sait pas ; « Ce qui n'est pas connu » dit pourquoi."
        ),
        Column("opened_on", "DATE", "Ouvert le", "Jour où le code a été ouvert ; vide : inconnu."),
        text("licence", "Licence", "Identifiant SPDX de la licence du code ; vide : inconnue."),
        text("code", "Adresse du code", "Où le code, ou sa documentation, se trouve."),
        text("legal_basis", "Fondement", "Texte, avis ou décision qui a conduit à l'ouverture."),
        ENGINE,
        text("source", "Source", "Adresse d'où viennent ces faits."),
        Column("verified", "BOOLEAN", "Vérifié", "Oui : les faits ont été lus à la source."),
        text("unknown", "Ce qui n'est pas connu", "Ce qui manque, et pourquoi."),
        SOURCE_ROW,
    ),
)
RUNNABLE: Final = Table(
    "runnable",
    "Modèles exécutés ici",
    (
        ENGINE,
        text("title", "Titre", "Titre du moteur."),
        text("room", "Pièce", "Où il est déclaré : commons, climate…"),
        text("version", "Version", "Version des règles, quand il est installé."),
        text("digest", "Empreinte", "Empreinte des règles chargées (sha256)."),
        text("engine_licence", "Licence", "Licence du modèle (SPDX)."),
        Column("is_installed", "BOOLEAN", "Installé", "Oui : n'importe qui l'exécute sur ce site."),
        Column("cases_passed", "INTEGER", "Cas réussis", "Cas du modèle, réussis ici."),
        Column("cases_total", "INTEGER", "Cas joués", "Cas du modèle, joués ici ; vide : aucun."),
        Column("cases_whole", "BOOLEAN", "Tous les cas", "Non : un échantillon, joué à l'installation."),
        Column(
            "cases_published",
            "BOOLEAN",
            "Publiés par ses auteurs",
            "Non : ce projet les a calculés avec leur programme.",
        ),
        Column("cases_on", "DATE", "Joués le", "Jour où ils l'ont été."),
        SOURCE_ROW,
    ),
)


def demonstration(folder: Path) -> Path:
    """Write the fictitious models of the sample into a folder."""
    return Path(copy(FOLDER / "sample.csv", folder / "modeles-fictifs.csv"))


def noted(slug: str, column: str, when: str, sentence: str, why: str) -> Rule:
    return Rule(slug, "inventory", column, Status.NOTED, when, None, sentence, why)


REGISTER = Register(
    slug="models",
    title="Modèles publics",
    summary="Les modèles de calcul de l'État : qui les tient, lesquels sont ouverts, lesquels s'exécutent ici.",
    standards=("CRPA, articles L. 300-2 et L. 312-1-1", "SPDX"),
    sources=(
        Source(
            HERE, "Ce site : ses moteurs et leurs cas", "https://parvis.example/simulateurs/", "Licence Ouverte 2.0"
        ),
        Source(
            "inventaire",
            "Inventaire tenu par l'équipe du plan, d'après des faits publiés",
            "https://github.com/etalab/plan-ogp-2015-2017",
            "faits, chacun avec sa source",
            demonstration=str(FOLDER / "inventory.csv"),  # facts that we declare: they are where this file is
        ),
    ),
    tables=(MODELS, RUNNABLE),
    raw_tables=RAW,
    read=read,
    rules=(
        noted(
            "tenu-par-personne",
            "owner",
            "owner IS NULL",
            "Nul n'est dit tenir ce modèle : à qui demander son code ?",
            "Un modèle sans responsable n'a personne pour l'ouvrir.",
        ),
        noted(
            "ouvert-sans-adresse",
            "code",
            "code IS NULL AND lower(opened) = 'oui'",
            "Dit ouvert, sans l'adresse de son code.",
            "Un code ouvert que l'on ne trouve pas ne se réutilise pas.",
        ),
        noted(
            "fait-non-verifie",
            "verified",
            "coalesce(lower(verified), 'non') <> 'oui'",
            "Les faits de cette ligne n'ont pas été lus à leur source.",
            "Ce qui est répété sans être lu se dit comme tel.",
        ),
        noted(
            "sans-source",
            "source",
            "source IS NULL",
            "Aucune source : ces faits ne peuvent pas être contrôlés.",
            "Un inventaire se vérifie ligne à ligne.",
        ),
    ),
    folder=FOLDER,
    key="id",
    sample=demonstration,
    browse=Browse(
        table="inventory",
        noun=("modèle", "modèles"),
        key="id",
        title="name",
        search=("name", "owner", "domain", "purpose"),
        shown=("name", "owner", "domain", "opened", "opened_on", "licence"),
        facets=(
            Facet(
                "code", "Code", "case when opened then 'ouvert' when not opened then 'fermé' else 'on ne sait pas' end"
            ),
            Facet("domaine", "Domaine", "domain"),
            Facet("tenu-par", "Tenu par", "owner"),
            Facet("ici", "S'exécute ici", "case when engine is not null then 'oui' else 'non' end"),
        ),
        sorts=(
            Sort("nom", "par nom", "name", descending=False),
            Sort("ouverture", "du plus récemment ouvert", "opened_on"),
        ),
    ),
)
