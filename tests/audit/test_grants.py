"""The application's role works with the data and cannot touch what was recorded, whatever it tries."""

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.test import override_settings

from foundation.audit import checks
from foundation.audit.models import Entry
from foundation.audit.registry import protected_tables
from foundation.audit.services.entries import record
from foundation.audit.services.grants import Excess, GrantError, apply_grants, weaknesses
from foundation.organizations.models import Organization

from ..support.people import make_unit

pytestmark = pytest.mark.django_db


DELETE = "DELETE FROM {}"


def execute(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def role(db):
    """A role without rights, gone with the test's transaction."""
    name = f"app_{connection.settings_dict['NAME']}"[:60]
    execute(f'CREATE ROLE "{name}"', f'GRANT "{name}" TO CURRENT_USER')
    return name


@pytest.fixture
def app(role):
    """The rest of the test runs as the application's role."""
    make_unit("before")
    record(actor="test", action="a.b")
    apply_grants(role)
    execute(f'SET ROLE "{role}"')
    yield role
    execute("RESET ROLE")


def refused(statement):
    """Does the database refuse the statement for want of rights?"""
    with pytest.raises(ProgrammingError) as caught, transaction.atomic():
        execute(statement)
    return "permission denied" in str(caught.value) or "must be owner" in str(caught.value)


class TestTheApplicationWorks:
    def test_it_writes_data_and_the_triggers_record_it(self, app):
        unit = make_unit("by-app")
        unit.name = "changed"
        unit.save()
        unit.delete()
        events = Organization.pgh_event_model.objects.filter(code="by-app").order_by("pgh_id")
        assert [event.pgh_label for event in events] == ["insert", "update", "delete"]

    def test_it_writes_and_reads_entries(self, app):
        record(actor="app", action="a.c")
        assert Entry.objects.count() == 2

    def test_the_rights_may_be_applied_twice(self, app, role):
        execute("RESET ROLE")
        apply_grants(role)
        assert weaknesses(role) == []


class TestTheApplicationIsRefused:
    @pytest.mark.parametrize(
        "table", ["audit_entry", "audit_seal", "organizations_organizationrowevent", "casework_caseevent"]
    )
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE {} SET xact = 1",
            "DELETE FROM {}",
            "TRUNCATE {}",
            "ALTER TABLE {} DISABLE TRIGGER USER",
            "ALTER TABLE {} ADD COLUMN note text",
            "DROP TABLE {}",
            "CREATE TRIGGER t BEFORE INSERT ON {} EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        ],
    )
    def test_every_change_of_a_protected_table(self, app, table, statement):
        column = "from_xact" if table == "audit_seal" else "xact"
        assert refused(statement.format(table).replace("xact", column))

    @pytest.mark.parametrize(
        "statement",
        [
            "TRUNCATE organizations_organization CASCADE",
            "ALTER TABLE organizations_organization DISABLE TRIGGER USER",
            "SET session_replication_role = replica",
            "DELETE FROM django_migrations",
            "CREATE TABLE audit_entry_2 (id int)",
            "CREATE TEMPORARY TABLE audit_entry (id int)",
            "CREATE SCHEMA mine",
            "CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(n name) RETURNS boolean AS 'SELECT true' LANGUAGE sql",
            "SELECT setval('audit_entry_id_seq', 1)",
        ],
    )
    def test_every_way_around_the_triggers(self, app, statement):
        assert refused(statement)

    def test_the_protected_tables_are_refused_one_and_all(self, app):
        assert len(protected_tables()) > 20
        assert all(refused(DELETE.format(table)) for table in protected_tables())

    def test_asking_triggers_to_be_ignored_gains_nothing(self, app):
        with pgtrigger.ignore():
            Organization.objects.filter(code="before").update(name="unseen?")
        assert Organization.pgh_event_model.objects.filter(code="before", name="unseen?").exists()
        execute("SELECT set_config('pgtrigger.ignore', '{pgtrigger_update_update_65161}', true)")
        Organization.objects.filter(code="before").update(name="still seen?")
        assert Organization.pgh_event_model.objects.filter(code="before", name="still seen?").exists()


class TestOwner:
    def test_the_owner_may_still_have_triggers_ignored(self, role):
        make_unit("own")
        apply_grants(role)
        with pgtrigger.ignore():
            Organization.objects.update(name="by the owner")
        assert not Organization.pgh_event_model.objects.filter(name="by the owner").exists()


class TestWeaknesses:
    def kinds(self, role):
        return [weakness.kind for weakness in weaknesses(role)]

    def test_none_after_the_rights_are_applied(self, app):
        assert weaknesses() == []

    def test_a_role_that_owns_the_tables(self):
        assert Excess.OWNER in self.kinds(None)

    @pytest.mark.parametrize(
        ("grant", "kind"),
        [
            ("GRANT UPDATE ON audit_entry TO {}", Excess.TABLE),
            ("GRANT UPDATE (reason) ON audit_entry TO {}", Excess.TABLE),
            ("GRANT DELETE ON casework_caseevent TO PUBLIC", Excess.TABLE),
            ("GRANT TRUNCATE ON organizations_organization TO {}", Excess.TABLE),
            ("GRANT CREATE ON SCHEMA public TO {}", Excess.SCHEMA),
            ("ALTER ROLE {} CREATEROLE", Excess.ATTRIBUTE),
        ],
    )
    def test_each_right_too_many_is_named_and_taken_away_again(self, role, grant, kind):
        apply_grants(role)
        execute(grant.format(f'"{role}"'))
        assert self.kinds(role) == [kind]
        assert role in str(weaknesses(role)[0])
        apply_grants(role)
        assert self.kinds(role) == ([kind] if kind == Excess.ATTRIBUTE else [])

    def test_a_migration_that_brings_back_the_librarys_function_is_seen(self, role):
        apply_grants(role)
        model, trigger = pgtrigger.registered()[0]
        execute(trigger.compile(model).install_sql)
        assert self.kinds(role) == [Excess.IGNORE]

    def test_the_deploy_check_warns_about_the_owner(self):
        found = checks.check_database_role(None)
        assert {warning.id for warning in found} == {"audit.W001"}

    def test_the_deploy_check_is_silent_for_the_applications_role(self, app):
        assert checks.check_database_role(None) == []


class TestCommand:
    def test_it_says_that_all_is_well(self, role, capsys):
        call_command("apply_database_grants", role=role)
        assert role in capsys.readouterr().out

    def test_without_the_role_it_says_so_and_grants_nothing(self, capsys):
        with override_settings(LANGUAGE_CODE="en"):
            call_command("apply_database_grants", role="no_such_role")
        assert "no_such_role" in capsys.readouterr().err

    def test_a_role_above_the_tables_is_refused(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            owner = cursor.fetchone()[0]
        with pytest.raises(CommandError, match=owner):
            call_command("apply_database_grants", role=owner)

    def test_a_name_that_is_none_is_refused(self):
        with pytest.raises(GrantError):
            apply_grants('x"; DROP TABLE audit_entry; --')
