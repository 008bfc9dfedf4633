"""Strengths and gaps, years, distribution by API: figures worked out by hand, and who gets how much of them.

Five units: G1 (direct, weight 60) 95, 92, 89, 86, 83 and G2 (completion, weight 40) 100, 98, 96, 94, 92, so totals of
97, 94.4, 91.8, 89.2 and 86.6.
"""

import pytest
from django.urls import reverse

from assessments.models import Score
from tests.factories.county import make_small_county
from tests.support.people import key_client_of, make_persona
from tests.support.queries import count_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
RUN = "A-2024-01"


@pytest.fixture
def county(tree):
    """Two published years; in 2023 the health department fell behind the finance department."""
    made = make_small_county(tree.county_a, units=[tree.health, tree.finance], years=(2023, 2024))
    made.swap_last(2023)
    made.published(2023)
    made.published(2024)
    return made


def get(user, name, *args, status=200, **query):
    answer = key_client_of(user).get(reverse(f"v1:{name}", args=args), query)
    assert answer.status_code == status, answer.json()
    return answer.json()


# --- strengths and gaps -----------------------------------------------------------------------------------------------
def test_gaps_say_what_each_indicator_costs_against_full_points_the_best_and_the_middle(county, assessment_office):
    found = get(assessment_office, "run-unit-gaps", RUN, "A-FIN")
    assert {name: found[name] for name in ("run", "unit", "category", "total", "rank", "of", "is_whole", "lost")} == {
        "run": RUN, "unit": "A-FIN", "category": "GENERAL", "total": "86.6", "rank": 5, "of": 5, "is_whole": True,
        "lost": "13.4",
    }  # fmt: skip
    first, second = found["indicators"]
    assert first == {
        "code": "G1", "name": "重点工作", "group": "共性", "method": "direct", "weight": "60", "state": "counted",
        "raw": "83", "target": "", "p": "83", "effective_weight": "60", "contribution": "49.8",
        "lost": "10.2",  # 60 % of 17
        "best": "95", "best_units": ["A-D1"], "median": "89",
        "to_best": "7.2", "to_median": "3.6",  # 60 % of 12 and of 6
        "total_with_best": "93.8", "rank_with_best": 3,  # behind 97 and 94.4
    }  # fmt: skip
    wanted = {
        "target": "100", "p": "92", "contribution": "36.8", "lost": "3.2", "best": "100", "median": "96",
        "to_best": "3.2", "to_median": "1.6", "total_with_best": "89.8", "rank_with_best": 4,
    }  # fmt: skip
    assert {name: second[name] for name in wanted} == wanted
    assert found["levers"] == ["G1", "G2"]  # two ranks won, then one


def test_a_unit_that_is_ahead_of_the_middle_has_a_negative_distance_and_the_best_no_lever(county, assessment_office):
    found = get(assessment_office, "run-unit-gaps", RUN, "A-D1")
    assert [(row["to_best"], row["to_median"], row["lost"]) for row in found["indicators"]] == [
        ("0", "-3.6", "3"),
        ("0", "-1.6", "0"),
    ]
    assert found["levers"] == []


def test_who_sees_one_unit_alone_gets_its_own_points_and_nothing_of_others(county, unit_liaison):
    found = get(unit_liaison, "run-unit-gaps", RUN, "A-FIN")
    assert (found["is_whole"], found["lost"], found["levers"]) == (False, "13.4", [])
    compared = ("best", "median", "to_best", "to_median", "total_with_best", "rank_with_best")
    for row in found["indicators"]:
        assert {row[name] for name in compared} == {None}
        assert row["best_units"] == []
    get(unit_liaison, "run-unit-gaps", RUN, "A-HEA", status=404)


def test_an_indicator_that_does_not_apply_has_no_gap(county, assessment_office):
    scores = Score.objects.filter(cycle=county.cycles[2024], unit=county.last, indicator__code="G2")
    scores.update(figure=None, is_applicable=False, na_reason="不涉及")
    run = county.calculated(2024)
    row = get(assessment_office, "run-unit-gaps", run.number, "A-FIN")["indicators"][1]
    assert (row["p"], row["lost"], row["to_best"], row["contribution"]) == (None, None, None, "0")
    assert row["state"] != "counted"


# --- years ------------------------------------------------------------------------------------------------------------
def test_the_years_of_a_unit_say_rank_total_and_what_changed(county, unit_liaison):
    """In 2023 four units are above 86.6 less the health department, which fell to 40."""
    found = get(unit_liaison, "unit-years", "A-FIN")
    assert (found["unit"], found["unit_name"]) == ("A-FIN", county.last.name)
    shown = ("year", "run", "total", "total_change", "rank", "of", "rank_change", "flagged", "streak", "step")
    assert [tuple(row[name] for name in shown) for row in found["results"]] == [
        (2023, "A-2023-01", "86.6", None, 4, 5, None, False, 0, "none"),
        (2024, "A-2024-01", "86.6", "0", 5, 5, -1, True, 1, "reminder_talk"),
    ]
    assert [row["category_changed"] for row in found["results"]] == [False, False]
    assert [row["tolerance_cases"] for row in found["results"]] == [[], []]


def test_a_unit_without_a_published_year_has_none_and_one_out_of_scope_is_not_found(tree, assessment_office):
    county = make_small_county(tree.county_a, units=[tree.health, tree.finance])
    county.calculated(2024)
    assert get(assessment_office, "unit-years", "A-FIN")["results"] == []
    get(make_persona("unit_liaison", tree.health), "unit-years", "A-FIN", status=404)
    get(assessment_office, "unit-years", "B-FIN", status=404)


# --- distribution -----------------------------------------------------------------------------------------------------
def test_the_distribution_gives_five_figures_of_the_total_and_of_every_indicator(county, assessment_office):
    found = get(assessment_office, "run-distribution", RUN, "GENERAL", unit="A-HEA")
    assert (found["run"], found["category"], found["units"], found["by"]) == (RUN, "GENERAL", 5, "total")
    names = ("code", "weight", "count", "low", "first_quarter", "median", "third_quarter", "high", "own")
    assert [tuple(row[name] for name in names) for row in found["measured"]] == [
        ("total", None, 5, "86.6", "89.2", "91.8", "94.4", "97", "89.2"),
        ("G1", "60", 5, "83", "86", "89", "92", "95", "86"),
        ("G2", "40", 5, "92", "94", "96", "98", "100", "94"),
    ]


def test_the_classes_are_of_what_was_asked_for(county, assessment_office):
    """From 83 to 95 classes of 2 points are the smallest round ones of which ten are enough."""
    found = get(assessment_office, "run-distribution", RUN, "GENERAL", by="G1")
    assert {row["own"] for row in found["measured"]} == {None}
    assert [(row["low"], row["high"], row["units"]) for row in found["classes"]] == [
        ("82", "84", ["A-FIN"]),
        ("84", "86", []),
        ("86", "88", ["A-HEA"]),
        ("88", "90", ["A-D3"]),
        ("90", "92", []),
        ("92", "94", ["A-D2"]),
        ("94", "96", ["A-D1"]),
    ]


def test_the_distribution_is_refused_to_who_does_not_see_the_whole_category(county, unit_liaison):
    get(unit_liaison, "run-distribution", RUN, "GENERAL", status=403)


def test_a_wrong_indicator_unit_or_category_is_named(county, assessment_office):
    wrong = get(assessment_office, "run-distribution", RUN, "GENERAL", by="G9", unit="B-FIN", status=400)
    assert set(wrong) == {"by", "unit"}
    get(assessment_office, "run-distribution", RUN, "KEY", status=404)
    get(assessment_office, "run-distribution", "A-2024-99", "GENERAL", status=404)


# --- queries ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("run-unit-gaps", ("{code}-2024-01", "{code}-D1")),
        ("unit-years", ("{code}-D1",)),
        ("run-distribution", ("{code}-2024-01", "GENERAL")),
    ],
)
def test_queries_do_not_grow_with_units_and_years(tree, name, args):
    counts = []
    for root, size, years in ((tree.county_a, 5, (2024,)), (tree.county_b, 25, (2022, 2023, 2024))):
        county = make_small_county(root, size=size, years=years)
        for year in years:
            county.published(year)
        client = key_client_of(make_persona("assessment_office", root))
        address = reverse(f"v1:{name}", args=[text.format(code=root.code) for text in args])
        assert client.get(address).status_code == 200
        counts.append(count_queries(lambda client=client, address=address: client.get(address)))
    assert counts[0] == counts[1] <= 7
