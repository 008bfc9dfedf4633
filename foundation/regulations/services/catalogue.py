"""What the rulebook pages show: rules with their value on a day, and one rule's whole history."""

from collections import Counter
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


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of the list by place, for a page: a part of them is read when it is asked for (1 query).

    `keys`: number and code of each rule; `settings`: number of local overrides by the rule's number.
    """

    book: Rulebook
    keys: list[tuple[int, str]]
    settings: Counter

    def __len__(self):
        return len(self.keys)

    def __getitem__(self, part: slice) -> list[Line]:
        keys = self.keys[part]
        rules = Rule.objects.in_bulk([pk for pk, _code in keys])
        return [Line(rules[pk], self.book.rules.get(code), self.settings[pk]) for pk, code in keys]


def lines(book: Rulebook, filters: Filters) -> Lines:
    """Rules on the day of the book, in the order of the files. Rules that ended stay in sight only by search."""
    rules = Rule.objects.matching(filters.words) if filters.words else Rule.objects.in_force(book.on)
    if filters.room:
        rules = rules.filter(used_by=filters.room)
    settings = Counter(RuleOverride.objects.values_list("rule_id", flat=True))
    found = rules.order_by("sort", "code").values_list("pk", "code")
    return Lines(
        book, [(pk, code) for pk, code in found if _wanted(book.rules.get(code), settings[pk], filters)], settings
    )


def _wanted(at: RuleAt | None, settings: int, filters: Filters) -> bool:
    if filters.only_local and not settings:
        return False
    if not filters.confidence:
        return True
    if at is None:
        return False
    if filters.confidence == "unverified":
        return at.cite.needs_check
    return at.confidence == filters.confidence


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
