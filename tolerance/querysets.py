"""How tables of shelter are looked up."""

from foundation.common.scoping import ScopedQuerySet
from officials.querysets import shut_files
from supervision.querysets import PersonCaseQuerySet


class EffectQuerySet(ScopedQuerySet):
    """Effects of tolerance decisions."""

    def effective(self):
        """Decisions in force: those on review or reversed do not count."""
        return self.filter(is_effective=True)


class DecidedEffectQuerySet(ScopedQuerySet):
    """Effects of decisions, seen with the case that keeps them; what concerns oneself or kin stays shut."""

    def visible_to(self, user, perm):
        """Effects of cases inside the user's scope, on people whose files are open to the user."""
        shut = shut_files(self.model._meta.get_field("official").related_model, user)
        found = super().visible_to(user, perm)
        return found.exclude(official__in=shut) if shut else found

    def of_case(self, kind: str, number: str):
        """Effects of one case, in their order."""
        return self.filter(case_kind=kind, case_no=number).order_by("sort", "pk")

    def standing(self):
        """Applied and not reversed."""
        return self.filter(applied_at__isnull=False, reversed_at__isnull=True)


class ToleranceCaseQuerySet(ScopedQuerySet):
    """Cases of fault tolerance, kept by the unit that applied; one's own and those of kin stay shut to who handles cases."""

    def visible_to(self, user, perm):
        """Cases inside the user's scope of people whose files are open to the user."""
        shut = shut_files(self.model._meta.apps.get_model("officials", "Official"), user)
        found = super().visible_to(user, perm)
        return found.exclude(parties__official__in=shut) if shut else found

    def decided(self, first, last):
        """Cases decided in a period (both days belong to it) with an outcome that shelters, and not reversed."""
        found = self.filter(decided_on__range=(first, last), outcome__in=["EXEMPT", "MITIGATED"])
        return found.exclude(status="reversed")


class PriorFilingQuerySet(ScopedQuerySet):
    """Prior filings, kept by the unit that filed."""

    def citable(self):
        """Those that a later case can cite: accepted, or closed after that."""
        return self.filter(status__in=["accepted", "closed"])


class CasePartQuerySet(ScopedQuerySet):
    """Rows of a case, seen with it."""

    org_path = "case__organization__path"


class ClearanceQuerySet(PersonCaseQuerySet):
    """Clearances of false reports."""

    def cleared_between(self, first, last):
        """Cleared in a period, both days counted, and not withdrawn since."""
        return self.filter(cleared_on__gte=first, cleared_on__lte=last).exclude(status="withdrawn")


class AnnouncementQuerySet(ScopedQuerySet):
    """Announcements, seen with their clearance."""

    org_path = "clearance__organization__path"

    def visible_to(self, user, perm):
        """Announcements about people whose files are open to the user."""
        case = self.model._meta.get_field("clearance").related_model
        shut = shut_files(case._meta.get_field("official").related_model, user)
        found = super().visible_to(user, perm)
        return found.exclude(clearance__official__in=shut) if shut else found


class ComplaintQuerySet(ScopedQuerySet):
    """Reports from the public; those about oneself or kin stay shut to whoever handles them."""

    def visible_to(self, user, perm):
        """Reports inside the user's scope about people whose files are open to the user."""
        shut = shut_files(self.model._meta.apps.get_model("officials", "Official"), user)
        found = super().visible_to(user, perm)
        return found.exclude(subjects__official__in=shut) if shut else found


class IdentityRequestQuerySet(ScopedQuerySet):
    """Requests to see who reported, shut as the reports that they are about."""

    def visible_to(self, user, perm):
        """Requests inside the user's scope about reports that are open to the user."""
        shut = shut_files(self.model._meta.apps.get_model("officials", "Official"), user)
        found = super().visible_to(user, perm)
        return found.exclude(complaint__subjects__official__in=shut) if shut else found
