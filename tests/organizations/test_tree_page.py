"""The page of the tree of units: search, and where it ends when more is visible than a page can carry."""

from datetime import date

import pytest

from foundation.organizations import selectors

from ..support.people import make_persona

pytestmark = pytest.mark.django_db
DAY = date(2025, 11, 22)


def codes(nodes) -> list:
    return [(node.unit.code, codes(node.children)) for node in nodes]


def test_a_county_stands_as_a_whole(tree):
    nodes, count = selectors.tree_for(make_persona("assessment_office", tree.county_a), DAY)
    assert codes(nodes) == [("A", [("A-FIN", [("A-FIN-1", [])]), ("A-HEA", [])])]
    assert count == 4


def test_what_is_found_stands_below_what_it_belongs_to(tree):
    office = make_persona("assessment_office", tree.county_a)
    assert codes(selectors.tree_for(office, DAY, "预算")[0]) == [("A", [("A-FIN", [("A-FIN-1", [])])])]
    assert codes(selectors.tree_for(office, DAY, "a-hea")[0]) == [("A", [("A-HEA", [])])]


def test_a_nation_ends_at_its_counties(tree, monkeypatch):
    monkeypatch.setattr(selectors, "MOST", 3)
    nodes, count = selectors.tree_for(make_persona("auditor"), DAY)
    assert codes(nodes) == [("A", []), ("B", [])]
    assert count == 2


def test_nothing_of_another_county_is_found(tree):
    nodes, count = selectors.tree_for(make_persona("assessment_office", tree.county_a), DAY, "B-FIN")
    assert (nodes, count) == ([], 0)
