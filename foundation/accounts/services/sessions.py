"""Signing in and out, failed attempts, lock-out, idle time-out: what happens, and the entry that says so."""

import re
from datetime import timedelta

from axes.helpers import get_cool_off, get_failure_limit
from axes.models import AccessAttempt
from django.contrib.auth import login, logout
from django.db import transaction
from django.utils import timezone

from foundation.audit.services.entries import record
from foundation.common.actors import SystemActor
from foundation.common.crypto import keyed_hash

from ..addresses import client_address
from ..models import User
from ..models.users import USERNAME_PATTERN

SIGN_IN = SystemActor("sign-in")


@transaction.atomic
def open_session(request, user: User) -> None:
    """Sign the user in under a new session key; the failed attempts are forgotten."""
    login(request, user)
    _record("accounts.session.opened", user, actor=user, data={"from": client_address(request)})


@transaction.atomic
def close_session(request) -> None:
    """Sign out; the session's data is deleted."""
    user = request.user
    if user.is_authenticated:
        _record("accounts.session.closed", user, actor=user)
    logout(request)


@transaction.atomic
def expire_session(request, cause: str) -> None:
    """End a session that was idle (`idle`) or lasted too long (`age`)."""
    _record("accounts.session.expired", request.user, actor=request.user, data={"cause": cause})
    logout(request)


@transaction.atomic
def note_refusal(request, username: str) -> None:
    """Write down a failed attempt, and the lock-out when this attempt caused it.

    What was typed as a name of no account may be a password in the wrong field: only its keyed hash is kept.
    """
    username = User.normalize_username(username)
    user = None
    if re.fullmatch(USERNAME_PATTERN, username):
        user = User.objects.system().select_related("organization").filter(username=username).first()
    is_locked = bool(getattr(request, "axes_locked_out", False))
    # the counter is set only for attempts that count, so the lock-out is told once
    caused_it = is_locked and bool(getattr(request, "axes_failures_since_start", None))
    known = {"from": client_address(request)} | ({} if user else {"name_hash": keyed_hash(username)})
    _record("accounts.session.refused", user, data=known | {"is_locked": is_locked})
    if caused_it:
        _record("accounts.session.locked_out", user, data=known | {"minutes": lock_minutes(request)})


def lock_minutes(request=None) -> int:
    """How long a lock-out lasts, in whole minutes."""
    return int(get_cool_off(request) / timedelta(minutes=1))


def waiting_time(request, username: str, now=None) -> timedelta:
    """How long sign-in stays shut for the name: until so many attempts are old enough that the rest is below the limit."""
    moment = now or timezone.now()
    cool_off = get_cool_off(request)
    attempts = AccessAttempt.objects.filter(
        username=User.normalize_username(username), attempt_time__gt=moment - cool_off
    ).order_by("attempt_time")
    found = list(attempts.values_list("attempt_time", "failures_since_start"))
    counted = sum(failures for _at, failures in found)
    limit = get_failure_limit(request, {"username": username})
    for at, failures in found:
        if counted < limit:
            break
        counted -= failures
        if counted < limit:
            return max(at + cool_off - moment, timedelta(seconds=1))
    return timedelta(0)


def choose_language(*, user: User, language: str) -> None:
    """Remember the language of the user's pages."""
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])


def _record(action, user, *, actor=SIGN_IN, data=None):
    record(
        actor=actor,
        action=action,
        target_kind="accounts.user",
        target_no=user.username if user else "",
        target_label=user.display_name if user else "",
        org_path=user.home_path if user else "",
        data=data,
    )
