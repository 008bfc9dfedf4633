"""Read models that join accounts with what they hold."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone

from .models import RoleGrant, User


def with_grants(users):
    """Accounts with their grants in one more query, so that a list of roles costs nothing per row."""
    grants = RoleGrant.objects.system().select_related("organization", "group").order_by("pk")
    return users.select_related("organization").prefetch_related(
        Prefetch("grants", queryset=grants, to_attr="all_grants")
    )


@dataclass(frozen=True)
class DemoAccount:
    """An account of the try-out as the sign-in page offers it."""

    username: str
    name: str
    roles: str
    place: str


def demo_accounts() -> list[DemoAccount]:
    """Accounts of the try-out that hold a role today, in the order in which they were made; none elsewhere."""
    if not settings.DEMO_ACCOUNTS:
        return []
    today = timezone.localdate()
    holders = RoleGrant.objects.system().in_force(today).values("user")
    users = with_grants(User.objects.system().active().filter(pk__in=holders)).order_by("pk")[:20]
    return [
        DemoAccount(
            username=user.username,
            name=user.display_name,
            roles="、".join(role.label for role in user.roles_on(today)),
            place=str(user.organization or ""),
        )
        for user in users
    ]
