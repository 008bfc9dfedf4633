"""Units, names, categories and posts in the reading room of the auditors."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from foundation.common.admin import ReadOnlyInline, ScopedAdmin, readable_column, worded_column, worded_filter

from .models import (
    ApprovedNumbers,
    Organization,
    OrganizationName,
    Post,
    Reorganisation,
    Succession,
    UnitCategory,
)
from .words import category_word


class NameInline(ReadOnlyInline):
    """Names that a unit bore."""

    model = OrganizationName
    ordering = ("starts_on", "pk")


class CategoryInline(ReadOnlyInline):
    """Assessment categories by year."""

    model = UnitCategory
    ordering = ("year",)


class NumbersInline(ReadOnlyInline):
    """Approved numbers by day."""

    model = ApprovedNumbers
    ordering = ("starts_on",)


@admin.register(Organization)
class OrganizationAdmin(ScopedAdmin):
    """Units in the order of the tree."""

    list_display = ("code", "name", "short_name", "kind", "parent", "staffing", "starts_on", "ends_on")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("=code", "name", "short_name", "division_code")
    ordering = ("path",)
    inlines = (CategoryInline, NumbersInline, NameInline)


@admin.register(OrganizationName)
class OrganizationNameAdmin(ScopedAdmin):
    """Names of units, old and new."""

    org_path = "organization__path"
    list_display = ("organization", "name", "short_name", "starts_on", "ends_on", "basis")
    list_select_related = ("organization",)
    search_fields = ("=organization__code", "name", "short_name", "basis")
    ordering = ("organization__path", "starts_on")


@admin.register(UnitCategory)
class UnitCategoryAdmin(ScopedAdmin):
    """Assessment category of each unit and year."""

    list_display = ("organization", "year", "category_word")
    list_filter = ("year", ("category", worded_filter(category_word)))
    list_select_related = ("organization",)
    search_fields = ("=organization__code", "organization__name")
    ordering = ("-year", "category", "organization")
    fields = ("organization", "year", "category_word")
    readonly_fields = ("category_word",)
    category_word = worded_column("category", _("category"), lambda row: category_word(row.category))


@admin.register(Post)
class PostAdmin(ScopedAdmin):
    """Posts of units."""

    list_display = ("organization", "title", "level", "is_principal", "is_team_member", "is_sensitive", "ends_on")
    list_filter = ("is_principal", "is_team_member", "is_sensitive", "counts_quota")
    list_select_related = ("organization",)
    search_fields = ("=organization__code", "organization__name", "title")
    ordering = ("organization__path", "sort", "pk")


@admin.register(ApprovedNumbers)
class ApprovedNumbersAdmin(ScopedAdmin):
    """Leaders and staff approved, from when and by which document."""

    list_display = ("organization", "starts_on", "leaders", "principals", "deputies", "staffing", "document_no")
    list_select_related = ("organization",)
    search_fields = ("=organization__code", "organization__name", "document_no")
    date_hierarchy = "starts_on"
    ordering = ("organization__path", "-starts_on")


@admin.register(Reorganisation)
class ReorganisationAdmin(ScopedAdmin):
    """Acts on the tree with everything that they wrote."""

    list_display = ("number", "kind", "unit", "effective_on", "document_no", "done_by", "done_at")
    list_filter = ("kind",)
    list_select_related = ("unit",)
    search_fields = ("=number", "=unit__code", "unit__name", "document_no")
    date_hierarchy = "effective_on"
    ordering = ("-done_at", "-pk")
    fields = (
        "number",
        "kind",
        "unit",
        "effective_on",
        "document_no",
        "reason",
        "done_by",
        "done_at",
        "undoes",
        "written",
    )
    readonly_fields = ("written",)
    written = readable_column("changes", Reorganisation._meta.get_field("changes").verbose_name)


@admin.register(Succession)
class SuccessionAdmin(ScopedAdmin):
    """Which unit follows which."""

    list_display = ("predecessor", "successor", "kind", "effective_on", "document_no")
    list_filter = ("kind",)
    list_select_related = ("predecessor", "successor")
    search_fields = ("=predecessor__code", "predecessor__name", "=successor__code", "successor__name", "document_no")
    date_hierarchy = "effective_on"
    ordering = ("-effective_on", "pk")
