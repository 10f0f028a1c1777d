"""What the room asks of tables: the communes that bear a code or a name, in the register that is loaded here."""

from typing import Final

from parvis.core.registers.asking import shared
from parvis.core.registers.models import Release, current_folders
from parvis.core.simulators.contract import Choice

WHOLE: Final = 30_000
"""France has more communes: a list of fewer is a part of it, and cannot say that a code is nobody's."""

CODED: Final = """
select code, name from (
    select code, name, 1 as rank from communes.communes
    union all select code, name, 2 from communes.subdivisions where kind in ('COMD', 'COMA')
) where code = $text order by rank limit 1
"""
LETTERS: Final = "regexp_replace(strip_accents(replace(lower({}), 'œ', 'oe')), '[^a-z]', '', 'g')"
NAMED: Final = f"""
select code, name from communes.communes where {LETTERS.format("name")} = {LETTERS.format("$text")}
order by population desc nulls last, code
"""


def communes(text: str) -> tuple[Choice, ...] | None:
    """Return the communes that have a text for their code or their name; None where no whole list is loaded.

    A former commune that kept its code is found by it. Nothing is cached: it is what a person said.
    """
    real = Release.objects.current("communes").filter(fictitious=False)
    if not any(release.rows["communes"] >= WHOLE for release in real):
        return None
    sql = CODED if text[:1].isdigit() else NAMED
    return tuple(Choice(*row) for row in shared(current_folders()).cursor().execute(sql, {"text": text}).fetchall())
