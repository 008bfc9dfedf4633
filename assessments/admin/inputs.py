"""What is filled in."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from foundation.common.admin import ScopedAdmin

from ..models import Adjustment, Score, Veto


class UnitInputAdmin(ScopedAdmin):
    """Inputs of a unit in a year."""

    list_select_related = ("cycle", "unit")
    ordering = ("-pk",)

    @admin.display(description=_("year"), ordering="cycle__year")
    def year(self, row):
        """Year of the cycle."""
        return row.cycle.year


@admin.register(Score)
class ScoreAdmin(UnitInputAdmin):
    """Figures as they stand; who changed them when is in the row's history."""

    list_display = ("year", "unit", "indicator", "figure", "word", "target", "is_applicable")
    list_filter = ("cycle__year", "is_applicable", "indicator__method")
    list_select_related = ("cycle", "unit", "indicator")
    search_fields = ("=unit__code", "unit__name", "=indicator__code", "indicator__name")


@admin.register(Adjustment)
class AdjustmentAdmin(UnitInputAdmin):
    """Bonuses and deductions."""

    list_display = ("number", "year", "unit", "kind", "points", "ground", "document_no")
    list_filter = ("cycle__year", "kind")
    search_fields = ("=number", "=unit__code", "unit__name", "ground", "document_no")


@admin.register(Veto)
class VetoAdmin(UnitInputAdmin):
    """Vetoes."""

    list_display = ("number", "year", "unit", "ground", "document_no")
    list_filter = ("cycle__year",)
    search_fields = ("=number", "=unit__code", "unit__name", "ground", "document_no")
