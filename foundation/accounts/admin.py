"""Reading room of the auditors: accounts, grants and keys, without secrets."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from foundation.common.admin import ReadOnlyAdmin

from .models import ApiKey, RoleGrant, User
from .roles import all_roles

admin.site.unregister(Group)


def change_password(request, extra_context=None):
    """The admin's form would go round the rules and the audit entry: the site's own page is used."""
    return redirect("accounts:password-change")


admin.site.password_change = change_password


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """Accounts."""

    list_display = ("username", "display_name", "organization", "is_active", "must_change_password", "last_login")
    list_filter = ("is_active", "must_change_password")
    list_select_related = ("organization",)
    search_fields = ("username", "display_name")
    ordering = ("username",)
    exclude = ("password",)


class RoleFilter(admin.SimpleListFilter):
    """Grants of one role, roles by their names."""

    title, parameter_name = _("role"), "role"

    def lookups(self, request, model_admin):
        """Every role that there is."""
        return [(role.code, role.label) for role in all_roles()]

    def queryset(self, request, queryset):
        """Grants of the chosen role."""
        return queryset.filter(group__name=self.value()) if self.value() else queryset


@admin.register(RoleGrant)
class RoleGrantAdmin(ReadOnlyAdmin):
    """Grants of roles, ended ones too."""

    list_display = (
        "user",
        "role_name",
        "organization",
        "include_subtree",
        "valid_from",
        "valid_to",
        "granted_by",
        "ended_at",
    )
    list_filter = (RoleFilter, "duty")
    list_select_related = ("user", "group", "organization")
    search_fields = ("user__username", "user__display_name")
    date_hierarchy = "valid_from"
    ordering = ("-granted_at",)
    fields = (
        "user",
        "role_name",
        "duty",
        "organization",
        "include_subtree",
        "valid_from",
        "valid_to",
        "reason",
        "granted_by",
        "granted_at",
        "ended_by",
        "ended_at",
        "end_reason",
    )
    readonly_fields = ("role_name",)

    @admin.display(description=_("role"), ordering="group__name")
    def role_name(self, grant):
        """The role as the reader calls it."""
        return grant.role.label


@admin.register(ApiKey)
class ApiKeyAdmin(ReadOnlyAdmin):
    """Keys of programs."""

    list_display = ("prefix", "name", "user", "created_at", "expires_at", "last_used_at", "revoked_at")
    list_select_related = ("user",)
    search_fields = ("prefix", "name", "user__username")
    ordering = ("-created_at",)
    exclude = ("digest",)
