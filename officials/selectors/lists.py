"""Lists of people as pages show them: the reader's lists, the people of one, the ready ones with their counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet
from django.utils.translation import gettext_lazy as _

from ..choices import ListKind
from ..models import Official, SavedList, SavedListMember
from ..rules.questions import Question, parse_question
from .conditions import Asking, filter_of
from .roster import VIEW, people_for


def lists_of(user, *, trash: bool = False) -> QuerySet:
    """Lists that the user may read, by folder and name, with the number of people that were put on them (1 query)."""
    found = SavedList.objects.visible_to(user, VIEW).filter(trashed_at__isnull=not trash)
    found = found.filter(owner=user) if trash else found
    return (
        found.select_related("owner", "organization").annotate(kept=Count("members")).order_by("folder", "name", "pk")
    )


def changeable_lists(user) -> list[SavedList]:
    """Fixed lists that people can be put on (1 query)."""
    found = SavedList.objects.visible_to(user, VIEW).changeable_by(user).kept()
    return list(found.filter(kind=ListKind.FIXED).order_by("folder", "name", "pk"))


def question_of(saved: SavedList) -> Question:
    """What a live list asks."""
    return parse_question(saved.question)


def people_on(user, saved: SavedList, today: date) -> QuerySet:
    """The people of a list whom the user may see: of a fixed one with their `place`, of a live one by its question."""
    if saved.kind == ListKind.LIVE:
        return people_for(user, question_of(saved), today=today)
    people = Official.objects.visible_to(user, VIEW).kept().filter(list_memberships__saved_list=saved)
    return people.annotate(place=F("list_memberships__position"), list_note=F("list_memberships__note"))


def members_of(user, saved: SavedList, today: date) -> list[int]:
    """Keys of a list's people whom the user may see, in its order (1 query)."""
    people = people_on(user, saved, today)
    order = ("place", "pk") if saved.kind == ListKind.FIXED else ("org_path", "team_order", "sort_key", "pk")
    return list(people.order_by(*order).values_list("pk", flat=True))


def hidden_on(saved: SavedList, seen: int) -> int:
    """How many people on a fixed list the reader does not see (1 query)."""
    on_it = SavedListMember.objects.filter(saved_list=saved).count()
    return max(0, on_it - seen) if saved.kind == ListKind.FIXED else 0


@dataclass(frozen=True)
class ReadyList:
    """A list that everybody has (常用名单): a name and a question."""

    code: str
    label: Any
    group: Any
    question: Question

    @classmethod
    def of(cls, code, label, group, **conditions) -> "ReadyList":
        """One group of conditions."""
        return cls(code, label, group, parse_question({"groups": [conditions]}))


_POSTS, _WHO, _AGE, _TIME = _("Posts"), _("Who"), _("Age"), _("Time")
READY = (
    ReadyList.of("secretaries", _("Party secretaries"), _POSTS, post="书记", position=["principal"]),
    ReadyList.of("principals", _("Principal leaders"), _POSTS, position=["principal"]),
    ReadyList.of("deputies", _("Deputy leaders"), _POSTS, position=["deputy"]),
    ReadyList.of("team", _("Members of leading teams"), _POSTS, position=["member"]),
    ReadyList.of("women", _("Women"), _WHO, sex=["2"]),
    ReadyList.of("women-leaders", _("Women in leading teams"), _WHO, sex=["2"], position=["member"]),
    ReadyList.of("nonparty", _("Not in the CPC"), _WHO, nonparty="yes"),
    ReadyList.of("minorities", _("Ethnic minorities"), _WHO, minority="yes"),
    ReadyList.of("postgraduates", _("Postgraduates"), _WHO, education="postgraduate"),
    ReadyList.of("grassroots", _("Two years at the grassroots"), _WHO, grassroots="yes"),
    ReadyList.of("born-1980", _("Born 1980 or later"), _AGE, born_from="1980"),
    ReadyList.of("born-1985", _("Born 1985 or later"), _AGE, born_from="1985"),
    ReadyList.of("born-1990", _("Born 1990 or later"), _AGE, born_from="1990"),
    ReadyList.of("up-to-35", _("35 or younger"), _AGE, age_to="35"),
    ReadyList.of("55-and-older", _("55 or older"), _AGE, age_from="55"),
    ReadyList.of("retiring", _("Reach the retirement age within 12 months"), _TIME, retires_within="12"),
    ReadyList.of("retiring-3", _("Reach the retirement age within 3 months"), _TIME, retires_within="3"),
    ReadyList.of("post-5", _("In this post for 5 years"), _TIME, post_years_from="5"),
    ReadyList.of("post-8", _("In this post for 8 years"), _TIME, post_years_from="8"),
    ReadyList.of("post-10", _("In this post for 10 years"), _TIME, post_years_from="10"),
    ReadyList.of("post-new", _("In this post for less than a year"), _TIME, post_years_to="1"),
    ReadyList.of("rank-2", _("In this rank for 2 years"), _TIME, rank_years_from="2"),
)


def ready_counts(user, today: date) -> Mapping[str, int]:
    """How many people stand on each ready list, all in one statement."""
    people = people_for(user, Question(), today=today)
    asking = Asking(today, user)
    counted = {f"n{place}": Count("pk", filter=filter_of(each.question, asking)) for place, each in enumerate(READY)}
    found = people.aggregate(**counted)
    return {each.code: found[f"n{place}"] for place, each in enumerate(READY)}
