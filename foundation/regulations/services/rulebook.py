"""The rulebook on a day: every rule resolved to one value, with its citation and a digest of the whole.

Reading costs one query (the token of the rule tables); what stands behind the token is kept per process.
"""

import json
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock
from typing import Any
from uuid import UUID

from foundation.common.crypto import sm3
from foundation.common.results import Cite

from ..choices import Confidence
from ..models import Rule, RuleOverride, RuleValue
from ..rules.resolve import OverrideFact, ValueFact, override_on, value_on
from ..rules.values import typed
from . import tokens

BOOKS_KEPT = 64  # days × jurisdictions remembered per process


class UnknownRule(KeyError):
    """No rule of this id is in force on the day: a spelling mistake, or the regulations were not loaded."""

    def __init__(self, rule_id: str, on: date):
        super().__init__(f"no rule {rule_id} in force on {on} (is it in the rule files, and did load_regulations run?)")


@dataclass(frozen=True, slots=True)
class RuleAt:
    """A rule as it holds on a day. `stored` is the JSON form of `value`; a local value cites its own basis."""

    id: str
    value: Any
    stored: Any
    unit: str
    cite: Cite
    confidence: str
    starts_on: date
    is_local: bool


@dataclass(frozen=True)
class Rulebook:
    """All rules in force on a day, in one jurisdiction or (empty code) wherever there are no settings of its own."""

    on: date
    jurisdiction: str
    rules: dict[str, RuleAt]

    def get(self, rule_id: str) -> RuleAt:
        """The rule on the day; `UnknownRule` when there is none."""
        try:
            return self.rules[rule_id]
        except KeyError:
            raise UnknownRule(rule_id, self.on) from None

    def value(self, rule_id: str) -> Any:
        """Its value, typed: Decimal, int, bool, str, list or dict."""
        return self.get(rule_id).value

    def cite(self, rule_id: str) -> Cite:
        """Its citation."""
        return self.get(rule_id).cite

    def __contains__(self, rule_id: str) -> bool:
        return rule_id in self.rules

    def __iter__(self):
        return iter(self.rules.values())

    def digest(self, rule_ids) -> str:
        """SM3 over the values of some rules: changes exactly when one of these values does."""
        values = {rule_id: self.get(rule_id).stored for rule_id in rule_ids}
        return sm3(json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hex()

    @cached_property
    def version(self) -> str:
        """SM3 over all values: what a verdict or deadline keeps to be explained later."""
        return self.digest(self.rules)


@dataclass(frozen=True, slots=True)
class _RuleFacts:
    code: str
    unit: str
    value_type: str
    ended_on: date | None
    values: tuple[ValueFact, ...]
    overrides: tuple[OverrideFact, ...]

    def at(self, on: date, jurisdiction: str) -> RuleAt | None:
        """The rule on a day, or None when it does not exist then. An override cannot outlive its rule."""
        base = value_on(self.values, on)
        if base is None or (self.ended_on is not None and on >= self.ended_on):
            return None
        local = override_on(self.overrides, on, jurisdiction)
        if local is None:
            cite = Cite(base.law, base.article, base.confidence)
            value = typed(self.value_type, base.value)
            return RuleAt(self.code, value, base.value, self.unit, cite, base.confidence, base.starts_on, False)
        # whoever entered the setting held its document in hand: nothing is left to be verified
        cite = Cite(local.basis, "", Confidence.VERIFIED.value)
        value = typed(self.value_type, local.value)
        return RuleAt(self.code, value, local.value, self.unit, cite, cite.confidence, local.starts_on, True)


class _Shelf:
    """What this process has read, under the token it was read with."""

    def __init__(self):
        self.lock = Lock()
        self.token: UUID | None = None
        self.facts: tuple[_RuleFacts, ...] = ()
        self.places: frozenset[str] = frozenset()  # jurisdictions with settings of their own
        self.books: OrderedDict[tuple[date, str], Rulebook] = OrderedDict()

    def book(self, token: UUID | None, on: date, jurisdiction: str) -> Rulebook:
        """The rulebook of the day, from memory while the token stands."""
        with self.lock:
            if token is None or token != self.token:
                self.facts, self.token = _read_facts(), token
                self.places = frozenset(row.jurisdiction for facts in self.facts for row in facts.overrides)
                self.books.clear()
            # thousands of counties without settings of their own share one book
            jurisdiction = jurisdiction if jurisdiction in self.places else ""
            key = (on, jurisdiction)
            if key not in self.books:
                resolved = ((facts.code, facts.at(on, jurisdiction)) for facts in self.facts)
                self.books[key] = Rulebook(on, jurisdiction, {code: rule for code, rule in resolved if rule})
                if len(self.books) > BOOKS_KEPT:
                    self.books.popitem(last=False)
            self.books.move_to_end(key)
            return self.books[key]


_shelf = _Shelf()


def _read_facts() -> tuple[_RuleFacts, ...]:
    values: dict[int, list] = {}
    columns = ("rule_id", "starts_on", "value", "law", "article", "confidence")
    live = RuleValue.objects.filter(withdrawn_on=None)
    for rule_id, *row in live.order_by("rule_id", "starts_on").values_list(*columns):
        values.setdefault(rule_id, []).append(ValueFact(*row))
    overrides: dict[int, list] = {}
    columns = ("rule_id", "pk", "jurisdiction", "starts_on", "ends_on", "value", "basis")
    for rule_id, *row in RuleOverride.objects.order_by("pk").values_list(*columns):
        overrides.setdefault(rule_id, []).append(OverrideFact(*row))
    rows = Rule.objects.order_by("sort", "code").values_list("pk", "code", "unit", "value_type", "ended_on")
    return tuple(_RuleFacts(*row, tuple(values.get(key, ())), tuple(overrides.get(key, ()))) for key, *row in rows)


def value_facts(rule: Rule) -> list[ValueFact]:
    """The regulation's own values of one rule, straight from the table."""
    live = rule.values.filter(withdrawn_on=None).order_by("starts_on")
    return [ValueFact(*row) for row in live.values_list("starts_on", "value", "law", "article", "confidence")]


def rulebook(on: date, *, jurisdiction: str = "") -> Rulebook:
    """The rules as they hold on a day; `jurisdiction` is the code of a root unit whose own settings go first.

    The token is read before the tables, so a write in between leaves newer data under an older token, and the next
    call reads again.
    """
    return _shelf.book(tokens.current(tokens.RULES), on, jurisdiction)
