"""Who of the leading teams has had how many heart-to-heart talks in a year (谈心谈话覆盖情况)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, DateField, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from foundation.organizations.models import Organization
from foundation.regulations.services.rulebook import rulebook
from officials.models import Official, PostHolding

from ..models import Talk
from ..workflows.talk import CLOSED, HELD

RULE = "SUP-TALK-YEARLY"


@dataclass(frozen=True)
class Coverage:
    """A year in numbers: members of leading teams, those who lack a talk, how many talks the rule asks for."""

    year: int
    needed: int
    members: int
    lacking: int

    @property
    def covered(self) -> int:
        """Members with all talks of the year."""
        return self.members - self.lacking


def day_of(year: int, today: date | None = None) -> date:
    """The day on which the teams of a year are looked at: its last one, today in the year that runs."""
    return min(today or timezone.localdate(), date(year, 12, 31))


def needed_on(day: date, county: str) -> int:
    """Talks that each member should have in the year, by the rulebook of the day."""
    return int(rulebook(on=day, jurisdiction=county).value(RULE))


def members_of(people: QuerySet[Official], year: int, today: date | None = None) -> QuerySet[Official]:
    """Those of some people who belong to a leading team, each with `talks` of the year and the day of the `last_talk`.

    The team is that of `day_of` the year; who has left the post since then is a member of that year all the same.
    """
    held = PostHolding.objects.system().on_date(day_of(year, today)).filter(official=OuterRef("pk"), is_main=True)
    team = held.filter(Q(post__is_team_member=True) | Q(post__is_principal=True))
    talks = Talk.objects.system().filter(official=OuterRef("pk"), status__in=[HELD, CLOSED]).order_by()
    number = talks.filter(held_on__year=year).values("official").annotate(n=Count("pk")).values("n")
    found = people.kept() if year < (today or timezone.localdate()).year else people.serving()
    return found.filter(Exists(team)).annotate(
        talks=Coalesce(Subquery(number, output_field=IntegerField()), 0),
        last_talk=Subquery(talks.order_by("-held_on").values("held_on")[:1], output_field=DateField()),
    )


def members_in(county: Organization, year: int, today: date) -> QuerySet[Official]:
    """The members of all leading teams of a county (for the sweep, which looks at everybody)."""
    return members_of(Official.objects.system().below(county.path), year, today)


def summed(members: QuerySet[Official], year: int, needed: int) -> Coverage:
    """The numbers of some members (1 query)."""
    found = members.aggregate(members=Count("pk"), lacking=Count("pk", filter=Q(talks__lt=needed)))
    return Coverage(year, needed, **found)
