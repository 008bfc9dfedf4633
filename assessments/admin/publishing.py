"""Openings of previews, appeals and requests to publish; the moves of the cases stand among the case events."""

from django.contrib import admin

from foundation.common.admin import ScopedAdmin

from ..models import Appeal, Opening, PublishRequest


@admin.register(Opening)
class OpeningAdmin(ScopedAdmin):
    """Which run was open to the units, and until when they could object."""

    list_display = ("at", "cycle", "run", "opened_on", "due_on", "ended_at", "actor_name", "reason")
    list_filter = ("cycle__year",)
    list_select_related = ("cycle__jurisdiction", "run")
    search_fields = ("=run__number", "actor_name", "reason", "=cycle__jurisdiction__code")
    date_hierarchy = "opened_on"
    ordering = ("-pk",)


@admin.register(Appeal)
class AppealAdmin(ScopedAdmin):
    """Appeals of units."""

    list_display = (
        "case_no",
        "organization",
        "target_kind",
        "target",
        "stated",
        "wanted",
        "responsible",
        "status",
        "settled",
        "opened_on",
    )
    list_filter = ("cycle__year", "status", "target_kind")
    list_select_related = ("organization", "responsible", "cycle__jurisdiction")
    search_fields = ("=case_no", "=organization__code", "organization__name", "=target", "target_name")
    date_hierarchy = "opened_on"
    ordering = ("-pk",)


@admin.register(PublishRequest)
class PublishRequestAdmin(ScopedAdmin):
    """Requests to publish a run."""

    list_display = ("case_no", "cycle", "run", "status", "signers", "asked_by_name", "reason", "opened_on")
    list_filter = ("cycle__year", "status")
    list_select_related = ("cycle__jurisdiction", "run")
    search_fields = ("=case_no", "=run__number", "asked_by_name", "reason", "=cycle__jurisdiction__code")
    date_hierarchy = "opened_on"
    ordering = ("-pk",)
