"""Collecting figures as a case: who is asked, by when, and what a submission may do next."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from assessments.models import Collection, Cycle, FigureRemark, Scheme, Score
from assessments.rules.collection import check_entry, compute_urgency
from assessments.selectors.collection_board import board_rows, board_totals
from assessments.selectors.collections import progress_by_department, sheet_of
from assessments.services.collection_notices import key_of
from assessments.services.collection_office import object_to, release, remind, sweep
from assessments.services.collections import open_year
from assessments.services.scores import change_score
from assessments.tasks import sweep_collections
from foundation.audit.models import Entry
from foundation.casework.models import CaseEvent, Deadline, Notice
from foundation.casework.selectors import waiting_cases
from foundation.casework.services.engine import available, perform
from foundation.common.results import DomainError
from foundation.organizations.models import UnitCategory
from foundation.regulations.services.calendar import add_working_days
from tests.support.people import make_persona

from .collecting import late, score, type_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


def today():
    return timezone.localdate()


def notice(case, kind):
    return Notice.objects.filter(key=key_of(case, kind), resolved_at__isnull=True).first()


@pytest.mark.rule("ASM-COLLECT-DAYS")
def test_opening_a_year_asks_every_responsible_department_once(assessed, assessment_office):
    opened = open_year(actor=assessment_office, cycle=assessed.cycle, reason="考核办〔2025〕1号")
    assert {case.organization.code for case in opened} == {"A-FIN", "A-HEA"}
    case = Collection.objects.get(organization__code="A-FIN")
    assert case.case_no == "SB-A-2024-A-FIN"
    assert case.due_on == add_working_days(today(), 10).date
    assert Deadline.objects.get(case_no=case.case_no).due_on == case.due_on
    assert Entry.objects.filter(action="assessments.collection.opened").count() == 1
    assert notice(case, "opened").params["day"] == f"{case.due_on:%Y.%m.%d}"
    with pytest.raises(DomainError, match="NOBODY_TO_ASK"):
        open_year(actor=assessment_office, cycle=assessed.cycle)


def test_the_office_may_name_the_last_day(assessed, assessment_office):
    day = today() + timedelta(days=40)
    case = open_year(actor=assessment_office, cycle=assessed.cycle, due_on=day)[0]
    assert Deadline.objects.get(case_no=case.case_no).due_on == day
    with pytest.raises(DomainError, match="DUE_TOO_EARLY"):
        open_year(actor=assessment_office, cycle=assessed.cycle, due_on=today())


def test_a_year_without_schemes_or_a_published_one_is_not_opened(assessed, assessment_office, run):
    with pytest.raises(DomainError, match="NO_SCHEMES"):
        open_year(actor=assessment_office, cycle=Cycle.objects.create(jurisdiction=assessed.tree.county_a, year=2030))
    Cycle.objects.filter(pk=assessed.cycle.pk).update(status="published", published_run=run)
    with pytest.raises(DomainError, match="CYCLE_LOCKED"):
        open_year(actor=assessment_office, cycle=assessed.cycle)


def test_a_year_without_units_is_not_opened(assessed, assessment_office):
    UnitCategory.objects.filter(year=2024).delete()
    with pytest.raises(DomainError, match="NO_UNITS"):
        open_year(actor=assessment_office, cycle=assessed.cycle)
    assert not Collection.objects.exists()


def test_drafts_are_issued_before_figures_are_asked_for(assessed, assessment_office):
    Scheme.objects.filter(pk=assessed.scheme.pk).update(state="draft", issued_on=None)
    with pytest.raises(DomainError, match="SCHEMES_NOT_ISSUED"):
        open_year(actor=assessment_office, cycle=assessed.cycle)
    assert not Collection.objects.exists()


def test_only_the_countys_office_opens(assessed, unit_liaison, tree):
    for actor in (unit_liaison, make_persona("assessment_office", tree.county_b)):
        with pytest.raises(PermissionDenied):
            open_year(actor=actor, cycle=assessed.cycle)


def test_what_is_missing_is_said_and_keeps_a_submission_back(collection, unit_liaison):
    assert [(unit.code, leaf.code) for unit, leaf in sheet_of(collection).gaps] == [("A-GUL", "E1")]
    (offer,) = available(collection, unit_liaison)
    assert offer.blocked
    with pytest.raises(DomainError, match="CASE_REFUSED"):
        perform(collection, "submit", actor=unit_liaison)


def test_submit_verify_and_open_again(submitted, unit_liaison, assessment_office):
    assert submitted.status == "submitted"
    assert [row.case_no for row in waiting_cases(assessment_office) if "A-FIN" in row.case_no] == [submitted.case_no]
    verified = perform(submitted, "verify", actor=assessment_office)
    assert verified.status == "verified"
    assert not [row for row in waiting_cases(assessment_office) if row.case_no == submitted.case_no]
    with pytest.raises(DomainError, match="CASE_NEEDS_REASON"):
        perform(verified, "reopen", actor=assessment_office)
    with pytest.raises(PermissionDenied):
        perform(verified, "reopen", actor=unit_liaison, reason="x")
    assert perform(verified, "reopen", actor=assessment_office, reason="数据有误").status == "returned"


@pytest.mark.rule("ASM-COLLECT-RETURN-DAYS")
@pytest.mark.rule("ASM-COLLECT-VERIFY-DAYS")
def test_a_returned_submission_has_new_days_and_its_remarks(submitted, assessed, unit_liaison, assessment_office):
    assert Deadline.objects.get(case_no=submitted.case_no, closed_at=None).due_on == add_working_days(today(), 5).date
    late(submitted)
    where = {"unit": assessed.units["A-GUL"], "indicator": assessed.indicators["E1"]}
    object_to(actor=assessment_office, collection=submitted, text="与决算不符", **where)
    case = perform(submitted, "send_back", actor=assessment_office, reason="见逐项意见")
    assert case.due_on == add_working_days(today(), 3).date
    assert Deadline.objects.get(case_no=case.case_no, closed_at=None).due_on == case.due_on
    assert notice(case, "returned").params["reason"] == "见逐项意见"
    ((remark,),) = sheet_of(case).remarks.values()
    assert remark.text == "与决算不符"
    perform(case, "resubmit", actor=unit_liaison)
    assert FigureRemark.objects.get().settled_at
    assert notice(case, "returned") is None


def test_remarks_are_for_submitted_figures_of_the_sheet(
    collection, submitted, assessed, assessment_office, unit_liaison
):
    where = {"unit": assessed.units["A-GUL"], "indicator": assessed.indicators["E2"]}
    with pytest.raises(DomainError, match="PART_UNKNOWN"):
        object_to(actor=assessment_office, collection=submitted, text="x", **where)
    with pytest.raises(DomainError, match="REMARK_MISSING"):
        object_to(actor=assessment_office, collection=submitted, text=" ", **where)
    with pytest.raises(PermissionDenied):
        object_to(actor=unit_liaison, collection=submitted, text="x", **where)


@pytest.mark.parametrize(
    ("status", "days", "code"),
    [
        ("filling", 0, ""),
        ("filling", -1, "COLLECTION_OVERDUE"),
        ("returned", 0, ""),
        ("submitted", 5, "COLLECTION_SUBMITTED"),
        ("verified", 5, "COLLECTION_VERIFIED"),
    ],
)
def test_when_a_department_may_enter_figures(status, days, code):
    assert check_entry(status, today() + timedelta(days=days), today()) == code


def test_single_corrections_obey_the_same_guards(submitted, assessed, unit_liaison, assessment_office):
    row = score(assessed, "A-GUL")
    with pytest.raises(DomainError, match="COLLECTION_SUBMITTED"):
        change_score(actor=unit_liaison, score=row, reason="x", figure=Decimal(90))
    assert change_score(actor=assessment_office, score=row, reason="核对", figure=Decimal(90)).figure == 90
    Collection.objects.all().update(due_on=today() - timedelta(days=1))
    perform(submitted, "send_back", actor=assessment_office, reason="x")
    Collection.objects.all().update(due_on=today() - timedelta(days=1))
    with pytest.raises(DomainError, match="COLLECTION_OVERDUE"):
        change_score(actor=unit_liaison, score=row, reason="x", figure=Decimal(91))


def test_without_a_collection_a_department_corrects_as_before(assessed, unit_liaison):
    assert change_score(actor=unit_liaison, score=score(assessed, "A-GUL"), reason="x", figure=Decimal(90)).figure == 90


def test_after_the_last_day_only_the_offices_release_lets_figures_in(
    collection, assessed, unit_liaison, assessment_office
):
    late(collection)
    cells = {("A-GUL", "E1"): ("81", "100")}
    with pytest.raises(DomainError, match="COLLECTION_OVERDUE"):
        type_in(collection, unit_liaison, assessed, cells)
    until = today() + timedelta(days=2)
    with pytest.raises(PermissionDenied):
        release(actor=unit_liaison, collection=collection, until=until, reason="x")
    with pytest.raises(DomainError, match="REASON_MISSING"):
        release(actor=assessment_office, collection=collection, until=until, reason="")
    with pytest.raises(DomainError, match="RELEASE_TOO_EARLY"):
        release(actor=assessment_office, collection=collection, until=today() - timedelta(days=1), reason="x")
    case = release(actor=assessment_office, collection=collection, until=until, reason="系统故障")
    assert Deadline.objects.get(case_no=case.case_no, closed_at=None).due_on == until
    assert CaseEvent.objects.get(action="released").reason == "系统故障"
    assert type_in(collection, unit_liaison, assessed, cells).created == 1


def test_a_late_submission_is_recorded_as_late(collection, assessed, unit_liaison, assessment_office):
    type_in(collection, unit_liaison, assessed, {("A-GUL", "E1"): ("81", "100")})
    perform(late(collection), "submit", actor=unit_liaison)
    assert CaseEvent.objects.get(action="submit").data["late"] is True


def test_the_office_submits_for_a_department_with_a_reason(collection, assessed, assessment_office, unit_liaison):
    type_in(collection, unit_liaison, assessed, {("A-GUL", "E1"): ("81", "100")})
    assert perform(collection, "submit_for", actor=assessment_office, reason="联络员空缺").status == "submitted"


@pytest.mark.rule("ASM-COLLECT-REMIND-DAYS")
def test_the_sweep_tells_each_fact_once(collection, unit_liaison, assessment_office):
    assert sweep(today()) == {"due": 0, "overdue": 0}
    assert sweep(collection.due_on) == {"due": 2, "overdue": 0}
    assert notice(collection, "due")
    after = collection.due_on + timedelta(days=1)
    told = Notice.objects.count()
    assert sweep(after) == sweep(after) == {"due": 0, "overdue": 2}
    assert Notice.objects.count() == told + 3
    assert notice(collection, "due") is None
    assert notice(collection, "overdue").severity == "red"
    assert Notice.objects.get(message="assessments.collection.late").params["count"] == 2
    assert sweep_collections() == {"due": 0, "overdue": 0}
    assert Notice.objects.get(message="assessments.collection.late").resolved_at


def test_a_reminder_says_how_much_is_missing(collection, assessment_office, submitted):
    with pytest.raises(DomainError, match="NOTHING_TO_REMIND"):
        remind(actor=assessment_office, collection=submitted)
    perform(submitted, "send_back", actor=assessment_office, reason="x")
    Score.objects.filter(indicator__code="E1").update(target=None)
    remind(actor=assessment_office, collection=submitted)
    assert notice(submitted, "remind").params["count"] == 4


def test_the_board_counts_what_the_sheets_hold(collection, assessed, assessment_office, unit_liaison):
    progress = progress_by_department(assessed.cycle)
    for case in Collection.objects.all():
        sheet = sheet_of(case)
        assert (progress[case.organization_id].expected, progress[case.organization_id].filled) == (
            sheet.expected,
            sheet.filled,
        )
    rows = board_rows(assessed.cycle, assessment_office, today())
    assert board_totals(rows).progress.gaps == 1
    assert [row.case.pk for row in board_rows(assessed.cycle, unit_liaison, today())] == [collection.pk]
    late(collection)
    (row,) = board_rows(assessed.cycle, unit_liaison, today())
    assert row.urgency == "overdue"
    assert row.days_late > 0


@pytest.mark.parametrize(
    ("is_open", "left", "urgency"), [(True, -1, "overdue"), (True, 2, "soon"), (True, 3, ""), (False, -9, "")]
)
def test_urgency_is_of_open_submissions_only(is_open, left, urgency):
    assert compute_urgency(is_open, left, 2) == urgency
