"""The admin is a reading room: auditors look, nobody writes."""

from django.contrib import admin
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _


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

    def history_view(self, request, object_id, extra_context=None):
        """The row's recorded states; the admin's own log knows nothing, since the admin changes nothing."""
        if hasattr(self.model, "pgh_event_models"):
            return redirect("admin:audit_row", self.model._meta.label, object_id)
        self.message_user(request, _("There is no history: rows of this table never change."))
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", object_id)
