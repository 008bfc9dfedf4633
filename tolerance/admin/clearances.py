"""Clearances and inquiries into false accusations; their moves stand among the case events, effects at the effects."""

from django.contrib import admin

from foundation.common.admin import ReadOnlyInline, ScopedAdmin

from ..models import Clearance, ClearanceAnnouncement, FalseAccusation


class AnnouncementInline(ReadOnlyInline):
    """Where it was said."""

    model = ClearanceAnnouncement
    ordering = ("sort",)


@admin.register(Clearance)
class ClearanceAdmin(ScopedAdmin):
    """Clearances from the report to the visits."""

    list_display = ("case_no", "official", "organization", "source_no", "finding", "found_on", "cleared_on", "status")
    list_filter = ("status", "finding")
    list_select_related = ("official", "organization")
    search_fields = ("=case_no", "official__name", "=source_no", "=document_no")
    date_hierarchy = "opened_on"
    ordering = ("-pk",)
    inlines = (AnnouncementInline,)


@admin.register(FalseAccusation)
class FalseAccusationAdmin(ScopedAdmin):
    """Inquiries into false accusations."""

    list_display = ("case_no", "official", "organization", "report_no", "approval_level", "approval_no", "status")
    list_filter = ("status", "approval_level")
    list_select_related = ("official", "organization")
    search_fields = ("=case_no", "official__name", "=report_no", "=approval_no")
    date_hierarchy = "opened_on"
    ordering = ("-pk",)
