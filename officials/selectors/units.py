"""The page of a unit: what it is on a day, who leads it, where it comes from."""

from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, DateField, F, Q, Value
from django.db.models.functions import Cast

from foundation.organizations.choices import Act
from foundation.organizations.models import (
    PATH_STEP,
    ApprovedNumbers,
    Organization,
    OrganizationName,
    Reorganisation,
    Succession,
    UnitCategory,
)
from foundation.organizations.rules.quotas import Numbers

from .quotas import NAMES, VIEW, fill_of_unit
from .teams import leaders_of, team_on


@dataclass(frozen=True)
class HistoryLine:
    """One line of a unit's history: an act, a unit that it follows or that follows it, or a name with its days."""

    what: str  # act, follows, followed, name
    day: date | None
    kind: str
    number: str  # of the act, or code of the other unit
    text: str  # name of the other unit, or of this one
    document_no: str
    until: date | None = None

    @property
    def label(self) -> str:
        """What the act did, in words."""
        return str(Act(self.kind).label)


def unit_page(unit: Organization, user, day: date) -> dict:
    """What the page shows (6 queries)."""
    history = history_of(unit)
    names = [line for line in history if line.what == "name"]
    numbers = list(ApprovedNumbers.objects.system().filter(organization=unit).order_by("-starts_on"))
    team = team_on(unit, day)
    held = next((row for row in numbers if row.starts_on <= day), None)
    dated = Numbers(*(getattr(held, name) for name in NAMES)) if held else None
    above, children = _around(unit, user, day)
    return {
        "team": team,
        "fill": fill_of_unit(unit, day, dated, *leaders_of(team)),
        "numbers": numbers,
        "numbers_held": held,
        "names": names,
        "name_then": name_on(unit, names, day),
        "categories": list(UnitCategory.objects.system().filter(organization=unit).order_by("-year")),
        "above": above,
        "children": children,
        "history": [line for line in history if line.what != "name"],
        "existed": (unit.starts_on is None or unit.starts_on <= day) and (unit.ends_on is None or unit.ends_on >= day),
    }


def name_on(unit: Organization, names: list[HistoryLine], day: date) -> str:
    """The name that the unit bore on a day; the present one where no other is known."""
    for name in names:
        if (name.day is None or name.day <= day) and name.until is not None and name.until >= day:
            return name.text
    return unit.name


def _around(unit, user, day):
    """Units above, from the top, and units below on a day (1 query)."""
    chain = [unit.path[:end] for end in range(PATH_STEP, len(unit.path), PATH_STEP)]
    visible = Organization.objects.visible_to(user, VIEW)
    rows = list(visible.filter(Q(path__in=chain) | Q(parent=unit)).order_by("path"))
    children = [row for row in rows if row.parent_id == unit.pk]
    existing = [
        row
        for row in children
        if (row.starts_on is None or row.starts_on <= day) and (row.ends_on is None or row.ends_on >= day)
    ]
    return [row for row in rows if row.path in chain], existing


def history_of(unit: Organization) -> list[HistoryLine]:
    """Acts, successions and names, the latest first (1 query)."""
    acts = Reorganisation.objects.system().filter(unit=unit)
    before = Succession.objects.system().filter(successor=unit)
    after = Succession.objects.system().filter(predecessor=unit)
    names = OrganizationName.objects.filter(organization=unit)
    rows = _columns(acts, "act", "effective_on", "kind", "number", None, "document_no").union(
        _columns(before, "follows", "effective_on", "kind", "predecessor__code", "predecessor__name", "document_no"),
        _columns(after, "followed", "effective_on", "kind", "successor__code", "successor__name", "document_no"),
        _columns(names, "name", "starts_on", None, None, "name", "basis", "ends_on"),
        all=True,
    )
    lines = [HistoryLine(*row) for row in rows]
    return sorted(lines, key=_age, reverse=True)


def _age(line: HistoryLine) -> tuple:
    return line.day or date.min, line.until or date.max, line.what == "act", line.number


def _columns(query, what: str, day: str, kind, number, text, document, until=None):
    """The same columns of every table: words as text, days as days."""
    texts = (kind, number, text, document)
    words = [Value("", CharField()) if name is None else Cast(F(name), CharField()) for name in texts]
    last = Cast(Value(None), DateField()) if until is None else F(until)
    return query.order_by().values_list(Value(what, CharField()), F(day), *words, last)
