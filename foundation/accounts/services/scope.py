"""Where a user may do something, and who may do something somewhere."""

from django.utils import timezone

from foundation.common.scoping import Scope

from ..models import RoleGrant, User
from ..roles import all_roles


def scope_for(user, perm: str, on=None) -> Scope:
    """Where the user holds a permission on a day: one query per user object for all of its permissions."""
    return user.scope_for(perm, on)


def holders_of(perm: str, path: str, on=None) -> list[User]:
    """Active users who hold a permission at the unit with this path, by user name."""
    day = on or timezone.localdate()
    codes = [role.code for role in all_roles() if perm in role.permissions]
    grants = (
        RoleGrant.objects.system()
        .in_force(day)
        .filter(group__name__in=codes, user__is_active=True)
        .select_related("user", "organization")
    )
    found = {grant.user.username: grant.user for grant in grants if _reaches(grant, path)}
    return [found[name] for name in sorted(found)]


def _reaches(grant, path):
    if grant.organization is None:
        return True
    node = grant.organization.path
    return path.startswith(node) if grant.include_subtree else path == node
