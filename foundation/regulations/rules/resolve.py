"""Which value of a rule holds on a day: local override, else the regulation's own value.

Pure: facts come in as dataclasses, in the stored JSON form.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class ValueFact:
    """A value of the regulation from a day on; `value` None means repealed from that day."""

    starts_on: date
    value: Any
    law: str
    article: str
    confidence: str


@dataclass(frozen=True, slots=True)
class OverrideFact:
    """A local setting in the order of entry (`number`); `value` None gives the regulation's own value back."""

    number: int
    jurisdiction: str
    starts_on: date
    ends_on: date | None
    value: Any
    basis: str


def value_on(values: Iterable[ValueFact], on: date) -> ValueFact | None:
    """The latest value that has begun, or None when none has or it is repealed."""
    begun = [value for value in values if value.starts_on <= on]
    latest = max(begun, key=lambda value: value.starts_on, default=None)
    return latest if latest is not None and latest.value is not None else None


def override_on(overrides: Sequence[OverrideFact], on: date, jurisdiction: str) -> OverrideFact | None:
    """The override in force: the jurisdiction's own before the general one; then the later start, then the later entry.

    A row that gives the value back ends the search in its own circle only: a jurisdiction that gives back falls to
    the regulation, not to the general override, because that is what was decided there.
    """
    for circle in (jurisdiction, "") if jurisdiction else ("",):
        alive = [
            row
            for row in overrides
            if row.jurisdiction == circle and row.starts_on <= on and (row.ends_on is None or on <= row.ends_on)
        ]
        chosen = max(alive, key=lambda row: (row.starts_on, row.number), default=None)
        if chosen is not None:
            return chosen if chosen.value is not None else None
    return None
