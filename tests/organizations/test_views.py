"""Units on the screen: the tree and one unit, inside the reader's scope."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.organizations.models import Organization, OrganizationName, Post, UnitCategory
from tests.support.people import client_of, make_persona, make_unit
from tests.support.queries import assert_query_baseline, count_queries
from tests.support.scoped import ScopedList, ScopedPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
ENGLISH = {"accept-language": "en"}


class TestTree(ScopedList):
    permission = "organizations.view_organization"

    def own(self, tree):
        return reverse("organizations:tree")


class TestUnit(ScopedPage):
    permission = "organizations.view_organization"

    def own(self, tree):
        return reverse("organizations:unit", args=[tree.finance.code])

    def foreign(self, tree):
        return reverse("organizations:unit", args=[tree.other_department.code])


@pytest.fixture
def office(assessment_office):
    """A browser of the assessment office of county A."""
    return client_of(assessment_office)


def shown(answer) -> dict:
    """The tree of a page as nested codes."""

    def nested(nodes):
        return {node.unit.code: nested(node.children) for node in nodes}

    return nested(answer.context["nodes"])


def tree_page(client, **query):
    return client.get(reverse("organizations:tree"), query, headers=ENGLISH)


def test_the_tree_is_the_readers_subtree_in_its_order(office, tree, unit_liaison):
    page = tree_page(office)
    assert shown(page) == {"A": {"A-FIN": {"A-FIN-1": {}}, "A-HEA": {}}}
    assert page.context["count"] == 4
    assert shown(tree_page(client_of(unit_liaison))) == {"A-FIN": {"A-FIN-1": {}}}


def test_siblings_stand_in_their_manual_order(office, tree):
    make_unit("A-0", parent=tree.county_a, rank=7)
    make_unit("A-9", parent=tree.county_a, rank=5)
    assert list(shown(tree_page(office))["A"]) == ["A-FIN", "A-HEA", "A-9", "A-0"]


@pytest.mark.parametrize("wanted", ["预算", "a-fin-1", "A-FIN-1"])
def test_a_hit_is_shown_with_what_it_stands_below(office, tree, wanted):
    assert shown(tree_page(office, q=wanted)) == {"A": {"A-FIN": {"A-FIN-1": {}}}}


def test_a_search_without_hits_says_so_and_finds_nothing_outside(office, tree):
    page = tree_page(office, q="乙县")
    assert shown(page) == {}
    assert "No unit found" in page.content.decode()


def test_a_search_while_typing_gets_the_tree_alone(office, tree):
    part = office.get(reverse("organizations:tree"), {"q": "财政"}, headers=ENGLISH | {"HX-Request": "true"})
    assert b"<html" not in part.content
    assert "财政局" in part.content.decode()


def test_units_that_are_closed_are_left_out(office, tree):
    tree.health.ends_on = timezone.localdate() - timedelta(days=1)
    tree.health.starts_on = date(2000, 1, 1)
    tree.health.save()
    assert "A-HEA" not in shown(tree_page(office))["A"]


def test_a_unit_shows_posts_names_categories_and_the_units_around_it(office, tree):
    Post.objects.create(organization=tree.finance, title="副局长", sort=2)
    Post.objects.create(organization=tree.finance, title="局长", sort=1, is_principal=True)
    OrganizationName.objects.create(organization=tree.finance, name="甲县财政办", starts_on=date(1990, 1, 1))
    UnitCategory.objects.create(organization=tree.finance, year=2023, category="GENERAL")
    UnitCategory.objects.create(organization=tree.finance, year=2024, category="ECONOMIC")
    page = office.get(reverse("organizations:unit", args=["A-FIN"]), headers=ENGLISH)
    facts = page.context
    assert [line.post["title"] for line in facts["team"]] == ["局长", "副局长"]
    assert [row.year for row in facts["categories"]] == [2024, 2023]
    assert [unit.code for unit in facts["children"]] == ["A-FIN-1"]
    assert [unit.code for unit in facts["above"]] == ["A"]
    assert "甲县财政办" in page.content.decode()


def test_a_liaison_is_shown_no_way_above_the_own_unit(tree, unit_liaison):
    page = client_of(unit_liaison).get(reverse("organizations:unit", args=["A-FIN"]))
    assert page.context["above"] == []


def test_pages_ask_as_often_as_recorded_and_no_more_when_units_grow(tree):
    counts = []
    for root, more in ((tree.county_a, 0), (tree.county_b, 40)):
        for number in range(more):
            make_unit(f"{root.code}-N{number}", parent=root)
        client = client_of(make_persona("assessment_office", root))
        addresses = [reverse("organizations:tree"), reverse("organizations:unit", args=[root.code])]
        for address in addresses:
            client.get(address)
        counts.append([count_queries(lambda c=client, a=address: c.get(a)) for address in addresses])
    assert counts[0] == counts[1]
    for name, address in zip(("tree", "unit"), addresses, strict=True):
        with assert_query_baseline(name):
            client.get(address)
    assert Organization.objects.filter(jurisdiction=tree.county_b).count() == 41
