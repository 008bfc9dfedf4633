"""Which kinds of alerts (预警) exist. Every room registers its own in `AppConfig.ready`; above models there is no other list.

How a room uses it::

    register_kind(AlertKind(
        code="supervision.period_end",                  # unique, dotted
        label=_("Influence period ends"),               # heading of the group
        text=_("The influence period ends on %(due_on)s: %(measure)s."),
        permission="supervision.follow_up",             # owner role: who has to act
        lead_rule="ALR-TERM",                     # {orange, yellow, blue} in months, days or working days
        rule_ids=("R-DIS-20",),                         # what else it rests on
        find=find_period_ends,                          # (day, book, county) → AlertFact…; None: given, not computed
        viewers=("supervision.view_handling",),         # who sees it besides the owners
    ))

A *computed* kind has `find`: the sweep opens what it finds, settles what it finds no more and opens it again when it comes
back. A *given* kind has none: `services.alerts.raise_alerts` opens its alerts and only a person closes them, with a document.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

VIEW = "casework.view_alert"


@dataclass(frozen=True)
class AlertFact:
    """A fact that somebody has to see to.

    `key` names the fact within its kind (`official-12-2026-08`): the same key is the same alert. `organization`: the unit
    or its number. `person`: number of the official whom it is about; who may not open that file does not see the alert.
    `subject`: who or what, as lists print it. `due_on`: the day it is due. `severity`: only where lead times do not give
    it. `rule_id`, `permission`: where they differ from the kind's. Dates in `params` stand as ISO text under names that
    end in `_on`.
    """

    key: str
    organization: Any
    subject: str
    person: int | None = None
    params: dict = field(default_factory=dict)
    due_on: date | None = None
    severity: str = ""
    url: str = ""
    rule_id: str = ""
    permission: str = ""
    is_estimated: bool = False

    @property
    def organization_id(self) -> int:
        """Number of the unit."""
        return getattr(self.organization, "pk", self.organization)


@dataclass(frozen=True, eq=False)
class AlertKind:
    """A kind of alert; see the head of the module for an example.

    `find_days`: the facts that `find` gives with their day only, where that is cheaper; previews of lead times count them.
    """

    code: str
    label: Any
    text: Any
    permission: str
    lead_rule: str = ""
    rule_ids: tuple[str, ...] = ()
    find: Callable[..., Iterable[AlertFact]] | None = None
    find_days: Callable[..., Iterable[AlertFact]] | None = None
    viewers: tuple[str, ...] = (VIEW,)

    @property
    def is_given(self) -> bool:
        """Raised by a service and closed by a person, never found or settled by the sweep?"""
        return self.find is None

    def words(self, params: dict, *, subject="", due_on: date | None = None) -> str:
        """The text in the reader's language; dates as papers write them, 2026.07.01."""
        said = {name: _said(name, value) for name, value in params.items()}
        return str(self.text) % ({"subject": subject, "due_on": _said("due_on", due_on)} | said)


def _said(name: str, value):
    if not name.endswith("_on") or not value:
        return "" if value is None else value
    day = value if isinstance(value, date) else date.fromisoformat(value)
    return f"{day:%Y.%m.%d}"


_kinds: dict[str, AlertKind] = {}
_sources: list[Callable[[], Iterable[AlertKind]]] = []
_shut_people: list[Callable[[Any], Iterable[int]]] = []


def register_kind(kind: AlertKind) -> AlertKind:
    """Make a kind known. The same code again takes the place of the first."""
    _kinds[kind.code] = kind
    return kind


def add_kind_source(source: Callable[[], Iterable[AlertKind]]):
    """Kinds that follow from other registers, asked when they are needed: one for each kind of case."""
    if source not in _sources:
        _sources.append(source)


def alert_kinds() -> list[AlertKind]:
    """All kinds, in the order of their codes."""
    found = dict(_kinds)
    for source in _sources:
        found |= {kind.code: kind for kind in source()}
    return [found[code] for code in sorted(found)]


def alert_kind(code: str) -> AlertKind | None:
    """The kind with this code; None for one that no room registers any more."""
    return _kinds.get(code) or next((kind for kind in alert_kinds() if kind.code == code), None)


def add_shut_people(source: Callable[[Any], Iterable[int]]):
    """Register who says whose files are shut for a user: `source(user)` gives numbers of people."""
    if source not in _shut_people:
        _shut_people.append(source)


def people_shut_for(user) -> frozenset[int]:
    """Numbers of the people of whom the user sees no alert: the own file and those of kin (回避)."""
    return frozenset().union(*(source(user) for source in _shut_people))
