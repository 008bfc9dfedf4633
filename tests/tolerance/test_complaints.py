"""The register of reports: what is entered, by when it is answered, what each step asks; pages of it and of requests."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import Entry
from foundation.casework.models import Alert, Deadline
from foundation.casework.services.alert_sweep import sweep
from foundation.casework.services.engine import perform
from foundation.common.results import DomainError
from foundation.regulations.services.calendar import add_working_days
from tests.support.people import client_of
from tolerance.models import Complaint, IdentityRequest, ReporterIdentity
from tolerance.services.complaints import assign, register
from tolerance.services.identity_requests import answer

from .clearing import taken_up
from .reporting import INFORMER, NAME, NUMBER, accepted, ago, approved, asked, kept, office, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


@pytest.fixture
def people(tree):
    return office(tree)


def due(case):
    clock = Deadline.objects.filter(case_no=case.case_no, closed_at__isnull=True).first()
    return clock.due_on if clock else None


def step(case, name, people, **facts):
    return perform(case, name, actor=people["clerk"], **facts)


def codes(act, *args, **kwargs):
    with pytest.raises(DomainError) as caught:
        act(*args, **kwargs)
    return {(one.code, one.facts.get("field", "")) for one in caught.value.reasons}


class TestRegister:
    def test_a_report_has_its_number_its_people_and_its_first_day(self, people, person):
        case = registered(people, person, received_on=date(2025, 9, 19))
        assert (case.case_no[:3], case.number, case.title) == ("XF-", NUMBER, NUMBER)
        assert [one.official for one in case.subjects.all()] == [person]
        # 15 working days after Friday 19 Sep 2025 over the national holidays: worked out in test_rules_complaints
        assert due(case) == case.due_on == date(2025, 10, 16)
        entry = Entry.objects.get(action="tolerance.complaint.registered")
        assert (entry.target_label, entry.data["officials"]) == (NUMBER, [person.pk])

    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ({"number": "  "}, {("TEXT_MISSING", "number")}),
            ({"kind": "SECRET"}, {("CODE_UNKNOWN", "kind")}),
            ({"channel": ""}, {("CODE_UNKNOWN", "channel")}),
            ({"owner": "x"}, {("CODE_UNKNOWN", "owner")}),
            ({"matter": ""}, {("TEXT_MISSING", "matter")}),
            ({"received_on": timezone.localdate() + timedelta(days=1)}, {("DAY_IN_FUTURE", "received_on")}),
            ({"received_on": date(2022, 4, 30)}, {("DAY_TOO_EARLY", "received_on")}),
            ({"owner": "ABOVE"}, {("NOT_TO_BE_ENTERED", "matter")}),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(self, people, person, given, expected):
        assert codes(registered, people, person, **given) == expected

    def test_a_number_is_taken_once_in_a_county(self, people, person):
        registered(people, person)
        assert codes(registered, people, person) == {("NUMBER_TAKEN", "number")}

    def test_of_the_level_above_only_that_it_came_and_where_it_went(self, people, person):
        case = registered(people, person, owner="ABOVE", matter="", received_on=date(2025, 9, 26))
        assert case.due_on == date(2025, 10, 10)
        assert codes(step, case, "accept", people, accepted_on=date(2025, 9, 28)) == {("NOT_OF_THIS_LEVEL", "")}
        went = {"forwarded_on": date(2025, 10, 10), "forwarded_to": "江门市纪委监委"}
        assert step(case, "forward", people, **went).status == "forwarded"

    def test_only_the_office_registers(self, people, person):
        given = {"number": "1", "kind": "NAMED", "channel": "LETTER", "received_on": ago(1), "matter": "x"}
        with pytest.raises(PermissionDenied):
            register(actor=people["section"], organization=person.home, **given)


class TestSteps:
    def test_a_named_reporter_is_told_of_the_acceptance_and_of_the_result(self, people, person):
        case = accepted(people, registered(people, person))
        assert case.status == "accepted"
        assert codes(step, case, "conclude", people, concluded_on=ago(0), finding="UNTRUE", conclusion="不属实") == {
            ("ACCEPTANCE_NOT_TOLD", "")
        }
        case = step(case, "tell_acceptance", people, acceptance_told_on=ago(0))
        assert (case.status, due(case)) == ("handling", None)
        case = step(case, "conclude", people, concluded_on=ago(0), finding="UNTRUE", conclusion="不属实")
        assert due(case) == add_working_days(timezone.localdate(), 15).date
        assert codes(step, case, "close_untold", people) == {("SOMEBODY_TO_TELL", "")}
        case = step(case, "tell_result", people, result_told_on=ago(0))
        assert (case.status, due(case)) == ("told", None)
        assert codes(step, case, "ask_review", people, review_asked_on=ago(0)) == {("NO_PETITION", "")}

    def test_an_anonymous_one_is_told_to_nobody_and_has_no_days(self, people, person):
        case = accepted(people, registered(people, person, kind="ANONYMOUS"))
        assert due(case) is None
        assert codes(step, case, "tell_acceptance", people, acceptance_told_on=ago(0)) == {("NOBODY_TO_TELL", "")}
        case = step(case, "conclude", people, concluded_on=ago(0), finding="UNPROVEN", conclusion="未查实")
        assert step(case, "close_untold", people).status == "told"

    def test_a_petition_is_extended_once_and_reviewed_twice(self, people, person):
        case = registered(people, person, kind="PETITION", received_on=ago(10))
        assert due(case) == ago(10) + timedelta(days=15)
        case = step(case, "accept", people, accepted_on=ago(9))
        assert due(case) == ago(9) + timedelta(days=15)
        case = step(case, "tell_acceptance", people, acceptance_told_on=ago(8))
        assert due(case) == ago(9) + timedelta(days=60)
        case = step(case, "extend", people, reason="案情复杂")
        assert due(case) == ago(9) + timedelta(days=90)
        assert codes(step, case, "extend", people, reason="再延") == {("NO_EXTENSION", "")}
        case = step(case, "conclude", people, concluded_on=ago(5), finding="PROVEN", conclusion="属实，已整改")
        case = step(case, "tell_result", people, result_told_on=ago(5))
        for _number in (1, 2):
            case = step(case, "ask_review", people, review_asked_on=ago(3))
            assert due(case) == ago(3) + timedelta(days=30)
            case = step(case, "answer_review", people, review_answered_on=ago(2))
        assert codes(step, case, "ask_review", people, review_asked_on=ago(1)) == {("REVIEWED_TWICE", "")}

    def test_what_comes_late_says_why(self, people, person):
        case = registered(people, person, received_on=date(2025, 9, 19))
        assert codes(accepted, people, case) == {("LATE_WITHOUT_REASON", "late_reason")}
        assert accepted(people, case, late_reason="来信转办延误").late_reason == "来信转办延误"

    def test_no_step_names_the_informer(self, people, person):
        case = kept(people, person)
        assert codes(step, case, "not_accept", people, reason=f"{NAME}重复举报") == {("INFORMER_NAMED", "reason")}
        went = {"accepted_on": ago(0), "late_reason": "等候139 2819 0417回电"}
        assert codes(step, case, "accept", people, **went) == {("INFORMER_NAMED", "late_reason")}

    def test_days_that_come_near_are_alerts_about_the_number_alone(self, people, person):
        case = kept(people, person, received_on=ago(12))
        sweep(day=timezone.localdate())
        alert = Alert.objects.get(kind="deadline.tolerance.complaint")
        assert (alert.subject, alert.person_id, alert.due_on) == (NUMBER, person.pk, case.due_on)

    def test_a_handler_sees_the_report_and_is_not_concerned(self, tree, people, person):
        case = registered(people, person)
        assert (
            assign(actor=people["clerk"], complaint=case, handler=people["section"]).handler_id == people["section"].pk
        )
        people["section"].person_key = person.id_hash
        people["section"].save()
        with pytest.raises(DomainError):
            assign(actor=people["clerk"], complaint=case, handler=people["section"])


class TestPages:
    def page(self, user, name, *args, **query):
        return client_of(user).get(reverse(f"complaints:{name}", args=args), query)

    def test_the_list_shows_the_kind_and_nothing_of_who_it_was(self, people, person):
        kept(people, person)
        html = self.page(people["section"], "list").content.decode()
        assert NUMBER in html
        assert "实名" in html
        assert NAME not in html

    def test_a_report_is_registered_its_identity_locked_and_nothing_typed_comes_back(self, people, person):
        browser = client_of(people["clerk"])
        form = {
            "number": NUMBER, "kind": "NAMED", "channel": "LETTER", "received_on": ago(2).isoformat(), "owner": "OWN",
            "unit_name": person.home.name, "officials": person.name, "matter": "反映其把关不严",
        }  # fmt: skip
        assert browser.post(reverse("complaints:new"), form | {"officials": "查无此人"}).status_code == 422
        answer = browser.post(reverse("complaints:new"), form)
        case = Complaint.objects.get(number=NUMBER)
        assert answer.url == reverse("complaints:case", args=[case.case_no])
        address = reverse("complaints:identity-new", args=[case.case_no])
        refused = browser.post(address, {"phone": INFORMER.phone, "address": INFORMER.address})
        assert refused.status_code == 422
        assert INFORMER.phone not in refused.content.decode()
        assert "no-store" in refused["Cache-Control"]
        done = browser.post(address, INFORMER.values, follow=True)
        assert NAME not in done.content.decode()
        assert Complaint.objects.get(number=NUMBER).informers == 1
        assert not ReporterIdentity.objects.exists(), "nobody reads it back"

    def test_a_request_goes_its_way_on_pages(self, people, person):
        case = kept(people, person)
        clerk, head = client_of(people["clerk"]), client_of(people["head"])
        clerk.post(reverse("complaints:ask", args=[case.case_no]), {"purpose": "核实"})
        request = IdentityRequest.objects.get()
        page, act, look = (
            reverse(f"complaints:{name}", args=[request.case_no]) for name in ("request", "request-step", "look")
        )
        own = clerk.post(act, {"step": "approve", "version": 1})
        assert own.status_code == 422
        assert "R-CON-04" in own.content.decode()
        assert "R-CON-04" in clerk.get(page).content.decode(), "the button says why not"
        assert head.post(act, {"step": "approve", "version": 1}).url == page
        assert clerk.get(look).status_code == 405
        shown = clerk.post(look)
        html = shown.content.decode()
        assert all(value in html for value in INFORMER.values.values())
        assert str(people["clerk"]) in html
        assert "no-store" in shown["Cache-Control"]
        assert shown["Refresh"].endswith(f"url={page}")
        assert 590 <= int(shown["Refresh"].partition(";")[0]) <= 600
        assert head.post(look).url == page
        early = timezone.now() - timedelta(hours=1)
        IdentityRequest.objects.update(opened_at=early, valid_until=early + timedelta(minutes=10))
        assert clerk.post(look).url == page
        assert NAME not in clerk.get(page).content.decode()

    def test_a_refusal_stands_on_the_page_of_the_report(self, people, person):
        request = asked(people, person)
        answer(request, "refuse", actor=people["head"], reason="无须知悉")
        html = self.page(people["section"], "case", request.complaint.case_no).content.decode()
        assert request.case_no in html
        assert "R-CON-04" not in html
        assert "无须知悉" in self.page(people["section"], "request", request.case_no).content.decode()

    def test_what_names_the_report_stands_on_its_page_and_the_other_way_round(self, people, staff_of_section, person):
        case = registered(people, person)
        clearance = taken_up(staff_of_section, person, report_no=NUMBER)
        browser = client_of(people["section"])
        assert clearance.case_no in browser.get(reverse("complaints:case", args=[case.case_no])).content.decode()
        page = browser.get(reverse("clearances:case", args=[clearance.case_no])).content.decode()
        assert reverse("complaints:case", args=[case.case_no]) in page

    def test_the_request_page_asks_little(self, people, person, django_assert_max_num_queries):
        request = approved(people, person)
        browser = client_of(people["clerk"])
        self.page(people["clerk"], "request", request.case_no)
        with django_assert_max_num_queries(10):
            browser.get(reverse("complaints:request", args=[request.case_no]))


@pytest.fixture
def staff_of_section(people):
    return {"section": people["section"]}
