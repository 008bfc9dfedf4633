"""Years, rankings, "how my score came", the bottom: what the demo county's people see, and what they do not."""

import html
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from assessments.models import Cycle, Run, RunUnit
from foundation.accounts.models import User
from tests.support.heshan import expected
from tests.support.people import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heshan_database")]
COUNTY = "440784"
ENGLISH = {"accept-language": "en"}


def page(username, name, *args, status=200, query="", **headers):
    """A page of the demo county as one of its people sees it."""
    address = reverse(f"assessments:{name}", args=args) + query
    answer = client_of(User.objects.get(username=username)).get(address, headers=ENGLISH | headers)
    assert answer.status_code == status, address
    return answer


def text_of(answer) -> str:
    """The page's words, without markup."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


# --- years ------------------------------------------------------------------------------------------------------------
def test_years_are_listed_with_state_bottom_and_open_measures():
    rows = page("kaohe", "cycle-list").context["rows"]
    assert [row.cycle.year for row in rows] == [2025, 2024, 2023]
    assert [row.units for row in rows] == [0, 70, 70]
    flagged = sum(int(row["flagged"]) for row in expected("expected-2024.csv"))
    assert rows[1].flagged == flagged
    assert rows[2].open_measures == 0


def test_the_open_year_shows_its_preview_to_the_office_and_to_each_unit_its_own_result():
    """The demo has opened the preview of 2025 to the units."""
    assert page("kaohe", "cycle", COUNTY, 2025).context["run"].number == f"{COUNTY}-2025-01"
    assert page("caizheng", "cycle", COUNTY, 2025).context["run"].number == f"{COUNTY}-2025-01"
    page("caizheng", "unit", COUNTY, 2025, "HS-D23")
    page("caizheng", "unit", COUNTY, 2025, "HS-D06", status=404)


def test_a_year_that_does_not_exist_is_not_found():
    page("kaohe", "cycle", COUNTY, 2019, status=404)
    page("kaohe", "cycle", "999999", 2024, status=404)


# --- rankings ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("category", ["GENERAL", "ECONOMIC", "SOCIAL", "VERTICAL", "OPTIMISED", "KEY", "ECOLOGICAL"])
def test_a_ranking_shows_the_expected_places_and_totals(category):
    rows = page("kaohe", "ranking", COUNTY, 2024, category).context["rows"]
    wanted = [row for row in expected("expected-2024.csv") if row["category"] == category]
    shown = {row.unit.code: (row.rank, row.total.quantize(Decimal("0.01")), row.grade, row.flagged) for row in rows}
    assert shown == {
        row["unit"]: (int(row["rank"]), Decimal(row["total"]), row["grade"], row["flagged"] == "1") for row in wanted
    }
    assert [row.rank for row in rows] == sorted(row.rank for row in rows)


def test_ties_and_bottom_are_explained_in_words():
    tied = next(row for row in RunUnit.objects.filter(run__cycle__year=2024) if row.notes["sharing"] > 1)
    words = text_of(page("kaohe", "ranking", COUNTY, 2024, tied.category))
    assert "Shares the rank with" in words
    assert "bottom" in words


def test_a_liaison_sees_the_own_unit_alone():
    category = User.objects.get(username="caizheng").organization.categories.get(year=2024).category
    rows = page("caizheng", "ranking", COUNTY, 2024, category).context["rows"]
    assert [row.unit.code for row in rows] == ["HS-D23"]


@pytest.mark.parametrize("category", ["NONE", "general", "1"])
def test_an_unknown_category_is_not_found(category):
    page("kaohe", "ranking", COUNTY, 2024, category, status=404)


def test_another_run_can_be_looked_at():
    number = Run.objects.get(cycle__year=2023).number
    page("kaohe", "ranking", COUNTY, 2023, "GENERAL", query=f"?run={number}")
    page("kaohe", "ranking", COUNTY, 2024, "GENERAL", query=f"?run={number}", status=404)
    page("kaohe", "ranking", COUNTY, 2024, "GENERAL", query="?run=nothing", status=404)


# --- how my score came ------------------------------------------------------------------------------------------------
def test_the_score_is_explained_to_the_last_digit():
    unit = "HS-T05"
    answer = page("zhishan", "unit", COUNTY, 2024, unit)
    lines = {line.point["code"]: line.point for group in answer.context["groups"] for line in group.lines}
    wanted = [row for row in expected("expected-2024-points.csv") if row["unit"] == unit]
    assert set(lines) >= {row["indicator"] for row in wanted}
    for row in wanted:
        point = lines[row["indicator"]]
        assert abs(Decimal(point["contribution"]) - Decimal(row["contribution"])) < Decimal("1e-9"), row
    words = text_of(answer)
    result = next(row for row in expected("expected-2024.csv") if row["unit"] == unit)
    assert result["total"] in words
    assert sum(group.sum for group in answer.context["groups"]) == pytest.approx(answer.context["row"].base)


def test_a_liaison_reads_no_other_units_score():
    page("zhishan", "unit", COUNTY, 2024, "HS-T01", status=404)
    page("zhishan", "unit", COUNTY, 2024, "NOTHING", status=404)


def test_leaders_are_named_to_those_who_may_see_measures_only():
    last = RunUnit.objects.filter(run__cycle__year=2024, flagged=True, unit__code__startswith="HS-T").first()
    name = last.run.measures.filter(unit=last.unit, official__isnull=False).first().official.name
    assert name in text_of(page("jiandu", "unit", COUNTY, 2024, last.unit.code))
    liaison = User.objects.get(username="zhishan")
    liaison.grants.update(organization=last.unit)
    liaison.organization = last.unit
    liaison.save()
    assert name not in text_of(page("zhishan", "unit", COUNTY, 2024, last.unit.code))


# --- the bottom -------------------------------------------------------------------------------------------------------
def test_the_bottom_lists_flagged_units_with_steps_and_leaders():
    answer = page("jiandu", "bottom", COUNTY, 2024)
    wanted = {row["unit"] for row in expected("expected-2024.csv") if row["flagged"] == "1"}
    assert {row.unit.code for row in answer.context["rows"] if row.flagged} == wanted
    named = {(each.measure.unit.code, each.measure.post.title) for each in answer.context["liable"]}
    assert named == {(row["unit"], row["post"]) for row in expected("expected-2024-measures.csv")}


def test_the_bottom_hides_leaders_from_a_liaison():
    answer = page("caizheng", "bottom", COUNTY, 2024)
    assert answer.context["liable"] == []
    assert {row.unit.code for row in answer.context["rows"]} <= {"HS-D23"}


# --- runs -------------------------------------------------------------------------------------------------------------
def test_runs_are_listed_the_latest_first_with_a_preview_that_was_opened_to_the_units():
    numbers = [run.number for run in page("kaohe", "run-list").context["page"]]
    assert numbers == [f"{COUNTY}-2025-01", f"{COUNTY}-2024-01", f"{COUNTY}-2023-01"]
    assert [run.number for run in page("caizheng", "run-list").context["page"]] == numbers


def test_a_run_says_whether_its_inputs_still_stand():
    run = Run.objects.get(cycle__year=2025)
    assert page("kaohe", "run", run.number).context["is_current"] is True
    run.cycle.schemes.first().indicators.first().scores.update(figure=1, word="")
    assert page("kaohe", "run", run.number).context["is_current"] is False


def test_a_year_without_a_second_run_has_no_difference():
    assert page("kaohe", "run-difference", f"{COUNTY}-2025-01").context["difference"] is None
    assert page("kaohe", "run-difference", f"{COUNTY}-2024-01").context["difference"] is None


def test_runs_of_two_years_are_not_compared():
    answer = page("kaohe", "run-difference", f"{COUNTY}-2024-01", query=f"?from={COUNTY}-2023-01", status=302)
    assert answer.url == reverse("assessments:run", args=[f"{COUNTY}-2024-01"])


# --- both languages ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["cycle-list", "run-list", "measure-list"])
def test_lists_speak_both_languages(name):
    client = client_of(User.objects.get(username="kaohe"))
    english = client.get(reverse(f"assessments:{name}"), headers=ENGLISH).content.decode()
    chinese = client.get(reverse(f"assessments:{name}"), headers={"accept-language": "zh-hans"}).content.decode()
    assert '<html lang="en"' in english
    assert '<html lang="zh-Hans"' in chinese
    assert english != chinese


def test_cycles_carry_the_state_that_the_pages_show():
    assert list(Cycle.objects.order_by("year").values_list("status", flat=True)) == ["published", "published", "open"]
