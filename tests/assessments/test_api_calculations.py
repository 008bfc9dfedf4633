"""Orders to calculate by API: started for the right counties, watched, finished."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.choices import JobState
from assessments.models import Cycle, RecalculationBatch, RecalculationJob, Run, Score
from assessments.services.jobs import order
from foundation.audit.models import Entry
from foundation.common.actors import SystemActor

from ..support.people import key_client_of, make_persona
from .county import assess_year

pytestmark = pytest.mark.django_db
ACTOR = SystemActor("test")


def start(user, **values):
    return key_client_of(user).post(reverse("v1:calculation-list"), values)


def show(user, number, name="calculation"):
    return key_client_of(user).get(reverse(f"v1:{name}", args=[number]))


def test_an_order_is_accepted_and_worked_on_after_commit(
    assessed, assessment_office, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = start(assessment_office, year=2024, jurisdiction="A")
        assert answer.status_code == 202
        assert answer.json()["counties"] == {"total": 1, "done": 0, "refused": 0, "failed": 0}
        assert (answer.json()["units_done"], answer.json()["units_total"]) == (0, 4)
        assert answer.json()["remaining_seconds"] is None
        assert answer["Location"].endswith(f"/api/v1/calculations/{answer.json()['number']}/")
    number = answer.json()["number"]
    assert Entry.objects.get(action="assessments.calculation.ordered").actor_id == assessment_office.pk
    shown = show(assessment_office, number).json()
    assert shown["is_finished"] is True
    assert shown["counties"] == {"total": 1, "done": 1, "refused": 0, "failed": 0}
    assert (shown["units_done"], shown["remaining_seconds"]) == (4, 0)
    [county] = show(assessment_office, number, "calculation-counties").json()["results"]
    assert (county["jurisdiction"], county["state"], county["was_reused"]) == ("A", "done", False)
    assert county["run"] == Run.objects.system().get().number == "A-2024-01"


def test_all_means_all_counties_of_the_caller(assessed, tree, assessment_office):
    Cycle.objects.create(jurisdiction=tree.county_b, year=2024)
    answer = start(assessment_office, year=2024, jurisdiction="all")
    assert answer.json()["counties"]["total"] == 1
    assert RecalculationJob.objects.system().get().cycle.jurisdiction == tree.county_a


@pytest.mark.parametrize("jurisdiction", ["B", "A-FIN", "nowhere"])
def test_other_counties_and_units_are_not_found(assessed, tree, assessment_office, jurisdiction):
    Cycle.objects.create(jurisdiction=tree.county_b, year=2024)
    assert start(assessment_office, year=2024, jurisdiction=jurisdiction).status_code == 404
    assert not RecalculationBatch.objects.exists()


@pytest.mark.parametrize("jurisdiction", ["A", "all"])
def test_a_year_without_a_cycle_is_refused(assessed, assessment_office, jurisdiction):
    answer = start(assessment_office, year=2019, jurisdiction=jurisdiction)
    assert (answer.status_code, answer.json()["code"]) == (409, "NO_CYCLE")


@pytest.mark.parametrize(
    ("values", "field"),
    [({"jurisdiction": "A"}, "year"), ({"year": "x", "jurisdiction": "A"}, "year"), ({"year": 2024}, "jurisdiction")],
)
def test_malformed_orders_name_the_field(assessed, assessment_office, values, field):
    answer = start(assessment_office, **values)
    assert (answer.status_code, list(answer.json())) == (400, [field])


def test_the_role_at_a_single_department_does_not_calculate_the_county(assessed, tree):
    small = make_persona("assessment_office", tree.finance)
    assert start(small, year=2024, jurisdiction="A").status_code == 404
    assert start(small, year=2024, jurisdiction="all").status_code == 409
    assert not RecalculationBatch.objects.exists()


def test_only_own_counties_of_a_national_order_are_counted(assessed, tree, assessment_office, auditor):
    other = Cycle.objects.create(jurisdiction=tree.county_b, year=2024)
    batch = order(actor=ACTOR, year=2024)
    RecalculationJob.objects.filter(cycle=other).update(state=JobState.FAILED, finished_at=timezone.now())
    mine = show(assessment_office, batch.number).json()
    assert mine["counties"] == {"total": 1, "done": 0, "refused": 0, "failed": 0}
    assert show(auditor, batch.number).json()["counties"] == {"total": 2, "done": 1, "refused": 0, "failed": 1}
    rows = show(assessment_office, batch.number, "calculation-counties").json()["results"]
    assert [row["jurisdiction"] for row in rows] == ["A"]


def test_the_time_left_is_estimated_from_what_is_done(tree, auditor):
    cycles = [Cycle.objects.create(jurisdiction=tree.county_a, year=year) for year in range(2001, 2006)]
    batch = order(actor=ACTOR, year=2005, cycles=cycles)
    RecalculationBatch.objects.filter(pk=batch.pk).update(requested_at=timezone.now() - timedelta(seconds=20))
    done = RecalculationJob.objects.filter(cycle__in=cycles[:2])
    done.update(state=JobState.DONE, finished_at=timezone.now(), unit_count=70)
    shown = show(auditor, batch.number).json()
    assert shown["units_done"] == 140
    assert 20 <= shown["elapsed_seconds"] <= 25
    assert 30 <= shown["remaining_seconds"] <= 37


def test_what_stood_against_a_county_is_told_as_far_as_it_concerns_the_caller(
    assessed, assessment_office, unit_liaison
):
    Score.objects.system().filter(unit__code="A-SHA", indicator__code="E1").update(figure=None)
    Score.objects.system().filter(unit__code="A-SHA", indicator__code="E2").update(figure=None)
    batch = order(actor=ACTOR, year=2024)
    problems = [
        {"code": "GAP_RAW", "unit_code": "A-SHA", "indicator": "E1", "responsible_code": "A-FIN"},
        {"code": "GAP_RAW", "unit_code": "A-SHA", "indicator": "E2", "responsible_code": "A-HEA"},
    ]
    RecalculationJob.objects.update(state=JobState.REFUSED, finished_at=timezone.now(), problems=problems)
    [county] = show(assessment_office, batch.number, "calculation-counties").json()["results"]
    assert county["problems"] == problems
    [seen] = show(unit_liaison, batch.number, "calculation-counties").json()["results"]
    assert seen["problems"] == problems[:1]


def test_orders_are_listed_once_each_and_by_year(assessed, tree, assessment_office):
    assess_year(tree, 2023)
    first = order(actor=ACTOR, year=2024)
    second = order(actor=ACTOR, year=2024, cycles=list(Cycle.objects.system().all()))
    listed = key_client_of(assessment_office).get(reverse("v1:calculation-list"), {"year": 2024}).json()["results"]
    assert [row["number"] for row in listed] == [second.number, first.number]
    assert [row["counties"]["total"] for row in listed] == [2, 1]
