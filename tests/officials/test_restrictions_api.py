"""From when a person may be promoted, asked by another system."""

from datetime import date

import pytest

from officials.services.restrictions import RestrictionSpec, impose, lift
from tests.factories.people import make_person
from tests.support.people import api_client_of, make_persona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


@pytest.fixture
def person(tree):
    person = make_person("麦荣俊", tree.finance)
    impose(
        official=person, source_kind="supervision.handling", source_no="CL-1", text="x", rulebook_version="v",
        periods=[
            RestrictionSpec("ORG_REMOVE", date(2025, 1, 10), date(2026, 1, 9), ["LEADING_POST"], ["R-DIS-ORG_REMOVE-LEADING_POST"], part="LEADING_POST"),
            RestrictionSpec("ORG_REMOVE", date(2025, 1, 10), date(2027, 1, 9), ["HIGHER_POST", "RANK"], ["R-DIS-ORG_REMOVE-HIGHER_POST"], part="HIGHER_POST"),
        ],
    )  # fmt: skip
    return person


def asked(tree, person, day):
    client = api_client_of(make_persona("supervision_section", tree.county_a))
    return client.get(f"/api/v1/officials/{person.pk}/restrictions/", {"on": day})


def test_each_act_has_its_first_free_day_and_the_article(tree, person):
    answer = asked(tree, person, "2025-06-01").json()
    found = {one["act"]: one for one in answer["earliest"]}
    assert (found["LEADING_POST"]["on"], found["POST"]["on"], found["RANK"]["on"]) == (
        "2026-01-10",
        "2027-01-10",
        "2027-01-10",
    )
    assert found["PAY_STEP"]["is_free"]
    assert found["POST"]["reasons"][0]["cite"]["law"] == "党政领导干部选拔任用工作条例"
    assert [row["part"] for row in answer["restrictions"]] == ["HIGHER_POST", "LEADING_POST"]


def test_what_was_lifted_stands_on_record_and_against_nothing(tree, person):
    lift(source_kind="supervision.handling", source_no="CL-1", on=date(2025, 3, 1), by="鹤纪复1号", reason="撤销")
    answer = asked(tree, person, "2025-06-01").json()
    assert all(one["is_free"] for one in answer["earliest"])
    assert {row["lifted_on"] for row in answer["restrictions"]} == {"2025-03-01"}


def test_a_day_that_is_none_is_refused_by_name(tree, person):
    answer = asked(tree, person, "soon")
    assert answer.status_code == 400
    assert "on" in str(answer.json())
