"""Alerts as their readers see them: who owns which, who sees which, numbers by kind and colour, days of a month."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Q

from foundation.accounts.roles import all_roles
from foundation.common.lists import words
from foundation.common.scoping import scope_of
from foundation.regulations.services.calendar import day_facts

from ..alert_kinds import alert_kinds, people_shut_for
from ..models import Alert, AlertStatus
from ..rules.severity import ORANGE, RED, SEVERITIES

CENTRE = "casework.open_alert_centre"


def _owned(user) -> Q:
    """Alerts whose owner's permission the user holds at their unit."""
    held = defaultdict(list)
    for permission in sorted(user.get_all_permissions()):
        held[scope_of(user, permission)].append(permission)
    found = Q(pk__in=[])
    for scope, permissions in held.items():
        found |= Q(permission__in=permissions) & scope.as_q("organization__path")
    return found


def _watched(user) -> Q:
    """Alerts of kinds that the user may see at their unit without owning them."""
    seen = defaultdict(set)
    for kind in alert_kinds():
        for permission in kind.viewers:
            scope = scope_of(user, permission)
            if scope:
                seen[scope].add(kind.code)
    found = Q(pk__in=[])
    for scope, codes in seen.items():
        found |= Q(kind__in=sorted(codes)) & scope.as_q("organization__path")
    return found


def _but_shut(found, shut):
    return found.exclude(person_id__in=sorted(shut)) if shut else found


def alerts_for(user):
    """Alerts in any state that the user may see: as owner, or because the kind is open to a permission of theirs."""
    return _but_shut(Alert.objects.system().filter(_owned(user) | _watched(user)), people_shut_for(user))


def owned_alerts(user):
    """Alerts in any state that are for the user's role to see to."""
    return _but_shut(Alert.objects.system().filter(_owned(user)), people_shut_for(user))


def urgent_alerts(user, shut):
    """Red and orange alerts for the user's role that nobody else has claimed: the number in the top bar."""
    free = Q(status=AlertStatus.OPEN) | Q(status=AlertStatus.CLAIMED, claimed_by_id=user.pk)
    return _but_shut(Alert.objects.system().filter(_owned(user), free, severity__in=(RED, ORANGE)), shut)


def may_handle(user, alert) -> bool:
    """Is the alert for the user's role to see to?"""
    return scope_of(user, alert.permission).covers(alert.organization.path)


def owners_of(permission: str) -> str:
    """Names of the roles that own alerts with this permission, in the reader's language."""
    return words(role.label for role in all_roles() if permission in role.permissions and not role.reads)


@dataclass
class KindLine:
    """One line of the overview: a kind with its owner, and how many of its alerts have which colour."""

    code: str
    label: str
    permission: str
    owners: str
    counts: dict = field(default_factory=lambda: dict.fromkeys(SEVERITIES, 0))

    @property
    def total(self) -> int:
        """All colours."""
        return sum(self.counts.values())

    @property
    def cells(self) -> list[tuple[str, int]]:
        """Colour and number, the most urgent first."""
        return list(self.counts.items())


def overview(found) -> list[KindLine]:
    """Numbers of some alerts by kind, owner and colour (1 query); the most urgent kinds first."""
    labels = {kind.code: str(kind.label) for kind in alert_kinds()}
    lines: dict[tuple, KindLine] = {}
    rows = found.order_by().values_list("kind", "permission", "severity").annotate(n=Count("*"))
    for code, permission, severity, number in rows:
        if (code, permission) not in lines:
            lines[code, permission] = KindLine(code, labels.get(code, code), permission, owners_of(permission))
        lines[code, permission].counts[severity] += number
    return sorted(lines.values(), key=lambda line: ([-n for n in line.counts.values()], line.label))


@dataclass
class MonthDay:
    """A day of the calendar with what is due on it."""

    date: date
    inside: bool
    is_working: bool
    name: str
    alerts: list = field(default_factory=list)


def month_of(found, first: date) -> list[list[MonthDay]]:
    """Weeks of a month from Monday on, each day with the alerts due on it (1 query for alerts)."""
    start = first - timedelta(days=first.weekday())
    after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    end = after - timedelta(days=1)
    end += timedelta(days=6 - end.weekday())
    facts = day_facts(start, end)
    days = {day: MonthDay(day, first <= day < after, fact.is_working, fact.name) for day, fact in facts.items()}
    due = found.filter(due_on__gte=first, due_on__lt=after).select_related("organization").order_by("rank", "pk")
    for alert in due:
        days[alert.due_on].alerts.append(alert)
    every = list(days.values())
    return [every[place : place + 7] for place in range(0, len(every), 7)]
