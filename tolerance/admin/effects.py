"""Effects of tolerance decisions in the reading room of the auditors."""

from django.contrib import admin

from foundation.common.admin import ScopedAdmin

from ..models import AssessmentEffect, DecidedEffect


@admin.register(AssessmentEffect)
class AssessmentEffectAdmin(ScopedAdmin):
    """What tolerance decisions changed in the assessment of which unit and year."""

    list_display = (
        "case_no",
        "organization",
        "year",
        "effect",
        "target_kind",
        "target",
        "decision",
        "decided_on",
        "is_effective",
    )
    list_filter = ("year", "effect", "is_effective")
    list_select_related = ("organization",)
    search_fields = ("=case_no", "=organization__code", "organization__name", "target", "matter")
    ordering = ("-decided_on", "case_no", "pk")


@admin.register(DecidedEffect)
class DecidedEffectAdmin(ScopedAdmin):
    """What each decision of shelter changed, with before and after."""

    list_display = ("case_no", "label", "before", "after", "rule_id", "applied_at", "reversed_at")
    list_filter = ("kind", "year")
    search_fields = ("=case_no", "label", "official__name", "about_unit__name")
    ordering = ("-applied_at", "case_no", "sort")
