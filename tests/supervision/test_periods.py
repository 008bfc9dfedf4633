"""The register of influence periods: who, until when, narrowed, in order, as a workbook."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from foundation.audit.models import Entry
from officials.services.restrictions import RestrictionSpec, impose, lift
from tests.factories.people import make_person
from tests.support.people import api_client_of, client_of, make_persona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
ADDRESS = "/supervision/periods/"


@pytest.fixture
def today():
    return timezone.localdate()


def restricted(name, unit, ends_on, number, kind="GOV_WARN"):
    person = make_person(name, unit)
    spec = RestrictionSpec(kind, ends_on - timedelta(days=180), ends_on, ["POST", "RANK"], ["R-DIS-GOV_WARN"])
    impose(official=person, source_kind="supervision.handling", source_no=number, text="x", rulebook_version="v", periods=[spec])  # fmt: skip
    return person


@pytest.fixture
def people(tree, today):
    return [
        restricted("甲某", tree.finance, today + timedelta(days=100), "CL-1"),
        restricted("乙某", tree.finance, today + timedelta(days=20), "CL-2", "PTY_WARN"),
        restricted("丙某", tree.finance, today - timedelta(days=10), "CL-3"),
        restricted("丁某", tree.finance, today - timedelta(days=400), "CL-4"),
    ]


@pytest.fixture
def section(tree):
    return make_persona("supervision_section", tree.county_a)


def names(user, query=""):
    page = client_of(user).get(f"{ADDRESS}?{query}")
    return [line.row.official.name for line in page.context["lines"]]


def test_the_running_ones_stand_in_the_order_in_which_they_end(people, section):
    assert names(section) == ["乙某", "甲某"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("days=30", ["乙某"]),
        ("kind=PTY_WARN", ["乙某"]),
        ("state=ended&days=30", ["丙某"]),
        ("state=ended&sort=latest", ["丙某", "丁某"]),
        ("state=all&name=丁", ["丁某"]),
        ("unit=没有", []),
        ("state=held", []),
        ("state=lifted", []),
    ],
)
def test_the_list_is_narrowed(people, section, query, found):
    assert names(section, query) == found


def test_what_was_lifted_early_stands_among_the_lifted(people, section, today):
    lift(source_kind="supervision.handling", source_no="CL-1", on=today, by="复1号", reason="撤销")
    assert (names(section), names(section, "state=lifted")) == (["乙某"], ["甲某"])


def test_nobody_of_another_county_is_seen(people, tree):
    assert names(make_persona("supervision_section", tree.county_b)) == []


def test_the_workbook_holds_what_the_list_shows_and_is_recorded(people, section, today):
    answer = client_of(section).get(f"{ADDRESS}file/?days=30")
    sheet = load_workbook(BytesIO(answer.content)).active
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "乙某" in cells
    assert 20 in cells
    assert not {"甲某", "丙某"} & set(cells)
    entry = Entry.objects.get(action="supervision.periods.exported")
    assert (entry.data["rows"], entry.data["keys"]) == (1, [people[1].pk])


def test_another_system_asks_who_is_in_a_period_on_a_day(people, section, today):
    client = api_client_of(section)
    rows = client.get("/api/v1/supervision/periods/", {"on": today.isoformat()}).json()["results"]
    assert {row["decision"] for row in rows} == {"CL-1", "CL-2"}
    assert client.get("/api/v1/supervision/periods/", {"day": "2026-01-01"}).status_code == 400
