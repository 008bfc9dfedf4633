"""Who is related to whom among recorded people, from their family lists (A36). Pure.

Directly: somebody in a list is a recorded person. Through a third one: two lists name the same relative (both have the same
father: brothers and sisters, whom the appointment form does not ask for). People are the same by identity number, or by
name and month of birth as long as no two numbers speak against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from .kinship import CHILDREN, CHILDREN_IN_LAW, SPOUSES, UNTOLD, relation_set

NUMBER, NAME_AND_MONTH = "NUMBER", "NAME_AND_MONTH"
"""How a person of a family list was recognised."""


@dataclass(frozen=True, slots=True)
class Member:
    """A line of a family list: whose it is, the word for the relation, name, month of birth (YYYYMM), key of the number."""

    owner: int
    label: str
    name: str
    month: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A recorded person as family lists may name them; `number` is empty where the record has none."""

    pk: int
    name: str
    month: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class KinLink:
    """`other` is related to `person`: set S1–S4, empty where the word of the list does not tell which.

    `label`: what the person's own list calls the other, `other_label` what the other's list calls the person; one may be
    empty. Through a third one (`via`): what each list calls that one.
    """

    person: int
    other: int
    code: str
    label: str
    matched_by: str
    via: str = ""
    other_label: str = ""

    @property
    def pair(self) -> tuple[int, int]:
        """Both, the lower number first: one pair whichever side recorded it."""
        return (self.person, self.other) if self.person < self.other else (self.other, self.person)


_ROLES = {
    "PARENT": frozenset("父母 父亲 母亲 继父 养父 继母 养母 继父或养父 继母或养母".split()),
    "PARENT_IN_LAW": frozenset("公公 婆婆 岳父 岳母".split()),
    "SIBLING": frozenset("兄弟姐妹 兄 弟 哥哥 弟弟 姐姐 妹妹".split()),
    "GRANDPARENT": frozenset("祖父母或外祖父母 祖父 祖母 外祖父 外祖母".split()),
    "SPOUSE": SPOUSES,
    "CHILD": CHILDREN,
    "CHILD_IN_LAW": CHILDREN_IN_LAW,
}
_THROUGH = {
    ("PARENT", "PARENT"): "S3",
    ("SIBLING", "SIBLING"): "S3",
    ("GRANDPARENT", "GRANDPARENT"): "S3",
    ("GRANDPARENT", "PARENT"): "S3",
    ("PARENT", "SIBLING"): "S3",
    ("CHILD", "PARENT"): "S2",
    ("PARENT", "SPOUSE"): "S2",
    ("CHILD_IN_LAW", "PARENT"): "S2",
    ("CHILD_IN_LAW", "SPOUSE"): "S2",
    ("CHILD", "SIBLING"): "S2",
    ("PARENT", "PARENT_IN_LAW"): "S4",
    ("PARENT_IN_LAW", "PARENT_IN_LAW"): "S4",
    ("CHILD", "SPOUSE"): "S4",
    ("SIBLING", "SPOUSE"): "S4",
    ("PARENT_IN_LAW", "SPOUSE"): "S4",
    ("CHILD", "CHILD_IN_LAW"): "S4",
    ("PARENT_IN_LAW", "SIBLING"): "S4",
}
"""What two people are to each other who both list the same third one, by what that one is to each (both orders).

Left out is what proves nothing: one child of both (parents who may be divorced), one child-in-law of both, one spouse of both.
"""


def role_of(label: str) -> str:
    """The part that somebody plays in a list; empty for words that lead to nobody else."""
    bare = "".join(label.split())
    return next((role for role, words in _ROLES.items() if bare in words), "")


def find_links(people: Collection[Known], members: Iterable[Member]) -> dict[tuple[int, int], KinLink]:
    """The relations among recorded people, one for each pair, the surest first: listed before reasoned, number before name."""
    rows = list(members)
    found: dict[tuple[int, int], KinLink] = {}
    for link in (*_direct(people, rows), *_through(rows)):
        known = found.get(link.pair)
        if known is None or _weight(link) < _weight(known):
            found[link.pair] = link
    return found


def seen_from(link: KinLink, person: int) -> KinLink:
    """The same relation with `person` as the one whose relative the other is."""
    if link.person == person:
        return link
    return replace(link, person=link.other, other=link.person, label=link.other_label, other_label=link.label)


def _weight(link: KinLink):
    """A word that tells the set goes before one that does not, a list before a conclusion, a number before a name."""
    return (not link.code, bool(link.via), link.matched_by != NUMBER, link.code, link.person)


def _direct(people, rows):
    by_number = defaultdict(list)
    by_name = defaultdict(list)
    for one in people:
        if one.number:
            by_number[one.number].append(one)
        by_name[one.name].append(one)
    for row in rows:
        code = relation_set(row.label)
        if not code and "".join(row.label.split()) not in UNTOLD:
            continue
        sure = by_number.get(row.number, ()) if row.number else ()
        for one in sure or by_name.get(row.name, ()):
            if one.pk != row.owner and (sure or _alike(row, one)):
                matched_by = NUMBER if sure else NAME_AND_MONTH
                yield KinLink(row.owner, one.pk, code, row.label, matched_by)


def _alike(one, other) -> bool:
    """Same name and month of birth, and no two numbers that differ."""
    differ = one.number and other.number and one.number != other.number
    return bool(one.month) and one.month == other.month and not differ


def _through(rows):
    by_name = defaultdict(list)
    for row in rows:
        if role := role_of(row.label):
            by_name[row.name].append((row, role))
    for named in by_name.values():
        for place, (row, role) in enumerate(named):
            for other, other_role in named[place + 1 :]:
                code = _THROUGH.get((role, other_role)) or _THROUGH.get((other_role, role))
                same_number = bool(row.number) and row.number == other.number
                if code and row.owner != other.owner and (same_number or _alike(row, other)):
                    matched_by = NUMBER if same_number else NAME_AND_MONTH
                    yield KinLink(row.owner, other.owner, code, row.label, matched_by, row.name, other.label)
