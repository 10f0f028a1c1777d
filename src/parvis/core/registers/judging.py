"""Judge raw rows by a register's rules, in SQL: what each cell becomes, and what is said of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from parvis.core.registers.register import Register, Rule, Status

MACROS = r"""
CREATE MACRO as_integer(t) AS CASE WHEN regexp_full_match(t, '[+-]?[0-9]{1,18}(\.0+)?') THEN
    TRY_CAST(split_part(t, '.', 1) AS BIGINT) END;
CREATE MACRO as_date(t) AS CASE WHEN regexp_full_match(t, '[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN TRY_CAST(t AS DATE) END;
CREATE MACRO as_boolean(t) AS CASE lower(t) WHEN 'true' THEN true WHEN 'oui' THEN true WHEN '1' THEN true
    WHEN 'false' THEN false WHEN 'non' THEN false WHEN '0' THEN false END;
CREATE MACRO is_money(t) AS regexp_full_match(t, '[+-]?[0-9]{1,16}(\.[0-9]{1,2}0*)?');
"""
"""Casts that never round, guess or truncate: what they cannot read whole is NULL, and the cell is refused."""


@dataclass(frozen=True)
class Cell:
    """A raw column, the type it is published with, and the rules that look at it."""

    table: str
    column: str
    type: str
    rules: tuple[Rule, ...]

    @property
    def text(self) -> str:
        """Return the SQL of the cell's text once repaired, over the marks of its rules."""
        cases = [f"WHEN {mark(rule)} THEN {self._becomes(rule)}" for rule in self.rules if rule.status in CHANGING]
        return f'CASE {" ".join(cases)} ELSE "{self.column}" END' if cases else f'"{self.column}"'

    @staticmethod
    def _becomes(rule: Rule) -> str:
        return f"({rule.value})" if rule.status is Status.REPAIRED else "NULL"

    @property
    def is_changed(self) -> bool:
        """Whether what is published may differ from the raw text."""
        return self.type != "VARCHAR" or any(rule.status in CHANGING for rule in self.rules)

    @property
    def published(self) -> str:
        """Return the SQL name of the value to publish."""
        return (
            f'"typed {self.column}"'
            if self.type != "VARCHAR"
            else f'"text {self.column}"'
            if self.is_changed
            else f'"{self.column}"'
        )

    @property
    def typed(self) -> str:
        """Return the SQL of the published value, from the repaired text."""
        text = f'"text {self.column}"'
        kind = self.type.partition("(")[0]
        if kind == "DECIMAL":
            return f"CASE WHEN is_money({text}) THEN TRY_CAST({text} AS {self.type}) END"
        return {
            "VARCHAR": text,
            "DATE": f"as_date({text})",
            "BOOLEAN": f"as_boolean({text})",
        }.get(kind, f"TRY_CAST(as_integer({text}) AS {self.type})")

    @property
    def unreadable(self) -> Rule:
        """What is said of a text that no rule foresaw and that its type refuses."""
        return Rule(
            slug="illisible",
            table=self.table,
            column=self.column,
            status=Status.REFUSED,
            when=f'"text {self.column}" IS NOT NULL AND "typed {self.column}" IS NULL',
            value=None,
            sentence=f"« {{original}} » n'est pas {KINDS[self.type.partition('(')[0]]} : la valeur n'est pas publiée. "
            "Écrivez-la sous la forme attendue.",
            why="Rien ne devient vide ou zéro en silence.",
        )


CHANGING = {Status.REPAIRED, Status.REFUSED}
KINDS = {
    "DATE": "une date AAAA-MM-JJ",
    "DECIMAL": "un montant en euros, au plus deux décimales",
    "INTEGER": "un nombre entier",
    "BIGINT": "un nombre entier",
    "BOOLEAN": "« oui » ou « non »",
    "VARCHAR": "un texte",
}


def mark(rule: Rule) -> str:
    """Return the SQL name of the Boolean that says whether a rule holds for a row."""
    return f'"{rule.slug} {rule.column}"'


def cells(register: Register, table: str) -> list[Cell]:
    """Return the raw table's cells, each with the type of the published column of its name."""
    types = {column.name: column.type for published in register.tables for column in published.columns}
    rules = [rule for rule in register.rules if rule.table == table]
    return [
        Cell(table, column, types.get(column, "VARCHAR"), tuple(rule for rule in rules if rule.column == column))
        for column in register.raw_tables[table]
    ]


def judgement(register: Register, table: str) -> str:
    """Return the SQL that gives each raw row its published values, and its marks: a bit a rule that holds for it."""
    sheet = cells(register, table)
    marks = [f"coalesce({rule.when}, false) AS {mark(rule)}" for rule in register.rules if rule.table == table]
    texts = [f'{cell.text} AS "text {cell.column}"' for cell in sheet if cell.is_changed]
    typed = [f'{cell.typed} AS "typed {cell.column}"' for cell in sheet if cell.type != "VARCHAR"]
    unread = [f"coalesce({rule.when}, false) AS {mark(rule)}" for rule in unreadables(register, table)]
    query = described(register, table, "")
    for layer in (marks, texts, typed, unread):
        query = f"SELECT {', '.join(['*', *layer])} FROM ({query})"
    kept = [f'{cell.published} AS "{cell.column}"' for cell in sheet]
    columns = ", ".join(['source_row, "raw row"', *kept, *words(all_rules(register, table))])
    return f'CREATE TABLE judged."{table}" AS SELECT {columns} FROM ({query})'


def described(register: Register, table: str, where: str) -> str:
    """Return the SQL of raw rows with the columns that the register derives for its rules."""
    query = f'SELECT *, rowid AS "raw row" FROM raw."{table}" {where}'
    for layer in register.derived.get(table, ()):
        query = f"SELECT *, {layer} FROM ({query})"
    return query


WORD = 60
"""Marks in a word of bits; the words are columns of the judged table."""


def words(rules: list[Rule]) -> list[str]:
    """Return the SQL of the words that hold the marks of these rules."""
    bits = [f"(CAST({mark(rule)} AS BIGINT) << {number % WORD})" for number, rule in enumerate(rules)]
    starts = range(0, max(len(bits), 1), WORD)
    return [f'{" | ".join(bits[start : start + WORD]) or "0"} AS "marks {start // WORD}"' for start in starts]


def unreadables(register: Register, table: str) -> list[Rule]:
    return [cell.unreadable for cell in cells(register, table) if cell.type != "VARCHAR"]


def all_rules(register: Register, table: str) -> list[Rule]:
    """Return the declared rules of a raw table, then those that its types imply."""
    return [*(rule for rule in register.rules if rule.table == table), *unreadables(register, table)]


NO_KEY = "SELECT NULL::BIGINT AS source_row, NULL::VARCHAR AS key WHERE false"
SAID = """
CREATE TABLE rules (number INTEGER, "table" VARCHAR, "column" VARCHAR, rule VARCHAR, status VARCHAR, sentence VARCHAR);
CREATE TABLE said (source_row BIGINT, number INTEGER, original VARCHAR, value VARCHAR);
CREATE VIEW spoken AS SELECT source_row, number, "table", "column", rule, status, original, value,
    replace(replace(sentence, '{original}', coalesce(original, '')), '{value}', coalesce(value, '')) AS sentence
FROM said JOIN rules USING (number);
"""
"""What is said of cells: the rule that holds, what the source says, and what it becomes or would become."""

REFUSALS = """
CREATE TABLE refusals AS SELECT source_row, list(DISTINCT sentence ORDER BY sentence) AS reasons
FROM spoken WHERE status = 'row_refused' GROUP BY source_row
"""
"""The source rows that are refused whole, each with its reasons."""

DEFECTS = 'source_row, "table", "column", rule, status, original, value, sentence, key'


def met(register: Register, table: str) -> str:
    """Return the SQL of the words of the rules that hold for a row at least."""
    count = len(words(all_rules(register, table)))
    return f'SELECT {", ".join(f"""bit_or("marks {word}")""" for word in range(count))} FROM judged."{table}"'


def said(register: Register, rule: Rule, position: int) -> str:
    """Return the SQL of what one rule, at this position among those of its table, says and of which rows."""
    word, bit = divmod(position, WORD)
    marked = f'SELECT "raw row" FROM judged."{rule.table}" WHERE ("marks {word}" & {1 << bit}) <> 0'
    rows = described(register, rule.table, f"WHERE rowid IN ({marked})")
    value = f"CAST(({rule.value}) AS VARCHAR)" if rule.value is not None else "NULL"
    return f'SELECT source_row, ?, "{rule.column}", {value} FROM ({rows})'


def clean(register: Register, table: str) -> str:
    """Return the SQL of the view of a raw table's kept rows, typed and repaired."""
    columns = ", ".join(["source_row", *(f'"{column}"' for column in register.raw_tables[table])])
    return (
        f'CREATE VIEW clean."{table}" AS SELECT {columns} FROM judged."{table}" '
        "WHERE source_row NOT IN (SELECT source_row FROM refusals)"
    )


def default_assembly(table: str, columns: Iterable[str]) -> str:
    """Return the SQL of a published table that is its raw table, column for column."""
    return f'SELECT {", ".join(columns)} FROM clean."{table}" ORDER BY source_row'
