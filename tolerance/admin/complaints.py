"""Reports from the public and requests to see who made one; who made one is in no admin at all (R-CON-04)."""

from django.contrib import admin

from foundation.common.admin import ReadOnlyInline, ScopedAdmin

from ..models import Complaint, ComplaintSubject, IdentityRequest


class SubjectInline(ReadOnlyInline):
    """Whom it is about."""

    model = ComplaintSubject


@admin.register(Complaint)
class ComplaintAdmin(ScopedAdmin):
    """The register of reports."""

    list_display = ("case_no", "number", "kind", "channel", "organization", "received_on", "due_on", "status")
    list_filter = ("status", "kind", "owner")
    list_select_related = ("organization",)
    search_fields = ("=case_no", "=number")
    date_hierarchy = "received_on"
    ordering = ("-pk",)
    inlines = (SubjectInline,)


@admin.register(IdentityRequest)
class IdentityRequestAdmin(ScopedAdmin):
    """Who asked to see who reported, who answered, how often it was looked at."""

    list_display = ("case_no", "complaint", "organization", "asked_by_name", "answered_by_name", "views", "status")
    list_filter = ("status",)
    list_select_related = ("organization", "complaint")
    search_fields = ("=case_no", "=complaint__number")
    date_hierarchy = "opened_on"
    ordering = ("-pk",)
