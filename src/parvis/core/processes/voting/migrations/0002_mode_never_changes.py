"""The mode, the question and the options of a poll are fixed when it opens: the database refuses any change."""

from django.db import migrations

SENTENCE = "Le mode, la question et les options d''un vote ne changent jamais."

SQLITE = f"""
CREATE TRIGGER poll_promise_never_changes
BEFORE UPDATE OF slug, form, mode, question, options ON voting_poll
WHEN (OLD.slug, OLD.form, OLD.mode, OLD.question, OLD.options)
  IS NOT (NEW.slug, NEW.form, NEW.mode, NEW.question, NEW.options)
BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END
"""
POSTGRESQL = f"""
CREATE FUNCTION poll_promise_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'check_violation'; END $$;
CREATE TRIGGER poll_promise_never_changes BEFORE UPDATE ON voting_poll FOR EACH ROW
WHEN ((OLD.slug, OLD.form, OLD.mode, OLD.question, OLD.options)
  IS DISTINCT FROM (NEW.slug, NEW.form, NEW.mode, NEW.question, NEW.options))
EXECUTE FUNCTION poll_promise_never_changes()
"""


def guard(apps, schema_editor):
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)


def unguard(apps, schema_editor):
    schema_editor.execute(
        "DROP TRIGGER poll_promise_never_changes"
        if schema_editor.connection.vendor == "sqlite"
        else "DROP FUNCTION poll_promise_never_changes CASCADE"
    )


class Migration(migrations.Migration):
    dependencies = [("voting", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
