"""The organisations that the plan names as leads.

The plan gives no date: a ministry of 2015 that has since changed its name keeps unknown dates here, and a
server's team records its successor with the date and the source.
"""

from parvis.core.undertakings.declared import Body

BODIES = (
    Body(slug="agence-francaise-de-developpement", name="Agence française de développement"),
    Body(slug="centre-national-d-etudes-spatiales", name="Centre national d'études spatiales"),
    Body(slug="commission-nationale-du-debat-public", name="Commission nationale du débat public"),
    Body(slug="cour-des-comptes", name="Cour des comptes"),
    Body(slug="ecole-nationale-d-administration", name="École nationale d'administration"),
    Body(
        slug="haute-autorite-pour-la-transparence-de-la-vie-publique",
        name="Haute Autorité pour la transparence de la vie publique",
    ),
    Body(
        slug="institut-national-de-l-information-geographique-et-forestiere",
        name="Institut national de l'information géographique et forestière",
    ),
    Body(slug="meteo-france", name="Météo-France"),
    Body(
        slug="ministere-de-l-ecologie-du-developpement-durable-et-de-l-energie",
        name="Ministère de l'Écologie, du Développement durable et de l'Énergie",
    ),
    Body(
        slug="ministere-de-l-economie-de-l-industrie-et-du-numerique",
        name="Ministère de l'Économie, de l'Industrie et du Numérique",
    ),
    Body(
        slug="ministere-de-l-education-nationale-de-l-enseignement-superieur-et-de-la-recherche",
        name="Ministère de l'Éducation nationale, de l'Enseignement supérieur et de la Recherche",
    ),
    Body(slug="ministere-de-l-interieur", name="Ministère de l'Intérieur"),
    Body(
        slug="ministere-de-la-decentralisation-et-de-la-fonction-publique",
        name="Ministère de la Décentralisation et de la Fonction publique",
    ),
    Body(slug="ministere-de-la-justice", name="Ministère de la Justice"),
    Body(
        slug="ministere-de-la-ville-de-la-jeunesse-et-des-sports",
        name="Ministère de la Ville, de la Jeunesse et des Sports",
    ),
    Body(
        slug="ministere-des-affaires-etrangeres-et-du-developpement-international",
        name="Ministère des Affaires étrangères et du Développement international",
    ),
    Body(slug="ministere-des-finances-et-des-comptes-publics", name="Ministère des Finances et des Comptes publics"),
    Body(slug="premier-ministre", name="Premier ministre"),
    Body(
        slug="secretariat-d-etat-charge-de-la-politique-de-la-ville",
        name="Secrétariat d'État chargé de la Politique de la ville",
    ),
    Body(
        slug=("secretariat-d-etat-charge-de-la-reforme-de-l-etat-et-de-la-simplification-aupres-du-premier-ministre"),
        name=("Secrétariat d'État chargé de la Réforme de l'État et de la Simplification auprès du Premier ministre"),
    ),
    Body(
        slug=(
            "secretariat-d-etat-charge-du-commerce-exterieur-de-la-promotion-du-tourisme-et-des-francais-de-l-etranger"
        ),
        name=(
            "Secrétariat d'État chargé du Commerce extérieur, de la Promotion du tourisme et des "
            "Français de l'étranger"
        ),
    ),
    Body(slug="secretariat-d-etat-charge-du-numerique", name="Secrétariat d'État chargé du Numérique"),
)
