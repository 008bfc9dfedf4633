"""Saved lists of people."""

from django.contrib import admin

from foundation.common.admin import ReadOnlyInline, ScopedAdmin

from ..models import SavedList, SavedListMember, SavedListShare


class MemberInline(ReadOnlyInline):
    """People on the list."""

    model = SavedListMember
    ordering = ("position",)

    def get_queryset(self, request):
        """With the people, so that a long list costs no more queries."""
        return super().get_queryset(request).select_related("official")


class ShareInline(ReadOnlyInline):
    """Who else reads the list."""

    model = SavedListShare


@admin.register(SavedList)
class SavedListAdmin(ScopedAdmin):
    """Lists with their owners."""

    list_display = ("name", "folder", "kind", "owner", "organization", "created_at", "trashed_at")
    list_filter = ("kind",)
    list_select_related = ("owner", "organization")
    search_fields = ("name", "folder", "owner__username")
    ordering = ("folder", "name", "pk")
    inlines = (MemberInline, ShareInline)
