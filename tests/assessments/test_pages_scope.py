"""What the pages of the assessment show of a county to who holds a unit of it, and of a nation to who holds all of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Cycle, Score
from assessments.selectors.overview import ranked_in, years_of
from assessments.services.calculation import calculate
from assessments.services.jobs import order, work
from assessments.services.publishing import publish
from cadremgmt.home import tiles_for
from foundation.common.actors import SystemActor
from tolerance.models import AssessmentEffect

from ..support.people import client_of, make_persona, make_unit
from .county import assess_year

pytestmark = pytest.mark.django_db
OFFICE = SystemActor("test")


def shown(user, name, *args, **query):
    answer = client_of(user).get(reverse(f"assessments:{name}", args=args), query)
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


@pytest.fixture
def liaison(tree):
    return make_persona("unit_liaison", tree.finance)


def test_an_order_tells_a_liaison_the_gaps_of_the_own_unit_alone(assessed, liaison, assessment_office):
    Score.objects.filter(unit__code__in=["A-SHA", "A-GUL", "A-FIN"], indicator__code="E2").update(figure=None)
    batch = order(actor=OFFICE, year=2024, cycles=[assessed.cycle])
    work(batch.jobs.get().pk)
    assert len(_problems(assessment_office, batch)) == 3
    assert {problem["unit_code"] for problem in _problems(liaison, batch)} == {"A-FIN"}


def _problems(user, batch):
    answer = client_of(user).get(reverse("assessments:order", args=[batch.number]))
    return answer.context["page"][0].problems


def test_progress_counts_the_counties_that_the_reader_may_see(assessed, tree, assessment_office):
    other = Cycle.objects.create(jurisdiction=tree.county_b, year=2024)
    batch = order(actor=OFFICE, year=2024, cycles=[assessed.cycle, other])
    answer = client_of(assessment_office).get(reverse("assessments:order", args=[batch.number]))
    assert answer.context["progress"].total == 1
    everywhere = client_of(make_persona("auditor")).get(reverse("assessments:order", args=[batch.number]))
    assert everywhere.context["progress"].total == 2


def test_a_run_tells_a_liaison_the_tolerance_decisions_about_the_own_unit_alone(assessed, liaison, assessment_office):
    for number, code in (("RC-1", "A-SHA"), ("RC-2", "A-FIN")):
        AssessmentEffect.objects.create(
            case_no=number, organization=assessed.units[code], year=2024, effect="mitigate", decision="减轻处理",
            decided_on="2025-01-11", decided_by="市委组织部",
        )  # fmt: skip
    run = calculate(assessed.cycle, actor=OFFICE).run
    publish(run, actor=OFFICE)
    assert "RC-1" in shown(assessment_office, "run", run.number)
    page = shown(liaison, "run", run.number)
    assert "RC-1" not in page
    assert "RC-2" in page


def test_previews_are_not_even_counted_for_a_liaison(run, liaison, assessment_office):
    rows = {
        user: client_of(user).get(reverse("assessments:cycle-list")).context["rows"]
        for user in (liaison, assessment_office)
    }
    assert [row.runs for row in rows[liaison]] == [0]
    assert [row.runs for row in rows[assessment_office]] == [1]


@pytest.fixture
def nation(assessed, tree):
    """County A published in 2024, and 120 counties that have only begun."""
    publish(calculate(assessed.cycle, actor=OFFICE).run, actor=OFFICE)
    for number in range(120):
        Cycle.objects.create(jurisdiction=make_unit(f"N{number:03d}", rank=100 + number, name=f"{number}县"), year=2024)
    return make_persona("auditor")


def test_years_of_many_counties_come_by_pages_with_equally_many_queries(nation, tree):
    one = make_persona("assessment_office", tree.county_a)
    with CaptureQueriesContext(connection) as few:
        shown(one, "cycle-list")
    with CaptureQueriesContext(connection) as many:
        page = shown(nation, "cycle-list", size=100)
    assert len(many) <= len(few)
    assert page.count("data-href") == 100
    assert "N119" not in page
    assert "N119" in shown(nation, "cycle-list", size=100, page=2)


def test_home_counts_many_counties_without_reading_them(nation):
    (state,) = years_of(nation)
    assert (state.year, state.counties, state.published, state.cycle) == (2024, 121, 1, None)
    ranked = ranked_in(2024, nation)
    assert (ranked.count(), ranked.filter(flagged=True).count()) == (4, 1)
    sections, _waiting = tiles_for(nation)
    tiles = {str(tile.label): tile.count for _heading, found in sections for tile in found}
    assert "1/121" in tiles.values()


def test_home_of_one_county_leads_to_the_year_after_the_last_published(assessed, assessment_office):
    """Schemes of the next year may be in the making already."""

    def year_of_home():
        sections, _waiting = tiles_for(assessment_office)
        urls = {tile.url for _heading, found in sections for tile in found}
        return [year for year in (2024, 2025, 2026) if reverse("assessments:cycle", args=["A", year]) in urls]

    assess_year(assessed.tree, 2025)
    assert year_of_home() == [2024]
    office = SystemActor("test")
    publish(calculate(assessed.cycle, actor=office).run, actor=office, reason="审定")
    assess_year(assessed.tree, 2026)
    assert year_of_home() == [2025]
