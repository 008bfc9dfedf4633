"""A trial ranks as the calculation does, without leaving a trace."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Cycle, RunUnit, Scheme
from assessments.rules.schemes import Content
from assessments.services.scheme_content import content_of, store_content
from assessments.services.trial import trial_cycles, try_scheme

pytestmark = [pytest.mark.usefixtures("heshan_database"), pytest.mark.django_db]


def scheme(year, category="GENERAL") -> Scheme:
    found = Scheme.objects.select_related("cycle__jurisdiction")
    return found.get(cycle__jurisdiction__code="440784", cycle__year=year, category=category)


def cycle(year) -> Cycle:
    return Cycle.objects.select_related("jurisdiction", "published_run").get(jurisdiction__code="440784", year=year)


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_a_years_own_scheme_gives_exactly_the_years_real_result(year):
    """Totals, ranks, grades and bottom of all units: the trial and the calculation in the database agree to the last digit."""
    compared = 0
    for own in Scheme.objects.filter(cycle__year=year).select_related("cycle__jurisdiction"):
        trial = try_scheme(own, cycle(year))
        for row in trial.rows:
            got = (row.trial.total, row.trial.rank, row.trial.n, row.trial.grade, row.trial.flagged)
            assert got == (row.real.total, row.real.rank, row.real.n, row.real.grade, row.real.flagged), str(row.unit)
            assert (row.rank_change, row.total_change, row.trial.left_out) == (0, 0, ())
            compared += 1
    assert compared == 70


def test_an_indicator_without_figures_shares_its_weight_out():
    trial = try_scheme(scheme(2025), cycle(2024))
    assert [match.leaf.code for match in trial.missing] == ["G12"]
    assert trial.missing_weight == Decimal("7.5")
    assert len(trial.rows) == RunUnit.objects.filter(run=trial.run, category="GENERAL").count()


def test_other_weights_move_the_total():
    own = scheme(2024)
    content = content_of(own)
    first, second, *rest = content.leaves
    leaves = (replace(first, weight=first.weight + 5), replace(second, weight=second.weight - 5), *rest)
    before = {row.unit.code: row.trial.total for row in try_scheme(own, cycle(2024)).rows}
    store_content(own, Content(content.parameters, leaves))
    after = {row.unit.code: row.trial.total for row in try_scheme(own, cycle(2024)).rows}
    assert before.keys() == after.keys()
    assert before != after


def test_an_indicator_under_another_code_is_found_by_name_and_method():
    own = scheme(2024)
    content = content_of(own)
    first, *rest = content.leaves
    store_content(own, Content(content.parameters, (replace(first, key=0, code="NEW"), *rest)))
    trial = try_scheme(own, cycle(2023))
    found = {match.leaf.code: match.how for match in trial.matches if match.source}
    assert found["NEW"] == "name"


def test_a_figure_that_the_method_cannot_use_is_left_out_and_told():
    own = scheme(2025)
    content = content_of(own)
    leaves = tuple(
        replace(leaf, method="direct", params={}) if leaf.method == "grade" else leaf for leaf in content.leaves
    )
    changed = {leaf.code for leaf, new in zip(content.leaves, leaves, strict=True) if leaf != new}
    store_content(own, Content(content.parameters, leaves))
    trial = try_scheme(own, cycle(2024))
    assert {match.leaf.code for match in trial.partial} == changed
    assert {why for row in trial.rows for code, why in row.trial.left_out if code in changed} == {"GAP_RAW"}


def test_a_trial_only_reads_and_asks_six_times():
    own = scheme(2025)
    before = cycle(2024)
    try_scheme(own, before)
    with CaptureQueriesContext(connection) as asked:
        try_scheme(own, before)
    assert all(query["sql"].lstrip(" (").startswith("SELECT") for query in asked)
    assert len(asked) == 6


def test_years_with_figures_are_offered_the_latest_first():
    assert list(trial_cycles(scheme(2025))) == [2025, 2024, 2023]
    assert list(trial_cycles(scheme(2024))) == [2024, 2023]
