"""How complete a record is (缺项): what the appointment form asks for, and sets that are there or declared empty. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

# What the form cannot do without (任免审批表); party and degree may rightly be empty.
FIELDS = (
    "sex",
    "birth_text",
    "ethnicity",
    "native_place",
    "birth_place",
    "work_text",
    "politics",
    "health",
    "full_education",
    "full_school",
    "post_text",
    "post_on",
    "rank",
    "resume_text",
)
SETS = ("photo", "education", "family", "ratings", "awards", "titles")
NEVER_EMPTY = frozenset({"photo", "education"})  # everybody has one: it cannot be declared that there is none


@dataclass(frozen=True)
class Completeness:
    """What is there and what is missing; `percent` is rounded down, so that 100 means that nothing is missing."""

    done: int
    total: int
    missing: tuple[str, ...]

    @property
    def percent(self) -> int:
        """Share of what is there, 0 to 100."""
        return self.done * 100 // self.total


def compute_completeness(
    values: Mapping[str, object], filled_sets: Collection[str], none_declared: Collection[str]
) -> Completeness:
    """Fields with a value, sets with rows, or declared to have none (无此类情况)."""
    missing = [name for name in FIELDS if values.get(name) in (None, "")]
    declared = set(none_declared) - NEVER_EMPTY
    missing += [name for name in SETS if name not in filled_sets and name not in declared]
    total = len(FIELDS) + len(SETS)
    return Completeness(total - len(missing), total, tuple(missing))
