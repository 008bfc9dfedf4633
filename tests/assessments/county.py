"""A small assessed county on the personas' tree: four units, three indicators, leaders of the two departments.

Of county A the finance department answers for revenue, the health department for the other two. In 2024 finance is
first, health second, the town of Gulao third and the town of Shaping last (bottom).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assessments.models import Cycle, Indicator, Scheme, Score
from foundation.organizations.choices import Kind
from foundation.organizations.models import Organization, Post, UnitCategory
from officials.models import Official, PostHolding

from ..support.people import Tree, make_unit

CATEGORY = "ECONOMIC"
FIGURES = {  # unit: revenue (target 100), satisfaction, grade
    "A-FIN": ("99.5", "98", "优"),
    "A-HEA": ("95", "90", "良"),
    "A-GUL": ("80", "82.25", "良"),
    "A-SHA": ("60", "70", "中"),
}


@dataclass
class Assessed:
    """One county in one year."""

    tree: Tree
    cycle: Cycle
    scheme: Scheme
    units: dict[str, Organization]
    indicators: dict[str, Indicator]
    people: dict[str, Official]


def towns(tree) -> dict[str, Organization]:
    """The two towns of county A, made once."""
    known = {unit.code: unit for unit in Organization.objects.system().filter(code__in=["A-GUL", "A-SHA"])}
    return known or {
        code: make_unit(code, parent=tree.county_a, kind=Kind.TOWN, name=name)
        for code, name in (("A-GUL", "古劳镇"), ("A-SHA", "沙坪街道"))
    }


def make_people(tree) -> dict[str, Official]:
    """Principal leaders: Li leads Shaping all year, Wang finance."""
    found = {}
    for number, (name, unit) in enumerate((("李四", towns(tree)["A-SHA"]), ("王五", tree.finance))):
        person = Official.objects.create(
            name=name,
            sort_key=f"person {number}",
            id_cipher=b"secret",
            id_hash=f"hash-{number}",
            id_masked=f"440784********123{number}",
            home=unit,
        )
        post = Post.objects.create(organization=unit, title="主要负责人", is_principal=True, sort=1)
        PostHolding.objects.create(official=person, post=post, starts_on=date(2020, 1, 1))
        found[unit.code] = person
    return found


def assess_year(tree, year: int, *, people=None, figures=FIGURES) -> Assessed:
    """A cycle of county A with scheme, indicators and figures."""
    cycle = Cycle.objects.create(jurisdiction=tree.county_a, year=year)
    scheme = Scheme.objects.create(cycle=cycle, category=CATEGORY, state="issued", issued_on=date(year, 3, 15))
    leaves = (
        ("E1", "税收收入", "50", "completion", tree.finance),
        ("E2", "群众满意度", "30", "direct", tree.health),
        ("E3", "平安建设", "20", "grade", tree.health),
    )
    indicators = {
        code: Indicator.objects.create(
            scheme=scheme,
            code=code,
            name=name,
            group="发展",
            weight=Decimal(weight),
            method=method,
            responsible=responsible,
            sort=sort,
        )
        for sort, (code, name, weight, method, responsible) in enumerate(leaves, 1)
    }
    units = {"A-FIN": tree.finance, "A-HEA": tree.health, **towns(tree)}
    for code, (revenue, satisfaction, grade) in figures.items():
        UnitCategory.objects.create(organization=units[code], year=year, category=CATEGORY)
        Score.objects.bulk_create(
            Score(cycle=cycle, unit=units[code], indicator=indicators[leaf], **values)
            for leaf, values in (
                ("E1", {"figure": Decimal(revenue), "target": Decimal(100)}),
                ("E2", {"figure": Decimal(satisfaction)}),
                ("E3", {"word": grade}),
            )
        )
    return Assessed(tree, cycle, scheme, units, indicators, people or {})
