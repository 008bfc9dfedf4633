"""Writing audit entries: one call per act, inside the act's transaction."""

import re

from django.db import transaction

from foundation.common.actors import SystemActor

from ..context import current_request_id
from ..models import Entry

ACTION = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_-]*)+")


class OutsideTransactionError(RuntimeError):
    """An entry was written outside the act's transaction: act and entry could then part. A programming error."""


def _as_actor(actor):
    if isinstance(actor, str):
        return SystemActor(actor)
    if actor is None:
        raise TypeError("record() needs an actor: a user, or SystemActor for what no person does")
    return actor


def record(
    *,
    actor,
    action: str,
    target_kind: str = "",
    target_no: str = "",
    target_label: str = "",
    org_path: str = "",
    reason: str = "",
    basis: str = "",
    rulebook_version: str = "",
    data: dict | None = None,
) -> Entry:
    """Write who did what to what, why and on which basis (one entry per act, with counts when the act is a bulk one).

    `actor` is a user or a `SystemActor` (or its name); `action` is dotted and in the past tense. `data` takes what JSON
    takes, dates and decimals; codes and ids only, no names of persons. The label is a copy for readers and is cut at
    200 characters. Raises OutsideTransactionError, ValueError for a malformed action, TypeError without an actor.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransactionError(f"audit entry {action} outside a transaction: wrap the service in atomic()")
    if not ACTION.fullmatch(action):
        raise ValueError(f"audit action must be dotted lower case, such as assessments.run.published: {action!r}")
    actor = _as_actor(actor)
    return Entry.objects.create(
        actor_id=actor.pk,
        actor_name=str(actor)[:150],
        actor_roles=list(getattr(actor, "role_codes", ())),
        org_path=org_path,
        action=action,
        target_kind=target_kind,
        target_no=str(target_no),
        target_label=str(target_label)[:200],
        reason=reason,
        basis=basis,
        rulebook_version=rulebook_version,
        data=data or {},
        request_id=current_request_id(),
    )
