"""The raw columns that share rules, each with its French name."""

DAYS = {
    "notified_on": "notification",
    "signed_on": "signature",
    "started_on": "début d'exécution",
    "published_on": "publication",
    "modified_on": "modification",
    "modification_published_on": "publication de la modification",
}
MONEY = {"amount": "Le montant", "global_value": "La valeur globale", "public_subsidy": "La subvention publique"}
COUNTS = {"duration_months": "La durée", "bids_received": "Le nombre d'offres"}
