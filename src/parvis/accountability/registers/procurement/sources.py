"""The official addresses of public procurement data, and the real file that stands for each in the demonstration."""

from typing import Final

from parvis.core.registers.register import Source

LICENCE = "Licence Ouverte / Etalab 2.0"

SOURCES: Final = (
    Source(
        "decp-consolide",
        "Données essentielles de la commande publique, fichiers consolidés (ministère de l'Économie)",
        "https://www.data.gouv.fr/fr/datasets/donnees-essentielles-de-la-commande-publique-fichiers-consolides/",
        LICENCE,
    ),
    Source(
        "marches-publics-info",
        "Profil d'acheteur marches-publics.info (AWS), format 2017-2019",
        "https://www.data.gouv.fr/fr/datasets/donnees-essentielles-de-la-commande-publique/",
        LICENCE,
        demonstration="registers/procurement/decp-v1/marches-publics.info_2019-03-07.json",
    ),
    Source(
        "pes-marche",
        "PES Marché (direction générale des finances publiques), format 2017-2019",
        "https://www.data.gouv.fr/fr/datasets/fichiers-des-donnees-essentielles-de-la-commande-publique-dgfip-pes-marche/",
        LICENCE,
        demonstration="registers/procurement/decp-v1/data.gouv.fr_pes_2019-04-05.json",
    ),
    Source(
        "pes-marche-par-jour",
        "PES Marché, un fichier par acheteur et par jour",
        "https://www.data.gouv.fr/fr/datasets/fichiers-des-donnees-essentielles-de-la-commande-publique-dgfip-pes-marche/",
        LICENCE,
        demonstration="registers/procurement/decp-v1/pes-one-file-per-buyer-day_2019-02-01.zip",
    ),
    Source(
        "aife-dume",
        "DUME (Agence pour l'informatique financière de l'État), format 2017-2019",
        "https://www.data.gouv.fr/fr/datasets/donnees-essentielles-de-la-commande-publique-transmises-via-le-portail-dume/",
        LICENCE,
        demonstration="registers/procurement/decp-v1/malformed/data.gouv.fr_aife_2019-04-04_first500.json",
    ),
    Source(
        "decp-tabulaire",
        "Données essentielles de la commande publique consolidées, format tabulaire (decp.info)",
        "https://www.data.gouv.fr/fr/datasets/donnees-essentielles-de-la-commande-publique-consolidees-format-tabulaire/",
        LICENCE,
        demonstration="registers/procurement/decp-2024/decp_2024H2_travaux_cpv4521_hors84_93.csv",
    ),
)
