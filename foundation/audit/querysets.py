"""How audit entries are looked up."""

from foundation.common.scoping import ScopedQuerySet


class EntryQuerySet(ScopedQuerySet):
    """Entries carry the path of the unit they concern; those without a path are seen by nation-wide auditors only."""

    org_path = "org_path"

    def about(self, kind, number):
        """Everything recorded about one thing, latest first."""
        return self.filter(target_kind=kind, target_no=str(number)).order_by("-id")
