"""How the tables of the yearly assessment are looked up; all are scoped by the path of the unit they belong to."""

from foundation.common.scoping import ScopedQuerySet


class CycleQuerySet(ScopedQuerySet):
    """Cycles belong to a jurisdiction."""

    org_path = "jurisdiction__path"


class SchemeQuerySet(ScopedQuerySet):
    """Schemes belong to a cycle."""

    org_path = "cycle__jurisdiction__path"


class IndicatorQuerySet(ScopedQuerySet):
    """Indicators belong to a scheme."""

    org_path = "scheme__cycle__jurisdiction__path"


class UnitInputQuerySet(ScopedQuerySet):
    """Figures, adjustments and vetoes of a unit."""

    org_path = "unit__path"


class RunQuerySet(ScopedQuerySet):
    """Runs belong to a cycle."""

    org_path = "cycle__jurisdiction__path"


class RunUnitQuerySet(ScopedQuerySet):
    """Results of a unit."""

    org_path = "unit__path"

    def in_rank_order(self):
        """By category, then rank, then code."""
        return self.order_by("category", "rank", "unit__code")


class MeasureQuerySet(ScopedQuerySet):
    """Measures belong to the unit that ranked last."""


class JobQuerySet(ScopedQuerySet):
    """Calculations of a county."""

    org_path = "cycle__jurisdiction__path"
