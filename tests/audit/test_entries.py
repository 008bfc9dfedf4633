"""An entry is written inside its act's transaction, copies names as text, and never changes."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import InternalError, connection, transaction

from foundation.audit.context import running
from foundation.audit.models import Entry
from foundation.audit.services.entries import OutsideTransactionError, record
from foundation.common.actors import SystemActor


def test_an_entry_outside_a_transaction_is_a_programming_error(committed_db):
    with pytest.raises(OutsideTransactionError, match="units.unit.moved"):
        record(actor=SystemActor("test"), action="units.unit.moved")
    assert not Entry.objects.exists()


@pytest.mark.django_db
class TestRecord:
    def test_a_user_is_copied_as_text_with_roles(self, assessment_office, tree):
        with running("request-0001"):
            entry = record(
                actor=assessment_office,
                action="assessments.run.published",
                target_kind="run",
                target_no=12,
                target_label="2024",
                org_path=tree.county_a.path,
                reason="year closed",
                basis="article 3",
                rulebook_version="v1",
            )
        entry.refresh_from_db()
        assert (entry.actor_id, entry.actor_name) == (assessment_office.pk, assessment_office.display_name)
        assert entry.actor_roles == ["assessment_office"]
        assert (entry.target_no, entry.request_id, entry.data) == ("12", "request-0001", {})
        assert not [field for field in Entry._meta.get_fields() if field.is_relation]

    @pytest.mark.parametrize("actor", [SystemActor("schedule"), "schedule"])
    def test_a_system_actor_has_a_name_and_no_number(self, actor):
        entry = record(actor=actor, action="audit.trail.verified")
        assert (entry.actor_id, entry.actor_name, entry.actor_roles) == (None, "schedule", ["system"])

    def test_data_takes_dates_and_decimals(self):
        entry = record(actor="test", action="a.b", data={"on": date(2024, 5, 1), "points": Decimal("1.50")})
        entry.refresh_from_db()
        assert entry.data == {"on": "2024-05-01", "points": "1.50"}

    def test_a_long_label_is_cut_and_the_act_goes_on(self):
        assert len(record(actor="test", action="a.b", target_label="长" * 300).target_label) == 200

    @pytest.mark.parametrize("action", ["", "Published", "published", "a..b", "a b.c", "a.b."])
    def test_a_malformed_action_is_a_programming_error(self, action):
        with pytest.raises(ValueError, match="audit action"):
            record(actor="test", action=action)

    def test_nobody_cannot_act(self):
        with pytest.raises(TypeError):
            record(actor=None, action="a.b")

    def test_the_entry_goes_with_its_act(self):
        with transaction.atomic():
            record(actor="test", action="a.b")
            transaction.set_rollback(True)
        assert not Entry.objects.exists()

    def test_the_database_gives_time_and_transaction(self):
        entry = record(actor="test", action="a.b")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint")
            assert entry.xact == cursor.fetchone()[0]
        assert entry.at is not None

    @pytest.mark.parametrize("statement", ["UPDATE audit_entry SET reason = 'x'", "DELETE FROM audit_entry"])
    def test_an_entry_never_changes(self, statement):
        record(actor="test", action="a.b")
        with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.django_db
class TestLookingUp:
    def test_an_auditor_sees_the_entries_of_the_scope(self, tree, auditor):
        for path in (tree.county_a.path, tree.finance.path, tree.county_b.path, ""):
            record(actor="test", action="a.b", org_path=path)
        assert Entry.objects.visible_to(auditor, "audit.view_entry").count() == 4

    def test_who_holds_no_permission_sees_none(self, assessment_office):
        record(actor="test", action="a.b")
        assert not Entry.objects.visible_to(assessment_office, "audit.view_entry").exists()

    def test_everything_about_one_thing_latest_first(self):
        for number in (1, 2, 1):
            record(actor="test", action="a.b", target_kind="run", target_no=number)
        found = Entry.objects.about("run", 1)
        assert [entry.target_no for entry in found] == ["1", "1"]
        assert found[0].pk > found[1].pk

    def test_different_values_are_found_by_walking_the_index(self):
        for action in ("b.b", "a.a", "b.b", "c.c"):
            record(actor="test", action=action)
        assert Entry.objects.distinct_values("action") == ["a.a", "b.b", "c.c"]
        assert Entry.objects.distinct_values("actor_id") == []
