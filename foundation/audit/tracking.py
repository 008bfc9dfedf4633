"""Row history: `@tracked()` makes the database keep every state of a model's rows.

Triggers write the events, so `bulk_create`, `bulk_update`, `update()`, raw SQL and COPY are recorded as well as `save()`.
An event holds the whole row, the label (`insert`, `update`, `delete`), the request's context and the transaction number
by which seals and pages find it. TRUNCATE is not seen by row triggers: the application's role may not do it.
"""

import pghistory
import pgtrigger
from django.db import models
from pghistory.models import Event

from .fields import transaction_id_field

LABELS = ("insert", "update", "delete")


class RowEvent(Event):
    """One state of one row of a tracked model; the fields of the model are added by `tracked`."""

    pgh_id = models.BigAutoField(primary_key=True)
    xact = transaction_id_field()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.pgh_tracked_model._meta.label} {self.pgh_obj_id} {self.pgh_label} #{self.pgh_id}"


def tracked(*, exclude=(), app_label=None, model_name=None):
    """Class decorator: keep every insert, update and delete of the model's rows in `<app>.<Model>RowEvent`.

    `exclude` names fields whose values must not stand in history (password hashes, look-up keys) or only make noise
    (`last_login`); a change of excluded fields alone makes no event. `app_label` is needed only for a model of another
    package. Many-to-many tables are tracked by decorating an explicit `through` model.

    At statement level the old and the new row are matched by primary key, so keys must not change: a trigger refuses it.
    """

    def decorate(model):
        event = pghistory.create_event_model(
            model,
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=list(exclude),
            obj_field=pghistory.ObjForeignKey(related_name="row_events", related_query_name="row_event", db_index=True),
            context_field=pghistory.ContextJSONField(),
            context_id_field=pghistory.ContextUUIDField(),
            append_only=True,
            model_name=model_name or f"{model.__name__}RowEvent",
            app_label=app_label,
            base_model=RowEvent,
            meta={"default_permissions": ()},
            abstract=False,
            level=pghistory.Statement,
        )
        _drop_copied_indexes(event)
        _fix_primary_key(model)
        return model

    return decorate


def _drop_copied_indexes(event):
    """History is read by object, by transaction or by id; an index per copied foreign key only slows every write."""
    for field in event._meta.local_fields:
        if isinstance(field, models.ForeignKey) and field.name != "pgh_obj":
            field.db_index = False


def _fix_primary_key(model):
    """Refuse an UPDATE that changes the key: without it, such a statement would leave no event.

    The trigger fires only when a statement names the key column, which the ORM never does: it costs nothing.
    """
    key = model._meta.pk
    pgtrigger.register(
        pgtrigger.Protect(
            name="key_is_fixed",
            operation=pgtrigger.UpdateOf(key.column),
            condition=pgtrigger.Q(**{f"old__{key.name}__df": pgtrigger.F(f"new__{key.name}")}),
        )
    )(model)
