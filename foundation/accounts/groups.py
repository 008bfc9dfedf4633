"""Roles in code copied to Django groups, so that the admin and reports can show them."""

import logging

from django.apps import apps as installed

from .roles import all_roles

logger = logging.getLogger(__name__)


def synchronise(apps=installed) -> list[str]:
    """Make groups and their permissions equal to the roles; returns the codenames that no model declares."""
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    known = {
        f"{label}.{codename}": pk
        for pk, label, codename in permission_model.objects.values_list("pk", "content_type__app_label", "codename")
    }
    missing = set()
    for role in all_roles():
        group, _created = group_model.objects.get_or_create(name=role.code)
        group.permissions.set([known[perm] for perm in role.permissions if perm in known])
        missing |= {perm for perm in role.permissions if perm not in known}
    return sorted(missing)


def synchronise_after_migrate(sender, apps=installed, **kwargs):
    """Receiver of `post_migrate`: runs once, after the last app, when all permissions exist.

    Permissions may be missing in a partial or backward migration; in a whole one the system check E001 refuses before.
    """
    last = [config for config in installed.get_app_configs() if config.models_module is not None][-1]
    if sender.label != last.label:
        return
    missing = synchronise()
    if missing:
        logger.error("Roles name permissions that no model declares: %s", ", ".join(missing))
