"""The rules of public procurement: what is said, and done, of each defect that real files hold."""

from parvis.core.registers.register import Rule, Status

RULES = (
    Rule(
        slug="date-avec-fuseau-notified_on",
        table="contracts",
        column="notified_on",
        status=Status.REPAIRED,
        when="regexp_full_match(notified_on, '[0-9]{4}-[0-9]{2}-[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})')",
        value="left(notified_on, 10)",
        sentence="« {original} » : un jour n'a pas de fuseau horaire ; lu « {value} ». Écrivez le jour seul, AAAA-MM-JJ.",
        why="Un jour civil n'a pas de fuseau : le garder ferait changer de jour selon qui lit.",
    ),
)
