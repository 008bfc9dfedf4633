"""Statements per page with the demo county: recorded, bounded for the ranking, and constant when rows grow."""

from datetime import date

import pytest
from django.urls import reverse

from assessments.models import Measure, Run
from assessments.services.appeals import file_appeal
from assessments.services.openings import open_preview
from assessments.services.publish_requests import ask_to_publish, confirm
from assessments.services.publishing import reopen
from foundation.accounts.models import User
from foundation.casework.services.engine import perform
from foundation.regulations.services.overrides import set_override
from officials.models import PostHolding
from tests.factories.county import ACTOR, hold, make_official, make_small_county
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
        ("letters", lambda: reverse("assessments:letters", args=[COUNTY, 2024])),
        ("appeal list", lambda: reverse("assessments:appeal-list")),
        ("measure", lambda: reverse("assessments:measure", args=[Measure.objects.order_by("pk").last().case_no])),
    ],
)
def test_pages_ask_as_often_as_recorded(client, name, place):
    address = place()
    warm(client, address)
    with assert_query_baseline(name):
        client.get(address)


def asks_as_recorded(name, user, address):
    client = client_of(user)
    warm(client, address)
    with assert_query_baseline(name):
        client.get(address)


def test_a_request_to_publish_with_what_it_changes_and_who_signed(tree):
    """Compared with the published run, two measures differing, one signature of two given."""
    county, office = make_small_county(tree.county_a), make_persona("assessment_office", tree.county_a)
    set_override(
        actor=ACTOR, rule_id="ASM-PUBLISH-SIGNERS", value=3, starts_on=date(2025, 1, 1), basis="x", jurisdiction="A"
    )
    county.published(2024)
    reopen(county.cycles[2024], actor=office, reason="x")
    county.swap_last(2024)
    case = ask_to_publish(county.calculated(2024), actor=office, reason="x")
    confirm(case, actor=make_persona("department_leader", tree.county_a))
    signer = make_persona("assessment_office", tree.county_a, username="third")
    asks_as_recorded("request to publish", signer, reverse("assessments:publish-request", args=[case.case_no]))


def test_a_measure_that_leaves_the_leader_open(tree):
    """Two leaders held the post equally long: the page lists them and the form lets one be named."""
    county = make_small_county(tree.county_a)
    post = county.posts[county.last.code]
    PostHolding.objects.filter(post=post).update(ends_on=date(2024, 7, 1))
    hold(post, make_official(99, "新局长", county.last), date(2024, 7, 2))
    county.published(2024)
    case = Measure.objects.get(cycle=county.cycles[2024])
    assert case.manual_reason == "equal_days"
    section = make_persona("supervision_section", tree.county_a)
    asks_as_recorded("measure without a leader", section, reverse("assessments:measure", args=[case.case_no]))


def test_an_appeal_as_it_waits_for_the_answer_and_for_the_decision(tree):
    """The reader opened the preview, so that each step offered asks who took the one before."""
    county, office = make_small_county(tree.county_a), make_persona("assessment_office", tree.county_a)
    opening = open_preview(county.calculated(2024), actor=office, reason="x")
    case = file_appeal(opening, county.last, actor=make_persona("unit_liaison", county.last),
                       target="figure:G2", wanted="99", grounds="x")  # fmt: skip
    address = reverse("assessments:appeal", args=[case.case_no])
    asks_as_recorded("appeal filed", office, address)
    perform(case, "answer", actor=ACTOR, reason="x", agrees=True, value="99")
    asks_as_recorded("appeal answered", office, address)


def test_home_of_the_office_with_a_year_to_fill():
    asks_as_recorded("home", User.objects.get(username="kaohe"), reverse("home"))


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
