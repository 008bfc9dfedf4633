"""Informers' identities: written unseen, opened by approved requests alone; the database itself shows no row without one."""

import logging
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.test import RequestFactory
from django.utils import timezone
from django.views.debug import ExceptionReporter

from foundation.accounts.choices import Duty
from foundation.accounts.roles import all_roles
from foundation.audit.models import Entry
from foundation.audit.services.field_keys import hidden_columns, rotate_field_key, waiting_counts
from foundation.audit.services.grants import apply_grants
from foundation.casework.models import CaseEvent
from foundation.common.actors import SystemActor
from foundation.common.crypto import next_key
from foundation.common.results import DomainError
from foundation.regulations.models import Rule, RuleOverride
from tests.support.people import make_persona, make_user
from tolerance.checks import identities_are_behind_row_security
from tolerance.models import Complaint, IdentityMark, IdentityRequest, ReporterIdentity
from tolerance.models.identities import CIPHERS
from tolerance.secret_words import words_about
from tolerance.services import identities
from tolerance.services.clearances import take_up
from tolerance.services.complaints import assign
from tolerance.services.identities import Identity, keep_identity
from tolerance.services.identity_looks import GRANT, close_ended, look
from tolerance.services.identity_requests import answer, ask

from .reporting import INFORMER, NAME, NUMBER, approved, asked, kept, office, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
TABLE = "tolerance_reporteridentity"


@pytest.fixture
def people(tree):
    return office(tree)


def execute(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


def rows() -> int:
    return execute(f"SELECT count(*) FROM {TABLE}")[0][0]


def refused(act, *args, **kwargs):
    """The codes with which the rules refuse an act, and that the refusal is written down."""
    before = Entry.objects.filter(action="tolerance.identity.denied").count()
    with pytest.raises((DomainError, PermissionDenied)) as caught:
        act(*args, **kwargs)
    denied = Entry.objects.filter(action="tolerance.identity.denied")
    assert denied.count() == before + 1
    error = caught.value
    return [one.code for one in error.reasons] if isinstance(error, DomainError) else ["PERMISSION"]


@pytest.fixture
def app_role(ruled_database, db):
    """The application's own role: owns nothing, with the rights that an installation gives it."""
    name = f"app_{connection.settings_dict['NAME']}"[:60]
    execute(f'CREATE ROLE "{name}"', f'GRANT "{name}" TO CURRENT_USER')
    apply_grants(name)
    return name


@pytest.fixture
def as_application(app_role):
    """The rest of the test runs as the application's role."""
    execute(f'SET ROLE "{app_role}"')
    yield app_role
    execute("RESET ROLE")


class TestRowSecurity:
    def test_without_a_grant_the_applications_role_sees_no_row_and_may_write_one(self, as_application, people, person):
        case = kept(people, person)
        assert case.informers == 1
        assert rows() == 0
        assert list(ReporterIdentity.objects.all()) == []
        assert ReporterIdentity.objects.filter(complaint=case).exists() is False

    def test_nor_does_the_owner_of_the_tables(self, people, person):
        kept(people, person)
        assert rows() == 0

    def test_naming_a_request_that_does_not_stand_open_shows_nothing(self, as_application, people, person):
        request = asked(people, person)
        for value in (request.case_no, "nothing", "", "' OR true --"):
            execute(f"SELECT set_config('{GRANT}', $${value}$$, true)")
            assert rows() == 0, value
        request = answer(request, "approve", actor=people["head"])
        execute(f"SELECT set_config('{GRANT}', '{request.case_no}', true)")
        assert rows() == 0, "approved, not opened"

    def test_an_open_request_shows_the_rows_of_its_report_alone_while_its_time_runs(
        self, as_application, people, person
    ):
        request = approved(people, person)
        kept(people, person, Identity(name="另一人"), number="鹤信访〔2026〕42号")
        assert [one.name for one in look(actor=people["clerk"], case=request)] == [NAME]
        assert rows() == 0, "the setting is taken back at once"
        execute(f"SELECT set_config('{GRANT}', '{request.case_no}', true)")
        assert rows() == 1
        early = timezone.now() - timedelta(minutes=30)
        IdentityRequest.objects.filter(pk=request.pk).update(opened_at=early, valid_until=early + timedelta(minutes=10))
        assert rows() == 0, "over"

    @pytest.mark.parametrize(
        "statement",
        [
            f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY",
            f"DROP POLICY opened_by_request ON {TABLE}",
            f"CREATE POLICY mine ON {TABLE} USING (true)",
            f"TRUNCATE {TABLE}",
            f"ALTER TABLE {TABLE} OWNER TO CURRENT_USER",
        ],
    )
    def test_the_applications_role_cannot_take_the_wall_down(self, as_application, people, person, statement):
        kept(people, person)
        with pytest.raises(ProgrammingError, match="must be owner|permission denied"), transaction.atomic():
            execute(statement)

    def test_it_neither_changes_nor_deletes_what_it_cannot_see(self, as_application, people, person):
        kept(people, person)
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {TABLE} SET name_cipher = ''")
            assert cursor.rowcount == 0
            cursor.execute(f"DELETE FROM {TABLE}")
            assert cursor.rowcount == 0
            cursor.execute("SELECT set_config('app.field_key_rotation', 'on', true)")
        assert rows() == 0, "changing the key is the owner's"

    def test_reading_a_written_row_back_is_refused(self, as_application, people, person):
        case = registered(people, person)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            execute(
                f"INSERT INTO {TABLE} (id, complaint_id, name_cipher, id_number_cipher, phone_cipher, unit_cipher,"
                f" address_cipher, registered_at) VALUES (gen_random_uuid(), {case.pk}, '', '', '', '', '', now())"
                " RETURNING name_cipher"
            )

    @pytest.mark.parametrize(
        "fields",
        [
            {"status": "approved", "approvals": [1]},
            {"status": "open", "approvals": [1], "opened_at": timezone.now(), "valid_until": timezone.now()},
            {"status": "asked", "opened_at": timezone.now()},
        ],
    )
    def test_no_request_begins_answered(self, as_application, people, person, fields):
        case = kept(people, person)
        with pytest.raises(Exception, match="begins_unanswered|Cannot insert"), transaction.atomic():
            IdentityRequest.objects.create(
                case_no="SF-forged", organization=case.organization, opened_on=timezone.localdate(), complaint=case,
                purpose="x", asked_by_id=people["clerk"].pk, asked_by_name="x", **fields,
            )  # fmt: skip

    @pytest.mark.parametrize(
        ("changes", "broken"),
        [
            (lambda clerk: {"status": "approved"}, "identity_approved_by_somebody"),
            (lambda clerk: {"status": "approved", "approvals": [clerk]}, "identity_not_approved_by_who_asked"),
            (lambda clerk: {"status": "open", "approvals": [clerk + 1]}, "Invalid transition|only_listed_moves"),
        ],
    )
    def test_the_database_refuses_answers_that_cannot_be(self, as_application, people, person, changes, broken):
        request = asked(people, person)
        with pytest.raises(Exception, match=broken), transaction.atomic():
            IdentityRequest.objects.filter(pk=request.pk).update(**changes(people["clerk"].pk))

    def test_no_view_is_longer_than_an_hour(self, as_application, people, person):
        request = approved(people, person)
        look(actor=people["clerk"], case=request)
        with pytest.raises(Exception, match="identity_open_for_an_hour"), transaction.atomic():
            IdentityRequest.objects.filter(pk=request.pk).update(valid_until=timezone.now() + timedelta(hours=2))

    def test_the_key_is_changed_by_the_owner_and_hidden_from_the_application(self, settings, app_role, people, person):
        request = approved(people, person)
        settings.FIELD_KEY, settings.FIELD_KEYS_OLD = next_key(), [settings.FIELD_KEY]
        execute(f'SET ROLE "{app_role}"')
        assert {f"tolerance.ReporterIdentity.{name}" for name in CIPHERS} <= set(hidden_columns())
        execute("RESET ROLE")
        assert hidden_columns() == []
        assert waiting_counts()["tolerance.ReporterIdentity.name_cipher"] == 1
        done = rotate_field_key(actor="test")
        assert done.renewed["tolerance.ReporterIdentity.phone_cipher"] == 1
        settings.FIELD_KEYS_OLD = []
        assert look(actor=people["clerk"], case=request)[0].values == INFORMER.values


class TestDeployCheck:
    def test_it_is_silent_while_the_wall_stands(self):
        assert identities_are_behind_row_security(None) == []

    @pytest.mark.parametrize(
        "statement",
        [
            f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY",
            f"DROP POLICY opened_by_request ON {TABLE}",
            f"CREATE POLICY open_to_all ON {TABLE} FOR SELECT USING (true)",
        ],
    )
    def test_each_breach_is_an_error(self, statement):
        execute(statement)
        assert [one.id for one in identities_are_behind_row_security(None)] == ["tolerance.E001"]


class TestKeeping:
    def test_nothing_of_it_stands_anywhere_in_the_clear(self, people, person):
        case = kept(people, person)
        dumped = []
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
                " AND (table_name LIKE 'tolerance%%' OR table_name LIKE 'audit%%' OR table_name LIKE 'casework%%')"
            )
            for (table,) in cursor.fetchall():
                cursor.execute(f'SELECT t::text FROM "{table}" t')
                dumped += [line for (line,) in cursor.fetchall()]
        text = "\n".join(dumped)
        assert NUMBER in text
        for value in INFORMER.values.values():
            assert value not in text
            assert value.encode().hex() not in text
        assert case.informers == 1

    def test_history_keeps_that_it_was_written_and_none_of_its_values(self, people, person):
        case = kept(people, person)
        event = ReporterIdentity.pgh_event_model.objects.get(complaint_id=case.pk)
        assert not {field.name for field in event._meta.fields} & set(CIPHERS)
        assert "mark" not in {field.name for field in IdentityMark.pgh_event_model._meta.fields}

    def test_its_texts_say_nothing(self):
        row = ReporterIdentity(name_cipher=b"x")
        assert NAME not in f"{row} {row!r} {INFORMER!r} {INFORMER} {IdentityMark()}"

    def test_no_texts_of_the_report_may_name_the_informer_and_nothing_is_opened_for_that(self, people, person):
        kept(people, person)
        assert NAME not in repr(words_about(NUMBER))
        given = {"report_no": NUMBER, "reported_on": timezone.localdate(), "finding": "UNTRUE"}
        given |= {"found_on": timezone.localdate(), "finding_body": "甲县纪委监委"}
        for text in (f"{NAME}反映的问题", "电话139-2819-0417", "欧 阳 若 楠", "OuyangRuonan", "沙坪街道前进路９１７号"):
            with pytest.raises(DomainError) as caught:
                take_up(actor=people["section"], official=person, summary=text, **given)
            assert [one.code for one in caught.value.reasons] == ["INFORMER_NAMED"], text
        assert take_up(actor=people["section"], official=person, summary="反映把关不严", **given).source_no == NUMBER

    def test_a_matter_that_names_the_informer_is_refused_when_the_identity_is_kept(self, people, person):
        case = registered(people, person, matter=f"{NAME}反映其把关不严")
        with pytest.raises(DomainError) as caught:
            keep_identity(actor=people["clerk"], complaint=case, identity=INFORMER)
        assert NAME not in str(caught.value.message)
        assert Complaint.objects.get(pk=case.pk).informers == 0

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"kind": "ANONYMOUS"}, "ANONYMOUS"),
            ({"owner": "ABOVE", "matter": ""}, "NOT_TO_BE_ENTERED"),
        ],
    )
    def test_some_reports_hold_no_identity(self, people, person, fields, code):
        with pytest.raises(DomainError) as caught:
            kept(people, person, **fields)
        assert [one.code for one in caught.value.reasons] == [code]

    def test_only_the_office_writes_one(self, people, person):
        case = registered(people, person)
        for actor in (people["section"], make_user("nobody", home=person.home)):
            with pytest.raises(PermissionDenied):
                keep_identity(actor=actor, complaint=case, identity=INFORMER)

    def test_an_error_while_it_is_written_tells_nobody(self, people, person, monkeypatch, caplog):
        def broken(text):
            raise RuntimeError("the key is gone")

        monkeypatch.setattr(identities, "encrypt", broken)
        case = registered(people, person)
        request = RequestFactory().post("/x/", {"name": NAME})
        request.sensitive_post_parameters = "__ALL__"
        with caplog.at_level(logging.DEBUG), pytest.raises(RuntimeError) as caught:
            keep_identity(actor=people["clerk"], complaint=case, identity=INFORMER)
        reporter = ExceptionReporter(request, caught.type, caught.value, caught.tb)
        report = reporter.get_traceback_text() + reporter.get_traceback_html()
        assert "the key is gone" in report
        frames = [line for line in report.splitlines() if "tests/tolerance" not in line]
        for value in INFORMER.values.values():
            assert value not in caplog.text
            assert not [line for line in frames if value in line]


class TestAsking:
    def test_the_office_asks_another_answers_and_who_asked_looks_while_the_time_runs(self, people, person):
        request = asked(people, person)
        assert (request.status, request.title) == ("asked", NUMBER)
        request = answer(request, "approve", actor=people["head"])
        assert (request.status, request.approvals) == ("approved", [people["head"].pk])
        found = look(actor=people["clerk"], case=request)
        assert [one.values for one in found] == [INFORMER.values]
        look(actor=people["clerk"], case=request)
        request.refresh_from_db()
        assert (request.status, request.views) == ("open", 2)
        assert request.valid_until - request.opened_at == timedelta(minutes=10)
        actions = list(Entry.objects.filter(action__startswith="tolerance.identity").values_list("action", "reason"))
        assert sorted(actions) == [
            ("tolerance.identity.approve", ""),
            ("tolerance.identity.asked", "需当面核实线索来源"),
            ("tolerance.identity.kept", ""),
            ("tolerance.identity.look", "需当面核实线索来源"),
            ("tolerance.identity.looked", "需当面核实线索来源"),
        ]
        assert [event.action for event in CaseEvent.objects.filter(case_no=request.case_no).order_by("seq")] == [
            "open", "approve", "look", "looked",
        ]  # fmt: skip

    def test_a_refusal_is_kept_with_its_reason_and_ends_the_request(self, people, person):
        request = asked(people, person)
        with pytest.raises(DomainError):
            answer(request, "refuse", actor=people["head"], reason=" ")
        request = answer(request, "refuse", actor=people["head"], reason="可书面核实，无须知悉身份")
        assert request.status == "refused"
        entry = Entry.objects.get(action="tolerance.identity.refuse")
        assert entry.reason == "可书面核实，无须知悉身份"
        assert refused(look, actor=people["clerk"], case=request) == ["NOT_APPROVED"]

    def test_nobody_approves_the_own_request(self, people, person):
        request = asked(people, person)
        assert refused(answer, request, "approve", actor=people["clerk"]) == ["SAME_PERSON"]
        assert refused(look, actor=people["clerk"], case=request) == ["NOT_APPROVED"]

    def test_nobody_else_looks_by_it(self, people, person):
        request = approved(people, person)
        assert refused(look, actor=people["head"], case=request) == ["NOT_WHO_ASKED"]
        assert refused(look, actor=people["section"], case=request) == ["NOT_WHO_ASKED"]

    def test_after_the_end_it_is_closed_and_refused(self, people, person):
        request = approved(people, person)
        look(actor=people["clerk"], case=request)
        early = timezone.now() - timedelta(minutes=30)
        IdentityRequest.objects.filter(pk=request.pk).update(opened_at=early, valid_until=early + timedelta(minutes=10))
        assert refused(look, actor=people["clerk"], case=request) == ["TIME_OVER"]
        request.refresh_from_db()
        assert request.status == "closed"
        assert refused(look, actor=people["clerk"], case=request) == ["TIME_OVER"], "and once more"

    def test_an_approval_that_nobody_used_lapses(self, people, person):
        request = approved(people, person)
        assert close_ended() == 0
        IdentityRequest.objects.filter(pk=request.pk).update(use_until=timezone.now())
        assert close_ended() == 1
        assert close_ended() == 0
        request.refresh_from_db()
        assert request.status == "lapsed"
        assert refused(look, actor=people["clerk"], case=request) == ["TIME_OVER"]

    def test_the_section_sees_the_matter_and_asks_only_as_the_handler(self, people, person):
        case = kept(people, person)
        given = {"complaint": case, "purpose": "核查"}
        assert refused(ask, actor=people["section"], **given) == ["NOT_THE_HANDLER"]
        case = assign(actor=people["clerk"], complaint=case, handler=people["section"])
        request = ask(actor=people["section"], complaint=case, purpose="核查")
        request = answer(request, "approve", actor=people["clerk"])
        assert look(actor=people["section"], case=request)[0].name == NAME

    @pytest.mark.parametrize("role", ["system_admin", "security_admin", "audit_admin", "auditor", "department_leader"])
    def test_administrators_auditors_and_others_neither_ask_nor_answer_nor_look(self, tree, people, person, role):
        at = tree.county_a if role == "department_leader" else None
        other = make_persona(role, at)
        request = approved(people, person)
        given = {"complaint": request.complaint, "purpose": "x"}
        assert refused(ask, actor=other, **given) in (["PERMISSION"], ["NOT_THE_HANDLER"])
        assert refused(answer, request, "approve", actor=other) == ["PERMISSION"]
        assert refused(look, actor=other, case=request) in (["PERMISSION"], ["NOT_WHO_ASKED"])

    def test_nor_does_the_system_itself(self, people, person):
        request = approved(people, person)
        machine = SystemActor("sweep")
        codes = refused(ask, actor=machine, complaint=request.complaint, purpose="x")
        assert codes == ["ADMINISTRATOR"]
        assert refused(look, actor=machine, case=request) == ["ADMINISTRATOR", "NOT_WHO_ASKED"]

    def test_whom_it_is_about_takes_no_part(self, tree, people, person):
        own = make_persona("discipline_commission", tree.county_a, username="own")
        own.person_key = person.id_hash
        own.save()
        request = asked(people, person)
        assert refused(answer, request, "approve", actor=own) == ["CONCERNED"]
        assert refused(ask, actor=own, complaint=request.complaint, purpose="x") == ["CONCERNED"]
        assert not Complaint.objects.visible_to(own, "tolerance.view_complaint").exists()
        assert not IdentityRequest.objects.visible_to(own, "tolerance.view_identityrequest").exists()

    def test_as_many_others_as_the_rule_says(self, tree, people, person):
        rule = Rule.objects.get(code="R-CON-04")
        RuleOverride.objects.create(rule=rule, value=2, starts_on="2024-01-01", basis="x")
        request = answer(asked(people, person), "approve", actor=people["head"])
        assert request.status == "asked"
        assert refused(answer, request, "approve", actor=people["head"]) == ["ANSWERED_ALREADY"]
        assert refused(look, actor=people["clerk"], case=request) == ["NOT_APPROVED"]
        third = make_persona("discipline_commission", tree.county_a, username="third")
        assert answer(request, "approve", actor=third).status == "approved"
        assert look(actor=people["clerk"], case=request)[0].name == NAME

    def test_a_reason_names_nobody(self, people, person):
        case = kept(people, person)
        assert refused(ask, actor=people["clerk"], complaint=case, purpose=f"要找{NAME}") == ["INFORMER_NAMED"]
        assert not Entry.objects.filter(reason__contains=NAME).exists()

    def test_only_who_asked_withdraws(self, people, person):
        request = asked(people, person)
        assert refused(answer, request, "withdraw", actor=people["head"]) == ["NOT_WHO_ASKED"]
        assert answer(request, "withdraw", actor=people["clerk"]).status == "withdrawn"


def test_no_role_but_of_business_holds_what_leads_to_an_identity():
    leading = {"tolerance.ask_identity", "tolerance.answer_identity", "tolerance.register_complaint"}
    holders = {role.code for role in all_roles() if role.permissions & leading}
    assert holders == {"discipline_commission"}
    assert {role.duty for role in all_roles() if role.code in holders} == {Duty.BUSINESS}
