"""Seals take what ended transactions wrote, all of it and once; the chain stands inside and outside the database."""

import json

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from foundation.audit import canonical
from foundation.audit.findings import Kind
from foundation.audit.models import Entry, Seal
from foundation.audit.services import seals
from foundation.audit.services.entries import record
from foundation.audit.services.seals import CounterBehindError, seal_now
from foundation.audit.services.verification import examine, verify, verify_and_record
from foundation.audit.tasks import seal as seal_task
from foundation.audit.tasks import verify as verify_task

from ..support.people import make_persona
from .conftest import seal_all


def write(number=1):
    with transaction.atomic():
        for _ in range(number):
            record(actor="test", action="tests.thing.done")


def execute(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def sealed_rows():
    return sum(Seal.objects.values_list("rows", flat=True))


def superuser_sets(table, assignment):
    """Change a protected table as somebody who may switch its triggers off."""
    with transaction.atomic():
        execute(f"ALTER TABLE {table} DISABLE TRIGGER USER", assignment, f"ALTER TABLE {table} ENABLE TRIGGER USER")


class TestSealing:
    def test_everything_that_was_written_is_sealed_once(self, committed):
        before = examine()
        assert before.unsealed > 20
        assert seal_all() == [1]
        assert seal_all() == []
        after = examine()
        assert (after.findings, after.seals, after.rows, after.unsealed) == ([], 1, before.unsealed, 0)

    def test_a_seal_holds_no_more_rows_than_allowed_and_no_transaction_is_split_between_windows(
        self, committed, small_seals
    ):
        write(35)
        write(3)
        assert len(seal_all()) > 6
        assert max(Seal.objects.values_list("rows", flat=True)) <= 10
        assert examine().is_green
        windows = sorted(set(Seal.objects.values_list("from_xact", "to_xact")))
        assert windows[0][0] == 0
        assert all(left[1] == right[0] for left, right in zip(windows, windows[1:], strict=False))
        biggest = Entry.objects.order_by("-xact").values_list("xact", flat=True)[10]
        cut = Seal.objects.filter(from_xact__lte=biggest, to_xact__gt=biggest)
        assert cut.count() == 4
        assert cut.values("from_xact").distinct().count() == 1

    def test_a_slow_transaction_with_lower_ids_is_not_lost(self, committed, other):
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(
                "INSERT INTO audit_entry (actor_name, actor_roles, org_path, action, target_kind, target_no, target_label,"
                " reason, basis, rulebook_version, data, request_id)"
                " VALUES ('slow', '{}', '', 'a.b', '', '', '', '', '', '', '{}', '') RETURNING id"
            )
            slow = cursor.fetchone()[0]
        write()
        assert Entry.objects.order_by("-id").first().pk > slow
        seal_now()
        waiting = examine()
        assert waiting.is_green
        assert waiting.unsealed == 1  # the quick one: the slow one began before it and still runs
        other.commit()
        seal_all()
        report = examine()
        assert (report.findings, report.unsealed) == ([], 0)
        assert report.rows == waiting.rows + 2

    def test_a_long_transaction_in_another_database_holds_nothing_back(self, committed):
        neighbour = psycopg2.connect(**connection.get_connection_params() | {"dbname": "postgres"})
        try:
            with neighbour.cursor() as cursor:
                cursor.execute("SELECT pg_current_xact_id()")
                write()
                seal_all()
            assert examine().unsealed == 0
        finally:
            neighbour.close()

    def test_a_transaction_rolled_back_leaves_no_gap(self, committed):
        with transaction.atomic():
            write(5)
            transaction.set_rollback(True)
        seal_all()
        assert examine().is_green

    def test_only_one_sealer_works(self, committed, other):
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", seals.LOCK)
        assert seal_now() == []
        other.rollback()
        assert seal_all() == [1]

    def test_each_seal_names_the_one_before(self, committed, small_seals):
        seal_all()
        chain = list(Seal.objects.order_by("number"))
        assert bytes(chain[0].prev) == canonical.FIRST_PREV
        assert all(bytes(b.prev) == bytes(a.digest) for a, b in zip(chain, chain[1:], strict=False))

    def test_a_counter_behind_the_seals_stops_sealing_and_is_found(self, committed):
        seal_all()
        superuser_sets("audit_seal", "UPDATE audit_seal SET to_xact = to_xact + 1000000000")
        with pytest.raises(CounterBehindError):
            seal_now()
        assert Kind.COUNTER_BEHIND in {finding.kind for finding in verify()}

    def test_the_tasks_seal_and_verify(self, committed, auditor_pk):
        seal_task.apply()
        seal_task.apply()
        assert Seal.objects.count() == 1
        verify_task.apply(args=[auditor_pk])
        entry = Entry.objects.get(action="audit.trail.verified")
        assert entry.actor_id == auditor_pk
        assert entry.data["green"] is True
        assert entry.data["rows"] == sealed_rows()

    @pytest.fixture
    def auditor_pk(self, committed):
        return make_persona("auditor").pk


class TestSessionSettings:
    def test_the_hash_does_not_depend_on_the_session(self, committed):
        seal_all()
        execute("SET TimeZone = 'America/New_York'", "SET DateStyle = 'German, DMY'", "SET bytea_output = 'escape'")
        try:
            assert examine().is_green
        finally:
            execute("RESET TimeZone", "RESET DateStyle", "RESET bytea_output")

    def test_a_column_added_later_does_not_disturb_old_seals(self, committed):
        seal_all()
        execute("ALTER TABLE audit_entry ADD COLUMN added_later text DEFAULT 'x'")
        try:
            write()
            seal_all()
            report = examine()
            assert (report.findings, report.seals) == ([], 2)
        finally:
            execute("ALTER TABLE audit_entry DROP COLUMN added_later")
        assert [(f.kind, f.table, f.facts) for f in verify()] == [
            (Kind.COLUMN_MISSING, "audit_entry", {"column": "added_later"})
        ]


class TestTriggers:
    def test_a_trigger_switched_off_is_named(self, committed):
        execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        try:
            found = verify()
        finally:
            execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
        assert [(f.kind, f.table) for f in found] == [(Kind.TRIGGER_OFF, "audit_entry")]
        assert found[0].facts["trigger"].startswith("pgtrigger_append_only")

    def test_a_trigger_that_does_something_else_is_named(self, committed):
        with connection.cursor() as cursor:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = 'audit_entry'::regclass AND NOT tgisinternal")
            name = cursor.fetchone()[0]
            cursor.execute(f"SELECT pg_get_functiondef('{name}'::regproc)")
            original = cursor.fetchone()[0]
        try:
            execute(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS 'BEGIN RETURN NEW; END' LANGUAGE plpgsql")
            assert [(f.kind, f.facts) for f in verify()] == [(Kind.TRIGGER_OFF, {"trigger": name})]
        finally:
            execute(original)

    def test_a_function_that_has_triggers_ignored_is_named(self, committed):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_get_functiondef('_pgtrigger_should_ignore'::regproc)")
            original = cursor.fetchone()[0]
        try:
            execute(
                "CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name) RETURNS boolean"
                " AS 'BEGIN RETURN TRUE; END' LANGUAGE plpgsql"
            )
            assert [f.kind for f in verify()] == [Kind.IGNORE_ALTERED]
        finally:
            execute(original)


class TestExport:
    @pytest.fixture
    def file(self, settings, tmp_path):
        settings.CADRE_SEAL_EXPORT = str(tmp_path / "outside" / "seals.jsonl")
        return tmp_path / "outside" / "seals.jsonl"

    def test_each_seal_is_one_line_also_when_an_earlier_run_could_not_write(self, committed, file, settings):
        settings.CADRE_SEAL_EXPORT = ""
        seal_all()
        settings.CADRE_SEAL_EXPORT = str(file)
        write()
        seal_all()
        seal_all()
        lines = [json.loads(line) for line in file.read_text().splitlines()]
        assert [line["number"] for line in lines] == [1, 2]
        assert [line["digest"] for line in lines] == [bytes(seal.digest).hex() for seal in Seal.objects.all()]
        assert verify() == []

    def test_a_chain_rewritten_as_a_whole_is_found_by_the_export(self, committed, file):
        seal_all()
        superuser_sets("audit_entry", "UPDATE audit_entry SET reason = 'rewritten' WHERE target_no = '3'")
        superuser_sets("audit_seal", "DELETE FROM audit_seal")
        seal_now_without_export(file)
        assert examine(export=None).findings != []
        assert [(f.kind, f.seal) for f in verify(file)] == [(Kind.EXPORT_MISMATCH, 1)]

    def test_the_last_seal_cut_off_is_found_by_the_export(self, committed, file):
        seal_all()
        write()
        seal_all()
        superuser_sets("audit_seal", "DELETE FROM audit_seal WHERE number = 2")
        assert [(f.kind, f.seal) for f in verify()] == [(Kind.SEAL_MISSING, 2)]

    def test_a_line_taken_out_of_the_export_is_found(self, committed, file, small_seals):
        seal_all()
        lines = file.read_text().splitlines(keepends=True)
        file.write_text("".join(lines[:1] + lines[2:]))
        assert [(f.kind, f.seal) for f in verify()] == [(Kind.NOT_EXPORTED, 2)]

    @pytest.mark.parametrize("content", [None, "not a seal\n", '{"number": 1}\n'])
    def test_an_export_that_is_gone_or_spoilt_is_found(self, committed, file, content):
        seal_all()
        file.unlink()
        if content:
            file.write_text(content)
        assert [f.kind for f in verify()] == [Kind.EXPORT_MISSING]


def seal_now_without_export(file):
    """Seal as somebody would who cannot reach the exported file."""
    while seals._seal_window():
        pass


class TestCommand:
    def test_green(self, committed, capsys):
        seal_all()
        call_command("verify_audit", language="en")
        assert "is whole: 1 seals over" in capsys.readouterr().out

    def test_a_row_changed_in_psql_is_named_and_the_exit_code_is_1(self, committed, capsys):
        seal_all()
        row = Entry.objects.get(target_no="7").pk
        superuser_sets("audit_entry", "UPDATE audit_entry SET reason = 'another' WHERE target_no = '7'")
        with pytest.raises(CommandError, match="NOT whole") as caught:
            call_command("verify_audit", language="en")
        assert caught.value.returncode == 1
        line = f"Row {row} of table audit_entry was changed after it was sealed (seal 1)."
        assert capsys.readouterr().out.strip() == line

    def test_the_result_of_a_verification_is_kept(self, committed, caplog):
        seal_all()
        superuser_sets("audit_entry", "DELETE FROM audit_entry WHERE target_no = '7'")
        verify_and_record(actor="schedule")
        entry = Entry.objects.latest("id")
        assert entry.data["green"] is False
        assert entry.data["findings"][0] | {"row": 0} == {
            "kind": "deleted",
            "table": "audit_entry",
            "row": 0,
            "seal": 1,
        }
        assert "not whole" in caplog.text

    def test_a_flood_of_findings_is_cut(self, committed):
        seal_all()
        superuser_sets("audit_entry", "UPDATE audit_entry SET reason = 'all'")
        found = examine(limit=5).findings
        assert [f.kind for f in found] == [Kind.CHANGED] * 5 + [Kind.CUT]
