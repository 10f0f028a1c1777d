"""Let an erasure, and nothing else, change a frozen row: the words of a verdict, or those that a report took up."""

from importlib import import_module

from django.db import migrations

frozen = import_module("parvis.core.undertakings.migrations.0002_frozen_rows")

MARK = "[Contenu effac"  # JSON may write the accent as an escape
KEPT = {
    "verdict": ("id", "undertaking_id", "stage", "reader", "mandate_id", "completion", "did_it_open_government",
                "is_verifiable", "is_relevant", "opened_values", "given_at"),
    "review": ("id", "plan_id", "slug", "title", "opened_at", "mandate_id"),
}  # fmt: skip
ERASED = {"verdict": f"NEW.reasons LIKE '{MARK}%'", "review": f"CAST(NEW.report AS text) LIKE '%{MARK}%'"}

SQLITE = """
CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN NOT ({erased} AND {kept})
BEGIN SELECT RAISE(ABORT, '{sentence}'); END
"""
POSTGRESQL = """
CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN (NOT ({erased} AND {kept}))
EXECUTE FUNCTION parvis_refuse_change()
"""


def let_words_go(apps, editor):
    made = SQLITE if _is_sqlite(editor) else POSTGRESQL
    for table, columns in KEPT.items():
        kept = " AND ".join(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in columns)
        _replace(editor, table, made, erased=ERASED[table], kept=kept)


def keep_words(apps, editor):
    for table in KEPT:
        _replace(editor, table, frozen.SQLITE if _is_sqlite(editor) else frozen.POSTGRESQL)


def _is_sqlite(editor):
    return editor.connection.vendor == "sqlite"


def _replace(editor, table, made, **parts):
    names = {"name": f"{table}_is_frozen", "table": f"undertakings_{table}", "sentence": frozen.SENTENCE}
    on = "" if _is_sqlite(editor) else f" ON undertakings_{table}"
    editor.execute(f"DROP TRIGGER {table}_is_frozen{on}")
    editor.execute(made.format(**names, **parts), params=None)  # « % » is of LIKE


class Migration(migrations.Migration):
    dependencies = [("undertakings", "0002_frozen_rows")]
    operations = [migrations.RunPython(let_words_go, keep_words)]
