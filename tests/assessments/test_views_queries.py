"""Statements per page with the demo county: recorded, bounded for the ranking, and constant when rows grow."""

import pytest
from django.urls import reverse

from assessments.models import Measure, Run
from foundation.accounts.models import User
from tests.factories.county import make_small_county
from tests.support.people import client_of, make_persona
from tests.support.queries import assert_query_baseline, count_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heshan_database")]
COUNTY = "440784"
FINANCE = "SB-440784-2025-HS-D23"


@pytest.fixture
def client():
    """The assessment office of the demo county."""
    return client_of(User.objects.get(username="kaohe"))


def warm(client, address):
    """The page once, so that what the process remembers is there."""
    answer = client.get(address)
    assert answer.status_code == 200, address


def test_the_ranking_asks_at_most_eight_times(client):
    address = reverse("assessments:ranking", args=[COUNTY, 2024, "GENERAL"])
    warm(client, address)
    with assert_query_baseline("ranking", at_most=8):
        client.get(address)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("cycle list", lambda: reverse("assessments:cycle-list")),
        ("cycle", lambda: reverse("assessments:cycle", args=[COUNTY, 2024])),
        ("open cycle with gaps", lambda: reverse("assessments:cycle", args=[COUNTY, 2025])),
        ("unit result", lambda: reverse("assessments:unit", args=[COUNTY, 2024, "HS-T05"])),
        ("bottom", lambda: reverse("assessments:bottom", args=[COUNTY, 2024])),
        ("heat map", lambda: reverse("assessments:heat", args=[COUNTY, 2024, "GENERAL"])),
        ("distribution", lambda: reverse("assessments:distribution", args=[COUNTY, 2024, "GENERAL"])),
        ("unit years", lambda: reverse("assessments:unit-years", args=[COUNTY, 2024, "HS-T05"])),
        ("unit gaps", lambda: reverse("assessments:unit-gaps", args=[COUNTY, 2024, "HS-T05"])),
        ("overview", lambda: reverse("assessments:overview", args=[COUNTY, 2024])),
        ("compare", lambda: reverse("assessments:compare", args=[COUNTY, 2024]) + "?unit=HS-T05&unit=HS-D23"),
        ("run list", lambda: reverse("assessments:run-list")),
        ("run", lambda: reverse("assessments:run", args=[Run.objects.get(cycle__year=2024).number])),
        ("collection board", lambda: reverse("assessments:collection-board", args=[COUNTY, 2025])),
        ("collection", lambda: reverse("assessments:collection", args=[FINANCE])),
        ("entry grid", lambda: reverse("assessments:collection-figures", args=[FINANCE])),
        ("figure", lambda: reverse("assessments:collection-figure", args=[FINANCE, "HS-D01", "G09"])),
        ("item list", lambda: reverse("assessments:item-list")),
        ("item", lambda: reverse("assessments:item", args=["TA-440784-2025-0001"])),
        ("measure list", lambda: reverse("assessments:measure-list")),
        ("measure", lambda: reverse("assessments:measure", args=[Measure.objects.order_by("pk").last().case_no])),
    ],
)
def test_pages_ask_as_often_as_recorded(client, name, place):
    address = place()
    warm(client, address)
    with assert_query_baseline(name):
        client.get(address)


@pytest.mark.parametrize(
    "place",
    [
        "cycle-list",
        "cycle",
        "ranking",
        "heat",
        "distribution",
        "overview",
        "compare",
        "bottom",
        "run-list",
        "measure-list",
    ],
)
def test_lists_ask_no_more_when_rows_grow(tree, place):
    """The same page of a county with 5 units and one year, and with 25 units and three years."""
    counts = []
    for root, size, years in ((tree.county_a, 5, (2024,)), (tree.county_b, 25, (2022, 2023, 2024))):
        county = make_small_county(root, size=size, years=years)
        for year in years:
            county.published(year)
        client = client_of(make_persona("assessment_office", root))
        category, year = [2024, "GENERAL"], [2024]
        args = {"cycle": year, "bottom": year, "overview": year, "compare": year,
                "ranking": category, "heat": category, "distribution": category}.get(place)  # fmt: skip
        address = reverse(f"assessments:{place}", args=[root.code, *args] if args else [])
        warm(client, address)
        counts.append(count_queries(lambda client=client, address=address: client.get(address)))
    assert counts[0] == counts[1]
