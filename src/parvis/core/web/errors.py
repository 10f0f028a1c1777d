"""What the error pages say: what happened, why, and what to do now."""

from dataclasses import dataclass

from parvis.core.web.parts import Step


@dataclass(frozen=True)
class ErrorPage:
    """An error, told to the person who meets it."""

    title: str
    code: str
    what: str
    why: str
    steps: tuple[Step, ...]


BAD_REQUEST = ErrorPage(
    "Demande illisible",
    "Erreur 400",
    "Le serveur n’a pas compris cette demande.",
    "Son adresse ou son contenu est mal formé. Rien n’a été enregistré.",
    (Step("Revenez à l’accueil et recommencez depuis un lien du site.", "/"),),
)

BROKEN = ErrorPage(
    "Le serveur a rencontré une erreur",
    "Erreur 500",
    "La page n’a pas pu être préparée. Ce n’est pas de votre fait.",
    "L’erreur est consignée pour ceux qui tiennent ce site. Si vous envoyiez un formulaire, rien n’a été enregistré.",
    (
        Step("Rechargez la page dans une minute.", None),
        Step("Si l’erreur revient, revenez à l’accueil.", "/"),
    ),
)

EXPIRED_FORM = ErrorPage(
    "Ce formulaire a expiré",
    "Erreur 403",
    "Votre envoi n’a pas été reçu.",
    "Un jeton protège chaque formulaire contre les envois forgés : le vôtre manque ou n’est plus valable, "
    "souvent parce que la page est restée ouverte longtemps ou que les cookies sont refusés.",
    (
        Step("Revenez en arrière, rechargez la page, puis envoyez de nouveau.", None),
        Step("Acceptez les cookies de ce site : il n’en pose que pour la session et ce jeton.", None),
    ),
)


ENGLISH = "matches the given query."
"""How Django's own sentence ends when get_object_or_404 finds nothing: it has no French."""


def forbidden(home: str, exception: Exception) -> ErrorPage:
    """Return the page of an address that a person's mandate does not open, with the view's sentence if it gave one."""
    return ErrorPage(
        "Cette page ne vous est pas ouverte",
        "Erreur 403",
        str(exception) or "Votre compte n’a pas le mandat que cette page demande.",
        "Les actes publics sont réservés à ceux qui en ont reçu le mandat, pour une organisation et entre deux dates.",
        (
            Step("Connectez-vous avec le compte qui a ce mandat.", None),
            Step("Revenez à l’accueil : tout ce qui est public s’y lit sans compte.", home),
        ),
    )


def not_found(home: str, site_map: str, exception: Exception) -> ErrorPage:
    """Return the page of an unknown address, with the view's own French sentence where it gave one."""
    said = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    if said.endswith(ENGLISH):
        said = ""
    return ErrorPage(
        "Cette page n’existe pas",
        "Erreur 404",
        said or "Aucune page ne se trouve à cette adresse.",
        "L’adresse est peut-être incomplète, ou ce qu’elle montrait a changé de nom. "
        "Ce qui a été publié ici n’est jamais effacé en silence.",
        (
            Step("Vérifiez l’adresse.", None),
            Step("Cherchez depuis le plan du site.", site_map),
            Step("Revenez à l’accueil.", home),
        ),
    )


def not_acceptable(formats: tuple[str, ...]) -> ErrorPage:
    """Return the page of a format that an address does not have."""
    return ErrorPage(
        "Ce format n’existe pas ici",
        "Erreur 406",
        "Cette page ne se lit pas dans le format demandé.",
        f"Formats de cette page : {', '.join(name.upper() for name in formats)}.",
        tuple(Step(f"Lire cette page en {name.upper()}.", f"?format={name}") for name in formats),
    )
