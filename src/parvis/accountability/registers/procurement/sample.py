"""Write a fictitious file of procurement data (DECP 2022, a contract a line), always the same for the same seed.

Every name says « fictif ». Defects come at known rates, so that pages, rules and flags have something to show.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

TOWNS = (
    "75056",
    "69123",
    "13055",
    "31555",
    "06088",
    "44109",
    "34172",
    "67482",
    "33063",
    "59350",
    "35238",
    "80021",
    "2A004",
    "97411",
)
WORKS = (
    "Réfection de la toiture",
    "Voirie",
    "Restauration scolaire",
    "Maintenance du chauffage",
    "Achat de véhicules",
    "Assurance",
)
CPV = ("45261910", "45233140", "55523100", "50720000", "34110000", "66510000")
PROCEDURES = ("Procédure adaptée", "Appel d'offres ouvert", "Procédure avec négociation", "Appel d'offres restreint")
FIRST_DAY = date(2024, 1, 1)


def key(digits: str) -> str:
    """Return the digit that makes these digits pass Luhn's test once it is added."""
    total = sum(sum(divmod(int(digit) * (2 - at % 2), 10)) for at, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def siret(number: int) -> str:
    """Return a SIRET of valid keys in the numbers below 000 999 999, where no organisation stands."""
    siren = f"{number:08d}"
    siren += key(siren)
    head = f"{siren}0001"
    return head + key(head)


class Fiction:
    """The buyers and suppliers of a file, and the luck of its seed."""

    def __init__(self, seed: int, contracts: int) -> None:
        """Draw the parties: about a buyer for fifty contracts, a supplier for twenty."""
        self.luck = Random(seed)  # noqa: S311  # fiction, not secrecy
        self.buyers = [siret(n) for n in range(max(3, min(contracts // 50, 40_000)))]
        self.suppliers = [siret(40_000 + n) for n in range(max(5, min(contracts // 20, 59_999)))]
        self.shares = list(accumulate(1 / (n + 1) for n in range(len(self.suppliers))))

    def contract(self, number: int) -> dict[str, object]:
        """Return one contract, plausible, with the defects that its draw gives it."""
        luck = self.luck
        buyer = luck.randrange(len(self.buyers))
        kind = luck.randrange(len(WORKS))
        notified = FIRST_DAY + timedelta(days=luck.randrange(700))
        contract: dict[str, object] = {
            "id": f"F{notified:%y}{number:08d}",
            "acheteur": {"id": self.buyers[buyer], "nom": f"Commune fictive n° {buyer + 1}"},
            "nature": "Marché",
            "objet": f"{WORKS[kind]} (marché fictif n° {number})",
            "codeCPV": CPV[kind],
            "procedure": luck.choices(PROCEDURES, (70, 22, 5, 3))[0],
            "lieuExecution": {"code": luck.choice(TOWNS), "typeCode": "Code commune"},
            "dureeMois": luck.choice((1, 3, 6, 12, 12, 24, 36, 48)),
            "dateNotification": notified.isoformat(),
            "datePublicationDonnees": (notified + timedelta(days=int(luck.expovariate(1 / 40)))).isoformat(),
            "montant": round(luck.lognormvariate(11, 1.2), 2),
            "formePrix": luck.choice(("Unitaire", "Forfaitaire", "Mixte")),
            "offresRecues": min(12, 1 + int(luck.expovariate(0.45))),
            "titulaires": [{"titulaire": self._supplier()} for _ in range(1 if luck.random() < 0.9 else 2)],
        }
        if luck.random() < 0.05:
            contract["modifications"] = [{"modification": self._change(notified)}]
        if luck.random() < 0.06:
            self._spoil(contract)
        return contract

    def _supplier(self) -> dict[str, object]:
        at = self.luck.choices(range(len(self.suppliers)), cum_weights=self.shares)[0]
        return {
            "typeIdentifiant": "SIRET",
            "id": self.suppliers[at],
            "denominationSociale": f"Entreprise fictive n° {at + 1}",
        }

    def _change(self, notified: date) -> dict[str, object]:
        day = notified + timedelta(days=self.luck.randrange(30, 300))
        return {
            "id": 1,
            "objetModification": "Avenant fictif",
            "dateNotificationModification": day.isoformat(),
            "datePublicationDonneesModification": (day + timedelta(days=20)).isoformat(),
            "montant": round(self.luck.lognormvariate(11, 1.2), 2),
        }

    def _spoil(self, contract: dict[str, object]) -> None:
        """Give the contract one defect among those that real files hold."""
        name, value = self.luck.choice(
            (
                ("dureeMois", "NC"),
                ("offresRecues", 0),
                ("montant", 0),
                ("montant", 1),
                ("codeCPV", f"{contract['codeCPV']}-1"),
                ("dateNotification", f"{contract['dateNotification']}+01:00"),
                ("dateNotification", None),
                (
                    "titulaires",
                    [
                        {
                            "titulaire": {
                                "typeIdentifiant": "SIRET",
                                "id": self.suppliers[0][:9],
                                "denominationSociale": "Fictif",
                            }
                        }
                    ],
                ),
            )
        )
        contract[name] = value


def contracts(count: int, seed: int = 2015) -> Iterator[dict[str, object]]:
    """Give `count` fictitious contracts, the same for the same seed and count."""
    fiction = Fiction(seed, count)
    yield from map(fiction.contract, range(1, count + 1))


def write(path: Path, count: int, seed: int = 2015) -> Path:
    """Write a fictitious file of this many contracts, as it is drawn."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    with path.open("w", encoding="utf-8") as file:
        file.write('{"marches": {"marche": [\n')
        for rank, contract in enumerate(contracts(count, seed)):
            file.write((",\n" if rank else "") + encode(contract))
        file.write("\n]}}\n")
    return path


def demonstration(folder: Path) -> Path:
    """Write the file that stands for real ones where there are none."""
    return write(folder / "marches-fictifs.json", 5_000)
