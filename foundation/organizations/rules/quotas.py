"""How full a team or a unit is against what was approved. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fill:
    """Approved 核定 and actual 实配 number; approved None: nothing was approved, so nothing is vacant or over."""

    approved: int | None
    actual: int

    @property
    def vacant(self) -> int:
        """How many are missing (空缺)."""
        return max((self.approved or 0) - self.actual, 0)

    @property
    def over(self) -> int:
        """How many are too many (超配)."""
        return 0 if self.approved is None else max(self.actual - self.approved, 0)

    def __add__(self, other: Fill) -> Fill:
        """Sums of a column; numbers that were not approved count as nothing approved."""
        known = [each for each in (self.approved, other.approved) if each is not None]
        return Fill(sum(known) if known else None, self.actual + other.actual)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was approved for a unit on a day; None where it says nothing. `basis` is the document."""

    leaders: int | None = None
    principals: int | None = None
    deputies: int | None = None
    staffing: int | None = None
    administrative: int | None = None
    reference: int | None = None
    institution: int | None = None
    logistics: int | None = None
    other: int | None = None


KINDS_OF_STAFF = ("administrative", "reference", "institution", "logistics", "other")


def completed(numbers: dict) -> dict:
    """Sums that were left empty are those of their parts, where every part that counts is there."""
    found = dict(numbers)
    if found.get("leaders") is None and None not in (found.get("principals"), found.get("deputies")):
        found["leaders"] = found["principals"] + found["deputies"]
    parts = [found.get(kind) for kind in KINDS_OF_STAFF]
    if found.get("staffing") is None and any(part is not None for part in parts):
        found["staffing"] = sum(part or 0 for part in parts)
    return found


def contradictions(numbers: dict) -> list[str]:
    """Which sums are smaller than their parts: `leaders`, `staffing`."""
    found = []
    parts = [numbers.get(name) for name in ("principals", "deputies")]
    if numbers.get("leaders") is not None and sum(part or 0 for part in parts) > numbers["leaders"]:
        found.append("leaders")
    staff = [numbers.get(kind) for kind in KINDS_OF_STAFF]
    if numbers.get("staffing") is not None and sum(part or 0 for part in staff) > numbers["staffing"]:
        found.append("staffing")
    return found
