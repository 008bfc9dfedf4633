"""Prior filings (容错报备): filed before it begins, looked through in one working day, cited by a later case; pages and API."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from docx import Document

from foundation.audit.models import Entry
from foundation.casework.models import Deadline
from foundation.casework.selectors.deadline_alerts import deadline_kinds
from foundation.casework.services.engine import available, perform
from foundation.common.results import DomainError
from foundation.regulations.services.calendar import add_working_days
from tests.support.people import client_of
from tests.support.queries import assert_query_baseline
from tests.tolerance.support import Office, ago
from tolerance.models import CasePoint, PriorFiling, ToleranceCase
from tolerance.services.case_papers import export_notice
from tolerance.services.filings import amend_filing, draft_filing

from ..support.reading_room import ReadingRoom
from .support import answers
from .test_views_cases import typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


@pytest.fixture
def office(tree):
    return Office(tree)


def whole(**changed):
    """Everything that a filing asks for."""
    return {
        "title_text": "一件事集成改革",
        "reform": "整合窗口、再造流程",
        "decision_record": "党组会议纪要〔2026〕3号",
        "breaks_no_ban": True,
        "risk_level": "MIDDLE",
        "risks": "办件量可能下降",
        "measures": "保留兜底窗口，按月评估",
        "starts_on": timezone.localdate(),
        "ends_on": timezone.localdate() + timedelta(days=300),
    } | changed


def drafted(office, **values):
    return draft_filing(actor=office["liaison"], organization=office.tree.finance, **whole(**values))


def filed(office, **values):
    return perform(drafted(office, **values), "file", actor=office["liaison"])


def accepted(office, *, days_ago=0, **values):
    """Filed and accepted so many days ago, its term from that day on."""
    day = ago(days_ago)
    case = perform(drafted(office, **({"starts_on": day} | values)), "file", actor=office["liaison"], filed_on=day)
    return perform(case, "accept", actor=office["section"], opinion="风险可控，同意报备", reviewed_on=day)


def codes_of(refused):
    return [(reason.code, reason.facts.get("field")) for reason in refused.value.reasons]


@pytest.mark.rule("TOL-PREFILE-DAYS")
def test_a_filing_is_looked_through_within_one_working_day_and_that_is_an_alert(office):
    case = filed(office)
    assert (case.status, case.case_no, case.filed_on) == ("filed", f"BB-A-{ago(0).year}-001", ago(0))
    clock = Deadline.objects.get(kind="tolerance.filing", closed_at=None)
    assert (clock.step, clock.rule_id, clock.due_on) == ("accept", "TOL-PREFILE-DAYS", add_working_days(ago(0), 1).date)
    (kind,) = [one for one in deadline_kinds() if one.code == "deadline.tolerance.filing"]
    assert (kind.permission, kind.viewers) == ("tolerance.accept_case", ("tolerance.view_priorfiling",))
    case = perform(case, "accept", actor=office["section"], opinion="同意报备")
    clock = Deadline.objects.get(kind="tolerance.filing", closed_at=None)
    assert (clock.step, clock.due_on) == ("close", case.ends_on)
    case = perform(case, "close", actor=office["liaison"], result="试点达到目标")
    assert (case.status, case.ended_on, case.result) == ("closed", ago(0), "试点达到目标")
    actions = Entry.objects.filter(target_no=case.case_no).order_by("pk").values_list("action", flat=True)
    assert list(actions) == [f"tolerance.filing.{step}" for step in ("drafted", "file", "accept", "close")]


@pytest.mark.rule("TOL-PREFILE-BEFORE")
def test_what_has_begun_or_is_not_whole_is_refused_by_its_rule_at_its_field(office):
    begun = drafted(office, starts_on=ago(1))
    with pytest.raises(DomainError) as refused:
        perform(begun, "file", actor=office["liaison"])
    assert codes_of(refused) == [("TOL-PREFILE-BEFORE", "starts_on")]
    assert "TOL-PREFILE-BEFORE" in refused.value.reasons[0].text
    bare = drafted(office, breaks_no_ban=False, decision_record="", risks="", measures="")
    with pytest.raises(DomainError) as refused:
        perform(bare, "file", actor=office["liaison"])
    assert codes_of(refused) == [
        ("TOL-PRECONDITIONS", "breaks_no_ban"), ("TOL-PRECONDITIONS", "decision_record"),
        ("PREFILE_MISSING", "risks"), ("PREFILE_MISSING", "measures"),
    ]  # fmt: skip
    with pytest.raises(DomainError) as refused:
        drafted(office, ends_on=ago(1))
    assert codes_of(refused) == [("PREFILE_TERM_BACKWARD", "ends_on")]


def test_returned_it_is_completed_and_filed_again(office):
    case = perform(filed(office), "return", actor=office["section"], reason="补充止损条件")
    assert case.status == "returned"
    case = amend_filing(actor=office["liaison"], case=case, **whole(measures="连续两月下降即暂停"))
    case = perform(case, "file", actor=office["liaison"])
    assert (case.status, case.measures) == ("filed", "连续两月下降即暂停")
    with pytest.raises(DomainError, match="FILING_FILED"):
        amend_filing(actor=office["liaison"], case=case, **whole())


def test_who_filed_does_not_look_it_through_and_other_units_cannot_file(office):
    own = perform(draft_filing(actor=office["section"], organization=office.tree.finance, **whole()), "file", actor=office["section"])  # fmt: skip
    offers = {offer.step.name: [reason.code for reason in offer.reasons] for offer in available(own, office["section"])}
    assert offers["accept"] == offers["return"] == ["FILING_SAME_PERSON"]
    with pytest.raises(PermissionDenied):
        draft_filing(actor=office["liaison"], organization=office.tree.health, **whole())
    with pytest.raises(PermissionDenied):
        perform(filed(office), "accept", actor=office["liaison"], opinion="x")


@pytest.mark.rule("TOL-PREFILE-CITED")
def test_a_case_cites_a_filing_and_it_stands_as_evidence(office, tree):
    filing = accepted(office, days_ago=90)
    points = answers() | {"G4_DUE_PROCESS": ("YES", ""), "G2_PURPOSE": ("YES", "试点通知")}
    case = office.drafted(filing=filing, event_on=ago(60), points=points)
    evidence = dict(CasePoint.objects.system().filter(case=case).values_list("code", "evidence"))
    assert filing.case_no in evidence["G4_DUE_PROCESS"]
    assert "党组会议纪要〔2026〕3号" in evidence["G4_DUE_PROCESS"]
    assert evidence["G2_PURPOSE"] == "试点通知"
    for viewer in ("liaison", "leader"):
        page = client_of(office[viewer]).get(reverse("tolerance:case", args=[case.case_no])).content.decode()
        assert reverse("tolerance:filing", args=[filing.case_no]) in page
        assert "办件量可能下降" in page
    page = client_of(office["section"]).get(reverse("tolerance:filing", args=[filing.case_no])).content.decode()
    assert case.case_no in page
    assert "经民主决策程序" in page


@pytest.mark.parametrize(
    ("days_ago", "event_ago", "status"), [(30, 60, "accepted"), (90, 10, "filed"), (90, 10, "short")]
)
def test_a_filing_after_the_event_not_accepted_or_of_another_term_is_refused(office, days_ago, event_ago, status):
    filing = accepted(office, days_ago=days_ago, **({"ends_on": ago(20)} if status == "short" else {}))
    if status == "filed":
        filing = filed(office)
    with pytest.raises(DomainError) as refused:
        office.drafted(filing=filing, event_on=ago(event_ago))
    assert {code for code, _field in codes_of(refused)} == {"TOL-PREFILE-CITED"}
    assert {field for _code, field in codes_of(refused)} == {"filing"}
    assert not ToleranceCase.objects.exists()


def test_a_filing_of_another_unit_cannot_be_cited(office, tree):
    own = draft_filing(actor=office["section"], organization=tree.health, **whole(starts_on=ago(0)))
    with pytest.raises(DomainError) as refused:
        office.drafted(filing=own, event_on=ago(0))
    assert "TOL-PREFILE-CITED" in {code for code, _field in codes_of(refused)}


def test_the_notice_says_that_it_was_filed_beforehand(office, person):
    person.refresh_from_db()
    filing = accepted(office, days_ago=90)
    case = office.decide(office.deliberating(filing=filing, event_on=ago(60), officials=[person]))
    made = export_notice(actor=office["section"], case=case, paper="notice", to="unit", ending="docx")
    assert filing.case_no in "\n".join(one.text for one in Document(BytesIO(made.content)).paragraphs)


def test_a_liaison_files_on_the_pages_and_the_section_accepts(office, tree):
    browser = client_of(office["liaison"])
    values = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in whole().items()}
    answer = browser.post(reverse("tolerance:filing-new"), values | {"unit_name": "财政局x"})
    assert (answer.status_code, "unit_name" in answer.context["form"].errors) == (422, True)
    answer = browser.post(reverse("tolerance:filing-new"), values | {"unit_name": tree.finance.name, "risks": ""})
    assert (answer.status_code, "risks" in answer.context["form"].errors) == (422, True)
    banned = {name: value for name, value in values.items() if name != "breaks_no_ban"}
    answer = browser.post(reverse("tolerance:filing-new"), banned | {"unit_name": tree.finance.name})
    case = PriorFiling.objects.get()
    page = reverse("tolerance:filing", args=[case.case_no])
    assert (answer.status_code, answer.url) == (302, page)
    step = reverse("tolerance:filing-step", args=[case.case_no])
    refused = browser.post(step, {"step": "file", "version": 1})
    assert refused.status_code == 422
    assert "TOL-PRECONDITIONS" in refused.content.decode()
    edit = reverse("tolerance:filing-edit", args=[case.case_no])
    assert "保留兜底窗口" in browser.get(edit).content.decode()
    assert browser.post(edit, values | {"unit_name": tree.finance.name}).status_code == 302
    assert browser.post(step, {"step": "file", "version": 2}).status_code == 302
    assert browser.get(edit).status_code == 404
    section = client_of(office["section"])
    assert section.post(step, {"step": "accept", "version": 3, "opinion": "", "reviewed_on": ago(0)}).status_code == 422
    assert (
        section.post(step, {"step": "accept", "version": 3, "opinion": "同意", "reviewed_on": ago(0)}).status_code
        == 302
    )
    case.refresh_from_db()
    assert case.status == "accepted"


def test_the_guided_application_offers_citable_filings_and_says_why_one_does_not_fit(office, tree):
    filing, waiting = accepted(office, days_ago=30), filed(office, title_text="另一项改革")
    browser = client_of(office["liaison"])
    page = browser.get(reverse("tolerance:case-new")).content.decode()
    assert filing.case_no in page
    assert waiting.case_no not in page
    answer = browser.post(
        reverse("tolerance:case-new"), typed(tree, filing=filing.case_no, event_on=ago(60).isoformat())
    )
    assert "TOL-PREFILE-CITED" in answer.context["form"].errors["filing"][0]
    answer = browser.post(
        reverse("tolerance:case-new"), typed(tree, filing=filing.case_no, event_on=ago(10).isoformat())
    )
    assert answer.status_code == 302
    case = ToleranceCase.objects.get()
    assert case.filing == filing
    assert f'value="{filing.case_no}" selected' in browser.get(reverse("tolerance:case-edit", args=[case.case_no])).content.decode()  # fmt: skip


def test_the_api_reads_filings_of_ones_units(office):
    filing = accepted(office, days_ago=5)
    (row,) = client_of(office["liaison"]).get(reverse("v1:prior-filing-list")).json()["results"]
    assert (row["case_no"], row["status"], row["reviewed_on"]) == (filing.case_no, "accepted", ago(5).isoformat())
    assert client_of(office["liaison"]).get(reverse("v1:prior-filing-list"), {"on": ago(6)}).json()["results"] == []


def test_pages_ask_ten_times_at_most(office):
    filing = accepted(office, days_ago=90)
    case = office.drafted(filing=filing, event_on=ago(60))
    browser = client_of(office["section"])
    for name, address in {
        "prior filings": reverse("tolerance:filing-list"),
        "prior filing": reverse("tolerance:filing", args=[filing.case_no]),
        "prior filing, new": reverse("tolerance:filing-new"),
        "application for tolerance": reverse("tolerance:case-new"),
        "tolerance case with a filing": reverse("tolerance:case", args=[case.case_no]),
    }.items():
        browser.get(address)
        with assert_query_baseline(name):
            assert browser.get(address).status_code == 200


def test_a_decided_case_with_visits_asks_ten_times_at_most(office, person):
    person.refresh_from_db()
    case = office.told(office.decide(office.deliberating(officials=[person])))
    browser, address = client_of(office["section"]), reverse("tolerance:case", args=[case.case_no])
    browser.get(address)
    with assert_query_baseline("tolerance case, decided"):
        assert browser.get(address).status_code == 200


class TestAdmin(ReadingRoom):
    model = PriorFiling
    search = "BB-1"

    def make(self, unit, number):
        return PriorFiling.objects.create(
            case_no=f"BB-{number}", status="draft", organization=unit, opened_on=ago(0), title_text="x", reform="x"
        )
