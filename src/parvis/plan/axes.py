"""The five chapters of the plan and their ten parts, with the slugs of the official text."""

from parvis.core.undertakings.declared import Axis, Subaxis

AXES = (
    Axis(
        "rendre-des-comptes",
        1,
        "Rendre des comptes",
        (1, 2, 3, 4, 5, 6, 7, 8, 9),
        (
            Subaxis(
                "transparence-depense-et-comptes-publics",
                "Renforcer la transparence de la dépense et des comptes publics",
                (1, 2, 3),
            ),
            Subaxis("evaluation-publique", "Ouvrir l'évaluation publique", (4, 5)),
            Subaxis(
                "transparence-responsables-publics",
                (
                    "Renforcer la transparence sur les déclarations d'intérêts et de patrimoine des "
                    "responsables publics"
                ),
                (6,),
            ),
            Subaxis("transparence-vie-economique", "Favoriser la transparence de la vie économique", (7, 8, 9)),
        ),
    ),
    Axis(
        "consulter-concerter-co-produire",
        2,
        "Consulter, concerter et coproduire l'action publique",
        (10, 11, 12, 13, 14),
        (
            Subaxis("action-publique", "Favoriser une action publique contributive et collaborative", (10, 11, 12)),
            Subaxis("renovation-des-pratiques", "Rénover les pratiques de consultation et de concertation", (13, 14)),
        ),
    ),
    Axis(
        "partager-des-ressources",
        3,
        "Partager des ressources numériques utiles à l'innovation économique et sociale",
        (15, 16, 17, 18),
        (),
    ),
    Axis(
        "ouvrir-l-administration",
        4,
        "Poursuivre l'ouverture de l'administration",
        (19, 20, 21, 22, 23),
        (
            Subaxis("engagement-citoyen", "Favoriser l'engagement citoyen en soutien des pouvoirs publics", (19,)),
            Subaxis("acces-fonction-publique", "Ouvrir l'accès à la fonction publique", (20,)),
            Subaxis(
                "ouverture-et-innovation",
                "Diffuser la culture de l'ouverture et l'innovation dans l'administration",
                (21, 22),
            ),
            Subaxis("deontologie", "Renforcer la déontologie dans la fonction publique", (23,)),
        ),
    ),
    Axis("climat", 5, "Le gouvernement ouvert au service du climat et du développement durable", (24, 25, 26), ()),
)
