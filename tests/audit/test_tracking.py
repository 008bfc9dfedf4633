"""Every way of writing a tracked row leaves an event; nothing else does; keys and events cannot be changed."""

import io

import pghistory
import pgtrigger
import pytest
from django.apps import apps
from django.db import InternalError, connection, transaction

from foundation.accounts.models import User
from foundation.audit.registry import event_models, is_protected
from foundation.audit.tracking import RowEvent
from foundation.organizations.models import Organization

from ..support.people import make_unit, make_user

COPY = "COPY organizations_organization (code, name, short_name, kind, path, sort, division_code, level, nature) FROM STDIN"
INSERT = (
    "INSERT INTO organizations_organization (code, name, short_name, kind, path, sort, division_code, level, nature)"
    " VALUES ('r1', 'n', '', 'jurisdiction', '900001', 0, '', '', '')"
)
# Models without row history, each with the reason; everything else must be tracked or append-only.
UNTRACKED = {
    "accounts.PastPassword": "hashes of former passwords: written once, deleted by age, never shown",
    "assessments.RecalculationBatch": "progress of a calculation: the run it makes is sealed",
    "assessments.RecalculationJob": "progress of a calculation: the run it makes is sealed",
    "audit.Seal": "held by its own chain",
    "casework.CaseReading": "a counter of who looked when, itself the record",
    "exchange.ImportChange": "written once by the import that it can undo; the rows it names have their own history",
    "exchange.ImportPart": "parts of a file's bytes, written once; the batch holds their digest",
    "exchange.ImportRow": "staged rows of a file whose bytes are kept",
    "regulations.TableVersion": "counter that tells caches to read again",
}


def labels(code):
    """Labels of the events of a unit, in order."""
    events = Organization.pgh_event_model.objects.filter(code=code).order_by("pgh_id")
    return list(events.values_list("pgh_label", flat=True))


def unit(code, **fields):
    values = {"name": code, "kind": "jurisdiction", "path": f"9{code[:5]:0>5}"} | fields
    return Organization(code=code, **values)


@pytest.mark.django_db
class TestEveryWayOfWriting:
    def test_save(self):
        made = make_unit("s")
        made.name = "changed"
        made.save()
        assert labels("s") == ["insert", "update"]

    def test_bulk_create_and_bulk_update(self):
        Organization.objects.bulk_create([unit("b1"), unit("b2")])
        units = list(Organization.objects.all())
        for each in units:
            each.name = "changed"
        Organization.objects.bulk_update(units, ["name"])
        assert labels("b1") == labels("b2") == ["insert", "update"]

    def test_update_of_a_queryset(self):
        Organization.objects.bulk_create([unit("u1"), unit("u2")])
        Organization.objects.filter(code="u1").update(name="changed")
        assert labels("u1") == ["insert", "update"]
        assert labels("u2") == ["insert"]

    def test_update_or_create_on_conflict(self):
        Organization.objects.bulk_create([unit("c1", path="900001")])
        Organization.objects.bulk_create(
            [unit("c1", path="900001", name="second")],
            update_conflicts=True,
            update_fields=["name"],
            unique_fields=["code"],
        )
        assert labels("c1") == ["insert", "update"]

    def test_raw_sql_and_copy(self):
        with connection.cursor() as cursor:
            cursor.execute(INSERT)
            cursor.execute("UPDATE organizations_organization SET name = 'changed' WHERE code = 'r1'")
            line = io.StringIO("r2\tn\t\tjurisdiction\t900002\t0\t\t\t\n")
            cursor.copy_expert(COPY, line)
            cursor.execute("DELETE FROM organizations_organization WHERE code IN ('r1', 'r2')")
        assert labels("r1") == ["insert", "update", "delete"]
        assert labels("r2") == ["insert", "delete"]

    def test_delete_keeps_the_last_state(self):
        make_unit("d", name="last").delete()
        event = Organization.pgh_event_model.objects.get(code="d", pgh_label="delete")
        assert event.name == "last"

    def test_a_transaction_rolled_back_leaves_nothing(self):
        with transaction.atomic():
            make_unit("gone")
            transaction.set_rollback(True)
        assert labels("gone") == []


@pytest.mark.django_db
class TestWhatAnEventHolds:
    def test_an_update_that_changes_nothing_is_no_event(self):
        make_unit("n")
        Organization.objects.update(name="Unit n")
        assert labels("n") == ["insert"]

    def test_excluded_fields_do_not_stand_in_history(self):
        user = make_user("secretive")
        user.set_password("Another-Secret-1")
        user.save()
        names = {field.name for field in User.pgh_event_model._meta.get_fields()}
        assert names.isdisjoint({"password", "last_login"})
        assert User.pgh_event_model.objects.filter(pgh_obj_id=user.pk).count() == 1

    def test_the_transaction_and_the_context_stand_in_it(self):
        with pghistory.context(user="7", request="abc"):
            make_unit("x")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint")
            current = cursor.fetchone()[0]
        event = Organization.pgh_event_model.objects.get(code="x")
        assert event.xact == current
        assert event.pgh_context == {"user": "7", "request": "abc"}


@pytest.mark.django_db
class TestWhatIsRefused:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE organizations_organization SET id = id + 1000, name = 'hidden'",
            "UPDATE organizations_organizationrowevent SET name = 'hidden'",
            "DELETE FROM organizations_organizationrowevent",
        ],
        ids=["a change of the key", "a change of an event", "a deletion of an event"],
    )
    def test_the_trigger_refuses(self, statement):
        make_unit("k")
        with pytest.raises(InternalError, match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert labels("k") == ["insert"]

    def test_an_update_that_names_the_key_without_changing_it_is_recorded(self):
        make_unit("k")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE organizations_organization SET id = id, name = 'seen'")
        assert labels("k") == ["insert", "update"]


class TestEveryModel:
    def test_every_tracked_model_tracks_inserts_updates_and_deletes(self):
        for events in event_models():
            assert {tracker.label for tracker in events.pgh_trackers} == {"insert", "update", "delete"}, events
            assert {tracker.level for tracker in events.pgh_trackers} == {pgtrigger.Statement}, events

    def test_history_has_no_indexes_beyond_row_and_transaction(self):
        for events in event_models():
            indexed = {field.name for field in events._meta.local_fields if field.db_index}
            assert indexed == {"pgh_obj", "xact"}, events

    def test_every_table_has_history_or_is_append_only_or_says_why_not(self):
        rooms = [config for config in apps.get_app_configs() if config.name.split(".")[0] in ROOMS]
        models = [model for config in rooms for model in config.get_models(include_auto_created=True)]
        plain = {
            model._meta.label
            for model in models
            if not issubclass(model, RowEvent) and not is_protected(model) and not hasattr(model, "pgh_event_models")
        }
        assert plain | {"audit.Seal"} == set(UNTRACKED)


ROOMS = {"foundation", "officials", "supervision", "tolerance", "assessments", "cadremgmt"}
