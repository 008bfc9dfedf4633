"""Appeals: filed by the unit, answered by the department, decided by the office; what each refuses, what acceptance changes."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from assessments.models import Adjustment, Appeal, PublishRequest, Score, Veto
from assessments.services.appeals import file_appeal
from assessments.services.openings import open_preview
from assessments.services.publish_requests import ask_to_publish
from assessments.services.publishing import publish
from foundation.audit.models import Entry
from foundation.casework.models import CaseEvent, Deadline, Notice
from foundation.casework.selectors import waiting_cases
from foundation.casework.services.engine import perform
from foundation.regulations.services.calendar import add_working_days
from tests.factories.county import ACTOR
from tests.support.people import give, make_persona, make_user
from tests.support.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
LONG_AGO = date(2025, 3, 3)


@pytest.fixture
def office(assessment_office):
    """Who opens the preview and decides."""
    return assessment_office


@pytest.fixture
def filer(tree):
    """The liaison of the health department."""
    return make_persona("unit_liaison", tree.health)


@pytest.fixture
def opening(county, office):
    """2024 open to the units today."""
    return open_preview(county.calculated(2024), actor=office, reason="通知")


def file(opening, unit, actor, target="figure:G2", **values):
    given = {"wanted": "99", "grounds": "漏报一项", **values}
    return file_appeal(opening, unit, actor=actor, target=target, **given)


def numbers(user):
    return [row.case_no for row in waiting_cases(user)]


# --- filing -----------------------------------------------------------------------------------------------------------
def test_a_unit_objects_to_its_figure_and_the_responsible_department_must_answer(
    opening, tree, filer, unit_liaison, office
):
    case = file(opening, tree.health, filer, wanted="９９.0")
    assert (case.case_no, case.status, case.stated, case.wanted) == ("SS-A-2024-001", "filed", "94", "99")
    assert (case.responsible, case.run, case.target_name) == (tree.finance, opening.run, "目标完成率")
    assert numbers(unit_liaison) == [case.case_no]
    assert numbers(filer) == []  # to withdraw is possible, but nobody waits for it
    assert numbers(office) == [case.case_no]  # the office may answer for a department that does not
    event = CaseEvent.objects.get(case_no=case.case_no)
    assert (event.action, event.reason, event.data["target"]) == ("open", "漏报一项", "figure:G2")
    assert Entry.objects.get(action="assessments.appeal.filed").org_path == tree.health.path


@pytest.mark.rule("ASM-APPEAL-ANSWER-DAYS")
def test_the_department_has_three_working_days(opening, tree, filer):
    case = file(opening, tree.health, filer)
    clock = Deadline.objects.get(case_no=case.case_no)
    assert (clock.step, clock.rule_id) == ("answer", "ASM-APPEAL-ANSWER-DAYS")
    assert clock.due_on == add_working_days(timezone.localdate(), 3).date


@pytest.mark.rule("ASM-APPEAL-DECIDE-DAYS")
def test_the_office_has_three_working_days_after_the_answer(opening, tree, filer, unit_liaison):
    case = perform(file(opening, tree.health, filer), "answer", actor=unit_liaison, reason="属实")
    clock = Deadline.objects.get(case_no=case.case_no, closed_at=None)
    assert (clock.step, clock.rule_id) == ("accept", "ASM-APPEAL-DECIDE-DAYS")
    assert clock.due_on == add_working_days(timezone.localdate(), 3).date


def test_the_office_answers_for_what_the_unit_submits_itself(opening, tree, unit_liaison):
    assert file(opening, tree.finance, unit_liaison, target="figure:G2").responsible == tree.county_a


def test_nobody_files_for_another_unit(opening, tree, filer, office, other_county_office):
    for actor in (office, other_county_office, make_persona("unit_liaison", tree.county_b)):
        with pytest.raises(PermissionDenied):
            file(opening, tree.health, actor)
    with pytest.raises(PermissionDenied):
        file(opening, tree.finance, filer)
    assert not Appeal.objects.exists()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"target": "figure:NO"}, "APPEAL_UNKNOWN_TARGET"),
        ({"target": "veto:V1"}, "APPEAL_UNKNOWN_TARGET"),
        ({"grounds": "  "}, "APPEAL_GROUNDS_MISSING"),
        ({"wanted": ""}, "APPEAL_WANTED_ONE"),
        ({"strikes": True}, "APPEAL_WANTED_ONE"),
        ({"wanted": "94.00"}, "APPEAL_STANDS_THERE"),
        ({"wanted": "优"}, "FIGURE_EXPECTED"),
        ({"target": "figure:G1", "wanted": "101"}, "DIRECT_OUT_OF_RANGE"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_filed(opening, tree, filer, values, code):
    assert refused(lambda: file(opening, tree.health, filer, **values), code).status == 400
    assert not Appeal.objects.exists()


def test_one_open_appeal_per_unit_and_target(opening, tree, filer, unit_liaison):
    first = file(opening, tree.health, filer)
    refused(lambda: file(opening, tree.health, filer, wanted="98"), "APPEAL_ALREADY_OPEN")
    assert file(opening, tree.health, filer, target="figure:G1").case_no == "SS-A-2024-002"
    assert file(opening, tree.finance, unit_liaison).case_no == "SS-A-2024-003"
    perform(first, "withdraw", actor=filer, reason="填错")
    assert file(opening, tree.health, filer, wanted="98").case_no == "SS-A-2024-004"


def test_a_run_that_is_open_no_longer_takes_no_appeal(opening, county, tree, filer, office):
    county.figures(2024, county.last, G1="84")
    open_preview(county.calculated(2024), actor=office, reason="再核对")
    refused(lambda: file(opening, tree.health, filer), "APPEAL_OPENING_REPLACED")


def test_a_published_year_takes_no_appeal(opening, tree, filer):
    publish(opening.run, actor=ACTOR)
    refused(lambda: file(opening, tree.health, filer), "APPEAL_YEAR_PUBLISHED")


# --- after the window -------------------------------------------------------------------------------------------------
@pytest.fixture
def past(county, office):
    """2024 open to the units long ago."""
    return open_preview(county.calculated(2024), actor=office, reason="通知", today=LONG_AGO)


def test_an_appeal_after_the_window_is_refused_with_the_day_and_the_way_out(past, tree, filer):
    error = refused(lambda: file(past, tree.health, filer), "APPEAL_WINDOW_CLOSED")
    assert "2025.03.10" in str(error.message)
    assert not Appeal.objects.exists()


def test_a_late_appeal_with_its_reason_waits_for_the_office(past, tree, filer, unit_liaison, office):
    case = file(past, tree.health, filer, late_reason="通知送达迟延")
    assert (case.status, case.late_reason) == ("late", "通知送达迟延")
    assert numbers(office) == [case.case_no]
    assert numbers(unit_liaison) == []
    refused(lambda: perform(case, "answer", actor=unit_liaison, reason="x"), "CASE_STEP_NOT_HERE")
    refused(lambda: perform(case, "admit", actor=office, reason=" "), "CASE_NEEDS_REASON")
    case = perform(case, "admit", actor=office, reason="情况属实")
    assert case.status == "filed"
    assert numbers(unit_liaison) == [case.case_no]


def test_a_late_appeal_may_be_refused_for_good(past, tree, filer, office):
    case = perform(file(past, tree.health, filer, late_reason="忙"), "refuse", actor=office, reason="无正当理由")
    assert (case.status, case.closed_at is None) == ("refused", False)


# --- the answer -------------------------------------------------------------------------------------------------------
def test_only_the_responsible_department_or_the_office_answers(opening, tree, filer):
    case = file(opening, tree.health, filer)
    for actor in (filer, make_persona("cadre_section", tree.county_a)):
        with pytest.raises(PermissionDenied):
            perform(case, "answer", actor=actor, reason="x")


def test_an_answer_agrees_or_says_what_is_right(opening, tree, filer, unit_liaison):
    case = file(opening, tree.health, filer)
    refused(
        lambda: perform(case, "answer", actor=unit_liaison, reason="x", agrees=False, value="优"), "FIGURE_EXPECTED"
    )
    case = perform(case, "answer", actor=unit_liaison, reason="部分属实", agrees=False, value="96.50")
    assert (case.status, case.agrees, case.answered) == ("answered", False, "96.5")
    other = file(opening, tree.finance, unit_liaison, target="figure:G2", wanted="95")
    assert perform(other, "answer", actor=ACTOR, reason="属实").answered == "95"


# --- the decision -----------------------------------------------------------------------------------------------------
@pytest.fixture
def answered(opening, tree, filer, unit_liaison):
    """The appeal of the health department, with which the finance department agrees."""
    return perform(file(opening, tree.health, filer), "answer", actor=unit_liaison, reason="属实")


def test_acceptance_changes_the_figure_names_the_appeal_and_asks_for_a_run(answered, opening, tree, office):
    case = perform(answered, "accept", actor=office, reason="证据充分")
    assert (case.status, case.settled) == ("accepted", "99")
    score = Score.objects.get(unit=tree.health, indicator__code="G2")
    assert score.figure == Decimal(99)
    assert score.row_events.count() >= 1
    entry = Entry.objects.get(action="assessments.figure.changed")
    assert case.case_no in entry.reason
    assert (entry.data["before"]["figure"], entry.data["after"]["figure"]) == ("94", "99")
    notice = Notice.objects.get(message="assessments.rerun")
    assert (notice.permission, notice.params["case_no"]) == ("assessments.run_calculation", case.case_no)
    assert numbers(office) == []


def test_the_office_may_decide_on_another_figure(answered, tree, office):
    assert perform(answered, "accept", actor=office, reason="核定", value="97.5").settled == "97.5"
    assert Score.objects.get(unit=tree.health, indicator__code="G2").figure == Decimal("97.5")


def test_a_figure_that_does_not_fit_is_not_decided(answered, tree, office):
    refused(lambda: perform(answered, "accept", actor=office, reason="x", value="许多"), "FIGURE_EXPECTED")
    assert Appeal.objects.get().status == "answered"
    assert Score.objects.get(unit=tree.health, indicator__code="G2").figure == Decimal(94)


def test_a_figure_may_be_struck_out_as_not_applicable(opening, tree, filer, unit_liaison, office):
    case = file(opening, tree.health, filer, wanted="", strikes=True)
    case = perform(case, "answer", actor=unit_liaison, reason="无此职能")
    perform(case, "accept", actor=office, reason="不适用")
    score = Score.objects.get(unit=tree.health, indicator__code="G2")
    assert (score.is_applicable, score.figure, score.target) == (False, None, None)


def test_a_rejection_changes_nothing(answered, tree, office):
    refused(lambda: perform(answered, "reject", actor=office, reason=""), "CASE_NEEDS_REASON")
    assert perform(answered, "reject", actor=office, reason="证据不足").status == "rejected"
    assert Score.objects.get(unit=tree.health, indicator__code="G2").figure == Decimal(94)
    assert not Notice.objects.filter(message="assessments.rerun").exists()


def test_nothing_is_decided_before_the_answer(opening, tree, filer, office):
    case = file(opening, tree.health, filer)
    refused(lambda: perform(case, "accept", actor=office, reason="x"), "CASE_STEP_NOT_HERE")


def test_who_answered_for_the_department_does_not_decide(opening, tree, filer, office):
    case = perform(file(opening, tree.health, filer), "answer", actor=office, reason="代为答复")
    refused(lambda: perform(case, "accept", actor=office, reason="x"), "APPEAL_SAME_PERSON_ANSWERED")
    refused(lambda: perform(case, "reject", actor=office, reason="x"), "APPEAL_SAME_PERSON_ANSWERED")
    second = make_persona("assessment_office", tree.county_a, username="second")
    assert perform(case, "accept", actor=second, reason="x").status == "accepted"


def test_who_filed_does_not_decide(opening, tree, unit_liaison):
    both = make_user("both", home=tree.health)
    give(both, "unit_liaison", tree.health)
    give(both, "assessment_office", tree.county_a)
    case = perform(file(opening, tree.health, both), "answer", actor=unit_liaison, reason="属实")
    refused(lambda: perform(case, "accept", actor=both, reason="x"), "APPEAL_SAME_PERSON_FILED")


@pytest.mark.parametrize("persona", ["department_leader", "cadre_section", "supervision_section"])
def test_others_do_not_decide(answered, personas, persona):
    with pytest.raises(PermissionDenied):
        perform(answered, "accept", actor=personas[persona], reason="x")


def test_two_deciders_the_second_is_told(answered, tree, office):
    second = make_persona("assessment_office", tree.county_a, username="second")
    perform(answered, "reject", actor=office, reason="x", expected_version=2)
    refused(lambda: perform(answered, "accept", actor=second, reason="x", expected_version=2), "CASE_CHANGED")


def test_an_accepted_appeal_makes_an_open_request_to_publish_lapse(opening, office, tree):
    ask_to_publish(opening.run, actor=office, reason="审定", override_reason="时限紧")
    liaison = make_persona("unit_liaison", tree.health, username="later")
    filed = file_appeal(opening, tree.health, actor=liaison, target="figure:G2", wanted="99", grounds="漏报")
    answered = perform(filed, "answer", actor=ACTOR, reason="属实")
    perform(answered, "accept", actor=office, reason="属实")
    case = PublishRequest.objects.get()
    assert case.status == "lapsed"
    assert answered.case_no in CaseEvent.objects.filter(case_no=case.case_no).latest("seq").reason


# --- adjustments and vetoes -------------------------------------------------------------------------------------------
@pytest.fixture
def burdened(county, office, tree):
    """The health department with a deduction and a veto, open to the units."""
    cycle = county.cycles[2024]
    Adjustment.objects.create(cycle=cycle, unit=tree.health, number="J1", points=-2, ground="通报批评")
    Veto.objects.create(cycle=cycle, unit=tree.health, number="V1", ground="安全事故")
    return open_preview(county.calculated(2024), actor=office, reason="通知")


def decided(case, office, **values):
    case = perform(case, "answer", actor=ACTOR, reason="核实")
    return perform(case, "accept", actor=office, reason="属实", **values)


def test_a_deduction_is_corrected_with_its_history(burdened, tree, filer, office):
    case = file(burdened, tree.health, filer, target="adjustment:J1", wanted="-0.5")
    assert (case.responsible, case.stated) == (tree.county_a, "-2")
    decided(case, office)
    row = Adjustment.objects.get(number="J1")
    assert row.points == Decimal("-0.5")
    assert [event.pgh_label for event in row.row_events.order_by("pgh_id")] == ["insert", "update"]
    entry = Entry.objects.get(action="assessments.adjustment.corrected")
    assert (entry.data["before"], entry.data["after"], case.case_no in entry.reason) == ("-2", "-0.5", True)


def test_a_deduction_is_struck_out_and_its_rows_of_history_stay(burdened, tree, filer, office):
    key = Adjustment.objects.get(number="J1").pk
    decided(file(burdened, tree.health, filer, target="adjustment:J1", wanted="", strikes=True), office)
    assert not Adjustment.objects.filter(number="J1").exists()
    events = apps.get_model("assessments.AdjustmentRowEvent").objects.filter(pgh_obj_id=key).order_by("pgh_id")
    assert [event.pgh_label for event in events] == ["insert", "delete"]
    assert Entry.objects.filter(action="assessments.adjustment.struck").exists()


def test_a_veto_is_struck_out_only(burdened, tree, filer, office):
    refused(lambda: file(burdened, tree.health, filer, target="veto:V1", wanted="1"), "APPEAL_VETO_STRUCK")
    decided(file(burdened, tree.health, filer, target="veto:V1", wanted="", strikes=True), office)
    assert not Veto.objects.exists()
    assert Entry.objects.get(action="assessments.veto.lifted").data == {"ground": "安全事故"}


@pytest.mark.parametrize("wanted", ["0", "很多"])
def test_points_are_a_number_other_than_0(burdened, tree, filer, wanted):
    refused(lambda: file(burdened, tree.health, filer, target="adjustment:J1", wanted=wanted), "APPEAL_NUMBER")


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("99999999", "APPEAL_POINTS_RANGE"),
        ("-100.5", "APPEAL_POINTS_RANGE"),
        ("-0.00001", "APPEAL_POINTS_RANGE"),
        ("1", "APPEAL_POINTS_SIGN"),
    ],
)
def test_points_stay_of_their_kind_and_in_range(burdened, tree, filer, office, wanted, code):
    refused(lambda: file(burdened, tree.health, filer, target="adjustment:J1", wanted=wanted), code)
    case = file(burdened, tree.health, filer, target="adjustment:J1", wanted="-1")
    refused(lambda: decided(case, office, value=wanted), code)
    assert Adjustment.objects.get(number="J1").points == -2


def test_what_is_gone_meanwhile_is_not_corrected(burdened, tree, filer, office):
    case = file(burdened, tree.health, filer, target="adjustment:J1", wanted="-1")
    Adjustment.objects.filter(number="J1").delete()
    case = perform(case, "answer", actor=ACTOR, reason="x")
    refused(lambda: perform(case, "accept", actor=office, reason="x"), "APPEAL_TARGET_GONE")
    assert Appeal.objects.get().status == "answered"


def test_an_appeal_left_open_at_publication_is_accepted_only_after_reopening(answered, opening, office):
    publish(opening.run, actor=ACTOR)
    refused(lambda: perform(answered, "accept", actor=office, reason="x"), "CYCLE_LOCKED")
    assert perform(answered, "reject", actor=office, reason="x").status == "rejected"
