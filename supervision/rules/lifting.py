"""The end of an influence period (期满解除) and what it does not bring back. Pure.

公职人员政务处分法 第26条, 公务员法 第65条: every government sanction but dismissal is lifted of itself at its end when the person has repented and
committed no new punishable act; the lifting of 降级 and 撤职 restores neither level nor post. 公务员职务与职级并行规定 第21条 (R-DIS-31): the
department may keep a person on hold after the end, with a written reason and a day of review.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.common.results import Cite, Reason, Verdict

from .kinds import FAMILY_OF, GOVERNMENT
from .periods import Period

NOT_RESTORED = frozenset({"GOV_DOWNGRADE", "GOV_REMOVE"})
"""Lifting these restores neither the former level nor the former post."""
LIFTING = Cite("公职人员政务处分法", "第26条", "verified")
NEVER_LIFTED = Cite("公职人员政务处分法", "第24、26条", "verified")


@dataclass(frozen=True, slots=True)
class Lifting:
    """When a sanction is lifted, and what that means. `on` None: not of itself, or not yet known; `verdict` says why."""

    on: date | None
    restores_level: bool
    verdict: Verdict


def compute_lifting(
    kind: str, periods: Sequence[Period], new_acts: Iterable[tuple[str, date]] = (), *, is_repentant: bool = True
) -> Lifting:
    """The day after the last period's end, unless something stands against it.

    `new_acts`: punishable acts of the person as (number of the case, day of the act); one inside the period keeps a government
    sanction from being lifted of itself, as does a lack of repentance. Reasons: NO_PERIOD, NEVER_LIFTED, NO_END_YET, NEW_ACT,
    NOT_REPENTANT. Periods of the Party and of handlings end by their date alone.
    """
    restores = kind not in NOT_RESTORED
    if not periods:
        return Lifting(None, restores, _refused(Reason("NO_PERIOD", {"kind": kind})))
    if kind == "GOV_DISMISS":
        return Lifting(None, restores, _refused(Reason("NEVER_LIFTED", {"kind": kind}, NEVER_LIFTED)))
    if any(period.ends_on is None for period in periods):
        return Lifting(None, restores, _refused(Reason("NO_END_YET", {"kind": kind})))
    starts_on, ends_on = min(p.starts_on for p in periods), max(p.ends_on for p in periods)
    found = []
    if FAMILY_OF[kind] == GOVERNMENT:
        inside = [(number, day) for number, day in new_acts if starts_on <= day <= ends_on]
        found += [Reason("NEW_ACT", {"case": number, "day": day}, LIFTING) for number, day in inside]
        if not is_repentant:
            found.append(Reason("NOT_REPENTANT", {"kind": kind}, LIFTING))
    verdict = Verdict.from_refusals(found)
    return Lifting(ends_on + timedelta(days=1) if verdict.allowed else None, restores, verdict)


def check_hold(
    ends_on: date, starts_on: date, reason: str, review_on: date | None, cite: Cite | None = None
) -> Verdict:
    """May a person be kept on hold after the end (期满影响使用, R-DIS-31)?

    A written reason and a day of review after the hold begins are needed; a hold begins after the period, not within it.
    """
    facts = {"ends_on": ends_on, "starts_on": starts_on, "review_on": review_on, "rule_id": "R-DIS-31"}
    found = []
    if starts_on <= ends_on:
        found.append(Reason("HOLD_WITHIN_PERIOD", facts, cite))
    if not reason.strip():
        found.append(Reason("HOLD_WITHOUT_REASON", facts, cite))
    if review_on is None or review_on <= starts_on:
        found.append(Reason("HOLD_WITHOUT_REVIEW", facts, cite))
    return Verdict.from_refusals(found)


def _refused(reason: Reason) -> Verdict:
    return Verdict(False, (reason,))
