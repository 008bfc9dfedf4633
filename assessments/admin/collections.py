"""Submissions of figures and proposals of items, with their remarks."""

from django.contrib import admin

from foundation.common.admin import ScopedAdmin

from ..models import Collection, FigureRemark, Item


@admin.register(Collection)
class CollectionAdmin(ScopedAdmin):
    """Submissions of departments; their moves stand in the case events."""

    list_display = ("case_no", "cycle", "organization", "status", "due_on", "released_until", "version")
    list_filter = ("status", "cycle__year")
    list_select_related = ("cycle__jurisdiction", "organization")
    search_fields = ("=case_no", "=organization__code", "organization__name")
    date_hierarchy = "due_on"
    ordering = ("-pk",)


@admin.register(FigureRemark)
class FigureRemarkAdmin(ScopedAdmin):
    """What the office objected to at single figures."""

    list_display = ("made_at", "collection", "unit", "indicator", "text", "made_by_name", "settled_at")
    list_filter = (("settled_at", admin.EmptyFieldListFilter),)
    list_select_related = ("collection", "unit", "indicator")
    search_fields = ("=collection__case_no", "=unit__code", "=indicator__code", "text")
    date_hierarchy = "made_at"
    ordering = ("-pk",)


@admin.register(Item)
class ItemAdmin(ScopedAdmin):
    """Proposed bonuses, deductions and vetoes."""

    list_display = ("case_no", "cycle", "unit", "item", "points", "document_no", "organization", "status", "number")
    list_filter = ("status", "item", "cycle__year")
    list_select_related = ("cycle__jurisdiction", "organization", "unit")
    search_fields = ("=case_no", "=number", "=unit__code", "unit__name", "document_no", "ground")
    date_hierarchy = "occurred_on"
    ordering = ("-pk",)
