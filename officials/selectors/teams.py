"""Teams: the posts of a unit in the order of their rank, with who holds them on a day."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import FilteredRelation

from foundation.organizations.models import Organization, Post
from foundation.organizations.rules.quotas import Fill

from ..querysets import held_on

POST = ("pk", "title", "level", "is_principal", "is_team_member", "is_sensitive", "counts_quota", "seats", "starts_on")


@dataclass(frozen=True)
class Holder:
    """Who holds a post on a day."""

    pk: int
    name: str
    birth_on: date | None
    starts_on: date
    is_main: bool
    document_no: str


@dataclass
class PostLine:
    """A post with its holders on a day."""

    post: dict
    holders: list[Holder] = field(default_factory=list)

    @property
    def seats(self) -> Fill:
        """Seats against holders; a post of which nobody fixed the seats wants one holder and is never over."""
        return Fill(self.post["seats"] or max(len(self.holders), 1), len(self.holders))

    @property
    def is_vacant(self) -> bool:
        """Is a seat of the team free?"""
        return self.seats.vacant > 0


def team_on(unit: Organization, day: date) -> list[PostLine]:
    """Posts of a unit that exist on a day, by rank of post, with their holders, the longest in it first (1 query)."""
    rows = (
        Post.objects.system()
        .filter(organization=unit)
        .on_date(day)
        .annotate(held=FilteredRelation("holdings", condition=held_on(day, "holdings")))
        .in_team_order()
        .order_by("-is_principal", "-is_team_member", "sort", "pk", "held__starts_on", "held__pk")
    )
    lines: dict[int, PostLine] = {}
    person = ("official_id", "official__name", "official__birth_on", "starts_on", "is_main", "document_no")
    for row in rows.values_list(*POST, *(f"held__{name}" for name in person)):
        post, held = dict(zip(POST, row, strict=False)), row[len(POST) :]
        line = lines.setdefault(post["pk"], PostLine(post))
        if held[0] is not None:
            line.holders.append(Holder(*held))
    return list(lines.values())


def leaders_of(team: list[PostLine]) -> tuple[set[int], set[int]]:
    """Principal and deputy leaders that count against the quota, each person once; who holds both counts as principal."""
    counting = [line for line in team if line.post["is_team_member"] and line.post["counts_quota"]]
    principals = {held.pk for line in counting if line.post["is_principal"] for held in line.holders}
    everybody = {held.pk for line in counting for held in line.holders}
    return principals, everybody - principals
