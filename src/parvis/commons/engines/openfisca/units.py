"""Units as the package names them, in UCUM or ISO 4217."""

from typing import Final

from openfisca_core.periods import DateUnit

NAMED: Final = {
    "/1": "1",
    "currency": "EUR",
    "currency_next_year": "EUR",
    "year": "a",
    "years": "a",
    "month": "mo",
    "months": "mo",
    "day": "d",
    "hour": "h",
    "people": "1",
}
CODES: Final = ("codes départements", "ISO 3166-1 alpha-2")  # not quantities
PERIODS: Final = {DateUnit.YEAR: "/a", DateUnit.MONTH: "/mo", DateUnit.DAY: "/d"}


def unit(said: str | None) -> str:
    """Translate a unit; one that is a legal amount (« BMAF », « smic ») becomes a UCUM annotation."""
    if not said or said in CODES:
        return ""
    return NAMED.get(said) or f"{{{said}}}"


def unit_by(said: str | None, period: DateUnit) -> str:
    """Translate a variable's unit: an amount of money is one of its period."""
    found = unit(said)
    return found + PERIODS.get(period, "") if found == "EUR" else found
