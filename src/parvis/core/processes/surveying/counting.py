"""What was answered to a survey, counted by SQL over the frozen export alone: anyone finds the same numbers again."""

from typing import Final

from parvis.core.processes.exporting.asking import Question
from parvis.core.processes.kinds import KINDS, Field, FieldType

COUNTED: Final = """with choix(rang, code, reponse) as (
    values
    {choices}
), donnees as (
    select {read} as code
    from contributions
    where {given}
)
select choix.reponse, count(donnees.code) as personnes
from choix
left join donnees on donnees.code = choix.code
group by choix.rang, choix.reponse
order by choix.rang"""

LISTED: Final = """select number as contribution, {read} as reponse
from contributions
where {given}
order by number"""

ANSWERED: Final = """select count(*) as personnes
from contributions
where {given}"""

AXES: Final = ("reponse", "personnes")


def is_counted(field: Field) -> bool:
    """Whether its answers are counted; those of an open question are listed."""
    return field.type in {FieldType.CHOICE, FieldType.CHOICES, FieldType.SCALE}


def answers(field: Field) -> Question:
    """Return the question of the answers: how many for each choice or mark, or each one where they are open."""
    read = f"json_extract_string(fields, {_path(field)})"
    if field.type is FieldType.CHOICES:
        read = f"unnest(cast(json_extract(fields, {_path(field)}) as varchar[]))"
    given = f"{_survey()} and json_exists(fields, {_path(field)})"
    rows = (f"({rank}, {_text(code)}, {_text(words)})" for rank, (code, words) in enumerate(_choices(field), 1))
    template = COUNTED if is_counted(field) else LISTED
    sql = template.format(choices=",\n    ".join(rows), read=read, given=given)
    return Question(field.name, field.title, AXES, sql)


def answered(field: Field | None = None) -> Question:
    """Return the question of how many people answered a field, or sent the survey: who chose twice answered once."""
    given = _survey() if field is None else f"{_survey()} and json_exists(fields, {_path(field)})"
    return Question("personnes", "Combien de personnes ont répondu ?", AXES, ANSWERED.format(given=given))


def _survey() -> str:
    slugs = ", ".join(_text(kind.slug) for kind in KINDS.filled().values() if kind.asks_process)
    return f"kind in ({slugs}) and state = 'published'"


def _choices(field: Field) -> list[tuple[str, str]]:
    if field.type is FieldType.SCALE:
        return [(str(one), str(one)) for one in range(field.lowest, field.highest + 1)]
    return list((field.choices or {}).items())


def _path(field: Field) -> str:
    """Return where the answer is in what was written, as a JSON pointer (RFC 6901)."""
    return _text(f"/{field.name.replace('~', '~0').replace('/', '~1')}")


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
