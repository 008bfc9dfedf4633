"""A tolerance case from the application to the visit: who may act, what is missing, what the rules refuse, what stays."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from foundation.audit.models import Entry
from foundation.casework.models import Deadline
from foundation.casework.services.engine import perform
from foundation.common.dates import add_months
from foundation.common.results import DomainError
from foundation.regulations.services.calendar import add_working_days
from officials.models import FamilyMember, Official
from officials.services.people import identity_values
from tests.support.people import give, make_persona
from tests.tolerance.support import BALLOTS, VERIFIERS, Office, ago, answers
from tolerance.models import CaseBallot, CasePoint, CaseVerifier, ToleranceCase
from tolerance.services.applications import amend, draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


@pytest.fixture
def office(tree):
    return Office(tree)


@pytest.fixture
def person(tree):
    made = Official.objects.create(home=tree.finance, **identity_values("440784197805069119", "曾启辉"))
    made.refresh_from_db()  # the database writes the path of the unit
    return made


def codes_of(refused) -> list[str]:
    return sorted({reason.code for reason in refused.value.reasons})


def due_of(case, step):
    return Deadline.objects.get(case_no=case.case_no, step=step, closed_at=None).due_on


def test_a_case_walks_from_application_to_visit(office):
    case = office.deliberating()
    assert (case.exempting, CaseVerifier.objects.system().filter(case=case).count()) == (["TE1"], 2)
    case = office.told(office.decide(case))
    assert CaseBallot.objects.system().filter(case=case, vote="FOR").count() == 3
    case = perform(case, "plan", actor=office["section"], correction_plan="补齐台账", correction_due=due_in(2))
    assert due_of(case, "accept_correction") == due_in(2)
    case = perform(case, "accept_correction", actor=office["section"], correction_result="DONE")
    case = perform(case, "file", actor=office["section"])
    case = perform(case, "close", actor=office["section"], visitors="周明、郑洁", visit_finding="GOOD")
    assert (case.status, case.closed_at is not None) == ("closed", True)
    actions = Entry.objects.filter(target_no=case.case_no).order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["tolerance.case.drafted"] + [
        f"tolerance.case.{step}"
        for step in ("submit", "accept", "assign", "report", "decide", "feed_back", "plan", "accept_correction", "file", "close")
    ]  # fmt: skip


def due_in(months: int) -> date:
    return add_months(timezone.localdate(), months)


def test_numbers_count_by_county_and_year(office):
    year = timezone.localdate().year
    assert [office.drafted().case_no, office.drafted().case_no] == [f"RC-A-{year}-001", f"RC-A-{year}-002"]


def test_an_application_names_somebody_of_the_county(office, tree, person):
    with pytest.raises(DomainError) as refused:
        office.drafted(units=[], officials=[])
    assert codes_of(refused) == ["PARTIES_MISSING"]
    with pytest.raises(DomainError) as refused:
        office.drafted(units=[tree.other_department])
    assert codes_of(refused) == ["PARTIES_ELSEWHERE"]
    assert office.drafted(officials=[person], units=[tree.finance]).parties.count() == 2


def test_nobody_applies_for_another_unit(office, tree):
    with pytest.raises(PermissionDenied):
        draft(actor=office["liaison"], organization=tree.health, units=[tree.health], title_text="x", event_on=ago(3))
    assert not ToleranceCase.objects.system().exists()


@pytest.mark.rule("TOL-PRECONDITIONS")
def test_an_application_with_an_open_condition_is_not_submitted(office):
    points = answers()
    del points["G4_DUE_PROCESS"]
    case = office.drafted(points=points)
    with pytest.raises(DomainError) as refused:
        perform(case, "submit", actor=office["liaison"])
    assert codes_of(refused) == ["TOL-PRECONDITIONS"]
    changed = amend(
        actor=office["liaison"], case=case, officials=[], units=[case.organization], points=answers(), title_text="改革"
    )
    assert perform(changed, "submit", actor=office["liaison"]).applied_on == timezone.localdate()


def test_a_draft_changed_by_somebody_else_is_not_overwritten(office):
    case = office.drafted()
    parts = {"officials": [], "units": [case.organization], "points": answers()}
    amend(actor=office["liaison"], case=case, expected_version=1, title_text="一", **parts)
    with pytest.raises(DomainError, match="CASE_CHANGED"):
        amend(actor=office["liaison"], case=case, expected_version=1, title_text="二", **parts)
    assert ToleranceCase.objects.system().get(pk=case.pk).title_text == "一"


@pytest.mark.rule("TOL-APPLY-DAYS")
def test_an_application_after_the_window_needs_a_reason(office):
    late = {"notice_on": ago(40)}
    with pytest.raises(DomainError) as refused:
        office.submitted(**late)
    assert codes_of(refused) == ["TOL-APPLY-DAYS"]
    assert office.submitted(**late, late_reason="当事人住院").status == "submitted"


@pytest.mark.rule("TOL-ACCEPT-DAYS")
@pytest.mark.rule("TOL-VERIFY-DAYS")
@pytest.mark.rule("TOL-DECIDE-DAYS")
@pytest.mark.rule("TOL-FEEDBACK-DAYS")
def test_the_clocks_are_five_twenty_ten_and_five_working_days(office):
    today = timezone.localdate()
    assert due_of(office.submitted(), "accept") == add_working_days(today, 5).date
    assert due_of(office.verifying(), "report") == add_working_days(today, 20).date
    case = office.deliberating()
    assert due_of(case, "decide") == add_working_days(today, 10).date
    assert due_of(office.decide(case), "feed_back") == add_working_days(today, 5).date


@pytest.mark.rule("TOL-VERIFY-LONGER-DAYS")
def test_the_verification_is_extended_once_by_ten_working_days_after_its_last(office):
    case = perform(office.verifying(), "extend", actor=office["leader"], reason="涉及部门多")
    first = add_working_days(timezone.localdate(), 20).date
    assert due_of(case, "report") == case.verify_until == add_working_days(first, 10).date
    with pytest.raises(DomainError) as refused:
        perform(case, "extend", actor=office["leader"], reason="再延长")
    assert codes_of(refused) == ["TOL-VERIFY-LONGER-DAYS"]


def test_a_matter_finally_decided_above_is_not_accepted(office):
    case = office.submitted()
    with pytest.raises(DomainError) as refused:
        perform(case, "accept", actor=office["section"], is_decided_above=True)
    assert codes_of(refused) == ["DECIDED_ABOVE"]
    case = perform(case, "reject", actor=office["section"], reason="上级已作最终决定", is_decided_above=True)
    assert (case.status, case.is_decided_above) == ("rejected", True)


def test_who_applied_neither_accepts_nor_decides(office, tree):
    section = make_persona("supervision_section", tree.county_a, username="both")
    case = draft(
        actor=section, organization=tree.finance, units=[tree.finance], applicant_kind="EX_OFFICIO", title_text="试点",
        event_on=ago(30), summary="与问责同步启动",
    )  # fmt: skip
    case = perform(case, "submit", actor=section)
    with pytest.raises(DomainError) as refused:
        perform(case, "accept", actor=section)
    assert codes_of(refused) == ["TOLERANCE_SAME_PERSON"]


@pytest.mark.rule("TOL-INVESTIGATORS")
@pytest.mark.rule("TOL-RECUSAL")
def test_two_verify_and_no_relative_of_the_cadre(office, tree, person):
    FamilyMember.objects.create(official=person, relation="妻子", name="郑洁", birth_text="1980.03", sort=1)
    case = perform(office.submitted(officials=[person], units=[]), "accept", actor=office["section"])
    with pytest.raises(DomainError) as refused:
        perform(case, "assign", actor=office["section"], verifiers="周明 纪委监委")
    assert codes_of(refused) == ["TOL-INVESTIGATORS"]
    with pytest.raises(DomainError) as refused:
        perform(case, "assign", actor=office["section"], verifiers=VERIFIERS)
    (reason,) = refused.value.reasons
    assert (reason.code, reason.facts["name"], reason.facts["kin_of"]) == ("TOL-RECUSAL", "郑洁", "曾启辉")
    assert reason.cite.law == "公务员法"


def test_an_official_of_the_record_is_kin_only_with_the_month_of_birth(office, tree, person):
    other = Official.objects.create(home=tree.health, **identity_values("440784198003079129", "郑洁"))
    FamilyMember.objects.create(official=person, relation="妻子", name="郑洁", birth_text="1975.11", sort=1)
    case = perform(office.submitted(officials=[person], units=[]), "accept", actor=office["section"])
    case = perform(case, "assign", actor=office["section"], verifiers=VERIFIERS)
    assert CaseVerifier.objects.system().get(case=case, name="郑洁").official == other


def test_two_officials_of_one_name_are_told_apart_by_the_month_of_birth(office, tree):
    for number in ("440784198003079129", "440784197511129117"):
        Official.objects.create(home=tree.health, **identity_values(number, "郑洁"))
    case = perform(office.submitted(), "accept", actor=office["section"])
    with pytest.raises(DomainError) as refused:
        perform(case, "assign", actor=office["section"], verifiers=VERIFIERS)
    assert codes_of(refused) == ["NAME_AMBIGUOUS"]
    case = perform(case, "assign", actor=office["section"], verifiers="周明 纪委\n郑洁 1975.11 卫健局")
    assert CaseVerifier.objects.system().get(case=case, name="郑洁").official.id_masked.startswith("440784")


def test_the_report_answers_every_point(office):
    points = answers()
    del points["F2_OBJECTIVE"], points["D3_1"]
    with pytest.raises(DomainError) as refused:
        perform(office.verifying(), "report", actor=office["section"], report="属实", points=points)
    assert codes_of(refused) == ["POINTS_OPEN"]
    assert CasePoint.objects.system().exclude(found="").count() == 0, "nothing is half-saved"


@pytest.mark.rule("TOL-QUORUM")
@pytest.mark.rule("TOL-MAJORITY")
def test_no_decision_without_quorum_and_majority(office):
    case = office.deliberating()
    absent = "部长甲 部长 同意\n副部长乙 副部长 缺席\n副部长丙 副部长 缺席"
    with pytest.raises(DomainError) as refused:
        office.decide(case, ballots=absent)
    assert codes_of(refused) == ["TOL-MAJORITY", "TOL-QUORUM"]
    with pytest.raises(DomainError) as refused:
        office.decide(case, ballots="部长甲 部长 赞成")
    assert codes_of(refused) == ["BALLOT_UNREADABLE"]


def test_whoever_reported_does_not_record_the_decision(office, tree):
    both = make_persona("department_leader", tree.county_a, username="both")
    give(both, "supervision_section", tree.county_a)
    case = perform(office.verifying(), "report", actor=both, report="属实", points=answers(), exempting=["TE1"])
    with pytest.raises(DomainError) as refused:
        perform(case, "decide", actor=both, outcome="EXEMPT", word="免予追究", ballots=BALLOTS)
    assert "TOLERANCE_SAME_VERIFIER" in codes_of(refused)


@pytest.mark.rule("TOL-HARD-STOPS")
@pytest.mark.rule("TOL-SITUATIONS")
def test_what_the_findings_do_not_carry_is_refused_and_nothing_is_saved(office):
    case = office.deliberating(found={"G3_NO_GAIN": "NO"})
    with pytest.raises(DomainError) as refused:
        office.decide(case)
    (reason,) = refused.value.reasons
    assert (reason.code, reason.facts["code"], reason.cite.law) == (
        "TOL-PRECONDITIONS",
        "G3_NO_GAIN",
        "容错纠错（地方办法）",
    )
    assert "没有为自己" in str(reason.text)
    stopped = office.deliberating(excluding=["TN2"])
    with pytest.raises(DomainError) as refused:
        office.decide(stopped)
    assert codes_of(refused) == ["TOL-HARD-STOPS"]
    with pytest.raises(DomainError) as refused:
        office.decide(office.deliberating(), "MITIGATED", "从轻处理")
    assert codes_of(refused) == ["TOL-SITUATIONS"]
    assert set(ToleranceCase.objects.system().values_list("outcome", flat=True)) == {""}


def test_what_was_not_tolerated_is_filed_without_a_correction(office):
    case = office.told(office.decide(office.deliberating(excluding=["TN2"]), "NOT_TOLERATED", "不予容错"))
    with pytest.raises(DomainError):
        perform(case, "plan", actor=office["section"], correction_plan="x", correction_due=due_in(1))
    assert perform(case, "file", actor=office["section"]).status == "filed"


@pytest.mark.rule("TOL-CORRECT-MONTHS")
@pytest.mark.rule("TOL-PLAN-DAYS")
@pytest.mark.rule("TOL-FILE-DAYS")
@pytest.mark.rule("TOL-REVISIT-MONTHS")
def test_exemption_does_not_release_from_correction(office):
    case = office.told(office.decide(office.deliberating()))
    assert due_of(case, "plan") == add_working_days(timezone.localdate(), 10).date
    with pytest.raises(DomainError) as refused:
        perform(case, "file", actor=office["section"])
    assert codes_of(refused) == ["CORRECTION_FIRST"]
    with pytest.raises(DomainError) as refused:
        perform(case, "plan", actor=office["section"], correction_plan="x", correction_due=due_in(7))
    assert codes_of(refused) == ["TOL-CORRECT-MONTHS"]
    case = perform(case, "plan", actor=office["section"], correction_plan="x", correction_due=due_in(3))
    with pytest.raises(DomainError) as refused:
        perform(case, "accept_correction", actor=office["section"], correction_result="PARTLY")
    assert codes_of(refused) == ["CORRECTION_OPEN"]
    case = perform(case, "accept_correction", actor=office["section"], correction_result="DONE")
    assert due_of(case, "file") == add_working_days(timezone.localdate(), 5).date
    case = perform(case, "file", actor=office["section"])
    assert due_of(case, "close") == due_in(6)


@pytest.mark.rule("TOL-REVIEW-WINDOW-DAYS")
@pytest.mark.rule("TOL-REVIEW-DECIDE-DAYS")
def test_a_review_is_asked_for_in_time_and_upheld(office):
    case = office.told(office.decide(office.deliberating()))
    reviewed = perform(case, "ask_review", actor=office["liaison"], reason="对情节认定有异议")
    assert due_of(reviewed, "uphold") == add_working_days(timezone.localdate(), 20).date
    upheld = perform(
        reviewed, "uphold", actor=office["leader"], reason="维持", review_document_no="甲组容复〔2026〕1号"
    )
    assert upheld.status == "fed_back"
    ToleranceCase.objects.system().filter(pk=case.pk).update(fed_back_on=ago(30))
    with pytest.raises(DomainError) as refused:
        perform(upheld, "ask_review", actor=office["liaison"], reason="再议")
    assert codes_of(refused) == ["TOL-REVIEW-WINDOW-DAYS"]


def test_a_reversal_names_its_document(office):
    case = office.told(office.decide(office.deliberating()))
    with pytest.raises(DomainError) as refused:
        perform(case, "reverse", actor=office["leader"], reason="发现谋利")
    assert codes_of(refused) == ["FACT_MISSING"]
    case = perform(case, "reverse", actor=office["leader"], reason="发现谋利", review_document_no="甲组容撤〔2026〕1号")
    assert case.status == "reversed"


def test_days_cannot_lie_in_the_future_or_run_backwards(office):
    case = office.submitted()
    with pytest.raises(DomainError) as refused:
        perform(case, "accept", actor=office["section"], accepted_on=ago(-1))
    assert codes_of(refused) == ["DAY_IN_FUTURE"]
    with pytest.raises(DomainError) as refused:
        perform(case, "accept", actor=office["section"], accepted_on=ago(90))
    assert codes_of(refused) == ["DAY_OUT_OF_ORDER"]
