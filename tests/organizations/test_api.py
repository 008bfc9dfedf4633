"""Units and posts by API."""

from datetime import date

import pytest
from django.urls import reverse

from foundation.organizations.models import OrganizationName, Post, UnitCategory

from ..support.people import key_client_of
from ..support.scoped import ScopedApi, ScopedApiList

pytestmark = pytest.mark.django_db


def rows(user, address="unit-list", /, **query):
    answer = key_client_of(user).get(reverse(f"v1:{address}"), query)
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def codes(user, **query):
    return [row["code"] for row in rows(user, **query)]


class TestUnit(ScopedApi):
    permission = "organizations.view_organization"

    def own(self, tree):
        return reverse("v1:unit", args=[tree.finance.code])

    def foreign(self, tree):
        return reverse("v1:unit", args=[tree.other_department.code])


class TestUnits(ScopedApiList):
    permission = "organizations.view_organization"

    def own(self, tree):
        return reverse("v1:unit-list")


class TestPosts(TestUnits):
    def own(self, tree):
        return reverse("v1:post-list")


def test_units_come_in_the_order_of_the_tree(tree, assessment_office, unit_liaison, auditor):
    assert codes(assessment_office) == ["A", "A-FIN", "A-FIN-1", "A-HEA"]
    assert codes(unit_liaison) == ["A-FIN", "A-FIN-1"]
    assert codes(auditor) == ["A", "A-FIN", "A-FIN-1", "A-HEA", "B", "B-FIN"]


def test_a_unit_is_told_with_categories_and_former_names(tree, assessment_office):
    UnitCategory.objects.create(organization=tree.finance, year=2024, category="ECONOMIC")
    UnitCategory.objects.create(organization=tree.finance, year=2023, category="GENERAL")
    OrganizationName.objects.create(organization=tree.finance, name="甲县财税局", ends_on=date(2018, 12, 31))
    shown = key_client_of(assessment_office).get(reverse("v1:unit", args=["A-FIN"])).json()
    assert (shown["name"], shown["kind"], shown["parent"], shown["jurisdiction"]) == (
        "甲县财政局",
        "department",
        "A",
        "A",
    )
    assert shown["categories"] == [{"year": 2023, "category": "GENERAL"}, {"year": 2024, "category": "ECONOMIC"}]
    assert [(name["name"], name["ends_on"]) for name in shown["names"]] == [("甲县财税局", "2018-12-31")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"kind": "section"}, ["A-FIN-1"]),
        ({"parent": "A"}, ["A-FIN", "A-HEA"]),
        ({"below": "A-FIN"}, ["A-FIN", "A-FIN-1"]),
        ({"below": "B"}, []),
        ({"jurisdiction": "A", "kind": "department"}, ["A-FIN", "A-HEA"]),
        ({"name": "卫生"}, ["A-HEA"]),
        ({"year": 2024}, ["A-FIN", "A-HEA"]),
        ({"year": 2024, "category": "SOCIAL"}, ["A-HEA"]),
        ({"year": 2023, "category": "SOCIAL"}, []),
        ({"category": "GENERAL"}, ["A-HEA"]),
        ({"on": "2019-01-01"}, ["A", "A-FIN", "A-FIN-1"]),
    ],
)
def test_units_are_filtered(tree, assessment_office, query, expected):
    UnitCategory.objects.create(organization=tree.finance, year=2024, category="ECONOMIC")
    UnitCategory.objects.create(organization=tree.health, year=2024, category="SOCIAL")
    UnitCategory.objects.create(organization=tree.health, year=2023, category="GENERAL")
    type(tree.health).objects.filter(pk=tree.health.pk).update(starts_on=date(2020, 1, 1))
    assert codes(assessment_office, **query) == expected


@pytest.mark.parametrize(("query", "field"), [({"kind": "club"}, "kind"), ({"on": "yesterday"}, "on"), ({"x": 1}, "x")])
def test_malformed_filters_name_the_field(tree, assessment_office, query, field):
    answer = key_client_of(assessment_office).get(reverse("v1:unit-list"), query)
    assert (answer.status_code, list(answer.json())) == (400, [field])


def test_posts_are_listed_and_filtered(tree, assessment_office, other_county_office):
    Post.objects.create(organization=tree.finance, title="局长", is_principal=True, sort=1)
    Post.objects.create(organization=tree.finance, title="副局长", is_team_member=True, ends_on=date(2020, 1, 1))
    Post.objects.create(organization=tree.other_department, title="局长", is_principal=True)
    assert [(row["unit"], row["title"]) for row in rows(assessment_office, "post-list")] == [
        ("A-FIN", "局长"),
        ("A-FIN", "副局长"),
    ]
    assert [row["title"] for row in rows(assessment_office, "post-list", is_principal="true")] == ["局长"]
    assert [row["title"] for row in rows(assessment_office, "post-list", on="2024-01-01", unit="A-FIN")] == ["局长"]
    assert [row["unit"] for row in rows(other_county_office, "post-list", jurisdiction="A")] == []
