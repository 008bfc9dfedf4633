"""Handlings and sanctions; their moves stand among the case events, what they restrict at the officials."""

from django.contrib import admin

from foundation.common.admin import ScopedAdmin

from ..models import Handling


@admin.register(Handling)
class HandlingAdmin(ScopedAdmin):
    """Decisions by their documents."""

    list_display = (
        "case_no",
        "official",
        "organization",
        "kind",
        "body_name",
        "document_no",
        "decided_on",
        "effective_on",
        "status",
    )
    list_filter = ("status", "body", "body_level")
    list_select_related = ("official", "organization")
    search_fields = ("=case_no", "official__name", "=document_no")
    date_hierarchy = "effective_on"
    ordering = ("-effective_on", "-pk")
