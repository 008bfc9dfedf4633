"""May the actor administer this account? Checked again by every service, whatever the page showed."""

from django.utils.translation import gettext_lazy as _

from foundation.common.results import DomainError
from foundation.common.scoping import scope_of

MANAGE_ACCOUNTS = "accounts.manage_accounts"
MANAGE_GRANTS = "accounts.manage_grants"


def in_reach(actor, perm: str, organization) -> None:
    """Refuse when the actor does not hold `perm` at the unit; without a unit it takes a grant for everywhere."""
    scope = scope_of(actor, perm)
    if organization is None:
        allowed = scope.everything
    else:
        allowed = scope.covers(organization.path)
    if not allowed:
        raise DomainError(
            "accounts.out_of_reach",
            _("Your administration does not reach this unit; ask an administrator whose area holds it."),
            status=403,
        )


def account_in_reach(actor, user) -> None:
    """Refuse when the actor may not administer this account."""
    in_reach(actor, MANAGE_ACCOUNTS, user.organization)
