"""Worked examples of the scheme editor with figures that a unit really reported the year before, worked out by hand.

Figures of 2024: G1 (direct, weight 60) 95, 92, 89, 86, 83; G2 (completion, weight 40) 100, 98, 96, 94, 92 of a target of 100.
The unit in the middle is the third.
"""

from datetime import date

import pytest
from django.urls import reverse

from assessments.models import Indicator, Score
from tests.factories.county import make_small_county
from tests.support.people import client_of, make_persona
from tests.support.queries import count_queries
from tolerance.models import AssessmentEffect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
MIDDLE = "2024, 甲县第3局: figure"


@pytest.fixture
def county(tree):
    return make_small_county(tree.county_a, years=(2024, 2025))


@pytest.fixture
def client(assessment_office):
    return client_of(assessment_office)


def example(client, **row) -> str:
    """The example of a row as it is typed."""
    row = {"code": "G1", "name": "重点工作", "method": "direct", "direction": "higher", "weight": "60"} | row
    query = {"prefix": "r0", **{f"r0-{name}": value for name, value in row.items()}}
    address = reverse("assessments:scheme-example", args=["A", 2025, "GENERAL"])
    text = client.get(address, query, headers={"accept-language": "en"}).content.decode()
    return text.partition("<br>")[2].replace("<strong>", "").replace("</strong>", "").strip()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, f"{MIDDLE} 89 → 89; share of the total 89 × 60 % = 53.4"),
        (
            {"code": "G2", "name": "目标完成率", "method": "completion", "weight": "40"},
            f"{MIDDLE} 96, target 100 → 96 ÷ 100 × 100 = 96; share of the total 96 × 40 % = 38.4",
        ),
        (
            {"method": "rank", "step": "5"},
            f"{MIDDLE} 89, rank 3 of 5 → 100 − 5 × (3 − 1) = 90; share of the total 90 × 60 % = 54",
        ),
        (
            {"method": "efficacy"},
            f"{MIDDLE} 89 → 60 + 40 × (89 − 83) ÷ (95 − 83) = 80; share of the total 80 × 60 % = 48",
        ),
        ({"method": "pass", "threshold": "90"}, f"{MIDDLE} 89 → 89 &lt; 90 → 0; share of the total 0 × 60 % = 0"),
        ({"name": "重点工程"}, f"{MIDDLE} 89, then called “重点工作” → 89; share of the total 89 × 60 % = 53.4"),
    ],
)
def test_a_method_is_shown_with_a_units_figure_of_the_year_before(county, client, row, said):
    assert example(client, **row) == said


@pytest.mark.parametrize("row", [{"code": "G9"}, {"method": "grade"}, {"code": "G1", "method": "completion"}])
def test_without_a_figure_that_the_method_can_use_the_numbers_are_made_up(county, client, row):
    assert example(client, **row).startswith("Example: ")


def test_the_first_year_has_no_year_before(county, client):
    Score.objects.filter(cycle=county.cycles[2024]).delete()
    assert example(client).startswith("Example: ")


def test_grades_take_the_middle_of_their_points(county, client):
    leaf = Indicator.objects.get(scheme__cycle=county.cycles[2024], code="G1")
    for unit, word in zip(county.units, ("优", "差", "中", "良", "差"), strict=True):
        Score.objects.filter(indicator=leaf, unit=unit).update(word=word, figure=None)
    assert (
        example(client, method="grade")
        == f"{MIDDLE.replace('figure', 'grade')} 中 → 70; share of the total 70 × 60 % = 42"
    )


def test_what_did_not_count_takes_no_part(county, client):
    """The worst figure was voided by a tolerance decision, the best does not apply: 86, 89, 92 are left."""
    AssessmentEffect.objects.create(
        case_no="RC1", organization=county.last, year=2024, effect="void", target_kind="indicator", target="G1", decision="x",
        decided_on=date(2024, 12, 1), decided_by="x",
    )  # fmt: skip
    Score.objects.filter(unit=county.units[0], indicator__code="G1").update(is_applicable=False)
    assert "60 + 40 × (89 − 86) ÷ (92 − 86) = 80" in example(client, method="efficacy")


def test_figures_of_another_county_stay_there(county, tree):
    make_small_county(tree.county_b, years=(2025,))
    client = client_of(make_persona("assessment_office", tree.county_b))
    address = reverse("assessments:scheme-example", args=["B", 2025, "GENERAL"])
    query = {"prefix": "r0", "r0-code": "G1", "r0-method": "direct", "r0-direction": "higher", "r0-weight": "60"}
    assert "甲县" not in client.get(address, query).content.decode()


def test_the_editor_asks_once_for_all_indicators(county, client):
    address = reverse("assessments:scheme-amend", args=["A", 2025, "GENERAL"])
    page = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert page.count("2024, 甲县第3局") == 2
    few = count_queries(lambda: client.get(address))
    scheme = county.cycles[2025].schemes.get()
    for year in (2024, 2025):
        scheme = county.cycles[year].schemes.get()
        leaves = [Indicator(scheme=scheme, code=f"X{n}", name=f"指标{n}", weight=1, method="direct") for n in range(9)]
        for leaf in Indicator.objects.bulk_create(leaves):
            Score.objects.create(cycle=scheme.cycle, unit=county.units[0], indicator=leaf, figure=50)
    assert count_queries(lambda: client.get(address)) == few
