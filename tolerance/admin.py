"""Effects of tolerance decisions in the reading room of the auditors."""

from django.contrib import admin

from foundation.common.admin import ScopedAdmin

from .models import AssessmentEffect


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
