from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from .groups import synchronise_after_migrate


class AccountsConfig(AppConfig):
    """People who sign in, what they may do and where."""

    name = "foundation.accounts"
    label = "accounts"
    verbose_name = _("Accounts and roles")

    def ready(self):
        """Keep the groups equal to the roles in code after every migration."""
        post_migrate.connect(synchronise_after_migrate, dispatch_uid="accounts.groups")
