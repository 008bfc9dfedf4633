"""How accounts, grants and keys are looked up."""

from django.db.models import Q
from django.utils import timezone

from foundation.common.scoping import ScopedQuerySet


class UserQuerySet(ScopedQuerySet):
    """Accounts; an account belongs to its holder's home unit."""

    org_path = "organization__path"

    def active(self):
        """Accounts that may sign in."""
        return self.filter(is_active=True)

    def matching(self, text):
        """Accounts whose user name or display name contains the text."""
        return self.filter(Q(username__icontains=text) | Q(display_name__icontains=text)) if text else self


class RoleGrantQuerySet(ScopedQuerySet):
    """Grants; a grant belongs to the unit where it gives rights."""

    org_path = "organization__path"

    def with_holder(self):
        """Grants with what a request asks of them at once: role, place, holder and the holder's home unit."""
        return self.select_related("group", "organization", "user__organization").order_by("pk")

    def in_force(self, day):
        """Grants that give rights on a day and were not ended early."""
        return self.filter(ended_at__isnull=True, valid_from__lte=day).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )

    def not_over(self, day):
        """Grants that give rights on a day or will later."""
        return self.filter(ended_at__isnull=True).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class ApiKeyQuerySet(ScopedQuerySet):
    """Keys; a key belongs to its user's home unit."""

    org_path = "user__organization__path"

    def usable(self, now=None):
        """Keys that are neither revoked nor expired."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=now or timezone.now())
