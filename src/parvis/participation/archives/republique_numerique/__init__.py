"""The consultation of 2015 on the Digital Republic bill: two releases of it, read into one archive.

Held on republique-numerique.fr from 26 September to 18 October 2015. Totals are the releases' own, and stay apart.
"""

from parvis.core.processes.importing.archives import Archive
from parvis.participation.archives.republique_numerique import sample
from parvis.participation.archives.republique_numerique.reading import (
    CAPTURE,
    CONTRIBUTIONS,
    PROPOSALS,
    PUBLISHED,
    compare,
    read,
)

ARCHIVE = Archive(
    slug="republique-numerique",
    title="Consultation sur le projet de loi pour une République numérique (2015)",
    procedure="consultation",
    summary=(
        "Du 26 septembre au 18 octobre 2015, l'avant-projet de loi a été mis en ligne article par article : chacun "
        "pouvait voter, argumenter, proposer une autre rédaction ou un article de plus. Archive : les textes, les "
        "arguments et les totaux viennent de deux publications, nommées sur chaque contribution ; les réponses du "
        "gouvernement n'y sont pas."
    ),
    subject="textes/republique-numerique",
    sample_subject="textes/fontaines",
    subject_version="mis-en-consultation",
    organisation="ministere-de-l-economie-de-l-industrie-et-du-numerique",
    organisation_name="Ministère de l'Économie, de l'Industrie et du Numérique",
    opened_on="2015-09-26T00:00:00+02:00",
    closed_on="2015-10-19T00:00:00+02:00",
    source=f"{CAPTURE} ; {PUBLISHED}",
    licence="Licence Ouverte (publication de l'État) ; AGPL-3.0 pour la mise en forme des contributions publiées",
    read=read,
    compare=compare,
    sample=sample.write,
    files=(PROPOSALS, CONTRIBUTIONS),
    metadata={
        "territory": "France",
        "subjects": ["numérique", "données publiques", "vie privée"],
        "methods": ["consultation en ligne", "vote", "rédaction alternative"],
        "url": "https://www.republique-numerique.fr/",
        "participants": 21_330,
        "official": "Environ 8 500 contributions et 148 000 votes, 21 330 participants (Etalab).",
    },
)
