"""Whole records: those that cannot be published at all, those that repeat, those that stand in the wrong list."""

from parvis.core.registers.register import Rule, Status

RULES = (
    Rule(
        "sans-numero",
        "contracts",
        "id",
        Status.ROW_REFUSED,
        "id IS NULL AND version = '0'",
        None,
        "L'enregistrement n'a pas de numéro (« id ») : rien ne permet de le suivre. Ajoutez-le et republiez.",
        "Sans numéro, ni les modifications ni les doublons ne se reconnaissent.",
    ),
    Rule(
        "sans-acheteur",
        "contracts",
        "buyer_id",
        Status.ROW_REFUSED,
        "buyer_id IS NULL AND version = '0' AND kind <> 'notice'",
        None,
        "L'enregistrement n'a pas d'acheteur : on ne sait qui rend compte. Ajoutez le SIRET de "
        "l'acheteur et republiez.",
        "Un marché sans acheteur n'est le marché de personne.",
    ),
    Rule(
        "sans-attribution",
        "contracts",
        "kind",
        Status.ROW_REFUSED,
        "kind = 'notice'",
        None,
        "Cette publication n'annonce aucun marché attribué (projet, avis ou lien) : elle n'entre pas "
        "dans la table des marchés.",
        "Le registre montre des marchés conclus ; l'enregistrement reste téléchargeable.",
    ),
    Rule(
        "concession-parmi-les-marches",
        "contracts",
        "kind",
        Status.NOTED,
        "kind = 'concession' AND container = 'marches' AND version = '0'",
        None,
        "Un contrat de concession figure dans la liste des marchés : il est lu comme une concession. "
        "Publiez-le dans sa propre liste.",
        "Ses champs ne sont pas ceux d'un marché : valeur globale, date de signature, concessionnaires.",
    ),
    Rule(
        "sans-titulaire",
        "contracts",
        "id",
        Status.NOTED,
        "version = '0' AND kind <> 'notice' AND source_row NOT IN (SELECT source_row FROM raw.suppliers)",
        None,
        "Le marché n'a pas de titulaire. Ajoutez son SIRET.",
        "Donnée essentielle obligatoire.",
    ),
    Rule(
        "numero-repete",
        "contracts",
        "id",
        Status.NOTED,
        "version = '0' AND source_row IN (SELECT source_row FROM raw.repeated)",
        None,
        "L'acheteur a déjà publié un enregistrement de numéro « {original} » dans ce fichier : un "
        "seul est en vigueur, le plus récent. "
        "Donnez un numéro par marché, et une modification par changement.",
        "Deux lignes du même numéro compteraient deux fois.",
    ),
    Rule(
        "numero-partage",
        "contracts",
        "id",
        Status.NOTED,
        "version = '0' AND source_row IN (SELECT source_row FROM raw.shared)",
        None,
        "Le numéro « {original} » sert à plusieurs acheteurs : il ne reconnaît un marché qu'avec le "
        "SIRET de l'acheteur.",
        "Joindre des fichiers par ce seul numéro mêlerait des marchés sans rapport.",
    ),
    Rule(
        "identifiant-unique-different",
        "contracts",
        "declared_uid",
        Status.NOTED,
        "declared_uid <> buyer_id || id",
        None,
        "L'identifiant unique « {original} » n'est pas le SIRET de l'acheteur suivi du numéro : le numéro est retenu.",
        "L'identifiant unique se calcule : celui du fichier peut porter un autre numéro.",
    ),
)
