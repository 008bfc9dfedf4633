"""Units, names, categories and posts in the reading room of the auditors."""

from django.contrib import admin

from foundation.common.admin import ReadOnlyInline, ScopedAdmin

from .models import Organization, OrganizationName, Post, UnitCategory


class NameInline(ReadOnlyInline):
    """Names that a unit bore."""

    model = OrganizationName
    ordering = ("starts_on", "pk")


class CategoryInline(ReadOnlyInline):
    """Assessment categories by year."""

    model = UnitCategory
    ordering = ("year",)


@admin.register(Organization)
class OrganizationAdmin(ScopedAdmin):
    """Units in the order of the tree."""

    list_display = ("code", "name", "short_name", "kind", "parent", "staffing", "starts_on", "ends_on")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("=code", "name", "short_name", "division_code")
    ordering = ("path",)
    inlines = (CategoryInline, NameInline)


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

    list_display = ("organization", "year", "category")
    list_filter = ("year", "category")
    list_select_related = ("organization",)
    search_fields = ("=organization__code", "organization__name")
    ordering = ("-year", "category", "organization")


@admin.register(Post)
class PostAdmin(ScopedAdmin):
    """Posts of units."""

    list_display = ("organization", "title", "level", "is_principal", "is_team_member", "is_sensitive", "ends_on")
    list_filter = ("is_principal", "is_team_member", "is_sensitive", "counts_quota")
    list_select_related = ("organization",)
    search_fields = ("=organization__code", "organization__name", "title")
    ordering = ("organization__path", "sort", "pk")
