"""Numbers of leaders and staff by unit on a day: page, words, workbooks, API."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from foundation.audit.models import Entry
from foundation.organizations.models import UnitCategory
from foundation.organizations.rules.quotas import Fill, completed, contradictions
from foundation.organizations.services.numbers import set_numbers
from officials.models import Official, PostHolding
from officials.selectors.quotas import matrix, totals_of
from officials.summaries import summary_of

from ..support.people import client_of, key_client_of
from ..support.queries import assert_query_baseline
from .test_reorganise import DAY, held, person, post, team  # noqa: F401 - the fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
ENGLISH = {"accept-language": "en"}
RED = "FFB3242B"
NOW = date(2025, 11, 1)


@pytest.fixture
def numbers(tree, team, cadre_section):  # noqa: F811
    """Finance: 3 leaders approved, 2 there. Health: 1 approved, 1 there and a deputy above the number."""
    made, people = team
    held(people["丁"], post(tree.health, "副局长"))
    terms = {"actor": cadre_section, "starts_on": date(2024, 1, 1), "document_no": "鹤编〔2024〕1号"}
    set_numbers(unit=tree.finance, principals=1, deputies=2, administrative=4, reference=1, **terms)
    set_numbers(unit=tree.health, principals=1, deputies=0, staffing=1, **terms)
    person(6, "孙己", tree.finance_section)
    return made, people


def by_code(rows):
    return {row.unit.code: row for row in rows}


@pytest.mark.unit
def test_vacant_and_over_are_told_apart_and_nothing_approved_is_neither():
    assert (Fill(3, 2).vacant, Fill(3, 2).over) == (1, 0)
    assert (Fill(3, 5).vacant, Fill(3, 5).over) == (0, 2)
    assert (Fill(None, 5).vacant, Fill(None, 5).over) == (0, 0)
    assert Fill(None, 5) + Fill(3, 1) == Fill(3, 6)


@pytest.mark.unit
def test_sums_left_empty_are_made_of_their_parts():
    assert completed({"leaders": None, "principals": 1, "deputies": 3})["leaders"] == 4
    assert completed({"leaders": None, "principals": None, "deputies": 3})["leaders"] is None
    assert completed({"leaders": 5, "principals": 1, "deputies": 3})["leaders"] == 5
    assert contradictions({"leaders": 3, "principals": 1, "deputies": 3}) == ["leaders"]
    assert contradictions({"staffing": 3, "administrative": 2, "logistics": 2}) == ["staffing"]


def test_leaders_and_staff_are_counted_against_what_was_approved(numbers, cadre_section):
    rows = by_code(matrix(cadre_section, NOW))
    finance, health = rows["A-FIN"], rows["A-HEA"]
    assert (finance.leaders, finance.principals, finance.deputies) == (Fill(3, 2), Fill(1, 1), Fill(2, 1))
    assert finance.staff == Fill(5, 3), "the section's people count with the department"
    assert (health.leaders.over, health.deputies.over, health.staff.over) == (1, 1, 1)
    totals = totals_of(list(rows.values()))
    assert (totals.leaders, totals.vacant["leaders"], totals.over["leaders"]) == (Fill(4, 4), 1, 1)


def test_a_person_in_two_posts_counts_once_and_a_post_outside_the_quota_not_at_all(numbers, tree, cadre_section):
    made, people = numbers
    held(people["甲"], made["deputy"], is_main=False)
    held(people["丙"], post(tree.finance, "纪检组长", counts_quota=False), is_main=False)
    finance = by_code(matrix(cadre_section, NOW))["A-FIN"]
    assert (finance.leaders.actual, finance.principals.actual, finance.deputies.actual) == (2, 1, 1)


def test_the_day_decides(numbers, tree, cadre_section):
    made, people = numbers
    PostHolding.objects.filter(official=people["乙"]).update(ends_on=date(2025, 3, 31))
    set_numbers(actor=cadre_section, unit=tree.finance, starts_on=DAY, document_no="x", leaders=1)
    march, april, july = (
        by_code(matrix(cadre_section, day))["A-FIN"].leaders for day in (date(2025, 3, 31), date(2025, 4, 1), DAY)
    )
    assert (march, april, july) == (Fill(3, 2), Fill(3, 1), Fill(1, 1))


def test_who_left_is_no_staff(numbers, tree, cadre_section):
    Official.objects.filter(name="孙己").update(left_note="调出")
    assert by_code(matrix(cadre_section, NOW))["A-FIN"].staff.actual == 2


def test_staff_is_counted_by_the_kind_that_each_record_says_and_nothing_is_guessed(numbers, cadre_section):
    for name, words in (("甲", "行政编制"), ("乙", "事业编制"), ("孙己", "事业编制（参公）"), ("丁", "聘用")):
        assert Official.objects.filter(name__endswith=name).update(establishment=words) == 1
    rows = by_code(matrix(cadre_section, NOW))
    finance, health = rows["A-FIN"], rows["A-HEA"]
    assert finance.kinds["administrative"] == Fill(4, 1)
    assert finance.kinds["reference"] == Fill(1, 1), "the section's people count with the department"
    assert finance.kinds["institution"].actual == 0
    assert finance.unstated == 1, "事业编制 alone may be either kind of institution"
    assert (health.kinds["other"], health.unstated) == (Fill(None, 1), health.staff.actual - 1)
    totals = totals_of(list(rows.values()))
    assert sum(fill.actual for fill in totals.kinds.values()) + totals.unstated == totals.staff.actual
    assert any("行政" in line for line in summary_of(list(rows.values()), totals, NOW))


def test_the_filter_narrows_by_category_and_state(numbers, tree, cadre_section):
    UnitCategory.objects.create(organization=tree.health, year=2025, category="GENERAL")
    assert set(by_code(matrix(cadre_section, NOW, category="GENERAL"))) == {"A-HEA"}
    assert set(by_code(matrix(cadre_section, NOW, state="vacant"))) == {"A-FIN"}
    assert set(by_code(matrix(cadre_section, NOW, state="over"))) == {"A-HEA"}
    assert matrix(cadre_section, NOW, state="full") == []


def test_a_liaison_sees_the_numbers_of_the_own_unit_alone(numbers, unit_liaison):
    assert set(by_code(matrix(unit_liaison, NOW))) == {"A-FIN"}


def test_the_words_say_where_leaders_are_missing_and_over(numbers, cadre_section):
    rows = matrix(cadre_section, NOW)
    lines = summary_of(rows, totals_of(rows), NOW)
    assert "甲县财政局" in lines[1]
    assert "甲县卫生健康局" in lines[2]
    assert summary_of([], totals_of([]), NOW) == []


def test_the_page_shows_red_with_a_word_and_leads_to_the_team(numbers, cadre_section):
    client = client_of(cadre_section)
    address = reverse("organizations:quotas")
    client.get(address, {"on": "2025-11-01"})
    with assert_query_baseline("quotas"):
        page = client.get(address, {"on": "2025-11-01"}, headers=ENGLISH)
    text = page.content.decode()
    assert "tag-red" in text
    assert "1 over" in text
    assert reverse("organizations:unit", args=["A-HEA"]) + "?on=2025-11-01#team" in text
    empty = client.get(address, {"on": "1900-01-01", "state": "over"}, headers=ENGLISH).content.decode()
    assert "No units" in empty


@pytest.mark.parametrize("table", ["leaders", "staff"])
def test_the_workbooks_hold_the_numbers_as_numbers_and_are_recorded(numbers, cadre_section, table):
    address = reverse("organizations:quotas-file", args=[table])
    answer = client_of(cadre_section).get(address, {"on": "2025-11-01"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    cells = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True) if row[0]}
    red = {row[0].value for row in sheet.iter_rows(min_row=4) if row[0].font.color and row[0].font.color.rgb == RED}
    if table == "leaders":
        assert red == {"甲县卫生健康局"}
        assert cells["甲县财政局"][2:] == (3, 2, 0, 1, 1, 1, 0, 0, 2, 1, 0, 1)
    else:
        assert cells["甲县财政局"][1:6] == (5, 3, 0, 2, 4)
        assert cells["甲县财政局"][9] == 1
        assert cells["甲县财政局"][-1] == 3, "nobody's record says the kind"
    entry = Entry.objects.get(action="organizations.quotas.exported")
    assert (entry.data["table"], entry.data["units"], entry.data["day"]) == (table, 2, "2025-11-01")


def test_the_api_tells_the_numbers_of_a_day(numbers, cadre_section):
    answer = key_client_of(cadre_section).get(reverse("v1:quota-list"), {"on": "2025-11-01"}).json()
    row = answer["results"][0]
    assert row.pop("kinds")["administrative"] == {"approved": 4, "actual": 0, "vacant": 4, "over": 0}
    assert row.pop("unstated") == 3
    assert row == {
        "unit": "A-FIN",
        "name": "甲县财政局",
        "leaders": {"approved": 3, "actual": 2, "vacant": 1, "over": 0},
        "principals": {"approved": 1, "actual": 1, "vacant": 0, "over": 0},
        "deputies": {"approved": 2, "actual": 1, "vacant": 1, "over": 0},
        "staff": {"approved": 5, "actual": 3, "vacant": 2, "over": 0},
    }
    wrong = key_client_of(cadre_section).get(reverse("v1:quota-list"), {"on": "yesterday"})
    assert wrong.status_code == 400
    unit = key_client_of(cadre_section).get(reverse("v1:unit", args=["A-FIN"])).json()
    assert [(row["leaders"], row["administrative"]) for row in unit["approved"]] == [(3, 4)]
