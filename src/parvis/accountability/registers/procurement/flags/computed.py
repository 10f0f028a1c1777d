"""The flags of the guide that essential data feed alone: 21 of 73, some by a proxy that `limits` names."""

from functools import partial
from pathlib import Path
from typing import Final

from parvis.accountability.registers.procurement.flags import procedures, thresholds
from parvis.core.finding.bounds import Bound, Chance, Side
from parvis.core.finding.flag import Flag, Group, Subject

_HERE: Final = Path(__file__).parent
_METHODS: Final = {"methods": procedures.as_sql()}
_THRESHOLDS: Final = {"thresholds": thresholds.as_sql()}

_AMOUNT: Final = {"montant": "amount"}
_BUYER: Final = {"acheteur.id": "buyer_id"}
_NOTIFIED: Final = {"dateNotification": "notified_on"}
_CPV: Final = {"codeCPV": "cpv"}
_PROCEDURE: Final = {"procedure": "procedure"}
_BIDS: Final = {"offresRecues": "bids_received"}
_HOLDER: Final = {
    "titulaires.id": "nullif(uid in (select uid from procurement.suppliers where supplier_id is not null), false)"
}
_SUBCONTRACTS: Final = {"sousTraitanceDeclaree": "subcontracting_declared"}

_NO_FRAMEWORK: Final = "Les accords-cadres, dont le montant est un maximum, sont laissés de côté."
_ADAPTED: Final = (
    "Une procédure adaptée compte comme une mise en concurrence, bien que les données ne disent pas si elle a été "
    "publiée."
)
_NEAR: Final = (
    "Les seuils sous 40 000 € sont hors de portée : en dessous, les marchés ne sont pas publiés. La date de "
    "notification tient lieu de date de lancement ; l'État se reconnaît au SIREN qui commence par 1."
)
_CURRENT: Final = "Chaque marché compte une fois, dans sa version la plus récente."

_flag = partial(Flag, group=Group.DECP, table="procurement.contracts")

COMPUTED: Final[tuple[Flag, ...]] = (
    _flag(
        code="R002",
        subject=Subject.BUYER,
        title="Montants tassés sous un seuil",
        original="Manipulation of procurement thresholds",
        population=_HERE / "r002.sql",
        formula="part des marchés juste sous un seuil, parmi ceux qui l'entourent à un dixième près",
        examined="acheteurs qui ont au moins cinq marchés à moins d'un dixième d'un seuil",
        why="Rester sous un seuil évite une procédure plus ouverte.",
        innocent="Un budget voté, un prix rond ou un lot de taille courante suffisent à l'expliquer.",
        limits=f"Le guide renvoie à des études de tassement : nous comparons au pile ou face. {_NEAR}",
        bound=Bound(fixed=0.8, chance=Chance.BINOMIAL),
        needs=_AMOUNT | _NOTIFIED | _BUYER | _CPV,
        includes=_THRESHOLDS,
    ),
    _flag(
        code="R011",
        subject=Subject.BUYER,
        title="Achats peut-être fractionnés",
        original="Splitting purchases to avoid procurement thresholds",
        population=_HERE / "r011.sql",
        formula="deux marchés ou plus de même classe CPV, notifiés en 90 jours, à moins d'un vingtième sous un "
        "même seuil",
        examined="acheteurs et classes CPV qui ont au moins un marché à moins d'un vingtième sous un seuil",
        why="Un besoin coupé en deux échappe au seuil.",
        innocent=("Les lots d'une même consultation, comptés ensemble par l'acheteur, donnent la même image."),
        limits=f"Le guide laisse la durée et la distance au choix (1 %, 2 %) : ici 90 jours et 5 %. {_NEAR}",
        bound=Bound(fixed=2),
        needs=_AMOUNT | _NOTIFIED | _BUYER | _CPV,
        includes=_THRESHOLDS,
    ),
    _flag(
        code="R013",
        subject=Subject.BUYER,
        title="Recours élevé aux procédures sans concurrence",
        original="High use of non competitive methods",
        population=_HERE / "r013.sql",
        formula="marchés passés sans publicité ni mise en concurrence / marchés de procédure connue, par acheteur",
        examined="acheteurs de dix marchés au moins dont la procédure est connue",
        why="Ces procédures sont les moins ouvertes.",
        innocent="Certaines missions y conduisent : droits exclusifs, urgence, défense.",
        limits="Le guide demande la borne haute ; nous demandons aussi que le hasard n'explique pas l'écart. "
        "Les concessions n'ont pas de procédure de ce nom : elles ne comptent pas comme telles.",
        bound=Bound(chance=Chance.BINOMIAL),
        needs=_PROCEDURE | _BUYER,
        includes=_METHODS,
    ),
    _flag(
        code="R016",
        subject=Subject.CONTRACT,
        title="Montant éloigné de ceux du même objet",
        original="Tender value is higher or lower than average for this item category",
        population=_HERE / "r016.sql",
        formula="ordre de grandeur du montant hors des bornes de sa division CPV et de sa procédure",
        examined="marchés de plus d'un euro dont l'objet et la procédure sont connus",
        why="Un montant hors norme peut venir d'une surfacturation.",
        innocent="Un ouvrage hors norme, ou une erreur de saisie, donne la même image.",
        limits="Par approximation : le montant attribué tient lieu de valeur estimée, que les données ne "
        "donnent pas ; "
        f"la comparaison se fait sur le logarithme, faute de quoi la borne basse serait négative. {_NO_FRAMEWORK}",
        bound=Bound(side=Side.BOTH, minimum_peers=30, is_logarithmic=True),
        needs=_AMOUNT | _CPV | _PROCEDURE,
    ),
    _flag(
        code="R018",
        subject=Subject.CONTRACT,
        title="Une seule offre reçue",
        original="Single bid received",
        population=_HERE / "r018.sql",
        formula="une offre reçue, en procédure de mise en concurrence",
        examined="marchés passés en concurrence dont le nombre d'offres est connu",
        why="L'absence de concurrents peut être voulue.",
        innocent=("Elle est souvent le fait d'un marché étroit, d'un lieu isolé ou d'un appel peu attirant."),
        limits=f"Le guide ne compte que les procédures ouvertes ou restreintes. {_ADAPTED} Le champ n'existe "
        "que depuis l'arrêté du 22 décembre 2022.",
        bound=Bound(side=Side.LOW, fixed=1),
        needs=_BIDS | _PROCEDURE,
        includes=_METHODS,
    ),
    _flag(
        code="R019",
        subject=Subject.CONTRACT,
        title="Peu d'offres pour cet objet",
        original="Low number of bidders for item and procuring entity",
        population=_HERE / "r019.sql",
        formula="offres reçues / moyenne de la division CPV",
        examined="marchés passés en concurrence, dans les divisions CPV de vingt marchés et de trois offres en "
        "moyenne au moins",
        why="Moins de candidats qu'ailleurs pour le même objet : une concurrence a pu être évincée.",
        innocent="Un creux local ou un calendrier chargé suffit.",
        limits="Le guide retient tout marché sous la moyenne, soit un sur deux environ : nous demandons moins "
        "de la moitié de la "
        f"moyenne. {_ADAPTED}",
        bound=Bound(side=Side.LOW, fixed=0.5),
        needs=_BIDS | _PROCEDURE | _CPV,
        includes=_METHODS,
    ),
    _flag(
        code="R026",
        subject=Subject.MARKET,
        title="Groupements très fréquents",
        original="Prevalence of consortia",
        population=_HERE / "r026.sql",
        formula="marchés à plusieurs titulaires / marchés, par groupe CPV",
        examined="groupes CPV de dix marchés au moins",
        why="Un groupement peut servir à se partager le marché.",
        innocent="Il permet aussi à de petites entreprises de répondre.",
        limits=f"Un marché à plusieurs titulaires peut réunir des lots, non un groupement. {_NO_FRAMEWORK}",
        bound=Bound(chance=Chance.BINOMIAL),
        needs=_CPV | _HOLDER,
    ),
    _flag(
        code="R029",
        subject=Subject.MARKET,
        title="Montants qui ne suivent pas la loi de Benford",
        original="Bid prices deviate from Benford's Law",
        population=_HERE / "r029.sql",
        formula="écart absolu moyen entre les parts observées du premier chiffre et la loi de Benford",
        examined="divisions CPV de cent montants au moins",
        why="Des prix fabriqués suivent rarement cette loi.",
        innocent="Des seuils de publication et des prix usuels l'écartent aussi.",
        limits="Les montants attribués tiennent lieu d'offres. Les marchés sous 25 000 ou 40 000 € n'étant pas "
        "publiés, un écart est attendu dans presque tous les secteurs : ce signal vaut surtout par comparaison "
        "entre secteurs. Écart notable au-delà de 0,015 (Nigrini).",
        bound=Bound(fixed=0.015, chance=Chance.GIVEN),
        needs=_AMOUNT | _CPV,
    ),
    _flag(
        code="R040",
        subject=Subject.PAIR,
        title="Titulaire qui domine les achats d'un acheteur",
        original="High share of buyers contracts",
        population=_HERE / "r040.sql",
        formula="montant du titulaire / montant de l'acheteur dans l'année",
        examined="couples acheteur et titulaire liés par deux marchés ou plus, chez des acheteurs de dix "
        "marchés dans l'année",
        why="Un acheteur peut favoriser le même titulaire.",
        innocent="Un grand chantier suffit à donner la même part.",
        limits=f"Seuil de 40 %, celui que le guide donne en exemple. Un marché partagé compte à parts égales. "
        f"{_NO_FRAMEWORK}",
        bound=Bound(fixed=0.4),
        needs=_AMOUNT | _BUYER | _NOTIFIED | _HOLDER,
    ),
    _flag(
        code="R048",
        subject=Subject.SUPPLIER,
        title="Titulaire aux objets très divers",
        original="Heterogeneous supplier",
        population=_HERE / "r048.sql",
        formula="nombre de divisions CPV différentes",
        examined="titulaires de vingt marchés au moins, seuls titulaires",
        why="Une entreprise qui vend de tout peut n'être qu'un intermédiaire.",
        innocent="Les grossistes et les grands groupes aussi vendent de tout.",
        limits="Formule d'OCDS Cardinal, avec au moins une division de plus que les trois quarts des titulaires. "
        "Les marchés à plusieurs titulaires sont laissés de côté.",
        bound=Bound(minimum_peers=8),
        needs=_CPV | _HOLDER,
    ),
    _flag(
        code="R049",
        subject=Subject.PAIR,
        title="Gré à gré répétés juste sous le seuil",
        original="Direct awards below threshold",
        population=_HERE / "r049.sql",
        formula="nombre de marchés sans concurrence du titulaire chez l'acheteur, dans l'année, à moins d'un "
        "vingtième sous le seuil",
        examined="couples acheteur et titulaire liés par un marché sans concurrence, là où le seuil dépasse 40 000 €",
        why="Des marchés calés sous le seuil évitent la concurrence.",
        innocent="Un tarif ou un budget peut s'y tenir aussi.",
        limits=f"Distance de 5 % (le guide cite 1 % et 2 %). {_NEAR}",
        bound=Bound(fixed=2),
        needs=_AMOUNT | _BUYER | _NOTIFIED | _PROCEDURE | _HOLDER,
        includes=_METHODS | _THRESHOLDS,
    ),
    _flag(
        code="R050",
        subject=Subject.PAIR,
        title="Titulaire qui tient un secteur chez un acheteur",
        original="High market share",
        population=_HERE / "r050.sql",
        formula="montant du titulaire / montant de l'acheteur dans le groupe CPV",
        examined="couples acheteur et titulaire liés par deux marchés ou plus, dans un groupe CPV où l'acheteur "
        "en a cinq",
        why="Une part élevée et durable peut venir d'un favoritisme.",
        innocent="Un savoir-faire rare ou un éloignement y conduit aussi.",
        limits=f"Seuil de 40 %, celui que le guide donne en exemple, sur toute la durée des fichiers chargés. "
        f"{_NO_FRAMEWORK}",
        bound=Bound(fixed=0.4),
        needs=_AMOUNT | _BUYER | _CPV | _HOLDER,
    ),
    _flag(
        code="R051",
        subject=Subject.MARKET,
        title="Secteur très concentré",
        original="High market concentration",
        population=_HERE / "r051.sql",
        formula="indice de Herfindahl-Hirschman : somme des carrés des parts de marché en pour cent, par groupe "
        "CPV et par an",
        examined="groupes CPV et années de dix marchés au moins",
        why="Peu de titulaires : une entente ou une barrière à l'entrée est possible.",
        innocent=("Certains métiers sont rares, et les fichiers chargés ne montrent qu'une partie du secteur."),
        limits="Seuil de 1 800, celui du guide. Un secteur n'est pas un marché au sens du droit de la "
        "concurrence, et les fichiers "
        f"chargés n'en montrent qu'une partie. {_NO_FRAMEWORK}",
        bound=Bound(fixed=1800),
        needs=_AMOUNT | _CPV | _NOTIFIED | _HOLDER,
    ),
    _flag(
        code="R052",
        subject=Subject.PAIR,
        title="Petit premier marché, puis bien plus grand",
        original="Small initial purchase from supplier followed by much larger purchases",
        population=_HERE / "r052.sql",
        formula="(montant du deuxième marché − montant du premier) / montant du premier",
        examined="couples acheteur et titulaire dont les deux premiers marchés ont des jours différents",
        why="Un premier achat peut servir d'essai avant une fraude.",
        innocent="Il précède aussi toute relation ordinaire.",
        limits=f"Borne haute du guide. Le premier marché des fichiers n'est pas toujours le premier de "
        f"l'histoire. {_NO_FRAMEWORK}",
        bound=Bound(minimum_peers=20),
        needs=_AMOUNT | _BUYER | _NOTIFIED | _HOLDER,
    ),
    _flag(
        code="R054",
        subject=Subject.CONTRACT,
        title="Gré à gré que ses avenants portent au-dessus du seuil",
        original="Direct award followed by change orders that exceed the competitive threshold",
        population=_HERE / "r054.sql",
        formula="montant après modification / seuil de dispense de concurrence",
        examined="marchés sans concurrence, signés sous le seuil et modifiés",
        why="Signer sous le seuil puis augmenter évite la concurrence.",
        innocent="Un imprévu de chantier le peut aussi.",
        limits=f"Seuil de dispense à la date de notification. {_CURRENT}",
        bound=Bound(fixed=1),
        needs=_AMOUNT | _PROCEDURE | _NOTIFIED | _CPV,
        includes=_METHODS | _THRESHOLDS,
    ),
    _flag(
        code="R055",
        subject=Subject.PAIR,
        title="Gré à gré qui, ensemble, passent le seuil",
        original="Multiple direct awards above or just below competitive threshold",
        population=_HERE / "r055.sql",
        formula="somme des marchés sans concurrence du titulaire chez l'acheteur dans l'année / seuil",
        examined="couples acheteur et titulaire liés par deux marchés sans concurrence ou plus dans l'année",
        why="Additionnés, ces achats auraient appelé une concurrence.",
        innocent=("La loi admet pourtant le gré à gré au-dessus du seuil, pour des droits exclusifs ou l'urgence."),
        limits="Sous le seuil, les marchés ne sont pas publiés : presque tout couple examiné passe le seuil, et "
        "l'ordre des "
        f"montants en dit plus que le compte. {_NO_FRAMEWORK}",
        bound=Bound(fixed=1),
        needs=_AMOUNT | _BUYER | _NOTIFIED | _PROCEDURE | _HOLDER,
        includes=_METHODS | _THRESHOLDS,
    ),
    _flag(
        code="R059",
        subject=Subject.CONTRACT,
        title="Montant final loin du montant attribué",
        original="Large difference between the award value and final contract amount",
        population=_HERE / "r059.sql",
        formula="(montant après modification − montant d'attribution) / montant d'attribution",
        examined="marchés modifiés de plus d'un euro à l'attribution",
        why="Une forte hausse peut rattraper un prix trop bas à l'attribution.",
        innocent="Un imprévu, ou la correction d'une erreur de saisie, donne le même écart.",
        limits=f"Seuil de 30 %, celui que le guide donne en exemple. Le montant déclaré n'est pas le montant "
        f"payé. {_CURRENT}",
        bound=Bound(fixed=0.3),
        needs=_AMOUNT,
    ),
    _flag(
        code="R064",
        subject=Subject.CONTRACT,
        title="Marché modifié",
        original="Contract has modifications",
        population=_HERE / "r064.sql",
        formula="une modification publiée au moins",
        examined="tous les marchés",
        why="Une modification peut changer l'équilibre du marché.",
        innocent="La plupart sont ordinaires.",
        limits="Un marché modifié sans publication ne se voit pas : l'absence de signal n'est pas une absence "
        "de modification.",
        bound=Bound(fixed=1),
        needs=_NOTIFIED,
    ),
    _flag(
        code="R069",
        subject=Subject.CONTRACT,
        title="Avenant qui augmente le prix",
        original="Contract amendments to increase price",
        population=_HERE / "r069.sql",
        formula="montant après modification − montant d'attribution, en euros",
        examined="marchés modifiés",
        why="La hausse peut être indue.",
        innocent="Elle est souvent le prix de prestations ajoutées ou d'une révision prévue.",
        limits=f"Le motif de la modification est un texte libre, que nous ne jugeons pas. {_CURRENT}",
        bound=Bound(fixed=0.01),
        needs=_AMOUNT,
    ),
    _flag(
        code="R071",
        subject=Subject.CONTRACT,
        title="Marché sous-traité pour l'essentiel",
        original="A contractor subcontracts all or most of the work received",
        population=_HERE / "r071.sql",
        formula="somme des actes de sous-traitance déclarés / montant du marché",
        examined="marchés qui déclarent au moins un acte de sous-traitance",
        why="Sous-traiter l'essentiel peut cacher un partage entre concurrents.",
        innocent="C'est aussi l'usage de certains métiers.",
        limits="Par approximation : montants déclarés à l'acte, sans leurs modifications. Champ de l'arrêté du "
        "22 décembre 2022.",
        bound=Bound(fixed=0.5),
        needs=_AMOUNT | {"actesSousTraitance": "json_extract(extra, '$.actesSousTraitance')"},
    ),
    _flag(
        code="R072",
        subject=Subject.BUYER,
        title="Sous-traitance très fréquente",
        original="High prevalence of subcontracts",
        population=_HERE / "r072.sql",
        formula="marchés avec sous-traitance déclarée / marchés où elle est dite, par acheteur",
        examined="acheteurs de dix marchés au moins où le champ est rempli",
        why="Une sous-traitance systématique peut cacher un partage.",
        innocent="Elle dépend surtout des métiers achetés.",
        limits="Par approximation : la déclaration vaut au moment de la publication. Champ de l'arrêté du 22 "
        "décembre 2022.",
        bound=Bound(chance=Chance.BINOMIAL),
        needs=_SUBCONTRACTS | _BUYER,
    ),
)
