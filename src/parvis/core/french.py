"""Numbers, sums and days as French readers expect them. U+202F, the narrow no-break space, groups thousands."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

NARROW = "\u202f"
NO_BREAK = "\u00a0"
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
PARIS = ZoneInfo("Europe/Paris")
MANY_DIGITS = 4
MOST_DIGITS = 9
BYTES_A_STEP = 1000  # SI: a kilo-octet is 1,000 octets


def number(value: float | Decimal, digits: int | None = None) -> str:
    """Write 1234567.5 as « 1 234 567,5 ».

    Without `digits`, an integer keeps none and any other number keeps at most two, without trailing zeros.
    """
    exact = Decimal(str(value))
    rounded = exact.quantize(Decimal(1).scaleb(-(2 if digits is None else digits)), rounding=ROUND_HALF_UP)
    text = f"{rounded or abs(rounded):,f}"
    if digits is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(",", NARROW).replace(".", ",").replace("-", "\u2212")


def exact(value: float) -> str:
    """Write a number with all its digits, nine after the comma at most: 0.045 gives « 0,045 »."""
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    written = number(value, min(MOST_DIGITS, max(0, -exponent)) if isinstance(exponent, int) else 0)
    return written.rstrip("0").rstrip(",") if "," in written else written


def euros(value: float | Decimal) -> str:
    """Write a sum: cents only where there are some."""
    exact = Decimal(str(value))
    return f"{number(exact, 0 if exact == exact.to_integral_value() else 2)}{NO_BREAK}€"


def big_euros(value: float | Decimal) -> str:
    """Write a large sum shortly: « 1,2 Md€ », « 340 M€ », « 12 k€ »; the exact sum belongs beside it."""
    exact = Decimal(str(value))
    for step, unit in ((Decimal(10**9), "Md€"), (Decimal(10**6), "M€"), (Decimal(10**3), "k€")):
        if abs(exact) >= step:
            return f"{number(exact / step, 1).removesuffix(',0')}{NO_BREAK}{unit}"
    return euros(exact)


def percent(value: float | Decimal, digits: int = 1) -> str:
    """Write a share already in percent: 43.26 gives « 43,3 % ».

    What is not quite 0 or 100 is never rounded to it: 99.96 gives « 99,96 % ».
    """
    exact = Decimal(str(value))
    while digits < MANY_DIGITS and round(exact, digits) in {0, 100} and exact not in {0, 100}:
        digits += 1
    written = number(exact, digits)
    return f"{written.rstrip('0').rstrip(',') if ',' in written else written}{NARROW}%"


def day(value: date) -> str:
    """Write « 1er juillet 2015 » in one piece, in Paris for an instant."""
    local = value.astimezone(PARIS) if isinstance(value, datetime) else value
    first = f"1er{NO_BREAK}" if local.day == 1 else f"{local.day}{NO_BREAK}"
    return f"{first}{MONTHS[local.month - 1]}{NO_BREAK}{local.year}"


def month(value: date) -> str:
    """Write « juillet 2015 »."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def period(text: str) -> str:
    """Write an ISO 8601 date or interval as it is known: « avril 2014 », « du 13 au 30 juin 2016 »."""
    start, _, end = text.partition("/")
    if not end:
        return _partial(start)
    if start[:7] == end[:7]:
        return f"du {int(start[8:])} au {_partial(end)}"
    if len(start) == len("2015-07-01"):
        return f"du {_partial(start)} au {_partial(end)}"
    return f"{'d’' if _partial(start)[0] in 'ao' else 'de '}{_partial(start)} à {_partial(end)}"


def _partial(text: str) -> str:
    """Write a year, a month or a day, whichever is known."""
    if len(text) == len("2015"):
        return text
    if len(text) == len("2015-07"):
        return month(date.fromisoformat(f"{text}-01"))
    return day(date.fromisoformat(text))


def moment(value: datetime) -> str:
    """Write « 1er juillet 2015 à 14 h 05 », the hour being Paris's."""
    local = value.astimezone(PARIS)
    return f"{day(local)} à {local.hour}{NO_BREAK}h{NO_BREAK}{local.minute:02d}"


def size(octets: int) -> str:
    """Write a file's size: « 12,3 Mo »."""
    amount, units = Decimal(octets), iter(("o", "ko", "Mo", "Go", "To"))
    unit = next(units)
    while amount >= BYTES_A_STEP and unit != "To":
        amount, unit = amount / BYTES_A_STEP, next(units)
    return f"{number(amount, 0 if unit == 'o' else 1).removesuffix(',0')}{NO_BREAK}{unit}"


def count(value: int, words: str) -> str:
    """Count in French, where 0 and 1 are singular: `count(2, "ligne,lignes")` gives « 2 lignes »."""
    singular, plural = words.split(",")
    return f"{number(value)}{NO_BREAK}{singular if abs(value) < 2 else plural}"


def of(words: str) -> str:
    """Put « de » before words: « de publier », « d'ouvrir »."""
    return f"d'{words}" if words.startswith(tuple("aeiouéèêâîô")) else f"de {words}"
