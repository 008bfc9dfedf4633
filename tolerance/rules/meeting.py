"""The collective deliberation (集体研究) and who may verify. Pure.

By analogy with 党政领导干部选拔任用工作条例: two thirds of those who should attend must be there; more than half of those who should
attend must agree (readings 17: recused members stay among those who should attend and leave those present).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil

from foundation.common.results import Cite, Reason, Verdict

FOR, AGAINST, ABSTAINED, RECUSED, ABSENT = "FOR", "AGAINST", "ABSTAINED", "RECUSED", "ABSENT"


@dataclass(frozen=True)
class Ballot:
    """How one member stood: name and one of FOR, AGAINST, ABSTAINED, RECUSED, ABSENT; `kin_of`: the subject they are related to."""

    name: str
    vote: str
    kin_of: str = ""


def check_meeting(
    ballots: Sequence[Ballot],
    quorum: Decimal,
    majority: Decimal,
    cite: Cite | None = None,
    majority_cite: Cite | None = None,
) -> Verdict:
    """Does the record of a meeting carry a decision? Reasons: TOL-QUORUM, TOL-MAJORITY, TOL-RECUSAL.

    `quorum`: share of members who must be present, rounded up to whole members. `majority`: share that the votes for it must exceed.
    """
    entitled = len(ballots)
    present = sum(ballot.vote in (FOR, AGAINST, ABSTAINED) for ballot in ballots)
    agreed = sum(ballot.vote == FOR for ballot in ballots)
    # A share of 0.6667 means two thirds: of 9 members 6, not 7; the fourth decimal is rounding.
    least = ceil((quorum * entitled).quantize(Decimal("0.01")))
    found = []
    if present < max(least, 1):
        found.append(Reason("TOL-QUORUM", {"present": present, "needed": max(least, 1), "entitled": entitled}, cite))
    if Decimal(agreed) <= majority * entitled:
        found.append(Reason("TOL-MAJORITY", {"agreed": agreed, "entitled": entitled}, majority_cite))
    related = [ballot for ballot in ballots if ballot.kin_of and ballot.vote not in (RECUSED, ABSENT)]
    found += [Reason("TOL-RECUSAL", {"name": one.name, "kin_of": one.kin_of}) for one in related]
    return Verdict.from_refusals(found)


def check_verifiers(names: Sequence[str], kin: dict[str, str], least: int, cite: Cite | None = None) -> Verdict:
    """At least `least` different people verify, none of them related to whom the case is about (`kin`: name → subject)."""
    found = []
    if len(set(names)) < least:
        found.append(Reason("TOL-INVESTIGATORS", {"needed": least, "named": len(set(names))}, cite))
    found += [Reason("TOL-RECUSAL", {"name": name, "kin_of": kin[name]}) for name in names if name in kin]
    return Verdict.from_refusals(found)


def check_window(applied_on: date, last_day: date | None, late_reason: str, cite: Cite | None = None) -> Verdict:
    """Applied within the window after notice of the investigation; later only with a reason. No notice: no window."""
    if last_day is None or applied_on <= last_day or late_reason.strip():
        return Verdict(True)
    return Verdict(False, (Reason("TOL-APPLY-DAYS", {"last_day": last_day.isoformat()}, cite),))


def check_correction_day(starts_on: date, due_on: date, longest: date, cite: Cite | None = None) -> Verdict:
    """The correction ends after it begins and within the longest period (default 3, at most 6 months)."""
    if starts_on <= due_on <= longest:
        return Verdict(True)
    return Verdict(False, (Reason("TOL-CORRECT-MONTHS", {"longest": longest.isoformat()}, cite),))
