"""How tables of shelter are looked up."""

from foundation.common.scoping import ScopedQuerySet


class EffectQuerySet(ScopedQuerySet):
    """Effects of tolerance decisions."""

    def effective(self):
        """Decisions in force: those on review or reversed do not count."""
        return self.filter(is_effective=True)


class DecidedEffectQuerySet(ScopedQuerySet):
    """Effects of decisions, seen with the case that keeps them."""

    def of_case(self, kind: str, number: str):
        """Effects of one case, in their order."""
        return self.filter(case_kind=kind, case_no=number).order_by("sort", "pk")

    def standing(self):
        """Applied and not reversed."""
        return self.filter(applied_at__isnull=False, reversed_at__isnull=True)
