"""Restrictions and bounds on ratings, as the decisions of other rooms made them."""

from django.contrib import admin

from foundation.common.admin import ScopedAdmin

from ..models import RatingConstraint, Restriction


@admin.register(Restriction)
class RestrictionAdmin(ScopedAdmin):
    """What stands against people, from when to when."""

    list_display = ("official", "nature", "kind", "part", "starts_on", "ends_on", "source_no", "lifted_on")
    list_filter = ("nature", "kind")
    list_select_related = ("official",)
    search_fields = ("official__name", "=source_no")
    date_hierarchy = "starts_on"
    ordering = ("-starts_on", "-pk")


@admin.register(RatingConstraint)
class RatingConstraintAdmin(ScopedAdmin):
    """Bounds on annual ratings."""

    list_display = ("official", "year", "effect", "kind", "source_no", "rule_id", "lifted_on")
    list_filter = ("year", "effect")
    list_select_related = ("official",)
    search_fields = ("official__name", "=source_no")
    ordering = ("-year", "-pk")
