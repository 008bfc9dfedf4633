"""What installed models declare: every permission with its name for people."""

from django.apps import apps
from django.contrib.auth import get_permission_codename
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def declared_permissions() -> dict:
    """`app.codename` → label, built-in ones and those of Meta.permissions."""
    found = {}
    for model in apps.get_models():
        options = model._meta
        for action in options.default_permissions:
            name = f"{options.app_label}.{get_permission_codename(action, options)}"
            found[name] = _("%(action)s: %(model)s") % {"action": _action(action), "model": options.verbose_name}
        found |= {f"{options.app_label}.{codename}": label for codename, label in options.permissions}
    return found


def _action(action):
    names = {"view": _("View"), "add": _("Add"), "change": pgettext("permission", "Change"), "delete": _("Delete")}
    return names.get(action, action)


def is_view(perm: str) -> bool:
    """Does the permission only show records?"""
    return perm.partition(".")[2].startswith("view_")
