"""No table points into another room: rooms meet in the core, by slug."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps


def room(model: type[models.Model]) -> str:
    """Return the room of a model; the core and Django's own are everyone's."""
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "parvis" else "core"


def crossings(tables: Iterable[type[models.Model]]) -> Iterator[str]:
    for table in tables:
        for field in table._meta.get_fields():
            if field.is_relation and field.concrete and room(field.related_model) not in {room(table), "core"}:
                yield f"{table.__name__}.{field.name} points into {room(field.related_model)}"


def test_no_table_points_into_another_room() -> None:
    assert list(crossings(apps.get_models())) == []


@isolate_apps("parvis.commons", "parvis.plan")
def test_a_crossing_is_caught() -> None:
    class Promise(models.Model):
        __module__ = "parvis.plan.models"

        class Meta:
            app_label = "plan"

    class Dataset(models.Model):
        __module__ = "parvis.commons.models"
        promise = models.ForeignKey(Promise, on_delete=models.PROTECT)

        class Meta:
            app_label = "commons"

    assert list(crossings([Promise, Dataset])) == ["Dataset.promise points into plan"]
