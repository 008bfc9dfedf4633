"""What conflicts on a day in a county: pairs (AV1–AV3), businesses of the household (AV4), places of growth (PLACE)."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from foundation.organizations.choices import Kind
from foundation.organizations.models import Organization
from foundation.regulations.services.rulebook import rulebook
from officials.models import FamilyMember, Official

from ..rules.avoidance import (
    Enterprise,
    PlacedPost,
    Relation,
    avoids_place,
    find_conflicts,
    find_enterprise_conflicts,
)
from ..rules.kin_links import KinLink
from ..rules.kinship import runs_for_household
from ..rules.places import is_named_chief, places_in
from ..rules.sensitive_work import industries_of_business, runs_a_business
from .held_posts import Seat, as_held_posts, read_staff
from .kin import links_in

PLACE = "PLACE"


@dataclass(frozen=True)
class Found:
    """A conflict as the facts of a day show it: `official` normally withdraws, `other` is None for AV4 and PLACE."""

    test: str
    official: int
    other: int | None
    relation: str
    facts: dict = field(default_factory=dict)

    @property
    def people(self) -> frozenset[int]:
        """Whom it is about."""
        return frozenset({self.official, self.other} - {None})

    @property
    def key(self):
        """The same pair and test are the same conflict, whoever of the two withdraws."""
        return self.test, self.people


def find_facts(day: date, county: Organization) -> list[Found]:
    """Everything that conflicts on a day, each pair and test once (7 queries for a county of any size)."""
    book = rulebook(on=day, jurisdiction=county.code)
    if "SEL-AVOIDANCE-TESTS" not in book or "SEL-AVOIDANCE-RELATIONS" not in book:
        return []
    tests, sets = book.value("SEL-AVOIDANCE-TESTS"), book.value("SEL-AVOIDANCE-RELATIONS")
    staff = read_staff(day, county)
    seats, posts = staff.by_person(), as_held_posts(staff)
    names = dict(Official.objects.system().filter(pk__in=seats).values_list("pk", "name"))
    links = links_in(county)
    found = _pairs(links, posts, seats, names, tests, sets)
    if "AV4" in tests:
        found += _businesses(county, posts, seats, names)
    if "SEL-AVOIDANCE-PLACES" in book:
        found += _places(county, staff.seats, names, book.value("SEL-AVOIDANCE-PLACES"))
    return found


def _pairs(links, posts, seats, names, tests, sets) -> list[Found]:
    relations = [Relation(one.person, one.other, one.label, one.code) for one in links.values() if one.code]
    grouped = defaultdict(list)
    for conflict in find_conflicts(relations, posts, tests, sets):
        grouped[conflict.test, conflict.person, conflict.other].append(conflict)
    found = []
    for (test, one, other), conflicts in grouped.items():
        told = {conflict.withdraws for conflict in conflicts} - {None}
        withdraws = told.pop() if len(told) == 1 else None
        official = withdraws or one
        facts = {
            "posts": [_post(pk, seats, names) for pk in (official, one if official == other else other)],
            "withdraws": withdraws,
            "link": _told(links[one, other], names),
        }
        rest = one if official == other else other
        found.append(Found(test, official, rest, conflicts[0].relation, facts))
    return found


def _told(link: KinLink, names) -> dict:
    """How the relation is known, for the page of the case."""
    return {
        "person": names[link.person],
        "other": names[link.other],
        "label": link.label,
        "other_label": link.other_label,
        "via": link.via,
        "matched_by": link.matched_by,
    }


def _post(pk: int, seats: dict[int, list[Seat]], names) -> dict:
    return {"person": pk, "name": names[pk], "words": "；".join(seat.words for seat in seats[pk])}


def _businesses(county, posts, seats, names) -> list[Found]:
    leading = {post.person for post in posts if post.is_leader and post.industries}
    rows = (
        FamilyMember.objects.system().filter(official__in=leading).exclude(work="").order_by("official", "sort", "pk")
    )
    enterprises = [
        Enterprise(row.official_id, row.relation, row.work, industry)
        for row in rows
        if runs_for_household(row.relation) and runs_a_business(row.work)
        for industry in sorted(industries_of_business(row.work))
    ]
    who = {(row.official_id, row.work): row.name for row in rows}
    grouped = defaultdict(dict)
    for enterprise, _post_held in find_enterprise_conflicts(enterprises, posts):
        grouped[enterprise.person][enterprise.name] = {
            "label": enterprise.label,
            "name": who[enterprise.person, enterprise.name],
            "work": enterprise.name,
        }
    return [
        Found("AV4", pk, None, "", {"posts": [_post(pk, seats, names)], "businesses": list(firms.values())})
        for pk, firms in sorted(grouped.items())
    ]


def _places(county, seats: list[Seat], names, places) -> list[Found]:
    bound = [seat for seat in seats if seat.is_principal and _placed(seat) is not None]
    raised = dict(
        Official.objects.system()
        .filter(pk__in={seat.person for seat in bound})
        .exclude(raised_in="")
        .values_list("pk", "raised_in")
    )
    known = {"county": [county.name, county.short_name]}
    found = {}
    for seat in bound:
        words = raised.get(seat.person, "")
        post = _placed(seat)
        here = known | {"township": [seat.organ.name, seat.organ.short_name]}
        if avoids_place(post, places_in(words, here), places):
            facts = {"posts": [{"person": seat.person, "name": names[seat.person], "words": seat.words}]}
            found.setdefault(seat.person, Found(PLACE, seat.person, None, "", facts | {"raised_in": words}))
    return list(found.values())


def _placed(seat: Seat) -> PlacedPost | None:
    """A post bound to a place, None for all others. The place itself is told by its level: the seat's own unit or county."""
    if seat.title.startswith("副"):
        return None
    if seat.organ.kind == Kind.TOWN:
        return PlacedPost("township", {"township": "township"}, is_main_leader=True)
    if seat.organ.kind == Kind.JURISDICTION:
        return PlacedPost("county", {"county": "county"}, is_main_leader=True)
    if is_named_chief(seat.organ.name, seat.title):
        return PlacedPost("county", {"county": "county"}, is_named_chief=True)
    return None
