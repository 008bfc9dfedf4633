"""A run becomes the published one: measures open, inputs lock; corrections withdraw, mark and reopen; what differs."""

from decimal import Decimal

import pytest
from django.db import InternalError, transaction

from assessments.choices import CycleStatus
from assessments.models import Cycle, Measure, Publication, Run, RunUnit
from assessments.services.calculation import calculate
from assessments.services.publishing import difference, is_current, publish, reopen
from foundation.audit.models import Entry
from foundation.casework.models import CaseEvent, Notice
from foundation.casework.services.engine import perform
from tests.factories.county import ACTOR, hold, make_official, make_small_county
from tests.support.people import give, make_persona
from tests.support.refusals import refused
from tests.support.tools import talk_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


@pytest.fixture
def people(tree):
    """Who reviews, decides and carries out."""
    return {
        "review": make_persona("supervision_section", tree.county_a),
        "approve": make_persona("department_leader", tree.county_a),
        "decline": make_persona("department_leader", tree.county_a, username="second.leader"),
        "execute": make_persona("cadre_section", tree.county_a),
    }


def walk(case, people, *steps):
    for step in steps:
        if step == "execute":
            talk_for(case)
        case = perform(case, step, actor=people[step], reason="理由")
    return case


def correct(county, change=None):
    """Open 2024, change the figures so that the health department is last, calculate and publish again."""
    reopen(county.cycles[2024], actor=ACTOR, reason="申诉成立")
    (change or county.swap_last)(2024)
    run = county.calculated(2024)
    return run, publish(run, actor=ACTOR, reason="更正")


def statuses(county):
    return {
        case.organization.code: (case.status, case.basis_changed)
        for case in Measure.objects.select_related("organization").order_by("pk")
    }


# --- the first publication --------------------------------------------------------------------------------------------
def test_publishing_opens_the_measures_and_locks_the_year(county):
    run = county.calculated(2024)
    assert not Measure.objects.exists()
    counts = publish(run, actor=ACTOR, reason="审定")
    assert counts == {"opened": 1, "withdrawn": 0, "marked": 0, "already": False}
    cycle = Cycle.objects.get(year=2024)
    assert (cycle.status, cycle.published_run, cycle.is_locked) == (CycleStatus.PUBLISHED, run, True)
    case = Measure.objects.get()
    person = county.people[county.last.code]
    assert (case.organization, case.official, case.post) == (county.last, person, county.posts[county.last.code])
    assert (case.step, case.days, case.status, case.run) == ("reminder_talk", 366, "proposed", run)
    assert case.case_no == "MB-A-2024-001"
    event = CaseEvent.objects.get(case_no=case.case_no)
    assert (event.action, event.data["run"], event.data["step"]) == ("open", run.number, "reminder_talk")
    assert Publication.objects.get().reason == "审定"
    entry = Entry.objects.get(action="assessments.run.published")
    assert (entry.target_no, entry.reason, entry.data["opened"]) == (run.number, "审定", 1)
    assert entry.org_path == county.root.path


def test_publishing_twice_changes_nothing(county):
    run = county.published(2024)
    entries = Entry.objects.count()
    assert publish(run, actor=ACTOR)["already"] is True
    assert (Measure.objects.count(), Publication.objects.count(), Entry.objects.count()) == (1, 1, entries)


def test_a_run_whose_inputs_changed_is_not_published(county):
    run = county.calculated(2024)
    assert is_current(run)
    county.figures(2024, county.last, G1="99")
    assert not is_current(run)
    refused(lambda: publish(run, actor=ACTOR), "RUN_OUTDATED")
    assert Cycle.objects.get(year=2024).status == CycleStatus.OPEN
    assert not Measure.objects.exists()


def test_the_same_inputs_give_the_same_run(county):
    first = calculate(county.cycles[2024], actor=ACTOR)
    second = calculate(county.cycles[2024], actor=ACTOR)
    assert (first.was_reused, second.was_reused, second.run) == (False, True, first.run)
    assert Run.objects.count() == 1


def test_a_published_year_takes_no_other_run_unless_opened(county):
    county.published(2024)
    county.swap_last(2024)  # past the services, as a mistake would
    refused(lambda: publish(county.calculated(2024), actor=ACTOR), "CYCLE_LOCKED")


# --- correction -------------------------------------------------------------------------------------------------------
def test_a_year_is_opened_with_a_reason_only_when_it_is_published(county):
    refused(lambda: reopen(county.cycles[2024], actor=ACTOR, reason="x"), "CYCLE_NOT_PUBLISHED")
    run = county.published(2024)
    assert refused(lambda: reopen(county.cycles[2024], actor=ACTOR, reason=" "), "REASON_MISSING").status == 400
    opened = reopen(county.cycles[2024], actor=ACTOR, reason="申诉成立")
    assert (opened.status, opened.published_run) == (CycleStatus.CORRECTING, run)
    assert Entry.objects.get(action="assessments.cycle.reopened").reason == "申诉成立"


def test_an_undecided_measure_without_ground_is_withdrawn_and_the_new_one_opened(county):
    county.published(2024)
    run, counts = correct(county)
    assert counts == {"opened": 1, "withdrawn": 1, "marked": 0, "already": False}
    assert statuses(county) == {"A-FIN": ("withdrawn", False), "A-HEA": ("proposed", False)}
    withdrawn = Measure.objects.get(organization=county.last)
    assert withdrawn.closed_at is not None
    event = CaseEvent.objects.filter(case_no=withdrawn.case_no).latest("seq")
    assert (event.action, run.number in event.reason) == ("withdraw", True)
    assert Measure.objects.get(organization__code="A-HEA").case_no == "MB-A-2024-002"


@pytest.mark.parametrize("steps", [("review",), ()])
def test_a_reviewed_measure_is_undecided_as_well(county, people, steps):
    county.published(2024)
    walk(Measure.objects.get(), people, *steps)
    assert correct(county)[1]["withdrawn"] == 1


@pytest.mark.parametrize("steps", [("review", "approve"), ("review", "approve", "execute")])
def test_a_decided_measure_is_marked_and_its_reviewers_told(county, people, steps):
    county.published(2024)
    case = walk(Measure.objects.get(), people, *steps)
    counts = correct(county)[1]
    assert (counts["withdrawn"], counts["marked"], counts["opened"]) == (0, 1, 1)
    assert statuses(county) == {"A-FIN": (case.status, True), "A-HEA": ("proposed", False)}
    marked = Measure.objects.get(pk=case.pk)
    assert marked.version == case.version + 1
    assert CaseEvent.objects.filter(case_no=case.case_no).latest("seq").action == "basis_changed"
    notice = Notice.objects.get(key=f"assessments.basis:{case.case_no}")
    assert (notice.permission, notice.organization) == ("assessments.review_measure", county.last)


def test_a_mark_is_taken_off_when_the_ground_comes_back(county, people):
    county.published(2024)
    case = walk(Measure.objects.get(), people, "review", "approve")
    correct(county)
    correct(county, lambda year: county.figures(year, county.units[-2], G1="86", G2="94"))
    assert statuses(county) == {"A-FIN": ("approved", False), "A-HEA": ("withdrawn", False)}
    assert CaseEvent.objects.filter(case_no=case.case_no).latest("seq").action == "basis_restored"
    assert Notice.objects.get(key=f"assessments.basis:{case.case_no}").resolved_at is not None


def test_a_declined_measure_stays_declined_while_its_ground_is_the_same(county, people):
    county.published(2024)
    walk(Measure.objects.get(), people, "review", "decline")
    counts = correct(county, lambda year: county.figures(year, county.units[0], G1="96"))[1]
    assert counts == {"opened": 0, "withdrawn": 0, "marked": 0, "already": False}
    assert statuses(county) == {"A-FIN": ("declined", False)}


def test_a_withdrawn_measure_comes_back_as_a_new_case(county):
    county.published(2024)
    correct(county)
    correct(county, lambda year: county.figures(year, county.units[-2], G1="86", G2="94"))
    cases = Measure.objects.filter(organization=county.last).order_by("pk")
    assert [(case.status, case.case_no) for case in cases] == [
        ("withdrawn", "MB-A-2024-001"),
        ("proposed", "MB-A-2024-003"),
    ]


def test_nothing_is_ever_deleted(county, people):
    county.published(2024)
    for number in range(3):
        correct(county, lambda year, n=number: county.figures(year, county.units[-1 - n % 2], G1="30", G2=str(30 - n)))
    events = CaseEvent.objects.order_by("case_no", "seq").values_list("case_no", "seq")
    assert Measure.objects.count() >= 3
    assert Publication.objects.count() == Run.objects.count() == 4
    assert len(set(events)) == len(events)


# --- persons ----------------------------------------------------------------------------------------------------------
def test_equal_days_leave_the_person_to_a_decision(county, tree):
    (holding,) = county.people[county.last.code].holdings.all()
    holding.ends_on = "2024-07-01"  # 183 days of the leap year, the other half for the successor
    holding.save()
    successor = make_official(90, "继任者", tree.finance)
    hold(county.posts[county.last.code], successor, starts_on="2024-07-02")
    county.published(2024)
    case = Measure.objects.get()
    assert (case.status, case.official, case.manual_reason) == ("manual", None, "equal_days")
    reviewer = make_persona("supervision_section", tree.county_a)
    error = refused(lambda: perform(case, "propose", actor=reviewer, reason="x", official=None), "CASE_REFUSED")
    assert error.reasons[0].code == "MEASURE_NEEDS_PERSON"
    case = perform(case, "propose", actor=reviewer, reason="主持工作", official=successor)
    assert (case.status, case.official) == ("proposed", successor)
    assert CaseEvent.objects.filter(case_no=case.case_no).latest("seq").data == {"official": successor.pk}


def test_whoever_proposed_does_not_approve(county, tree, people):
    county.people[county.last.code].holdings.all().delete()
    county.published(2024)
    case = Measure.objects.get()
    assert (case.status, case.manual_reason) == ("manual", "vacant")
    both = make_persona("supervision_section", tree.county_a, username="both")
    give(both, "department_leader", tree.county_a)
    person = make_official(91, "继任者", tree.finance)
    hold(county.posts[county.last.code], person, starts_on="2025-02-01")
    case = perform(case, "propose", actor=both, reason="x", official=person)
    case = perform(case, "review", actor=people["review"], reason="x")
    error = refused(lambda: perform(case, "approve", actor=both, reason="x"), "CASE_REFUSED")
    assert error.reasons[0].code == "MEASURE_SAME_PERSON"
    assert perform(case, "approve", actor=people["approve"], reason="x").status == "approved"


def test_a_manual_case_can_be_ended_without_a_measure(county, tree, people):
    county.people[county.last.code].holdings.all().delete()
    county.published(2024)
    case = perform(Measure.objects.get(), "dismiss", actor=people["review"], reason="空缺，不予提出")
    assert (case.status, case.closed_at is None) == ("declined", False)


# --- differences ------------------------------------------------------------------------------------------------------
def test_a_correction_tells_the_office_which_later_results_rest_on_it(tree, assessment_office):
    county = make_small_county(tree.county_a, units=[tree.health, tree.finance], years=(2023, 2024))
    county.published(2023)
    county.published(2024)
    last = county.last
    streak = RunUnit.objects.get(run__cycle=county.cycles[2024], unit=last).streak
    assert (streak, Notice.objects.filter(message="assessments.earlier_year").exists()) == (2, False)

    reopen(county.cycles[2023], actor=ACTOR, reason="审计发现有误")
    county.swap_last(2023)
    county.published(2023)
    notice = Notice.objects.get(message="assessments.earlier_year")
    assert (notice.params, notice.resolved_at) == ({"year": 2024, "earlier": 2023}, None)
    assert Entry.objects.filter(action="assessments.run.published").latest("pk").data["later"] == [2024]

    reopen(county.cycles[2024], actor=ACTOR, reason="上年更正")
    county.published(2024)
    notice.refresh_from_db()
    assert notice.resolved_at
    now = RunUnit.objects.filter(run__cycle=county.cycles[2024], unit=last).latest("run_id")
    assert now.streak == 1


def test_a_correction_that_moves_no_flag_leaves_later_years_alone(tree):
    county = make_small_county(tree.county_a, units=[tree.health, tree.finance], years=(2023, 2024))
    county.published(2023)
    county.published(2024)
    reopen(county.cycles[2023], actor=ACTOR, reason="文字更正")
    county.published(2023)
    assert not Notice.objects.filter(message="assessments.earlier_year").exists()


def test_a_difference_names_every_unit_and_the_measures_that_come_and_go(county):
    before = county.published(2024)
    after = correct(county)[0]
    found = difference(before, after)
    assert len(found.units) == 5
    changed = {change.unit.code: change for change in found.changed}
    assert set(changed) == {"A-HEA", "A-FIN"}
    health = changed["A-HEA"]
    assert (health.before.rank, health.after.rank, health.rank_change) == (4, 5, -1)
    assert health.total_change == health.after.total - health.before.total < 0
    assert changed["A-FIN"].rank_change == 1
    assert [m.unit.code for m in found.appearing] == ["A-HEA"]
    assert [m.unit.code for m in found.disappearing] == ["A-FIN"]


def test_a_run_does_not_differ_from_itself(county):
    run = county.calculated(2024)
    found = difference(run, run)
    assert (found.changed, found.appearing, found.disappearing) == ((), (), ())


def test_a_unit_that_only_one_run_knows_has_one_side(county, tree):
    before = county.calculated(2024)
    county.last.categories.filter(year=2024).delete()
    after = county.calculated(2024)
    gone = next(change for change in difference(before, after).units if change.unit == county.last)
    assert (gone.after, gone.total_change, gone.rank_change, gone.is_changed) == (None, None, None, True)


def test_runs_of_different_years_are_not_compared(tree):
    county = make_small_county(tree.county_a, units=[tree.health, tree.finance], years=(2023, 2024))
    before, after = county.calculated(2023), county.calculated(2024)
    assert refused(lambda: difference(before, after), "RUNS_OF_DIFFERENT_CYCLES").status == 400


def test_a_difference_shows_what_its_reader_may_see(county, unit_liaison, supervision_section, stranger):
    found = difference(county.published(2024), correct(county)[0])
    liaison, section, nobody = (found.visible_to(user) for user in (unit_liaison, supervision_section, stranger))
    assert [change.unit.code for change in liaison.units] == ["A-FIN"]
    assert (liaison.appearing, liaison.disappearing) == ((), ())
    assert (len(section.units), len(section.appearing), len(section.disappearing)) == (5, 1, 1)
    assert (nobody.units, nobody.appearing) == ((), ())


# --- what is written once ---------------------------------------------------------------------------------------------
def test_results_are_exact_and_immutable(county):
    run = county.calculated(2024)
    best = RunUnit.objects.get(run=run, unit=county.units[0])
    assert (best.base, best.total, best.rank) == (Decimal(97), Decimal(97), 1)
    last = RunUnit.objects.get(run=run, unit=county.last)
    assert (last.total, last.rank, last.flagged) == (Decimal("86.6"), 5, True)
    for row in (run, best):
        with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
            row.save(force_update=True)
        with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
            type(row).objects.filter(pk=row.pk)._raw_delete("default")
