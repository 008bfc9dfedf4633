"""Officials by API: the roster's questions, masked, inside the scope, in few statements."""

import json
from datetime import date

import pytest
from django.urls import reverse

from officials.rules.questions import parse_question
from officials.services.lists import create_list
from tests.factories.people import make_person, number_of
from tests.support.people import key_client_of
from tests.support.queries import count_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
PEOPLE = "/api/v1/officials/"


@pytest.fixture
def people(tree):
    """Three people, one of them of another county."""
    return [
        make_person("单小红", tree.finance, sex="2", serial=1),
        make_person("张晓明", tree.health, serial=2),
        make_person("区外人", tree.other_department, serial=3),
    ]


def names(answer):
    """Names of the answer."""
    return [row["name"] for row in answer.json()["results"]]


def test_questions_are_those_of_the_roster(cadre_section, people):
    client = key_client_of(cadre_section)
    assert names(client.get(PEOPLE)) == ["单小红", "张晓明"]
    assert names(client.get(PEOPLE, {"q": "sxh"})) == ["单小红"]
    assert names(client.get(PEOPLE, {"unit": "A-HEA"})) == ["张晓明"]
    assert names(client.get(PEOPLE, {"question": json.dumps({"groups": [{"sex": ["2"]}]})})) == ["单小红"]
    assert names(client.get(PEOPLE, {"status": "21"})) == []


@pytest.mark.parametrize("asked", [{"question": "{"}, {"question": "[]"}, {"question": '{"groups": [{"age_to": "x"}]}'},
                                   {"colour": "red"}, {"cursor": "x"}])  # fmt: skip
def test_what_cannot_be_asked_is_refused(cadre_section, people, asked):
    assert key_client_of(cadre_section).get(PEOPLE, asked).status_code == 400


def test_numbers_are_masked(cadre_section, people):
    answer = key_client_of(cadre_section).get(PEOPLE)
    assert number_of(date(1980, 5, 6), 1) not in answer.content.decode()
    assert answer.json()["results"][0]["number"] == people[0].id_masked


def test_a_page_asks_at_most_five_questions_however_long_it_is(cadre_section, tree, people):
    client = key_client_of(cadre_section)
    client.get(PEOPLE)
    few = count_queries(lambda: client.get(PEOPLE))
    for serial in range(10, 40):
        make_person("张晓明", tree.health, serial=serial)
    assert count_queries(lambda: client.get(PEOPLE)) == few <= 5


def test_lists_and_their_people(cadre_section, department_leader, people):
    saved = create_list(actor=cadre_section, name="名单", people=[person.pk for person in people])
    live = create_list(actor=cadre_section, name="女", question=parse_question({"groups": [{"sex": ["2"]}]}))
    client = key_client_of(cadre_section)
    assert names(client.get(reverse("v1:list-list"))) == ["女", "名单"]
    assert names(client.get(reverse("v1:list-people", args=[saved.pk]))) == ["单小红", "张晓明"]
    assert names(client.get(reverse("v1:list-people", args=[live.pk]))) == ["单小红"]
    assert names(key_client_of(department_leader).get(reverse("v1:list-list"))) == []
