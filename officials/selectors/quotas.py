"""Numbers of leaders 职数 and staff 编制 by unit on a day: approved, filled, vacant, over."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from foundation.organizations.choices import Kind
from foundation.organizations.models import (
    PATH_STEP,
    ApprovedNumbers,
    Organization,
    OrganizationName,
    Post,
    UnitCategory,
)
from foundation.organizations.rules.quotas import KINDS_OF_STAFF, Fill, Numbers

from ..choices import STAFF_KINDS
from ..models import PostHolding
from ..querysets import held_on
from ..rules.staff_kinds import UNSTATED
from .staff import kinds_of, staff_by_path

VIEW = "organizations.view_organization"
NAMES = ("leaders", "principals", "deputies", "staffing", *KINDS_OF_STAFF)
OWN = (Kind.DEPARTMENT, Kind.TOWN)  # units with staff of their own: sections and groups count with the unit above them


@dataclass(frozen=True)
class UnitFill:
    """A unit on a day. `free` counts seats of posts that nobody holds."""

    unit: Organization
    name: str
    approved: Numbers
    leaders: Fill
    principals: Fill
    deputies: Fill
    staff: Fill
    free: int = 0
    people: Counter = field(default_factory=Counter)  # staff by kind, UNSTATED among them

    @property
    def kinds(self) -> dict[str, Fill]:
        """Staff by kind of establishment: approved, and actual as far as the record says it."""
        return {kind: Fill(getattr(self.approved, kind), self.people[kind]) for kind in KINDS_OF_STAFF}

    @property
    def kind_lines(self) -> list[tuple[str, Fill]]:
        """Kinds of staff that are approved for the unit or there, each with its heading."""
        return [
            (STAFF_KINDS[kind], fill) for kind, fill in self.kinds.items() if fill.approved is not None or fill.actual
        ]

    @property
    def unstated(self) -> int:
        """People of whom the record does not say the kind of establishment."""
        return self.people[UNSTATED]

    @property
    def is_over(self) -> bool:
        """Is any number above what was approved?"""
        return any(fill.over for fill in (self.leaders, self.principals, self.deputies, self.staff))

    @property
    def is_vacant(self) -> bool:
        """Is any leader missing?"""
        return bool(self.leaders.vacant or self.principals.vacant or self.deputies.vacant)


@dataclass
class Totals:
    """Sums of a matrix."""

    leaders: Fill = field(default_factory=lambda: Fill(None, 0))
    principals: Fill = field(default_factory=lambda: Fill(None, 0))
    deputies: Fill = field(default_factory=lambda: Fill(None, 0))
    staff: Fill = field(default_factory=lambda: Fill(None, 0))
    kinds: dict = field(default_factory=lambda: {kind: Fill(None, 0) for kind in KINDS_OF_STAFF})
    unstated: int = 0
    vacant: dict = field(default_factory=lambda: defaultdict(int))
    over: dict = field(default_factory=lambda: defaultdict(int))


FILLS = ("leaders", "principals", "deputies", "staff")


def totals_of(rows: list[UnitFill]) -> Totals:
    """Sums by column. Vacant and over are sums of the units' own: one unit's surplus fills no other's gap."""
    found = Totals()
    for row in rows:
        for name in FILLS:
            fill = getattr(row, name)
            setattr(found, name, getattr(found, name) + fill)
            found.vacant[name] += fill.vacant
            found.over[name] += fill.over
        for kind, fill in row.kinds.items():
            found.kinds[kind] += fill
            found.vacant[kind] += fill.vacant
            found.over[kind] += fill.over
        found.unstated += row.unstated
    found.vacant, found.over = dict(found.vacant), dict(found.over)
    return found


def numbers_on(day: date, units=None) -> dict[int, Numbers]:
    """What was approved by dated rows, by unit (1 query)."""
    rows = ApprovedNumbers.objects.system().holding_on(day)
    if units is not None:
        rows = rows.filter(organization__in=units)
    return {unit: Numbers(*values) for unit, *values in rows.values_list("organization_id", *NAMES)}


def approved_for(unit: Organization, dated: Numbers | None) -> Numbers:
    """The dated numbers of a unit; before the first of them those that came with a file."""
    return dated or Numbers(leaders=unit.leader_quota, staffing=unit.staffing)


def names_on(day: date) -> dict[int, str]:
    """Names of units that bore another one on a day than now (1 query)."""
    rows = OrganizationName.objects.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=day), ends_on__gte=day)
    return dict(rows.values_list("organization_id", "name"))


def matrix(user, day: date, *, kind: str = "", category: str = "", below: str = "", state: str = "") -> list[UnitFill]:
    """Departments and towns of the user's scope with their numbers on a day, in the order of the tree (6 queries)."""
    units = Organization.objects.visible_to(user, VIEW).filter(kind__in=OWN).on_date(day).in_tree_order()
    if kind:
        units = units.filter(kind=kind)
    if below:
        units = units.filter(Q(jurisdiction__code=below))
    if category:
        rows = UnitCategory.objects.system().filter(organization=OuterRef("pk"), year=day.year, category=category)
        units = units.filter(Exists(rows))
    found = filled(list(units), day)
    return [row for row in found if _is_in(row, state)]


def _is_in(row: UnitFill, state: str) -> bool:
    if state == "vacant":
        return row.is_vacant
    if state == "over":
        return row.is_over
    return state != "full" or not (row.is_vacant or row.is_over)


def filled(units: list[Organization], day: date, *, detailed=True) -> list[UnitFill]:
    """Some units with their numbers on a day (5 queries); not `detailed`: without former names and free seats (3 queries)."""
    keys = [unit.pk for unit in units]
    dated, names = numbers_on(day, keys), names_on(day) if detailed else {}
    leaders, free = _leaders(keys, day), _free_seats(keys, day) if detailed else {}
    staff = _rolled_up(kinds_of(staff_by_path(day)), {unit.path for unit in units})
    rows = []
    for unit in units:
        approved = approved_for(unit, dated.get(unit.pk))
        principals, others = leaders[unit.pk]
        people = staff[unit.path]
        rows.append(
            UnitFill(
                unit=unit,
                name=names.get(unit.pk, unit.name),
                approved=approved,
                leaders=Fill(approved.leaders, len(principals | others)),
                principals=Fill(approved.principals, len(principals)),
                deputies=Fill(approved.deputies, len(others - principals)),
                staff=Fill(approved.staffing, people.total()),
                free=free.get(unit.pk, 0),
                people=people,
            )
        )
    return rows


def _leaders(units, day) -> dict[int, tuple[set, set]]:
    """Principals and others that count against the quota, by unit (1 query)."""
    rows = PostHolding.objects.system().on_date(day)
    rows = rows.filter(post__organization__in=units, post__is_team_member=True, post__counts_quota=True)
    found = defaultdict(lambda: (set(), set()))
    for unit, person, leads in rows.values_list("post__organization_id", "official_id", "post__is_principal"):
        found[unit][0 if leads else 1].add(person)
    return found


def _free_seats(units, day) -> dict[int, int]:
    """Free seats of team posts, by unit (1 query)."""
    posts = Post.objects.system().on_date(day).filter(organization__in=units, is_team_member=True)
    rows = posts.annotate(n=Count("holdings", filter=held_on(day, "holdings")))
    found = defaultdict(int)
    for unit, seats, held in rows.values_list("organization_id", "seats", "n"):
        found[unit] += max((seats or 1) - held, 0)
    return found


def _rolled_up(by_path: dict[str, Counter], units: set[str]) -> dict[str, Counter]:
    """Staff of sections and groups counts with the nearest unit above that has staff of its own."""
    found = defaultdict(Counter)
    for path, people in by_path.items():
        while path and path not in units:
            path = path[:-PATH_STEP]
        found[path] += people
    return found


def fill_of_unit(unit: Organization, day: date, dated, principals: set, deputies: set) -> UnitFill:
    """The numbers of one unit whose team is at hand (1 query: staff, sections included)."""
    approved = approved_for(unit, dated)
    people = sum(kinds_of(staff_by_path(day, unit.path)).values(), Counter())
    return UnitFill(
        unit=unit,
        name=unit.name,
        approved=approved,
        leaders=Fill(approved.leaders, len(principals | deputies)),
        principals=Fill(approved.principals, len(principals)),
        deputies=Fill(approved.deputies, len(deputies)),
        staff=Fill(approved.staffing, people.total()),
        people=people,
    )
