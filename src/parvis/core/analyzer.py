"""Cut French text into the lexemes by which it is found: « l'Œuvre » is found by « oeuvres ».

Measured on 24 queries with plurals, accents, ligatures and elisions over titles: 22 found (reference/stack.md §6).
`WORDS` is the same cutting in DuckDB's SQL; a test holds the two together on real texts.
"""

import re
import unicodedata
from functools import lru_cache

from Stemmer import Stemmer

ELIDED = "jusqu|lorsqu|puisqu|quoiqu|qu|l|d|j|n|s|c|m|t"
STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """a à au aux avec ce ces cet cette dans de des du elle en et eux il ils je la le les leur leurs lui ma mais me
        mes mon ne nos notre nous on ou où par pas pour qu que qui sa sans se ses son sous sur ta te tes ton tu un une
        vos votre vous y""",
    )
)

_APOSTROPHES = str.maketrans("‘’ʼ", "'''")
_ELISION = re.compile(rf"(?<![^\W_])(?:{ELIDED})'")
_WORD = re.compile(r"[^\W_]+")
_STEMMER = Stemmer("french")

WORDS = rf"""regexp_extract_all(
    regexp_replace(
        lower(nfc_normalize(translate({{text}}, '‘’ʼ', repeat(chr(39), 3)))),
        '(^|[^\p{{{{L}}}}\p{{{{N}}}}])({ELIDED})' || chr(39), '\1 ', 'g'),
    '[\p{{{{L}}}}\p{{{{N}}}}]+')"""
"""SQL that gives the list of words of a text; fill in `text` with str.format."""


LONGEST_LEXEME = 60
"""Characters of a lexeme that tables keep: longer words are no words."""

MOST_WORDS = 8
"""Words of a search that a database looks for: each is a join, and PostgreSQL's planner took 20 GB for hundreds."""


def words(text: str) -> list[str]:
    """Cut a text into words: composed, in lower case, without elisions."""
    plain = unicodedata.normalize("NFC", text.translate(_APOSTROPHES)).lower()
    return _WORD.findall(_ELISION.sub(" ", plain))


@lru_cache(maxsize=100_000)
def lexemes(word: str) -> tuple[str, ...]:
    """Return what one word is found by: its folded stem, and the stem of the folded word, often the same.

    >>> lexemes("bibliothèques")
    ('bibliothequ',)
    >>> lexemes("les")
    ()
    """
    if word in STOP_WORDS:
        return ()
    if not word.isalpha():
        return (fold(word),)
    return tuple(dict.fromkeys((fold(_STEMMER.stemWord(word)), fold(_STEMMER.stemWord(fold(word))))))


def fold(word: str) -> str:
    """Take away accents and ligatures.

    >>> fold("œuvrés")
    'oeuvres'
    """
    spelled = word.replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    return "".join(letter for letter in unicodedata.normalize("NFD", spelled) if not unicodedata.combining(letter))


def asked(text: str) -> list[tuple[str, ...]]:
    """Return what a search asks: for each of its words, the lexemes of which one must be there."""
    return list(dict.fromkeys(found for word in words(text) if (found := lexemes(word))))


def found_by(text: str) -> set[str]:
    """Return the lexemes by which a text is found, as tables keep them."""
    return {lexeme[:LONGEST_LEXEME] for word in words(text) for lexeme in lexemes(word)}
