"""What this room records, in words."""

from django.utils.translation import gettext_lazy as _

from foundation.audit.actions import name_actions

name_actions(
    {
        "accounts.account.created": _("Account opened"),
        "accounts.account.holder-named": _("Holder of an account named"),
        "accounts.account.locked": _("Account locked"),
        "accounts.account.unlocked": _("Account unlocked"),
        "accounts.grant.ended": _("Grant of a role ended"),
        "accounts.grant.given": _("Role granted"),
        "accounts.key.created": _("Key of a program issued"),
        "accounts.key.revoked": _("Key of a program revoked"),
        "accounts.password.changed": _("Password changed"),
        "accounts.password.reset": _("Password reset"),
        "accounts.session.closed": _("Signed out"),
        "accounts.session.expired": _("Signed out after a time without work"),
        "accounts.session.locked_out": _("Sign-in locked after failed attempts"),
        "accounts.session.opened": _("Signed in"),
        "accounts.session.refused": _("Sign-in refused"),
    }
)
