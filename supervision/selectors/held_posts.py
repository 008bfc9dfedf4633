"""Who serves where, in the shape of the rules of avoidance: organ, organ above, direct leader, sensitive work, place.

The register does not say which deputy leads which section. Assumed is only what follows from the posts: the main leader leads
the other leaders of the organ, the head of a section its staff; the leaders of the organ and the heads of its sections are
levels that follow each other.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F

from foundation.organizations.choices import Kind
from foundation.organizations.models import Organization
from foundation.regulations.services.codes import codes
from officials.models import Official, PostHolding

from ..rules.avoidance import HeldPost
from ..rules.sections import heads_section, section_of
from ..rules.sensitive_work import duties_of, industries_regulated

LEVELS = "post_level_zb09_2017"


@dataclass
class Seat:
    """A post that somebody holds on a day, or the unit where somebody serves without one."""

    person: int
    unit: Organization
    organ: Organization
    title: str = ""
    is_principal: bool = False
    is_leader: bool = False
    sort: int = 0
    height: int | None = None
    section: str = ""
    head: str = ""

    @property
    def words(self) -> str:
        """Unit and post as pages print them."""
        return f"{self.unit}{self.title}"


@dataclass
class Staff:
    """All seats of a county on a day, and its units by number."""

    seats: list[Seat] = field(default_factory=list)
    above: dict[int, Organization | None] = field(default_factory=dict)

    def by_person(self) -> dict[int, list[Seat]]:
        """Seats by the number of who holds them."""
        found = defaultdict(list)
        for seat in self.seats:
            found[seat.person].append(seat)
        return found


def read_staff(day: date, county: Organization) -> Staff:
    """Everybody in post in a county, by the posts of a day; without a post, by the unit of the record (3 queries)."""
    units = {unit.pk: unit for unit in Organization.objects.system().below(county)}
    staff = Staff(above={pk: _above(unit, units) for pk, unit in units.items()})
    people = Official.objects.system().serving().below(county.path).filter(home__isnull=False)
    known = {pk: (home, level) for pk, home, level in people.values_list("pk", "home_id", "level")}
    heights = _heights()
    columns = ("official_id", "unit", "title", "is_principal", "leads", "leads_here", "sort", "level_here", "level")
    held = PostHolding.objects.system().on_date(day).filter(post__organization__path__startswith=county.path)
    rows = held.values_list(
        "official_id",
        F("post__organization_id"),
        F("post__title"),
        F("post__is_principal"),
        F("post__is_team_member"),
        "is_team_member",
        F("post__sort"),
        "level",
        F("official__level"),
    )
    seated = set()
    for values in rows.order_by("post__sort", "post_id", "pk"):
        row = dict(zip(columns, values, strict=True))
        if row["official_id"] not in known:
            continue
        seated.add(row["official_id"])
        unit = units[row["unit"]]
        seat = Seat(row["official_id"], unit, _organ(unit, units), row["title"], sort=row["sort"])
        seat.is_principal = row["is_principal"] and unit.kind != Kind.SECTION
        leads = row["leads"] if row["leads_here"] is None else row["leads_here"]
        seat.is_leader = seat.is_principal or (leads and unit.kind != Kind.SECTION)
        seat.height = heights.get(row["level_here"] or row["level"])
        _place_in_section(seat, row["is_principal"])
        staff.seats.append(seat)
    for pk, (home, level) in known.items():
        if pk not in seated and home in units:
            unit = units[home]
            seat = Seat(pk, unit, _organ(unit, units), height=heights.get(level))
            _place_in_section(seat, is_chief=False)
            staff.seats.append(seat)
    return staff


def _place_in_section(seat: Seat, is_chief: bool):
    if seat.is_leader:
        return
    section, role = section_of(seat.title)
    if seat.unit.kind == Kind.SECTION:
        seat.section = seat.unit.code
        seat.head = "chief" if is_chief else heads_section(role or seat.title)
    elif section:
        seat.section = f"{seat.unit.code}/{section}"
        seat.head = heads_section(role)


def _organ(unit: Organization, units) -> Organization:
    """A section belongs to the organ above it; every other unit is one."""
    while unit.kind == Kind.SECTION and unit.parent_id in units:
        unit = units[unit.parent_id]
    return unit


def _above(unit: Organization, units) -> Organization | None:
    """The organ above the unit's organ; groups of the tree are none."""
    parent = units.get(_organ(unit, units).parent_id)
    while parent is not None and parent.kind in (Kind.GROUP, Kind.SECTION):
        parent = units.get(parent.parent_id)
    return parent


def _heights() -> dict[str, int]:
    """Labels of leading levels: greater is higher; ranks and other labels tell no level."""
    rows = [row for code, row in codes(LEVELS).items() if code.startswith("1A") and len(code) == 4]
    return {row.label_zh: -place for place, row in enumerate(rows)}


def as_held_posts(staff: Staff) -> list[HeldPost]:
    """The seats as the rules of avoidance ask for them."""
    mains, heads, stand_ins = defaultdict(list), defaultdict(list), {}
    for seat in sorted(staff.seats, key=lambda seat: seat.sort):
        if seat.is_principal:
            mains[seat.organ.pk].append(seat.person)
        if seat.head == "chief":
            heads[seat.section].append(seat.person)

    def led_by(seat: Seat):
        """Direct leaders; a vacant leading post stands as a number of its own."""
        if seat.is_leader:
            found = [main for main in mains[seat.organ.pk] if main != seat.person]
            if seat.is_principal:
                first = mains[seat.organ.pk][0]
                return [first] if first != seat.person else [None]
            key = seat.organ.pk
        elif seat.section and seat.head != "chief":
            found, key = [head for head in heads[seat.section] if head != seat.person], seat.section
        else:
            return [None]
        return found or [stand_ins.setdefault(key, -1 - len(stand_ins))]

    found = []
    for seat in staff.seats:
        upper = staff.above.get(seat.unit.pk)
        shared = {
            "person": seat.person,
            "duties": frozenset() if seat.is_principal else duties_of(f"{_section_words(seat)} {seat.title}"),
            "height": seat.height,
        }
        found += [
            HeldPost(
                organ=seat.organ.code,
                upper_organ=upper.code if upper else "",
                leader=leader,
                is_leader=seat.is_leader,
                industries=industries_regulated(seat.organ.name) if seat.is_leader else frozenset(),
                **shared,
            )
            for leader in led_by(seat)
        ]
        if seat.head:
            found.append(HeldPost(organ=seat.section, upper_organ=seat.organ.code, is_leader=True, **shared))
    return found


def _section_words(seat: Seat) -> str:
    return seat.unit.name.removeprefix(seat.organ.name) if seat.unit.kind == Kind.SECTION else ""


def posts_now(people: Collection[int], day: date) -> dict[int, list[str]]:
    """Unit and post of people on a day, the unit of the record for who holds none (2 queries); worded as `Seat.words`."""
    found = defaultdict(list)
    held = PostHolding.objects.system().on_date(day).filter(official__in=people, post__isnull=False)
    for row in held.select_related("post__organization").order_by("post__sort", "post_id", "pk"):
        found[row.official_id].append(f"{row.post.organization}{row.post.title}")
    for one in Official.objects.system().filter(pk__in=people, home__isnull=False).select_related("home"):
        found[one.pk] = found[one.pk] or [str(one.home)]
    return dict(found)
