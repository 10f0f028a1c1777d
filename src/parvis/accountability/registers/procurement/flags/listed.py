"""The flags of the guide that French essential data cannot feed, with what they lack.

Titles are ours, after those of "Red flags in public procurement: A guide to using data to detect and mitigate risks"
(Open Contracting Partnership, 2024), whose English titles stand beside them. Fields are those of OCDS 1.1.
"""

from typing import Final

from parvis.core.finding.flag import Flag, Group, Subject

_BIDS = ("bids/details/tenderers", "bids/details/value", "bids/details/status")
_WINNER = ("bids/details/tenderers", "bids/details/status")


def _flag(
    code: str, group: Group, subject: Subject, title: str, original: str, formula: str, missing: tuple[str, ...]
) -> Flag:
    return Flag(
        code=code, group=group, subject=subject, title=title, original=original, formula=formula, missing=missing
    )


def _notice(code: str, title: str, original: str, formula: str, *missing: str) -> Flag:
    return _flag(code, Group.NOTICE, Subject.CONTRACT, title, original, formula, missing)


def _join(code: str, title: str, original: str, formula: str, *missing: str) -> Flag:
    return _flag(code, Group.JOIN, Subject.SUPPLIER, title, original, formula, missing)


def _bids(code: str, subject: Subject, title: str, original: str, formula: str, *missing: str) -> Flag:
    return _flag(code, Group.BIDS, subject, title, original, formula, missing)


def _inside(code: str, title: str, original: str, formula: str, *missing: str) -> Flag:
    return _flag(code, Group.INSIDE, Subject.CONTRACT, title, original, formula, missing)


LISTED: Final[tuple[Flag, ...]] = (
    _inside(
        "R001", "Documents de programmation absents", "Planning documents not available",
        "aucun document de programmation n'est publié", "planning/documents",
    ),
    _notice(
        "R003", "Délai de remise des offres trop court", "The submission period is too short",
        "le délai entre publication et date limite est inférieur au minimum légal",
        "tender/tenderPeriod/startDate", "tender/tenderPeriod/endDate",
    ),
    _notice(
        "R004", "Publicité insuffisante de l'appel", "Failure to adequately advertise the request for bids",
        "l'avis ou le dossier est publié après l'ouverture du délai",
        "tender/documents/datePublished", "tender/tenderPeriod/startDate",
    ),
    _notice(
        "R005", "Pièces essentielles de la consultation absentes",
        "Key tender information and documents are not available",
        "avis, règlement, cahier des charges, critères ou dates manquent", "tender/documents", "tender/tenderPeriod",
    ),
    _notice(
        "R006", "Conditions de candidature déraisonnables", "Unreasonable prequalification requirements",
        "les conditions s'écartent de celles de marchés semblables", "tender/eligibilityCriteria",
    ),
    _notice(
        "R007", "Spécifications techniques déraisonnables", "Unreasonable technical specifications",
        "les spécifications sont trop vagues ou trop précises au regard de marchés semblables",
        "tender/documents (technicalSpecifications)",
    ),
    _notice(
        "R008", "Frais de participation déraisonnables", "Unreasonable participation fees",
        "les frais sont élevés au regard de la valeur estimée", "tender/participationFees", "tender/value",
    ),
    _notice(
        "R009", "Prix du dossier augmenté en cours de procédure", "Buyer increases the cost of the bidding documents",
        "les frais montent d'une publication à la suivante", "tender/participationFees",
    ),
    _notice(
        "R010", "Recours non justifié à une procédure sans concurrence",
        "Unjustified use of non competitive procedure",
        "le motif invoqué ne répond pas aux conditions de la loi", "tender/procurementMethodRationale",
    ),
    _inside(
        "R012", "Gré à gré contraire à la programmation",
        "Direct awards in contravention of the provisions of the procurement plan",
        "la procédure suivie n'est pas celle que la programmation annonçait", "planning/documents",
    ),
    _notice(
        "R014", "Peu de temps entre l'avis et l'ouverture des plis",
        "Short time between tender advertising and bid opening",
        "le délai est sous la borne basse des marchés de même procédure",
        "tender/bidOpening/date", "tender/tenderPeriod/startDate",
    ),
    _notice(
        "R015", "Long délai entre l'ouverture des plis et leur examen",
        "Long time between bid opening and bid evaluation",
        "le délai dépasse la borne haute des marchés de même procédure",
        "tender/bidOpening/date", "tender/awardPeriod/startDate",
    ),
    _inside(
        "R017", "Prix unitaire anormalement bas ou haut", "Unreasonably low or high line item",
        "un prix unitaire sort des bornes de sa catégorie", "tender/items/unit/value",
    ),
    _inside(
        "R020", "Procédure contestée", "Tender has a complaint", "au moins un recours est déposé", "complaints/id"
    ),
    _notice(
        "R021", "Poids élevé des critères autres que le prix", "High use of discretionary evaluation criteria",
        "la part des marchés jugés sur d'autres critères que le prix est élevée", "tender/awardCriteria",
    ),
    _bids(
        "R022", Subject.CONTRACT, "Offres de prix très dispersées", "Wide disparity in bid prices",
        "(plus haute − plus basse) / moyenne dépasse la borne haute", *_BIDS,
    ),
    _bids(
        "R023", Subject.SUPPLIER, "Offres de prix en rapport fixe", "Fixed multiple bid prices",
        "deux candidats gardent le même rapport de prix dans plusieurs procédures", *_BIDS,
    ),
    _bids(
        "R024", Subject.CONTRACT, "Deuxième prix très proche du prix retenu", "Price close to winning bid",
        "(deuxième offre − offre retenue) / offre retenue est sous la borne basse", *_BIDS,
    ),
    _bids(
        "R025", Subject.SUPPLIER, "Candidat qui perd presque toujours", "Excessive unsuccessful bids",
        "un candidat très présent gagne moins que la borne basse", *_WINNER,
    ),
    _bids(
        "R027", Subject.MARKET, "Candidats qui disparaissent", "Missing bidders",
        "le nombre moyen d'offres d'un secteur baisse d'une période à l'autre plus qu'ailleurs", *_WINNER,
    ),
    _bids(
        "R028", Subject.CONTRACT, "Offres de prix identiques", "Identical bid prices",
        "deux candidats offrent le même prix", *_BIDS,
    ),
    _bids(
        "R030", Subject.CONTRACT, "Offre tardive retenue", "Late bid won",
        "l'offre retenue est arrivée après la date limite", "bids/details/date", *_WINNER,
    ),
    _notice(
        "R031", "Prix retenu très proche de l'estimation, ou au-dessus",
        "Winning bid price very close or higher than estimated price",
        "offre retenue / valeur estimée dépasse la borne haute du secteur", "tender/value",
    ),
    _join(
        "R032", "Candidats ayant le même bénéficiaire effectif", "Bidders share same beneficial owner",
        "deux candidats d'une même procédure ont un bénéficiaire effectif commun",
        "bids/details/tenderers", "parties/beneficialOwners",
    ),
    _join(
        "R033", "Candidats ayant le même actionnaire principal", "Bidders share same major shareholder",
        "deux candidats d'une même procédure ont un actionnaire principal commun",
        "bids/details/tenderers", "parties/shareholders",
    ),
    _bids(
        "R034", Subject.SUPPLIER, "Offres déposées toujours dans le même ordre", "Bids submitted in same order",
        "les mêmes candidats déposent dans le même ordre d'une procédure à l'autre", "bids/details/date", *_WINNER,
    ),
    _bids(
        "R035", Subject.CONTRACT, "Toutes les offres écartées sauf la retenue", "All except winning bid disqualified",
        "seul l'attributaire a des offres valides, et un autre candidat au moins est écarté", *_WINNER,
    ),
    _bids(
        "R036", Subject.CONTRACT, "Offre la plus basse écartée", "Lowest bid disqualified",
        "l'offre la moins chère est écartée alors que le prix est le seul critère", "tender/awardCriteria", *_BIDS,
    ),
    _bids(
        "R037", Subject.CONTRACT, "Rejets mal motivés", "Poorly supported disqualifications",
        "une offre est écartée sans motif conforme aux critères", "bids/details/documents", *_BIDS,
    ),
    _bids(
        "R038", Subject.BUYER, "Trop d'offres écartées", "Excessive disqualified bids",
        "offres écartées / offres déposées dépasse la borne haute", *_WINNER,
    ),
    _inside(
        "R039", "Questions de candidats restées sans réponse", "Unanswered bidder questions",
        "la procédure est close et une question n'a pas de réponse", "tender/enquiries",
    ),
    _bids(
        "R041", Subject.CONTRACT, "Dossiers de candidats qui se ressemblent",
        "Physical similarities in documents by different bidders",
        "deux candidats d'une même procédure remettent des pièces semblables", "bids/documents",
        "bids/details/tenderers",
    ),
    _join(
        "R042", "Adresse ou téléphone anormal", "Bidder has abnormal address or phone number",
        "le numéro ou l'adresse n'a pas la forme attendue", "parties/contactPoint/telephone", "parties/address",
    ),
    _join(
        "R043", "Mêmes coordonnées que l'agent de l'acheteur",
        "Bidder has same contact information as project official",
        "le candidat et l'agent chargé du marché ont les mêmes coordonnées", "parties/contactPoint",
    ),
    _join(
        "R044", "Candidats liés par leurs coordonnées", "Business similarities between bidders",
        "deux candidats d'une même procédure partagent une coordonnée", "bids/details/tenderers", "parties/address",
    ),
    _join(
        "R045", "Candidat absent du registre des entreprises", "Bidder is not listed in business registries",
        "l'identifiant n'est pas dans SIRENE", "SIRENE (établissements)",
    ),
    _join(
        "R046", "Candidat exclu ou sanctionné", "Bidder is debarred or on sanctions list",
        "le candidat figure sur une liste d'exclusion", "listes d'exclusion",
    ),
    _join(
        "R047", "Titulaire introuvable sur la Toile", "Supplier is not traceable on the web",
        "l'adresse du site est vide ou morte", "parties/contactPoint/url",
    ),
    _bids(
        "R053", Subject.SUPPLIER, "Deux candidats, toujours le même gagnant",
        "Co-bidding pairs have same recurrent winner",
        "deux candidats se retrouvent au moins deux fois et le même l'emporte toujours", *_WINNER,
    ),
    _bids(
        "R056", Subject.CONTRACT, "Offre retenue non conforme aux critères",
        "Winning bid does not meet the award criteria", "le rapport d'analyse contredit les critères",
        "bids/details/documents", "tender/awardCriteria",
    ),
    _bids(
        "R057", Subject.MARKET, "Candidats qui gagnent à tour de rôle", "Bid rotation",
        "dans un secteur, chacun gagne le même nombre de marchés pour un montant proche", *_BIDS,
    ),
    _bids(
        "R058", Subject.CONTRACT, "Rabais très fort de l'offre retenue", "Heavily discounted bid",
        "(deuxième offre − offre retenue) / offre retenue dépasse la borne haute", *_BIDS,
    ),
    _inside(
        "R060", "Long délai entre attribution et signature",
        "Long time between award date and contract signature date",
        "le délai dépasse la borne haute des marchés de même procédure", "awards/date", "contracts/dateSigned",
    ),
    _notice(
        "R061", "Décision très rapide", "Decision period extremely short",
        "le délai entre date limite et attribution est sous la borne basse", "tender/tenderPeriod/endDate",
        "awards/date",
    ),
    _notice(
        "R062", "Décision très lente", "Decision period extremely long",
        "le délai entre date limite et attribution dépasse la borne haute", "tender/tenderPeriod/endDate",
        "awards/date",
    ),
    _inside(
        "R063", "Contrat non publié", "Contract is not published", "le contrat signé n'est pas publié",
        "contracts/documents (contractSigned)",
    ),
    _inside(
        "R065", "Avenant qui retire des prestations", "Contract amendments to reduce line items",
        "une modification réduit ou supprime des postes", "contracts/items", "contracts/amendments/description",
    ),
    _inside(
        "R066", "Avenant qui ajoute des prestations", "Contract amendments to increase line items",
        "une modification ajoute ou augmente des postes", "contracts/items", "contracts/amendments/description",
    ),
    _inside(
        "R067", "Livraison défaillante", "Delivery failure", "une étape est livrée après son échéance",
        "contracts/implementation/milestones",
    ),
    _inside(
        "R068", "Paiements supérieurs au contrat", "Contract transactions exceed contract amount",
        "la somme des paiements dépasse le montant du contrat", "contracts/implementation/transactions",
    ),
    _bids(
        "R070", Subject.CONTRACT, "Candidat perdant devenu sous-traitant",
        "Losing bidders are hired as subcontractors",
        "un candidat non retenu est sous-traitant de l'attributaire", "bids/details/tenderers",
    ),
    _inside(
        "R073", "Exécution différente du contrat",
        "Discrepancies between work completed and contract specifications",
        "les pièces d'exécution contredisent le contrat", "contracts/implementation/documents",
    ),
)
