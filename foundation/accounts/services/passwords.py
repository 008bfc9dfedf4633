"""Setting passwords: rules, history, and passwords that hold until the first sign-in."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from foundation.audit.services.entries import record

from ..models import PastPassword, User
from ..validators import REMEMBERED

# Characters that nobody mistakes for another when reading a slip of paper.
UPPER, LOWER, DIGITS = "ABCDEFGHJKMNPQRSTUVWXYZ", "abcdefghjkmnpqrstuvwxyz", "23456789"
GROUPS = 5


def temporary_password() -> str:
    """A random password of five groups such as `Kt4-Wn8-…` (60 bits), which meets every rule and reads aloud well."""
    groups = ("".join(secrets.choice(pool) for pool in (UPPER, LOWER, DIGITS)) for _number in range(GROUPS))
    return "-".join(groups)


def is_due(user: User, now=None) -> bool:
    """Must the user choose a new password before anything else? After a reset, or when the old one is too old."""
    if user.must_change_password:
        return True
    if user.password_set_at is None:
        return False
    return (now or timezone.now()) - user.password_set_at > timedelta(days=settings.PASSWORD_MAX_AGE_DAYS)


def store(user: User, password: str, *, must_change: bool) -> None:
    """Write the password's hash and keep the earlier hashes that the rule of reuse looks at; saves the account."""
    now = timezone.now()
    PastPassword.objects.create(user=user, password=user.password, set_at=user.password_set_at or user.created_at)
    kept = PastPassword.objects.filter(user=user).order_by("-set_at", "-pk").values("pk")[:REMEMBERED]
    PastPassword.objects.filter(user=user).exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    user.set_password(password)
    user.must_change_password = must_change
    user.password_set_at = now
    user.save(update_fields=["password", "must_change_password", "password_set_at"])


@transaction.atomic
def change_own_password(*, user: User, password: str) -> User:
    """The user's own choice; every other session ends. Raises ValidationError when a rule is broken."""
    user = User.objects.select_for_update(of=["self"]).select_related("organization").get(pk=user.pk)
    validate_password(password, user)
    store(user, password, must_change=False)
    record(
        actor=user,
        action="accounts.password.changed",
        target_kind="accounts.user",
        target_no=user.username,
        target_label=user.display_name,
        org_path=user.home_path,
    )
    return user
