"""The first three administrators 三员 of an installation, or a lost one's successor: from the command line only."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.common.actors import SystemActor
from foundation.common.results import DomainError

from ..choices import Duty
from ..models import RoleGrant
from ..roles import all_roles
from .accounts import NewPassword, create_account
from .grants import grant_role

INSTALLATION = SystemActor("installation")


def administrator_roles() -> list[str]:
    """Codes of the roles of the three separated duties."""
    return [role.code for role in all_roles() if role.duty != Duty.BUSINESS]


@transaction.atomic
def found_administrators(people: dict[str, tuple[str, str]]) -> dict[str, NewPassword]:
    """Open an account for each role code → (user name, name) and grant the role everywhere.

    Raises DomainError when an active account holds the role already: then the administrators appoint each other.
    """
    today = timezone.localdate()
    held = RoleGrant.objects.system().in_force(today).filter(user__is_active=True, group__name__in=people)
    if held.exists():
        raise DomainError(
            "accounts.administrator_exists",
            _("An active account holds this duty already; the administrators appoint each other on their pages."),
        )
    made = {}
    for code, (username, display_name) in people.items():
        made[code] = create_account(actor=INSTALLATION, username=username, display_name=display_name)
        grant_role(actor=INSTALLATION, user=made[code].user, role=code, valid_from=today, reason="founding")
    return made
