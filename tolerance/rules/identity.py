"""Who may ask to see who reported, who may allow it, and for how long (R-CON-04, house reading 25). Pure.

Every view needs a reason and another person's approval; no administrator takes part, and nobody whom the report is about or
who is related to one of them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.common.results import Cite, Reason, Verdict

RULE = "R-CON-04"


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks, allows or looks. `is_office`: of the office for reports; `is_handler`: the case was given to this person."""

    pk: int | None
    is_office: bool = False
    is_handler: bool = False
    is_administrator: bool = False
    is_concerned: bool = False


def check_asking(person: Person, reason: str, cite: Cite | None = None) -> Verdict:
    """The office for reports and the handler of the case may ask, with a reason. Refusals in this order, all that apply."""
    return _verdict(
        cite,
        ("ADMINISTRATOR", person.is_administrator),
        ("CONCERNED", person.is_concerned),
        ("NOT_THE_HANDLER", not (person.is_office or person.is_handler)),
        ("REASON_MISSING", not reason.strip()),
    )


def check_answering(
    person: Person, asked_by: int | None, answered: Collection[int], cite: Cite | None = None
) -> Verdict:
    """Somebody else than who asked, each person once, no administrator, nobody concerned."""
    return _verdict(
        cite,
        ("ADMINISTRATOR", person.is_administrator),
        ("CONCERNED", person.is_concerned),
        ("SAME_PERSON", person.pk is None or person.pk == asked_by),
        ("ANSWERED_ALREADY", person.pk in answered),
    )


def check_looking(
    person: Person,
    *,
    asked_by: int | None,
    approvals: Collection[int],
    needed: int,
    until: datetime | None,
    now: datetime,
    cite: Cite | None = None,
) -> Verdict:
    """Who asked, with as many approvals of others as needed, before the time is over; `until` None: not approved yet."""
    return _verdict(
        cite,
        ("ADMINISTRATOR", person.is_administrator),
        ("CONCERNED", person.is_concerned),
        ("NOT_WHO_ASKED", person.pk is None or person.pk != asked_by),
        ("NOT_APPROVED", until is None or len(set(approvals) - {asked_by}) < needed),
        ("TIME_OVER", until is not None and now >= until),
    )


def open_until(opened_at: datetime, minutes: int) -> datetime:
    """The moment at which a view that was opened ends."""
    return opened_at + timedelta(minutes=minutes)


def _verdict(cite, *found: tuple[str, bool]) -> Verdict:
    return Verdict.from_refusals(Reason(code, {"rule_id": RULE}, cite) for code, applies in found if applies)
