"""Ranking with the year before, heat map, distribution, strengths and gaps, all years, side by side, bottom and tracker."""

from decimal import Decimal

import pytest
from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils import timezone

from assessments.models import Measure, RunUnit
from assessments.rules.standing import rounded_total
from assessments.selectors import tracked_measures
from assessments.selectors.tracker import actors_of
from foundation.accounts.models import User
from foundation.casework.models import Deadline
from foundation.regulations.services.calendar import add_working_days
from tests.support.heshan import expected

from .test_views_results import COUNTY, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heshan_database")]
LIAISON, OWN = "caizheng", "HS-D23"


def points_2024(unit):
    return {row["indicator"]: row for row in expected("expected-2024-points.csv") if row["unit"] == unit}


def results(**narrowed):
    rows = expected("expected-2024.csv")
    return [row for row in rows if all(row[key] == value for key, value in narrowed.items())]


def category_of(unit):
    return results(unit=unit)[0]["category"]


# --- ranking ----------------------------------------------------------------------------------------------------------
def test_the_ranking_says_the_rank_of_the_year_before_and_compares_within_a_category_only():
    before = {row.unit.code: row for row in RunUnit.objects.filter(run__cycle__year=2023).select_related("unit")}
    changed = 0
    for category in ("GENERAL", "ECONOMIC", "SOCIAL", "VERTICAL", "OPTIMISED", "KEY", "ECOLOGICAL"):
        for row in page("kaohe", "ranking", COUNTY, 2024, category).context["rows"]:
            past = before[row.unit.code]
            assert (row.previous.rank, row.previous.total) == (past.rank, past.total)
            same = past.category == category
            assert row.rank_change == (past.rank - row.rank if same else None)
            changed += not same
    assert changed > 0


def test_the_first_year_has_no_year_before():
    rows = page("kaohe", "ranking", COUNTY, 2023, "GENERAL").context["rows"]
    assert {row.previous for row in rows} == {None}


def test_years_and_categories_are_switched_in_place_and_a_preview_stays_with_the_office():
    switches = page("kaohe", "ranking", COUNTY, 2024, "KEY").context["switches"]
    assert switches.years == [(2025, True), (2024, True), (2023, True)]
    assert len(switches.tabs) == 7
    assert page(LIAISON, "ranking", COUNTY, 2025, "GENERAL").context["rows"] == []


# --- heat map ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("category", ["ECONOMIC", "KEY"])
def test_the_heat_map_holds_every_figure_of_the_category(category):
    rows = page("kaohe", "heat", COUNTY, 2024, category).context["rows"]
    assert [row.row.unit.code for row in rows] == [
        row.unit.code for row in page("kaohe", "ranking", COUNTY, 2024, category).context["rows"]
    ]
    for row in rows:
        wanted = points_2024(row.row.unit.code)
        shown = {cell.head.code: cell.point.p for cell in row.cells if cell.step is not None}
        assert set(shown) == {code for code, each in wanted.items() if each["p"]}
        assert all(abs(shown[code] - Decimal(wanted[code]["p"])) < Decimal("1e-9") for code in shown)
        for cell in row.cells:
            counts = cell.step is not None
            assert cell.shown == (floatformat(cell.point.p, "-1") if counts else "—")
            assert cell.title.startswith(f"{row.row.unit} · {cell.head.name}")
            assert (f", points {cell.point.p.normalize():f}, weight " if counts else ": does not count") in cell.title


def test_a_heading_sorts_and_units_without_the_indicator_come_last():
    rows = page("kaohe", "heat", COUNTY, 2024, "ECONOMIC", query="?sort=-E04").context["rows"]
    cells = [next(cell for cell in row.cells if cell.head.code == "E04") for row in rows]
    known = [cell.point.p for cell in cells if cell.step is not None]
    assert known == sorted(known, reverse=True)
    assert [cell.step is None for cell in cells] == sorted(cell.step is None for cell in cells)
    assert cells[-1].step is None
    rising = page("kaohe", "heat", COUNTY, 2024, "ECONOMIC", query="?sort=E04").context["rows"]
    assert next(cell for cell in rising[0].cells if cell.head.code == "E04").point.p == min(known)


@pytest.mark.parametrize("sort", ["", "rank", "nothing", "-E99"])
def test_an_unknown_order_is_the_rank(sort):
    rows = page("kaohe", "heat", COUNTY, 2024, "ECONOMIC", query=f"?sort={sort}").context["rows"]
    assert [row.row.rank for row in rows] == sorted(row.row.rank for row in rows)


def test_a_liaisons_heat_map_has_the_own_row_alone():
    rows = page(LIAISON, "heat", COUNTY, 2024, category_of(OWN)).context["rows"]
    assert [row.row.unit.code for row in rows] == [OWN]


# --- distribution -----------------------------------------------------------------------------------------------------
def test_the_distribution_counts_every_unit_once_and_highlights_one():
    answer = page("kaohe", "distribution", COUNTY, 2024, "GENERAL", query="?unit=HS-D01")
    columns = answer.context["columns"]
    assert sum(len(each.units) for each in columns) == len(results(category="GENERAL"))
    assert [each.is_own for each in columns].count(True) == 1
    total = answer.context["measured"][0]
    totals = sorted(Decimal(row["total"]) for row in results(category="GENERAL"))
    assert (total.spread.low, total.spread.high) == (totals[0], totals[-1])
    assert total.spread.middle == totals[len(totals) // 2]


def test_an_indicator_is_distributed_over_the_units_for_which_it_counts():
    answer = page("kaohe", "distribution", COUNTY, 2024, "ECONOMIC", query="?by=E04")
    assert answer.context["chosen"].code == "E04"
    counted = [row for row in results(category="ECONOMIC") if points_2024(row["unit"]).get("E04", {}).get("p")]
    assert sum(len(each.units) for each in answer.context["columns"]) == len(counted)


@pytest.mark.parametrize("name", ["ranking", "heat"])
def test_a_liaison_is_led_to_categories_with_something_to_see_only(name):
    own = category_of(OWN)
    led = [code for code, _label, _size in page("kaohe", name, COUNTY, 2024, own).context["switches"].tabs]
    assert len(led) == 7
    assert [code for code, *_ in page(LIAISON, name, COUNTY, 2024, own).context["switches"].tabs] == [own]
    other = next(code for code in led if code != own)
    foreign = page(LIAISON, name, COUNTY, 2024, other).context
    assert {code for code, *_ in foreign["switches"].tabs} == {own, other}  # where the page is, and the way back
    assert not foreign["rows"]


def test_the_year_leads_a_liaison_to_the_ranking_of_its_own_category_only():
    own = category_of(OWN)
    led = {}
    for reader in ("kaohe", LIAISON):
        answer = page(reader, "cycle", COUNTY, 2024)
        rankings = {
            card.code: reverse("assessments:ranking", args=[COUNTY, 2024, card.code])
            for card in answer.context["cards"]
        }
        assert len(rankings) == 7
        led[reader] = [code for code, address in rankings.items() if f'href="{address}"' in answer.content.decode()]
    assert (len(led["kaohe"]), led[LIAISON]) == (7, [own])


def test_who_does_not_see_the_whole_category_sees_no_distribution():
    page(LIAISON, "distribution", COUNTY, 2024, category_of(OWN), status=403)


# --- strengths and gaps -----------------------------------------------------------------------------------------------
def test_gaps_are_exact_against_best_and_median_and_levers_move_the_rank():
    unit = "HS-D31"
    answer = page("kaohe", "unit-gaps", COUNTY, 2024, unit)
    gaps, mine = answer.context["gaps"], results(unit=unit)[0]
    peers = [row for row in results(category=mine["category"]) if row["unit"] != unit]
    for line in gaps.lines:
        if line.gap is None:
            continue
        points = [
            Decimal(found["p"])
            for row in [mine, *peers]
            if (found := points_2024(row["unit"]).get(line.gap.code)) and found["p"]
        ]
        assert abs(line.gap.best - max(points)) < Decimal("1e-9")
        assert abs(line.gap.to_best - line.gap.weight * (max(points) - line.gap.p) / 100) < Decimal("1e-7")
        total = rounded_total(gaps.exact + line.gap.to_best, 2)
        assert line.gap.total == total
        assert line.gap.rank == 1 + sum(Decimal(row["total"]) > total for row in peers)
    assert [line.gap.ranks_won for line in gaps.levers] == sorted(
        (line.gap.ranks_won for line in gaps.lines if line.gap), reverse=True
    )[:3]


def test_the_first_of_a_category_with_a_veto_behind_has_its_lost_points_summed():
    gaps = page("kaohe", "unit-gaps", COUNTY, 2024, "HS-T05").context["gaps"]
    assert gaps.lost == sum(line.gap.lost for line in gaps.lines if line.gap)
    assert gaps.lost > 0


def test_a_liaison_sees_the_own_lost_points_and_nothing_about_others():
    answer = page(LIAISON, "unit-gaps", COUNTY, 2024, OWN)
    gaps = answer.context["gaps"]
    assert not gaps.is_whole
    assert gaps.levers == []
    assert {(line.gap.best, line.gap.middle, line.gap.rank) for line in gaps.lines if line.gap} == {(None, None, None)}
    names = {row.unit.short_name for row in RunUnit.objects.exclude(unit__code=OWN).select_related("unit")} - {""}
    responsible = text_of(answer)
    assert [name for name in names if name in responsible] == []


# --- all years --------------------------------------------------------------------------------------------------------
def test_a_unit_has_a_line_for_each_published_year_with_its_changes():
    lines = page("kaohe", "unit-years", COUNTY, 2024, OWN).context["lines"]
    assert [line.year for line in lines] == [2023, 2024]
    assert lines[1].rank_change == lines[0].row.rank - lines[1].row.rank
    assert lines[1].total_change == lines[1].row.total - lines[0].row.total


def test_a_changed_category_is_marked_and_its_ranks_are_not_compared():
    by_year = {
        year: dict(RunUnit.objects.filter(run__cycle__year=year).values_list("unit__code", "category"))
        for year in (2023, 2024)
    }
    moved = next(code for code, category in by_year[2024].items() if by_year[2023][code] != category)
    answer = page("kaohe", "unit-years", COUNTY, 2024, moved)
    last = answer.context["lines"][-1]
    assert last.category_changed
    assert (last.rank_change, last.total_change) == (None, None)
    assert "<polyline" not in answer.context["charts"]["rank"]


def test_a_tolerance_decision_stands_beside_its_year_with_its_number():
    case = next(
        (row.unit.code, row.notes["effects"][0]["case"])
        for row in RunUnit.objects.filter(run__cycle__year=2024).select_related("unit")
        if row.notes["effects"]
    )
    answer = page("kaohe", "unit-years", COUNTY, 2024, case[0])
    assert answer.context["lines"][-1].cases == [case[1]]
    assert f"容 {case[1]}" in text_of(answer)


def test_the_years_of_another_unit_are_not_found():
    page(LIAISON, "unit-years", COUNTY, 2024, "HS-T01", status=404)
    page("kaohe", "unit-years", COUNTY, 2024, "NOTHING", status=404)


# --- side by side -----------------------------------------------------------------------------------------------------
def test_units_of_one_category_are_compared_without_a_warning():
    answer = page("kaohe", "compare", COUNTY, 2024, query="?unit=HS-D31&unit=HS-D23")
    assert [row.unit.code for row in answer.context["rows"]] == ["HS-D31", "HS-D23"]
    assert answer.context["several"] is False
    line = next(line for line in answer.context["indicators"] if line.points[0] and line.points[0].head.code == "E06")
    assert [round(point.p, 6) for point in line.points] == [
        round(Decimal(points_2024(unit)["E06"]["p"]), 6) for unit in ("HS-D31", "HS-D23")
    ]
    for place, unit in enumerate(("HS-D31", "HS-D23")):
        sums = sum(line.sums[place] or 0 for line in answer.context["groups"])
        assert abs(sums - Decimal(results(unit=unit)[0]["base"])) < Decimal("1e-9")


def test_totals_of_different_schemes_come_with_a_warning():
    answer = page("kaohe", "compare", COUNTY, 2024, query="?unit=HS-T05&unit=HS-D23")
    assert answer.context["several"] is True
    assert "not comparable" in text_of(answer)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?unit=HS-D23", "you chose 1"),
        ("?" + "&".join(f"unit=HS-D{n:02d}" for n in range(20, 27)), "you chose 7"),
        ("?unit=HS-D23&unit=HS-X99", "HS-X99"),
    ],
)
def test_a_choice_that_cannot_be_compared_is_refused_in_words_and_stays_ticked(query, words):
    answer = page("kaohe", "compare", COUNTY, 2024, query=query)
    assert answer.context["rows"] == []
    assert words in text_of(answer)
    assert 'value="HS-D23" checked' in answer.content.decode()


def test_a_liaison_chooses_among_the_own_results_only():
    answer = page(LIAISON, "compare", COUNTY, 2024, query=f"?unit={OWN}&unit=HS-D31")
    assert [row.unit.code for choice in answer.context["choices"] for row in choice.rows] == [OWN]
    assert answer.context["rows"] == []


# --- bottom and tracker -----------------------------------------------------------------------------------------------
def test_the_bottom_page_lists_earlier_years_and_those_excluded_with_their_reason():
    answer = page("jiandu", "bottom", COUNTY, 2024)
    shielded = [row["unit"] for row in results(shielded="1", flagged="1")]
    assert [row.unit.code for row in answer.context["excluded"]] == shielded
    assert {str(row.exclusion) for row in answer.context["excluded"]} == {"Shielded by a tolerance decision (容错)"}
    for row in answer.context["rows"]:
        assert [line.year for line in row.years] == [2023]
    streaks = [int(row["streak"]) for row in results(flagged="1") if row["shielded"] == "0"]
    rungs = [rung.units for rung in answer.context["ladder"]]
    assert rungs[:3] == [streaks.count(1), streaks.count(2), sum(streak >= 3 for streak in streaks)]


def test_the_tracker_says_state_due_day_and_who_acts():
    rows = page("jiandu", "bottom", COUNTY, 2024).context["tracked"]
    assert {row.case.case_no for row in rows} == set(
        Measure.objects.filter(cycle__year=2024).values_list("case_no", flat=True)
    )
    closed = [row.case.status in ("declined", "closed", "withdrawn") for row in rows]
    assert closed == sorted(closed)
    assert [row.due_on for row in rows if row.due_on] == sorted(row.due_on for row in rows if row.due_on)
    reviewed = next(row for row in rows if row.case.status == "reviewed")
    assert reviewed.actors == actors_of("reviewed") != actors_of("approved")
    assert actors_of("closed") == []


def test_overdue_is_counted_in_working_days_and_shown_in_red():
    measure = Measure.objects.filter(cycle__year=2024, status="proposed").first()
    clock = Deadline.objects.get(case_no=measure.case_no, closed_at=None)
    on = add_working_days(clock.due_on, 3).date
    user = User.objects.get(username="jiandu")
    row = next(row for row in tracked_measures(measure.cycle, user, on) if row.case.pk == measure.pk)
    assert (row.days, row.days_over, row.is_overdue) == (-3, 3, True)
    today = next(row for row in tracked_measures(measure.cycle, user, clock.due_on) if row.case.pk == measure.pk)
    assert (today.days, today.is_overdue) == (0, False)
    clock.due_on = timezone.localdate() - timezone.timedelta(days=30)
    clock.save()
    answer = page("jiandu", "bottom", COUNTY, 2024)
    assert answer.context["tracked"][0].case.pk == measure.pk
    assert "overdue by" in text_of(answer)


def test_a_liaison_gets_no_tracker():
    answer = page(LIAISON, "bottom", COUNTY, 2024)
    assert answer.context["tracked"] == []
    assert "Tracker" not in text_of(answer)
