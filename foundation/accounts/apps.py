from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from . import checks
from .groups import synchronise_after_migrate
from .session_stamp import stamp_session


class AccountsConfig(AppConfig):
    """People who sign in, what they may do and where."""

    name = "foundation.accounts"
    label = "accounts"
    verbose_name = _("Accounts and roles")
    checks = checks

    def ready(self):
        """Keep the groups equal to the roles after every migration; stamp every new session."""
        user_logged_in.connect(stamp_session, dispatch_uid="accounts.sessions")
        post_migrate.connect(synchronise_after_migrate, dispatch_uid="accounts.groups")
