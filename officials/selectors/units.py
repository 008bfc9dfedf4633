"""The page of a unit: what it is on a day, who leads it, where it comes from."""

from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, F, Q, Value

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
    """One line of a unit's history: an act, or a unit that it follows or that follows it."""

    what: str  # act, follows, followed
    day: date
    kind: str
    number: str  # of the act, or code of the other unit
    text: str  # name of the other unit
    document_no: str

    @property
    def label(self) -> str:
        """What the act did, in words."""
        return str(Act(self.kind).label)


def unit_page(unit: Organization, user, day: date) -> dict:
    """What the page shows (7 queries)."""
    names = list(OrganizationName.objects.filter(organization=unit).order_by("-starts_on", "-pk"))
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
        "history": history_of(unit),
        "existed": (unit.starts_on is None or unit.starts_on <= day) and (unit.ends_on is None or unit.ends_on >= day),
    }


def name_on(unit: Organization, names: list[OrganizationName], day: date) -> str:
    """The name that the unit bore on a day; the present one where no other is known."""
    for name in names:
        if (name.starts_on is None or name.starts_on <= day) and name.ends_on is not None and name.ends_on >= day:
            return name.name
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
    """Acts and successions, the latest first (1 query)."""
    text = CharField()
    acts = Reorganisation.objects.system().filter(unit=unit)
    before = Succession.objects.system().filter(successor=unit)
    after = Succession.objects.system().filter(predecessor=unit)
    rows = acts.values_list(
        Value("act", text), F("effective_on"), F("kind"), F("number"), Value("", text), F("document_no")
    ).union(
        before.values_list(
            Value("follows", text),
            F("effective_on"),
            F("kind"),
            F("predecessor__code"),
            F("predecessor__name"),
            F("document_no"),
        ),
        after.values_list(
            Value("followed", text),
            F("effective_on"),
            F("kind"),
            F("successor__code"),
            F("successor__name"),
            F("document_no"),
        ),
        all=True,
    )
    lines = [HistoryLine(*row) for row in rows]
    return sorted(lines, key=lambda line: (line.day, line.what == "act", line.number), reverse=True)
