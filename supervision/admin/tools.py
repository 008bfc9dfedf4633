"""Talks, reminders, inquiry letters and admonishments; their moves stand among the case events."""

from django.contrib import admin

from foundation.common.admin import ReadOnlyInline, ScopedAdmin

from ..models import Admonishment, Inquiry, Reminder, Talk, TalkIssue, TalkTemplate

LISTED = ("case_no", "official", "organization", "source", "status", "opened_on", "held_on")


class CaseAdmin(ScopedAdmin):
    """What the lists of these cases share."""

    list_filter = ("status", "source")
    list_select_related = ("official", "organization")
    search_fields = ("=case_no", "official__name", "=document_no")
    date_hierarchy = "opened_on"
    ordering = ("-pk",)


class IssueInline(ReadOnlyInline):
    """Issues raised in the talk."""

    model = TalkIssue
    ordering = ("sort",)


@admin.register(Talk)
class TalkAdmin(CaseAdmin):
    """Heart-to-heart talks with their issues."""

    list_display = ("case_no", "official", "organization", "topic", "planned_on", "held_on", "status")
    list_filter = ("status",)
    inlines = (IssueInline,)


@admin.register(Reminder)
class ReminderAdmin(CaseAdmin):
    """Reminder talks."""

    list_display = (*LISTED, "checked_on")


@admin.register(Inquiry)
class InquiryAdmin(CaseAdmin):
    """Inquiry letters with their replies."""

    list_display = (*LISTED, "received_on", "replied_on", "round")


@admin.register(Admonishment)
class AdmonishmentAdmin(CaseAdmin):
    """Admonishments from approval to check."""

    list_display = (*LISTED, "approved_by", "reported_on", "checked_on")


@admin.register(TalkTemplate)
class TalkTemplateAdmin(ScopedAdmin):
    """Outlines of talks that offices have put in place of those of the system."""

    list_display = ("topic", "organization", "starts_on", "entered_by_name", "entered_at")
    list_filter = ("topic",)
    list_select_related = ("organization",)
    search_fields = ("=topic", "entered_by_name")
    date_hierarchy = "starts_on"
    ordering = ("-starts_on", "-pk")
