"""What the rulebook pages show: rules with their value on a day, and one rule's whole history."""

from dataclasses import dataclass
from datetime import date

from ..models import Rule, RuleOverride
from . import places
from .places import Place
from .rulebook import RuleAt, Rulebook


@dataclass(frozen=True, slots=True)
class Line:
    """A rule of the list. `at` is None when nothing is in force on the day; `settings` counts local overrides."""

    rule: Rule
    at: RuleAt | None
    settings: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader asked for; empty means all. `confidence` may be `unverified`: everything but verified."""

    words: str = ""
    confidence: str = ""
    room: str = ""
    only_local: bool = False


def lines(book: Rulebook, filters: Filters) -> list[Line]:
    """Rules on the day of the book, in the order of the files. Rules that ended stay in sight only by search."""
    rules = Rule.objects.matching(filters.words) if filters.words else Rule.objects.in_force(book.on)
    if filters.room:
        rules = rules.filter(used_by=filters.room)
    counts: dict[int, int] = {}
    for rule_id in RuleOverride.objects.values_list("rule_id", flat=True):
        counts[rule_id] = counts.get(rule_id, 0) + 1
    found = (Line(rule, book.rules.get(rule.code), counts.get(rule.pk, 0)) for rule in rules.order_by("sort", "code"))
    return [line for line in found if _wanted(line, filters)]


def _wanted(line: Line, filters: Filters) -> bool:
    if filters.only_local and not line.settings:
        return False
    if not filters.confidence:
        return True
    if line.at is None:
        return False
    if filters.confidence == "unverified":
        return line.at.cite.needs_check
    return line.at.confidence == filters.confidence


@dataclass(frozen=True, slots=True)
class Setting:
    """A local override with the place it was made for (None: the whole installation, or a place no longer known)."""

    override: RuleOverride
    place: Place | None
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class History:
    """One rule: its own values, latest first, and the local settings, latest first."""

    rule: Rule
    at: RuleAt | None
    values: list
    settings: list[Setting]


def history(rule: Rule, book: Rulebook) -> History:
    """Everything the rulebook knows of one rule."""
    overrides = list(rule.overrides.order_by("-starts_on", "-pk"))
    known = places.by_codes([override.jurisdiction for override in overrides])
    in_force = {
        code: next((row.pk for row in overrides if row.jurisdiction == code and _holds(row, book.on)), None)
        for code in {row.jurisdiction for row in overrides}
    }
    settings = [Setting(row, known.get(row.jurisdiction), in_force[row.jurisdiction] == row.pk) for row in overrides]
    return History(rule, book.rules.get(rule.code), list(rule.values.order_by("-starts_on")), settings)


def _holds(row: RuleOverride, on: date) -> bool:
    return row.starts_on <= on and (row.ends_on is None or on <= row.ends_on)
