"""France's national plan for transparent and collaborative public action, 2015-2017."""

from parvis.core.undertakings.declared import Fact, Plan
from parvis.plan.axes import AXES
from parvis.plan.organisations import BODIES
from parvis.plan.process import PROCESS
from parvis.plan.sources import SOURCES

PLAN = Plan(
    slug="france-2015-2017",
    title=("Pour une action publique transparente et collaborative : plan d'action national pour la France 2015-2017"),
    short_title="Plan national pour une action publique transparente et collaborative",
    country="France",
    country_code="FR",
    framework="Partenariat pour un gouvernement ouvert (PGO, Open Government Partnership)",
    starts="2015-07",
    ends="2017-07",
    period_note=(
        "Le plan affiche 2015-2017 ; l'IRM découpe en octobre 2014 - juin 2016 (mi-parcours) et "
        "juillet 2016 - juin 2017 (fin de plan), et dit couvrir juillet 2015 - octobre 2017 dans "
        "la version soumise à commentaires."
    ),
    coordinator=("Mission Etalab (Secrétariat général pour la modernisation de l'action publique, puis DINSIC)"),
    political_lead=(
        "Secrétariat d'État à la Réforme de l'État et à la Simplification (Clotilde Valter, après Thierry Mandon)"
    ),
    held_by="secretariat-d-etat-charge-de-la-reforme-de-l-etat-et-de-la-simplification-aupres-du-premier-ministre",
    licence="Licence Ouverte (Etalab)",
    tracking=(
        "Chaque action du livre numérique renvoie à un ticket public du dépôt etalab/suivi (champ "
        "tracker_issue, numéros 111 à 201)."
    ),
    text_address="https://github.com/etalab/plan-ogp-2015-2017/blob/master/fr/",
    tracker_address="https://git.framasoft.org/etalab/suivi/issues/",
    assessed_units=29,
    assessed_units_note=(
        "OGP évalue 29 unités (FR0001 à FR0029) car l'engagement 1 est scindé en trois et l'engagement 10 en deux."
    ),
    timeline=(
        Fact(
            text="Adhésion de la France à l'OGP ; conférence de Paris (plus de 400 participants)",
            sources=("SEED", "PLAN"),
            date="2014-04",
        ),
        Fact(
            text=(
                "Consultation en ligne du Conseil national du numérique : 17 678 contributions, plus de 5 "
                "000 participants"
            ),
            sources=("PLAN",),
            date="2014-10/2015-03",
        ),
        Fact(
            text=(
                "Points d'étape mensuels ouverts, ateliers relais, une cinquantaine d'organisations "
                "entendues, réunion interministérielle d'arbitrage"
            ),
            sources=("PLAN",),
            date="2014-12/2015-06",
        ),
        Fact(
            text="Publication du plan (article de l'administration daté du 17 juillet 2015)",
            sources=("NUM-2015",),
            date="2015-07",
        ),
        Fact(
            text=("Analyse de la société civile coordonnée par République citoyenne : note d'ensemble 64 % (12,8/20)"),
            sources=("CIVSOC",),
            date="2015-08/2015-09",
        ),
        Fact(
            text=(
                "Consultation publique sur le rapport d'étape (forum, courriel, modifications directes du "
                "texte) : près de 200 contributeurs"
            ),
            sources=("ETALAB-MID",),
            date="2016-06-13/2016-06-30",
        ),
        Fact(
            text=("Rapport d'auto-évaluation à mi-parcours : 1 engagement complet, 15 substantiels, 10 partiels"),
            sources=("ETALAB-MID", "NUM-2016"),
            date="2016-07",
        ),
        Fact(
            text="Sommet mondial de l'OGP à Paris",
            sources=("NUM-2016",),
            date="2016-12",
        ),
        Fact(
            text=(
                "Préparation du second plan : « Ministères ouverts », consultations en ligne prévues du 15 "
                "mars au 15 avril (idéation) et du 15 juin au 15 juillet ; synthèse d'idéation publiée le "
                "31 mai"
            ),
            sources=("JOINUP-NEXT", "IDEATION"),
            date="2017",
        ),
        Fact(
            text="Lettre OGP pour auto-évaluation en retard",
            sources=("OGP-FR",),
            date="2018-02",
        ),
        Fact(
            text="Rapport d'auto-évaluation de fin de plan (47 pages)",
            sources=("SAR-2018",),
            date="2018-03",
        ),
        Fact(
            text="Publication du second plan 2018-2020 (21 engagements)",
            sources=("NUM-2018",),
            date="2018-04-03",
        ),
        Fact(
            text=("Fin des deux semaines de commentaires sur le rapport IRM de fin de plan (Sofia Wickberg)"),
            sources=("IRM-EOT-PC",),
            date="2018-07-03",
        ),
    ),
    overall=(
        Fact(
            text=(
                "Le rapport de mi-parcours est lui-même un livre en ligne ouvert à contributions (forum "
                "intégré, code source modifiable), annoncé ouvert jusqu'en juillet 2017."
            ),
            sources=("SUIVI", "BDT-MID"),
        ),
        Fact(
            text=(
                "Auto-évaluation 2016 : tous les engagements sont en cours ; 1 complet, 15 substantiels, 10 partiels."
            ),
            sources=("ETALAB-MID", "NUM-2016"),
        ),
        Fact(
            text=(
                "IRM fin de plan : plan ambitieux par son étendue mais centré sur l'open data ; la "
                "majorité des engagements sont substantiellement réalisés grâce aux réformes législatives "
                "; l'application des règles d'open data reste l'obstacle."
            ),
            sources=("IRM-EOT",),
        ),
        Fact(
            text=(
                "IRM : pas de forum multipartite régulier ; « Ministère ouvert » a tenu quatre réunions la "
                "seconde année, peu consacrées au suivi du premier plan. La France n'a pas agi contre le "
                "processus OGP."
            ),
            sources=("IRM-EOT", "IRM-OLDPAGE"),
        ),
        Fact(
            text=(
                "La page de synthèse IRM ne cite que 1.1, 2, 11 et 23 comme résultats majeurs (étoile pour "
                "2 et 23) ; les fiches OGP par engagement donnent aussi « Major » à FR0005 (engagement 3) "
                "et FR0008 (engagement 6). Écart non résolu."
            ),
            sources=("IRM-EOT",),
        ),
    ),
    axes=AXES,
    bodies=BODIES,
    sources=SOURCES,
    process=PROCESS,
)
