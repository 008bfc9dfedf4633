"""Cases of fault tolerance with their parts; their moves stand among the case events."""

from django.contrib import admin

from foundation.common.admin import ScopedAdmin

from ..models import CaseBallot, CaseParty, CasePoint, CaseVerifier, ToleranceCase


@admin.register(ToleranceCase)
class ToleranceCaseAdmin(ScopedAdmin):
    """Applications, findings, decisions."""

    list_display = (
        "case_no",
        "title_text",
        "organization",
        "applicant_kind",
        "outcome",
        "word",
        "document_no",
        "decided_on",
        "status",
    )
    list_filter = ("status", "outcome", "applicant_kind", "body")
    list_select_related = ("organization",)
    search_fields = ("=case_no", "=file_no", "title_text", "organization__name", "=document_no")
    date_hierarchy = "decided_on"
    ordering = ("-opened_on", "-pk")


@admin.register(CaseParty)
class CasePartyAdmin(ScopedAdmin):
    """Whom each case is about."""

    list_display = ("case", "official", "unit")
    list_select_related = ("case", "official", "unit")
    search_fields = ("=case__case_no", "official__name", "unit__name")
    ordering = ("-pk",)


@admin.register(CasePoint)
class CasePointAdmin(ScopedAdmin):
    """Conditions, distinctions and factors with their evidence."""

    list_display = ("case", "code", "stated", "evidence", "found", "finding")
    list_select_related = ("case",)
    search_fields = ("=case__case_no", "=code")
    ordering = ("-case", "pk")


@admin.register(CaseVerifier)
class CaseVerifierAdmin(ScopedAdmin):
    """Who verified."""

    list_display = ("case", "name", "post")
    list_select_related = ("case",)
    search_fields = ("=case__case_no", "name")
    ordering = ("-pk",)


@admin.register(CaseBallot)
class CaseBallotAdmin(ScopedAdmin):
    """How members voted."""

    list_display = ("case", "sort", "name", "post", "vote")
    list_select_related = ("case",)
    list_filter = ("vote",)
    search_fields = ("=case__case_no", "name")
    ordering = ("-case", "sort")
