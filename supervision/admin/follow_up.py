"""Return visits, leads, personal matters, conflicts of avoidance."""

from django.contrib import admin

from foundation.common.admin import ScopedAdmin

from ..models import (
    AdjustmentLead,
    Hold,
    MatterCheck,
    MatterDraw,
    MatterReport,
    RelationConflict,
    ReuseProposal,
    Revisit,
)


@admin.register(Revisit)
class RevisitAdmin(ScopedAdmin):
    """Return visits, planned and made."""

    list_display = ("case_no", "official", "organization", "planned_on", "visited_on", "result", "status")
    list_filter = ("status", "result")
    list_select_related = ("official", "organization")
    search_fields = ("=case_no", "official__name")
    date_hierarchy = "planned_on"
    ordering = ("-planned_on", "-pk")


@admin.register(Hold)
class HoldAdmin(ScopedAdmin):
    """Holds after expiry with their day of review."""

    list_display = ("case_no", "official", "organization", "kind", "source_no", "starts_on", "review_on", "status")
    list_filter = ("status",)
    list_select_related = ("official", "organization")
    search_fields = ("=case_no", "official__name", "=source_no")
    date_hierarchy = "review_on"
    ordering = ("-pk",)


@admin.register(ReuseProposal)
class ReuseProposalAdmin(ScopedAdmin):
    """Proposals of reuse and reuses of earlier years."""

    list_display = ("case_no", "official", "organization", "mode", "source_no", "status", "opinion", "reused_on")
    list_filter = ("status", "mode", "opinion")
    list_select_related = ("official", "organization")
    search_fields = ("=case_no", "official__name", "=source_no")
    date_hierarchy = "opened_on"
    ordering = ("-pk",)


@admin.register(AdjustmentLead)
class AdjustmentLeadAdmin(ScopedAdmin):
    """Leads that wait for the adjustment procedure."""

    list_display = ("case_no", "official", "organization", "source", "source_no", "status", "opened_on")
    list_filter = ("status", "source")
    list_select_related = ("official", "organization")
    search_fields = ("=case_no", "official__name", "=source_no")
    date_hierarchy = "opened_on"
    ordering = ("-pk",)


@admin.register(MatterReport)
class MatterReportAdmin(ScopedAdmin):
    """Reports of personal matters: when they were due and made."""

    list_display = ("official", "year", "occasion", "due_on", "reported_on", "late_reason")
    list_filter = ("occasion", "year")
    list_select_related = ("official",)
    search_fields = ("official__name",)
    date_hierarchy = "due_on"
    ordering = ("-due_on", "-pk")


@admin.register(MatterDraw)
class MatterDrawAdmin(ScopedAdmin):
    """Draws of the random check: seed, share, who was drawn from whom."""

    list_display = ("organization", "year", "seed", "share", "witness", "drawn_at", "drawn_by_name")
    list_filter = ("year",)
    list_select_related = ("organization",)
    search_fields = ("=seed",)
    date_hierarchy = "drawn_at"
    ordering = ("-year", "-pk")


@admin.register(MatterCheck)
class MatterCheckAdmin(ScopedAdmin):
    """Checks of reports and what they found."""

    list_display = ("official", "year", "occasion", "asked_on", "checked_on", "finding", "tool_no")
    list_filter = ("occasion", "finding", "year")
    list_select_related = ("official",)
    search_fields = ("official__name",)
    date_hierarchy = "asked_on"
    ordering = ("-asked_on", "-pk")


@admin.register(RelationConflict)
class RelationConflictAdmin(ScopedAdmin):
    """Conflicts of avoidance."""

    list_display = ("case_no", "rule_id", "official", "other", "relation", "organization", "status", "opened_on")
    list_filter = ("status", "rule_id", "relation")
    list_select_related = ("official", "other", "organization")
    search_fields = ("=case_no", "official__name", "other__name")
    date_hierarchy = "opened_on"
    ordering = ("-pk",)
