"""System checks: what a linter cannot see."""

from django.conf import settings
from django.core.checks import Error, Tags, register

from .permissions import declared_permissions
from .roles import all_permissions


@register()
def roles_name_declared_permissions(app_configs, **kwargs):
    """E001: a misspelt codename would silently take a right away from a role."""
    return [
        Error(
            f"A role names the permission {perm!r}, which no model declares.",
            hint="Declare it in Meta.permissions of the model, or correct foundation/accounts/roles.py.",
            id="accounts.E001",
        )
        for perm in sorted(all_permissions() - declared_permissions().keys())
    ]


@register(Tags.security, deploy=True)
def no_demo_accounts(app_configs, **kwargs):
    """E002: the sign-in page of an installation in use must not show passwords."""
    if not settings.DEMO_ACCOUNTS:
        return []
    return [
        Error(
            "DEMO_ACCOUNTS shows accounts with their password on the sign-in page.",
            hint="Unset it; it belongs to the try-out on a single machine.",
            id="accounts.E002",
        )
    ]
