"""System check: every permission that a role names is declared by a model."""

from django.apps import apps
from django.contrib.auth import get_permission_codename
from django.core.checks import Error, register

from .roles import all_permissions


def declared_permissions() -> set[str]:
    """Every `app.codename` that installed models declare, built in and in Meta."""
    found = set()
    for model in apps.get_models():
        options = model._meta
        names = [get_permission_codename(action, options) for action in options.default_permissions]
        names += [codename for codename, _label in options.permissions]
        found |= {f"{options.app_label}.{name}" for name in names}
    return found


@register()
def roles_name_declared_permissions(app_configs, **kwargs):
    """E001: a misspelt codename would silently take a right away from a role."""
    return [
        Error(
            f"A role names the permission {perm!r}, which no model declares.",
            hint="Declare it in Meta.permissions of the model, or correct foundation/accounts/roles.py.",
            id="accounts.E001",
        )
        for perm in sorted(all_permissions() - declared_permissions())
    ]
