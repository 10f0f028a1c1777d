"""Pseudonyms that no other resembles, confirmed addresses, erased accounts, sessions that know their account."""

from django.db import migrations, models
from django.db.models import Q

from parvis.core.actors.pseudonyms import fold


def fold_and_vouch(apps, schema_editor):
    """Accounts of before were all opened by the operator, who vouches for them; of two alike, the later is numbered."""
    taken = set()
    for actor in apps.get_model("actors", "Actor").objects.order_by("pk"):
        folded = fold(actor.public_name) or "?"
        actor.folded_name = folded if folded not in taken else f"{folded}-{actor.pk}"
        actor.confirmed_at = actor.date_joined
        actor.email = actor.email.lower()
        actor.save(update_fields=["folded_name", "confirmed_at", "email"])
        taken.add(actor.folded_name)


FOLDED = "nom public, tel qu'un œil le retient"


class Migration(migrations.Migration):
    dependencies = [("actors", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("account", models.BigIntegerField(db_index=True, null=True, verbose_name="compte")),
            ],
            options={"verbose_name": "session"},
        ),
        migrations.AlterField(
            "actor",
            "email",
            models.EmailField(max_length=254, null=True, unique=True, verbose_name="adresse électronique"),
        ),
        migrations.AddField(
            "actor",
            "confirmed_at",
            models.DateTimeField(editable=False, null=True, verbose_name="adresse confirmée le"),
        ),
        migrations.AddField(
            "actor", "erased_at", models.DateTimeField(editable=False, null=True, verbose_name="effacé le")
        ),
        migrations.AddField("actor", "folded_name", models.CharField(max_length=240, null=True, verbose_name=FOLDED)),
        migrations.RunPython(fold_and_vouch, migrations.RunPython.noop),
        migrations.AlterField(
            "actor",
            "folded_name",
            models.CharField(editable=False, max_length=240, unique=True, verbose_name=FOLDED),
        ),
        migrations.AddConstraint(
            "actor",
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(email__isnull=False), name="confirmed_account_has_an_address"
            ),
        ),
        migrations.AddConstraint(
            "actor",
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(email=None, confirmed_at=None, is_active=False),
                name="erased_account_keeps_nothing",
            ),
        ),
    ]
