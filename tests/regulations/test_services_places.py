"""Jurisdictions lent by the room above."""

import pytest

from foundation.common.scoping import NOWHERE, Scope
from foundation.regulations.services import places


@pytest.fixture
def no_finder(monkeypatch):
    """As before the room above was found."""
    monkeypatch.setattr(places, "_finders", [])


@pytest.mark.unit
def test_without_a_room_that_knows_them_there_are_no_places(no_finder, monkeypatch):
    monkeypatch.setattr(places, "MODULE", "no_such_module")
    assert places.by_codes(["A"]) == {}
    assert places.within(Scope(everything=True)) == []
    assert places.home_of(Scope(paths=("000001",))) is None


@pytest.mark.unit
def test_finder_is_looked_for_by_the_name_of_its_module(no_finder, monkeypatch):
    asked = []

    def discover(name):
        asked.append(name)
        places.provide(lambda codes=None, paths=None: [places.Place("A", "甲县", "000001")])

    monkeypatch.setattr(places, "autodiscover_modules", discover)
    assert places.by_codes(["A", "", "A"])["A"].name == "甲县"
    assert places.by_codes([""]) == {}
    assert asked == ["rulebook_places"]


@pytest.mark.django_db
def test_places_inside_a_scope_and_the_home_of_one(counties):
    a, b = counties.county_a, counties.county_b
    whole, county = Scope(everything=True), Scope(paths=(a.path,))
    department, unit = Scope(paths=(counties.finance.path,)), Scope(exact=(counties.finance.path,))
    assert [place.code for place in places.within(whole)] == ["A", "B"]
    assert [place.code for place in places.within(county)] == ["A"]
    assert places.within(department) == places.within(NOWHERE) == []
    assert {places.home_of(scope).code for scope in (county, department, unit)} == {"A"}
    assert places.home_of(whole) is places.home_of(NOWHERE) is places.home_of(Scope(paths=(a.path, b.path))) is None
