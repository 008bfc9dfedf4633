"""A preview is opened to the units: who sees what, until when they may object, what replaces it."""

from datetime import date

import pytest

from assessments.models import Opening, Run, RunUnit
from assessments.selectors import shown_run
from assessments.services.openings import open_preview
from assessments.services.publish_requests import ask_to_publish, confirm
from assessments.services.publishing import reopen
from foundation.audit.models import Entry
from foundation.casework.models import Notice
from foundation.casework.selectors import notice_rows
from foundation.common.actors import SystemActor
from foundation.regulations.services.overrides import set_override
from tests.support.people import make_persona
from tests.support.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
VIEW = "assessments.view_result"
FRIDAY = date(2025, 11, 21)


def seen(user):
    """Runs, and units with results, that a user sees."""
    rows = RunUnit.objects.visible_to(user, VIEW).values_list("run__number", "unit__code")
    return set(Run.objects.visible_to(user, VIEW).values_list("number", flat=True)), set(rows)


@pytest.mark.rule("ASM-APPEAL-DAYS")
def test_the_window_is_five_working_days_after_the_day_of_opening(county, assessment_office):
    opening = open_preview(county.calculated(2024), actor=assessment_office, reason="通知", today=FRIDAY)
    assert (opening.opened_on, opening.due_on) == (FRIDAY, date(2025, 11, 28))
    assert (opening.rule_id, opening.is_estimated) == ("ASM-APPEAL-DAYS", False)
    assert opening.takes_appeals(date(2025, 11, 28))
    assert not opening.takes_appeals(date(2025, 11, 29))
    entry = Entry.objects.get(action="assessments.preview.opened")
    assert (entry.reason, entry.data["units"], entry.data["due"]) == ("通知", 5, "2025-11-28")


def test_the_countys_own_window_goes_first(county, assessment_office):
    set_override(
        actor=SystemActor("test"), rule_id="ASM-APPEAL-DAYS", value=3, starts_on=date(2025, 1, 1), basis="县考核办法",
        jurisdiction="A",
    )  # fmt: skip
    opening = open_preview(county.calculated(2024), actor=assessment_office, reason="通知", today=FRIDAY)
    assert opening.due_on == date(2025, 11, 26)


def test_an_opened_preview_shows_each_unit_its_own_result_alone(county, assessment_office, unit_liaison, tree):
    run = county.calculated(2024)
    elsewhere = make_persona("unit_liaison", tree.county_b)
    assert seen(unit_liaison) == (set(), set())
    open_preview(run, actor=assessment_office, reason="通知")
    assert seen(unit_liaison) == ({run.number}, {(run.number, "A-FIN")})
    assert shown_run(run.cycle, unit_liaison) == run
    assert seen(elsewhere) == (set(), set())


def test_a_newer_opening_replaces_the_earlier_one_and_says_so(county, assessment_office, unit_liaison):
    first = county.calculated(2024)
    open_preview(first, actor=assessment_office, reason="通知")
    county.figures(2024, county.last, G1="84")
    second = county.calculated(2024)
    assert seen(unit_liaison)[0] == {first.number}
    open_preview(second, actor=assessment_office, reason="更正后再核对")
    assert seen(unit_liaison) == ({second.number}, {(second.number, "A-FIN")})
    assert [opening.ended_at is None for opening in Opening.objects.order_by("pk")] == [False, True]
    (row,) = notice_rows(unit_liaison)
    assert first.number in row["text"]
    assert second.number in row["text"]


def test_every_assessed_unit_is_told_once_and_nobody_else(county, assessment_office, unit_liaison, cadre_section):
    open_preview(county.calculated(2024), actor=assessment_office, reason="通知")
    told = Notice.objects.filter(message="assessments.preview_opened")
    assert set(told.values_list("organization__code", flat=True)) == {unit.code for unit in county.units}
    assert len(notice_rows(unit_liaison)) == 1
    assert notice_rows(cadre_section) == notice_rows(assessment_office) == []


def test_an_opening_needs_its_reason(county, assessment_office):
    run = county.calculated(2024)
    assert refused(lambda: open_preview(run, actor=assessment_office, reason=" "), "REASON_MISSING").status == 400


def test_an_outdated_run_is_not_opened(county, assessment_office):
    run = county.calculated(2024)
    county.figures(2024, county.last, G1="84")
    refused(lambda: open_preview(run, actor=assessment_office, reason="x"), "RUN_OUTDATED")


def test_what_is_open_is_not_opened_again(county, assessment_office):
    run = county.calculated(2024)
    open_preview(run, actor=assessment_office, reason="x")
    refused(lambda: open_preview(run, actor=assessment_office, reason="x"), "ALREADY_OPENED")


def test_a_published_year_is_not_opened_until_it_is_under_correction(county, assessment_office):
    run = county.published(2024)
    refused(lambda: open_preview(run, actor=assessment_office, reason="x"), "CYCLE_LOCKED")
    reopen(county.cycles[2024], actor=assessment_office, reason="申诉")
    assert open_preview(run, actor=assessment_office, reason="x").run == run


def test_publication_ends_the_opening_and_settles_its_notices(
    county, assessment_office, department_leader, unit_liaison
):
    run = county.calculated(2024)
    open_preview(run, actor=assessment_office, reason="通知")
    case = ask_to_publish(run, actor=assessment_office, reason="审定", override_reason="时限紧")
    confirm(case, actor=department_leader)
    assert not Opening.objects.current().exists()
    assert notice_rows(unit_liaison) == []
    assert seen(unit_liaison)[0] == {run.number}


def test_openings_act_for_the_system_as_well(county):
    assert open_preview(county.calculated(2024), actor=SystemActor("test"), reason="x").actor_id is None
