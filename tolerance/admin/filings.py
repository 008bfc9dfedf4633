"""Prior filings in the reading room of the auditors."""

from django.contrib import admin

from foundation.common.admin import ScopedAdmin

from ..models import PriorFiling


@admin.register(PriorFiling)
class PriorFilingAdmin(ScopedAdmin):
    """What was filed beforehand, and what the review said."""

    list_display = ("case_no", "title_text", "organization", "risk_level", "starts_on", "ends_on", "filed_on", "status")
    list_filter = ("status", "risk_level")
    list_select_related = ("organization",)
    search_fields = ("=case_no", "title_text", "organization__name")
    date_hierarchy = "filed_on"
    ordering = ("-opened_on", "-pk")
