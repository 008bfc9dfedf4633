"""The page of the tree of units: search, and where it ends when more is visible than a page can carry."""

from datetime import date

import pytest
from django.urls import reverse

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


def test_the_last_line_of_a_branch_ends_it(tree):
    """A (open) holds A-FIN (shut) with A-FIN-1, and A-HEA: the leaves end themselves (0) and one branch each (1)."""
    nodes, _count = selectors.tree_for(make_persona("assessment_office", tree.county_a), DAY)
    lines = selectors.tree_lines(nodes, 1)
    assert [(line["code"], line["below"], line["is_open"], list(line["ends"])) for line in lines] == [
        ("A", 2, True, []),
        ("A-FIN", 1, False, []),
        ("A-FIN-1", 0, False, [0, 1]),
        ("A-HEA", 0, False, [0, 1]),
    ]
    assert lines[2]["url"] == reverse("organizations:unit", args=["A-FIN-1"])


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
