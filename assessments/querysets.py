"""How the tables of the yearly assessment are looked up.

What belongs to a county (cycles, schemes, runs) is seen by whoever holds the permission at some unit of the county;
what belongs to a unit (figures, results, measures) only inside the user's own scope. Those who do not hold the
permission for the whole county see published runs only: a preview is the office's own paper, until it is opened to the
units (engine §6); then each unit sees its own result of it.
"""

from django.db.models import Exists, OuterRef, Q

from foundation.common.scoping import ScopedQuerySet, scope_of
from foundation.organizations.models import PATH_STEP


def _roots(scope) -> set[str]:
    return {path[:PATH_STEP] for path in (*scope.paths, *scope.exact)}


def _whole_counties(scope) -> set[str]:
    """Counties that a scope covers as a whole."""
    return {path for path in scope.paths if len(path) <= PATH_STEP}


class CountyQuerySet(ScopedQuerySet):
    """Rows of a county: visible to everybody who holds the permission somewhere in it."""

    def visible_to(self, user, perm):
        """Rows of the counties in which the user holds `perm` at some unit."""
        scope = scope_of(user, perm)
        if scope.everything:
            return self
        return self.filter(**{f"{self.org_path}__in": _roots(scope)}) if scope else self.none()


class CycleQuerySet(CountyQuerySet):
    """Cycles belong to a jurisdiction."""

    org_path = "jurisdiction__path"


class SchemeQuerySet(CountyQuerySet):
    """Schemes belong to a cycle."""

    org_path = "cycle__jurisdiction__path"


class IndicatorQuerySet(CountyQuerySet):
    """Indicators belong to a scheme."""

    org_path = "scheme__cycle__jurisdiction__path"


class AmendmentQuerySet(CountyQuerySet):
    """Amendments belong to a scheme."""

    org_path = "scheme__cycle__jurisdiction__path"


class UnitInputQuerySet(ScopedQuerySet):
    """Figures, adjustments and vetoes of a unit."""

    org_path = "unit__path"


def _told(run_model, key: str):
    """Was the run in column `key` ever published, or is it the one opened to the units now?

    Models lie above querysets, so the tables are found through the run.
    """
    publications = run_model._meta.get_field("publications").related_model
    openings = run_model._meta.get_field("openings").related_model
    return Exists(publications.objects.filter(run_id=OuterRef(key))) | Exists(
        openings.objects.system().current().filter(run_id=OuterRef(key))
    )


class OpeningQuerySet(CountyQuerySet):
    """Openings of previews belong to a cycle."""

    org_path = "cycle__jurisdiction__path"

    def current(self):
        """Those that no newer one and no publication ended."""
        return self.filter(ended_at__isnull=True)


class RunQuerySet(CountyQuerySet):
    """Runs belong to a cycle; previews that were not opened are seen by those who hold the county as a whole."""

    org_path = "cycle__jurisdiction__path"

    def visible_to(self, user, perm):
        """Runs of the user's counties; of those not held as a whole the published ones and the one that is opened."""
        scope = scope_of(user, perm)
        found = super().visible_to(user, perm)
        if scope.everything or not scope:
            return found
        whole = Q(**{f"{self.org_path}__in": _whole_counties(scope)})
        return found.filter(whole | Q(_told(self.model, "pk")))


class RunSchemeQuerySet(CountyQuerySet):
    """Schemes of runs: seen with their run."""

    org_path = "run__cycle__jurisdiction__path"

    def visible_to(self, user, perm):
        """Schemes of the runs that the user may see."""
        runs = self.model._meta.get_field("run").related_model
        return self.filter(run__in=runs.objects.visible_to(user, perm))


class RunUnitQuerySet(ScopedQuerySet):
    """Results of a unit: inside the scope, and from previews that were not opened only for who holds the whole county."""

    org_path = "unit__path"

    def visible_to(self, user, perm):
        """Results of the user's units; of runs neither published nor opened only in counties held as a whole."""
        scope = scope_of(user, perm)
        found = super().visible_to(user, perm)
        if scope.everything or not scope:
            return found
        whole = Q(run__cycle__jurisdiction__path__in=_whole_counties(scope))
        return found.filter(whole | Q(_told(self.model._meta.get_field("run").related_model, "run_id")))

    def in_rank_order(self):
        """By category, then rank, then code."""
        return self.order_by("category", "rank", "unit__code")


class MeasureQuerySet(ScopedQuerySet):
    """Measures belong to the unit that ranked last."""


class AppealQuerySet(ScopedQuerySet):
    """Appeals concern the unit that filed them and the department that answers."""

    def visible_to(self, user, perm):
        """Appeals that a unit in the user's scope filed or must answer."""
        scope = scope_of(user, perm)
        if scope.everything:
            return self
        mine = scope.as_q("organization__path") | scope.as_q("responsible__path")
        return self.filter(mine) if scope else self.none()


class PublishRequestQuerySet(ScopedQuerySet):
    """Requests to publish belong to the county."""


class CollectionQuerySet(ScopedQuerySet):
    """Submissions belong to the responsible department; the office holds all of its county."""


class RemarkQuerySet(ScopedQuerySet):
    """Remarks are seen with their submission."""

    org_path = "collection__organization__path"


class ItemQuerySet(ScopedQuerySet):
    """Proposals belong to who proposes; the unit concerned sees the item when it is approved."""


class JobQuerySet(CountyQuerySet):
    """Calculations of a county."""

    org_path = "cycle__jurisdiction__path"
