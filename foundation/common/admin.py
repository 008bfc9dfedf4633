"""The admin is a reading room: auditors look, nobody writes."""

from django.contrib import admin


class ReadOnlyAdmin(admin.ModelAdmin):
    """Shows every field, changes none. Viewing needs the model's `view_…` permission."""

    actions = None
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request, obj=None):
        """Never: rows come from services."""
        return False

    def has_change_permission(self, request, obj=None):
        """Never: rows come from services."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Never: nothing is deleted."""
        return False
