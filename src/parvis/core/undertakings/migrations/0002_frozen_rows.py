"""Let the database itself refuse any change to a frozen row, whoever asks."""

from django.db import migrations

TABLES = ("correction", "measure", "review", "verdict")
SENTENCE = "Ce qui est figé ne se modifie pas : faites une nouvelle mesure, ou une nouvelle revue."

SQLITE = """
CREATE TRIGGER {name} BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{sentence}'); END
"""
FUNCTION = """
CREATE FUNCTION parvis_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION parvis_refuse_change()
"""


def freeze(apps, editor):
    is_sqlite = editor.connection.vendor == "sqlite"
    if not is_sqlite:
        editor.execute(FUNCTION.format(sentence=SENTENCE))
    for table in TABLES:
        names = {"name": f"{table}_is_frozen", "table": f"undertakings_{table}", "sentence": SENTENCE}
        editor.execute((SQLITE if is_sqlite else POSTGRESQL).format(**names))


def thaw(apps, editor):
    is_sqlite = editor.connection.vendor == "sqlite"
    for table in TABLES:
        on = "" if is_sqlite else f" ON undertakings_{table}"
        editor.execute(f"DROP TRIGGER {table}_is_frozen{on}")
    if not is_sqlite:
        editor.execute("DROP FUNCTION parvis_refuse_change()")


class Migration(migrations.Migration):
    dependencies = [("undertakings", "0001_initial")]
    operations = [migrations.RunPython(freeze, thaw)]
