"""Public names: what may be one, and when two of them would be read as the same."""

import unicodedata
from typing import Final

from parvis.core.errors import ParvisError

SHORTEST, LONGEST = 3, 40
"""Characters of a pseudonym, as it is shown."""

MARKS: Final = " '’-._"
"""What may stand between letters and figures."""

TWINS: Final = str.maketrans(
    {
        # Cyrillic and Greek letters drawn as Latin ones; figures read as letters; letters that Unicode does not take
        # apart. After UTS #39 (Unicode security mechanisms), the pairs that a name could use.
        **dict(zip("авекмнорстухіјѕԁӏԛԝһѵ", "abekmhopctyxijsdlqwhv", strict=True)),
        **dict(zip("αβεηικμνορτυχγωϲϳ", "abenikuvoptuxywcj", strict=True)),
        **dict(zip("01358", "olesb", strict=True)),
        "ı": "i",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "ħ": "h",
        "ɑ": "a",
        "ɡ": "g",
        "œ": "oe",
        "æ": "ae",
    }
)

RESERVED: Final = (
    "administrateur", "administration", "compte effacé", "équipe", "gouvernement", "modérateur", "modération",
    "ministère", "parvis", "préfecture", "République française", "service public",
)  # fmt: skip
"""Names that would be read as the institution's."""


class NotAPseudonym(ParvisError):
    """A public name that cannot be shown as a person's."""


def fold(name: str) -> str:
    """Return what an eye keeps of a name: two names with the same fold would be taken for each other.

    Case, accents, spaces and punctuation fall; letters and figures drawn alike become one.
    """
    drawn = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold()).translate(TWINS)
    kept = "".join(letter for letter in drawn if letter.isalnum())
    # « l », « I » and « 1 » have one drawing in many typefaces; « rn » is read « m », « vv » is read « w ».
    return kept.replace("i", "l").replace("rn", "m").replace("vv", "w")


def pseudonym(text: str) -> str:
    """Return a name as it will be shown: NFC, one space between words. Raises NotAPseudonym."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not SHORTEST <= len(name) <= LONGEST:
        raise NotAPseudonym(f"Un nom public a de {SHORTEST} à {LONGEST} caractères ; celui-ci en a {len(name)}.")
    if not all(letter.isalnum() or letter in MARKS or unicodedata.combining(letter) for letter in name):
        raise NotAPseudonym(
            "Un nom public s'écrit avec des lettres, des chiffres, des espaces, des tirets, des points et des "
            "apostrophes. Une adresse électronique n'en est pas un."
        )
    return _read_as_a_person(name)


def _read_as_a_person(name: str) -> str:
    if len({script(letter) for letter in name if letter.isalpha()}) != 1:
        raise NotAPseudonym(
            "Un nom public a des lettres, et d'un seul alphabet : sans cela, il imiterait le nom d'une autre personne."
        )
    if fold(name) in {fold(word) for word in RESERVED}:
        raise NotAPseudonym(f"« {name} » serait lu comme le nom d'un service public. Choisissez-en un autre.")
    return name


def script(letter: str) -> str:
    """Return the alphabet of a letter: the first word of its Unicode name (LATIN, CYRILLIC, GREEK…)."""
    return unicodedata.name(letter, "?").split(" ")[0]
