"""Avoidance (任职回避、公务回避、地域回避): which related people may not hold which posts, and who withdraws. Pure.

公务员法 第74—76条, 公务员回避规定. AV1 same organ and same direct leader; AV2 one leads the other, also leaders of an organ and of the next
below; AV3 one leads the organ and the other does personnel, discipline, audit or finance there; AV4 a near relative's enterprise and
its regulator; AV5 an own matter. AV1–AV3 are tested in both directions (house reading 19): whichever side recorded the relation,
the conflict is the same. The lower one withdraws; between equals, or where levels are unknown, the appointing body decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from .kinship import relation_set, runs_for_household

SENSITIVE_DUTIES = frozenset({"HR", "DISC", "AUDIT", "FIN"})
"""Codes of table sensitive_post that stand for 组织人事、纪检监察、审计、财务."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A recorded relation of two officials: `label` is what `other` is to `person`.

    `code`: the set, where no word but a conclusion tells it (`kin_links`).
    """

    person: int
    other: int
    label: str
    code: str = ""

    @property
    def kin_set(self) -> str:
        """S1–S4; empty where nothing tells it."""
        return self.code or relation_set(self.label)


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post somebody holds. `organ`, `upper_organ`: numbers of units; `leader`: the person who directly leads the post.

    Somebody led by two stands here twice; a negative `leader` is the vacant post of one, the same for all whom it leads.
    `is_leader`: belongs to the leadership of the organ. `duties`: codes of sensitive_post. `height`: greater for a higher level,
    None where it is not known. `industries`: what the organ regulates.
    """

    person: int
    organ: str
    upper_organ: str = ""
    leader: int | None = None
    is_leader: bool = False
    duties: frozenset[str] = frozenset()
    height: int | None = None
    industries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two people whose posts the law keeps apart. `withdraws` None: the appointing body decides between equals."""

    test: str
    person: int
    other: int
    relation: str
    withdraws: int | None
    organ: str


@dataclass(frozen=True, slots=True)
class Enterprise:
    """An enterprise run by a relative of an official; `label`: what the relative is to the official."""

    person: int
    label: str
    name: str
    industry: str


@dataclass(frozen=True, slots=True)
class PlacedPost:
    """A post with its place, for territorial avoidance. `level`: township or county.

    `is_main_leader`: 党政正职. `is_named_chief`: head of discipline and supervision, organization department, court,
    procuratorate or public security. `place`: code by level (township, county), as far as known.
    """

    level: str
    place: Mapping[str, str]
    is_main_leader: bool = False
    is_named_chief: bool = False


def find_conflicts(
    relations: Iterable[Relation], posts: Iterable[HeldPost], tests: Collection[str], sets: Collection[str]
) -> tuple[Conflict, ...]:
    """Every conflict AV1–AV3 once, in order of persons and tests.

    `tests`, `sets`: values of SEL-AVOIDANCE-TESTS and SEL-AVOIDANCE-RELATIONS. A pair recorded from both sides counts once.
    """
    held: dict[int, list[HeldPost]] = {}
    for post in posts:
        held.setdefault(post.person, []).append(post)
    found: dict[tuple, Conflict] = {}
    for relation in relations:
        code = relation.kin_set
        if code not in sets or relation.person == relation.other:
            continue
        first, second = sorted((relation.person, relation.other))
        for conflict in _between(held.get(first, ()), held.get(second, ()), code):
            if conflict.test in tests:
                found.setdefault((first, second, conflict.test, conflict.organ), conflict)
    return tuple(found[key] for key in sorted(found))


def _between(ones: Iterable[HeldPost], others: Collection[HeldPost], relation: str) -> Iterable[Conflict]:
    for one in ones:
        for other in others:
            for test, organ in _tests(one, other):
                yield Conflict(test, one.person, other.person, relation, _withdraws(one, other), organ)


def _tests(one: HeldPost, other: HeldPost) -> Iterable[tuple[str, str]]:
    """Tests that two posts of related people fail, with the organ in which; both directions."""
    same_organ = one.organ == other.organ
    if same_organ and one.leader is not None and one.leader == other.leader:
        yield "AV1", one.organ
    for upper, lower in ((one, other), (other, one)):
        leads_leaders = upper.is_leader and lower.is_leader and lower.upper_organ == upper.organ
        if lower.leader == upper.person or leads_leaders:
            yield "AV2", lower.organ
        if same_organ and upper.is_leader and lower.duties & SENSITIVE_DUTIES:
            yield "AV3", lower.organ


def _withdraws(one: HeldPost, other: HeldPost) -> int | None:
    """The lower one (公务员回避规定); None for equals and where neither level nor place in the organ tells.

    Where a level is not known: a leader of the organ stands above who is none, and above the leaders of the next organ below.
    """
    if one.leader == other.person:
        return one.person
    if other.leader == one.person:
        return other.person
    if one.height is not None and other.height is not None:
        if one.height == other.height:
            return None
        return one.person if one.height < other.height else other.person
    for lower, upper in ((one, other), (other, one)):
        same_organ = lower.organ == upper.organ and not lower.is_leader
        if upper.is_leader and (same_organ or lower.upper_organ == upper.organ):
            return lower.person
    return None


def find_enterprise_conflicts(
    enterprises: Iterable[Enterprise], posts: Iterable[HeldPost]
) -> tuple[tuple[Enterprise, HeldPost], ...]:
    """AV4: enterprises of spouse, child or child's spouse in an industry that the official's organ regulates as its leader."""
    leading = [post for post in posts if post.is_leader]
    return tuple(
        (enterprise, post)
        for enterprise in enterprises
        if runs_for_household(enterprise.label)
        for post in leading
        if post.person == enterprise.person and enterprise.industry in post.industries
    )


def must_withdraw(person: int, concerned: Collection[int], relations: Iterable[Relation], sets: Collection[str]) -> str:
    """AV5: why a person may not take part in a matter: SELF, or the set of the relation to somebody concerned; empty if free.

    Whichever side recorded the relation. 公务员法 第76条.
    """
    if person in concerned:
        return "SELF"
    found = set()
    for relation in relations:
        pair = {relation.person, relation.other}
        if person in pair and pair & (set(concerned) - {person}):
            found.add(relation.kin_set)
    return min(found & set(sets), default="")


def avoids_place(post: PlacedPost, grown_up_in: Mapping[str, str], places: Mapping[str, str]) -> bool:
    """Territorial avoidance: does the post lie in the place of growth (成长地)?

    Main leaders of townships and counties, and in a county the named chiefs. `places`: value of SEL-AVOIDANCE-PLACES, the
    level of place compared for each level of post (house reading 19). Unknown places are no conflict.
    """
    bound = post.is_main_leader or (post.is_named_chief and post.level == "county")
    compared = places.get(post.level)
    if not bound or compared is None:
        return False
    own = grown_up_in.get(compared, "")
    return bool(own) and own == post.place.get(compared, "")
