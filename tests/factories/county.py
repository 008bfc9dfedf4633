"""A small county with everything its assessment needs, written straight into the tables.

One category, two indicators (a direct score of weight 60, a completion of weight 40), one principal post per unit held by
one person for years. Units are ranked in the order in which they are given: the first is the best, the last is flagged.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from assessments.choices import Method
from assessments.models import Cycle, Indicator, Run, Scheme, Score
from assessments.services.calculation import calculate
from assessments.services.openings import open_preview
from assessments.services.publishing import publish
from foundation.common.actors import SystemActor
from foundation.organizations.models import Organization, Post, UnitCategory
from officials.models import Official, PostHolding
from officials.services.people import identity_values
from tests.support.people import make_unit

ACTOR = SystemActor("test")
CATEGORY = "GENERAL"
DIRECT, COMPLETION = "G1", "G2"
HELD_FROM = date(2020, 1, 1)
HEARD_ON = date(2025, 3, 3)


@dataclass
class SmallCounty:
    """What was made: units from best to worst, cycles by year, posts and their holders by unit code."""

    root: Organization
    units: list[Organization]
    cycles: dict[int, Cycle] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    people: dict[str, Official] = field(default_factory=dict)

    @property
    def last(self) -> Organization:
        """The unit that comes last."""
        return self.units[-1]

    def figures(self, year: int, unit, **values: str):
        """Give a unit other figures: `figures(2024, unit, G1="70", G2="80")`; None makes a gap."""
        for code, value in values.items():
            row = Score.objects.get(cycle=self.cycles[year], unit=unit, indicator__code=code)
            row.figure = None if value is None else Decimal(value)
            row.save()

    def swap_last(self, year: int):
        """The last but one falls behind the last."""
        self.figures(year, self.units[-2], G1="40", G2="40")

    def calculated(self, year: int, actor=ACTOR) -> Run:
        """A run over the figures as they stand."""
        return calculate(self.cycles[year], actor=actor).run

    def heard(self, year: int) -> Run:
        """The same, and the units were shown it: their time to object is over."""
        run = self.calculated(year)
        open_preview(run, actor=ACTOR, reason="通知", today=HEARD_ON)
        return run

    def published(self, year: int, actor=ACTOR) -> Run:
        """The same, published."""
        run = self.calculated(year, actor)
        publish(run, actor=actor, reason="审定")
        self.cycles[year].refresh_from_db()
        return run


def make_official(number: int, name: str, home: Organization) -> Official:
    """A person with an identity number made of `number`."""
    return Official.objects.create(home=home, **identity_values(f"44078419700101{number:04d}", name))


def hold(post: Post, person: Official, starts_on: date = HELD_FROM, ends_on: date | None = None) -> PostHolding:
    """The person holds the post."""
    return PostHolding.objects.create(post=post, official=person, starts_on=starts_on, ends_on=ends_on)


def make_small_county(root: Organization, *, units=(), size: int = 5, years=(2024,)) -> SmallCounty:
    """A county below `root`: `units` come last, in their order, better ones are added until there are `size`."""
    better = [
        make_unit(f"{root.code}-D{n}", parent=root, name=f"{root.name}第{n}局") for n in range(1, size - len(units) + 1)
    ]
    county = SmallCounty(root, [*better, *units])
    start = Official.objects.count()
    for number, unit in enumerate(county.units, start=start):
        county.people[unit.code] = make_official(number, f"局长{number}", unit)
        county.posts[unit.code] = Post.objects.create(organization=unit, title="局长", is_principal=True, sort=1)
        hold(county.posts[unit.code], county.people[unit.code])
    for year in years:
        county.cycles[year] = _cycle(county, year)
    return county


def _cycle(county: SmallCounty, year: int) -> Cycle:
    cycle = Cycle.objects.create(jurisdiction=county.root, year=year)
    scheme = Scheme.objects.create(cycle=cycle, category=CATEGORY, state="issued", issued_on=date(year, 3, 15))
    UnitCategory.objects.bulk_create(UnitCategory(organization=u, year=year, category=CATEGORY) for u in county.units)
    direct, completion = Indicator.objects.bulk_create(
        [
            Indicator(scheme=scheme, code=DIRECT, name="重点工作", group="共性", weight=60, method=Method.DIRECT,
                      responsible=county.units[0], sort=1),
            Indicator(scheme=scheme, code=COMPLETION, name="目标完成率", group="个性", weight=40,
                      method=Method.COMPLETION, responsible=county.units[-1], sort=2),
        ]
    )  # fmt: skip
    Score.objects.bulk_create(
        Score(cycle=cycle, unit=unit, indicator=indicator, figure=figure, target=target)
        for place, unit in enumerate(county.units)
        for indicator, figure, target in (
            (direct, 95 - 3 * place, None),
            (completion, 100 - 2 * place, 100),
        )
    )
    return cycle
