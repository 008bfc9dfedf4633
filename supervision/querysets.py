"""How cases of supervision are looked up: by the person's unit, never one's own or those of kin."""

from django.db.models import Case, F, OuterRef, Subquery, When

from foundation.common.scoping import ScopedQuerySet
from officials.models import Restriction
from officials.querysets import OfficialSetQuerySet, shut_files


class PersonCaseQuerySet(OfficialSetQuerySet):
    """Cases about one person; the unit is that of the person when the case was opened, and it keeps the case."""

    org_path = "organization__path"

    def about(self, official):
        """Cases about one person, the newest first."""
        return self.filter(official=official).order_by("-opened_on", "-pk")


class HandlingQuerySet(PersonCaseQuerySet):
    """Handlings and sanctions."""

    def with_last_days(self):
        """Each with the last day of what it restricts (`until`; None: no end is known, or nothing is restricted)."""
        rows = Restriction.objects.system().filter(source_kind="supervision.handling", source_no=OuterRef("case_no"))
        latest = rows.order_by(F("ends_on").desc(nulls_first=True)).values("ends_on")[:1]
        return self.annotate(until=Subquery(latest))


class ReuseQuerySet(PersonCaseQuerySet):
    """Proposals of reuse."""

    def visible_to(self, user, perm):
        """Who does not see the decisions themselves (the discipline commission asked for its opinion) sees what it was asked."""
        found = super().visible_to(user, perm)
        return found if user.has_perm("supervision.view_handling") else found.filter(asked_on__isnull=False)


class IssueQuerySet(ScopedQuerySet):
    """Issues of talks, seen with their talk."""

    org_path = "talk__organization__path"

    def visible_to(self, user, perm):
        """Issues of talks with people whose files are open to the user."""
        talk = self.model._meta.get_field("talk").related_model
        shut = shut_files(talk._meta.get_field("official").related_model, user)
        found = super().visible_to(user, perm)
        return found.exclude(talk__official__in=shut) if shut else found


class ConflictQuerySet(ScopedQuerySet):
    """Conflicts of avoidance; one's own and those of kin stay shut."""

    def in_order_of_work(self):
        """Those that wait for a decision first, then decided ones by their day, then the others; the newest first."""
        place = Case(When(status="found", then=0), When(status="decided", then=1), default=2)
        return self.order_by(place, "due_on", "-pk")

    def visible_to(self, user, perm):
        """Conflicts inside the user's scope of people whose files are open to the user."""
        shut = shut_files(self.model._meta.get_field("official").related_model, user)
        found = super().visible_to(user, perm)
        return found.exclude(official__in=shut).exclude(other__in=shut) if shut else found


class MatterReportQuerySet(OfficialSetQuerySet):
    """Reports of personal matters; one's own and those of kin stay shut."""

    def in_state(self, state: str, day):
        """Those in a state of the board: WAITING, OVERDUE, FILED, LATE, WAIVED."""
        waiting = self.filter(reported_on__isnull=True, waived_reason="")
        return {
            "WAITING": waiting.filter(due_on__gte=day),
            "OVERDUE": waiting.filter(due_on__lt=day),
            "FILED": self.filter(reported_on__lte=F("due_on")),
            "LATE": self.filter(reported_on__gt=F("due_on")),
            "WAIVED": self.exclude(waived_reason=""),
        }[state]


class MatterDrawQuerySet(ScopedQuerySet):
    """Draws, seen by who keeps the reports of the county."""
