"""The figures of a submission by API: saved together, refused cell by cell, never taken away in silence."""

from decimal import Decimal

import pytest
from django.urls import reverse

from ..support.people import key_client_of, make_persona
from .collecting import score, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


def send(user, collection, *cells, **values):
    """Send figures of Economic units' revenue: (unit, figure) with more values of the cell."""
    figures = [{"unit": unit, "indicator": "E1", "figure": figure, **more} for unit, figure, more in cells]
    address = reverse("v1:collection-figures", args=[collection.case_no])
    return key_client_of(user).post(address, {"figures": figures, **values}, format="json")


def test_a_figure_without_target_keeps_the_target_that_stands(collection, assessed, unit_liaison):
    answer = send(unit_liaison, collection, ("A-SHA", "61", {}))
    assert (answer.status_code, answer.json()["changed"]) == (200, 1), answer.content
    assert (score(assessed, "A-SHA").figure, score(assessed, "A-SHA").target) == (Decimal(61), Decimal(100))
    send(unit_liaison, collection, ("A-SHA", "62", {"target": "90"}))
    assert (score(assessed, "A-SHA").figure, score(assessed, "A-SHA").target) == (Decimal(62), Decimal(90))
    send(unit_liaison, collection, ("A-SHA", "62", {"target": ""}))
    assert score(assessed, "A-SHA").target is None


def test_what_does_not_apply_loses_its_target_as_well(collection, assessed, unit_liaison):
    assert send(unit_liaison, collection, ("A-SHA", "不适用：无此项", {})).status_code == 200
    assert (score(assessed, "A-SHA").is_applicable, score(assessed, "A-SHA").target) == (False, None)


def test_every_wrong_cell_is_named_and_nothing_is_saved(collection, assessed, unit_liaison):
    answer = send(unit_liaison, collection, ("A-SHA", "61", {}), ("A-GUL", "许多", {"target": "-1"}))
    assert answer.status_code == 400
    places = [(r["facts"]["unit"], r["facts"]["indicator"], r["facts"]["field"]) for r in answer.json()["reasons"]]
    assert places == [("A-GUL", "E1", "figure"), ("A-GUL", "E1", "target")]
    assert score(assessed, "A-SHA").figure == Decimal(60)


def test_the_second_of_two_programs_is_told_what_stands_there(collection, assessed, unit_liaison, assessment_office):
    first = seen(assessed, "A-SHA", "E1").version
    send(assessment_office, collection, ("A-SHA", "70", {}), reason="核对")
    answer = send(unit_liaison, collection, ("A-SHA", "61", {"version": first}))
    assert (answer.status_code, answer.json()["code"]) == (412, "FIGURE_CHANGED")
    (reason,) = answer.json()["reasons"]
    now = seen(assessed, "A-SHA", "E1")
    assert reason["facts"] == {
        "unit": "A-SHA",
        "indicator": "E1",
        "now": "70",
        "now_target": "100",
        "version": now.version,
    }
    again = send(unit_liaison, collection, ("A-SHA", "61", {"version": now.version}))
    assert (again.status_code, score(assessed, "A-SHA").figure) == (200, Decimal(61))


def test_a_figure_sent_twice_or_of_another_department_is_refused(collection, assessed, unit_liaison, tree):
    twice = send(unit_liaison, collection, ("A-SHA", "61", {}), ("A-SHA", "62", {}))
    assert twice.status_code == 400
    assert "A-SHA/E1" in twice.json()["figures"][0]
    other = send(unit_liaison, collection, ("A-SHA", "61", {}), ("A-ZZZ", "62", {}))
    assert (other.status_code, other.json()["code"]) == (400, "PART_UNKNOWN"), other.content
    stranger = make_persona("unit_liaison", tree.health)
    assert send(stranger, collection, ("A-SHA", "61", {})).status_code == 404
    assert score(assessed, "A-SHA").figure == Decimal(60)
