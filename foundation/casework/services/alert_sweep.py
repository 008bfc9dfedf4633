"""The sweep (巡检): finds what is to be seen to, opens and settles alerts accordingly. It reads due days and counts nothing down."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from foundation.audit.services.entries import record
from foundation.common.actors import SystemActor
from foundation.organizations.models import Organization
from foundation.regulations.services.calendar import add_working_days
from foundation.regulations.services.rulebook import Rulebook, rulebook
from foundation.regulations.services.tokens import asked_once

from ..alert_kinds import AlertFact, AlertKind, alert_kinds
from ..models import Alert, AlertStatus
from ..rules.severity import BLUE, SEVERITIES, LeadTimes, severity_of_excess
from .alert_digest import tell_digests

SWEEPER = SystemActor("alerts")
LOCK = 5_105_002  # one sweep at a time: two would find the same new facts
WRITTEN = (
    "organization_id", "person_id", "subject", "params", "severity", "rank", "due_on", "rule_id", "is_estimated",
    "permission", "url",
)  # fmt: skip


@dataclass(frozen=True)
class Narrow:
    """About whom a sweep asks: one person, or one unit with everything under it; neither: everybody."""

    person: int | None = None
    path: str = ""

    def holds(self, alert: Alert, path: str) -> bool:
        """Is the alert about them? `path` is that of its unit."""
        return (self.person is None or alert.person_id == self.person) and path.startswith(self.path)


def grader(kind: AlertKind, day: date, book: Rulebook, leads_of=None) -> Callable[[AlertFact], str | None]:
    """How the facts of a kind get their colour on a day: their own, by the lead times of its rule, or by the excess.

    `leads_of`: lead times that were computed already; kinds that share them count their days once.
    """
    rule = book.get(kind.lead_rule) if kind.lead_rule else None
    if rule is None:
        return lambda fact: fact.severity or None
    if BLUE not in rule.value:
        return lambda fact: fact.severity or severity_of_excess(int(fact.params["over"]), rule.value)
    known = {} if leads_of is None else leads_of
    key = (day, rule.unit, *sorted(rule.value.items()))  # by value: a preview asks with two versions of one rule
    if key not in known:
        known[key] = LeadTimes.of_rule(rule.value, rule.unit, day, lambda start, n: add_working_days(start, n).date)
    leads = known[key]
    return lambda fact: fact.severity or (leads.severity(fact.due_on) if fact.due_on else None)


def as_alert(kind: AlertKind, fact: AlertFact, day: date, book: Rulebook, severity: str) -> Alert:
    """The row that a fact makes, not saved."""
    return Alert(
        kind=kind.code,
        key=f"{kind.code}:{fact.key}",
        is_given=kind.is_given,
        organization_id=fact.organization_id,
        person_id=fact.person,
        subject=fact.subject[:200],
        params=fact.params,
        severity=severity,
        rank=SEVERITIES.index(severity),
        due_on=fact.due_on,
        rule_id=fact.rule_id or next(iter(kind.rule_ids), kind.lead_rule),
        rulebook_version=book.version,
        is_estimated=fact.is_estimated,
        permission=fact.permission or kind.permission,
        url=fact.url,
        raised_on=day,
    )


def found_on(kind: AlertKind, day: date, book: Rulebook, county: Organization) -> dict[str, Alert]:
    """What the kind finds in a county on a day, by key, not saved. What has no colour yet is no alert."""
    grade = grader(kind, day, book, vars(county).setdefault("_leads", {}))
    graded = ((fact, grade(fact)) for fact in kind.find(day, book, county))
    rows = (as_alert(kind, fact, day, book, severity) for fact, severity in graded if severity)
    return {row.key: row for row in rows}


@transaction.atomic
@asked_once()
def sweep(day: date, kinds=None, *, person: int | None = None, organization: Organization | None = None, actor=SWEEPER):
    """Find the facts of the computed kinds (all, or those with the codes `kinds`) in every county and follow them.

    New facts open alerts, changed ones are refreshed, settled ones that came back are open again, alerts whose fact is
    gone are settled, sleepers whose day has come wake up. The same sweep again changes nothing. With `person` or
    `organization` only what is about them is looked at (a service has just changed their record). Returns numbers by what
    was done; one audit entry when anything changed.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    narrow = Narrow(person, organization.path if organization else "")
    asked = [kind for kind in alert_kinds() if not kind.is_given and (kinds is None or kind.code in kinds)]
    done = Counter()
    counties = Organization.objects.system().filter(parent__isnull=True)
    for county in counties.filter(pk=organization.root_id) if organization else counties:
        book, known = rulebook(on=day, jurisdiction=county.code), _known(asked, county)
        for kind in asked:
            done += _follow(found_on(kind, day, book, county), known[kind.code], day, narrow)
    done["woken"] += _wake(day)
    done = +done
    if done:
        record(
            actor=actor,
            action="casework.alerts.swept",
            target_kind="alerts",
            target_no=day.isoformat(),
            data={"kinds": sorted(kind.code for kind in asked), **done},
        )
    if kinds is None and person is None and organization is None:
        tell_digests(day)
    return dict(done)


def _known(kinds, county) -> dict[str, dict[str, Alert]]:
    """Computed alerts that a county has already, by kind and key (1 query)."""
    found = {kind.code: {} for kind in kinds}
    rows = Alert.objects.system().filter(kind__in=found, is_given=False, organization__path__startswith=county.path)
    for alert in rows.select_related("organization"):
        found[alert.kind][alert.key] = alert
    return found


def _follow(found: dict[str, Alert], known: dict[str, Alert], day, narrow: Narrow) -> Counter:
    _drop_others(found, known, narrow)
    new = [row for key, row in found.items() if key not in known]
    Alert.objects.bulk_create(new, batch_size=500)
    changed, back, gone = [], [], []
    for key, alert in known.items():
        fact = found.get(key)
        if fact is None:
            gone += [alert.pk] if alert.status != AlertStatus.SETTLED else []
            continue
        back += [alert.pk] if alert.status == AlertStatus.SETTLED else []
        if alert.status != AlertStatus.CLOSED and _take_over(alert, fact):
            changed.append(alert)
    Alert.objects.bulk_update(changed, [*_columns(), "rulebook_version"], batch_size=500)
    return Counter(opened=len(new), refreshed=len(changed), settled=_settle(gone), reopened=_open_again(back, day))


def _drop_others(found, known, narrow: Narrow):
    """Leave only what the narrow sweep is about."""
    if narrow == Narrow():
        return
    units = {alert.organization_id for alert in found.values()}
    paths = dict(Organization.objects.system().filter(pk__in=units).values_list("pk", "path"))
    for key in [key for key, row in found.items() if not narrow.holds(row, paths[row.organization_id])]:
        del found[key]
    for key in [key for key, row in known.items() if not narrow.holds(row, row.organization.path)]:
        del known[key]


def _columns() -> list[str]:
    return [name.removesuffix("_id") if name == "organization_id" else name for name in WRITTEN]


def _take_over(alert: Alert, fact: Alert) -> bool:
    """Copy what differs; the version of the rulebook alone is no difference."""
    differing = [name for name in WRITTEN if getattr(alert, name) != getattr(fact, name)]
    for name in differing:
        setattr(alert, name, getattr(fact, name))
    if differing:
        alert.rulebook_version = fact.rulebook_version
    return bool(differing)


def _settle(keys) -> int:
    rows = Alert.objects.filter(pk__in=keys).exclude(status=AlertStatus.SETTLED)
    return rows.update(status=AlertStatus.SETTLED)


def _open_again(keys, day) -> int:
    """Back after it was settled: nobody has it, nothing was said of it yet."""
    rows = Alert.objects.filter(pk__in=keys, status=AlertStatus.SETTLED)
    return rows.update(
        status=AlertStatus.OPEN,
        raised_on=day,
        claimed_by_id=None,
        claimed_by_name="",
        snoozed_until=None,
        snooze_reason="",
        closing_text="",
        closed_by_name="",
        closed_at=None,
    )


def _wake(day) -> int:
    rows = Alert.objects.filter(status=AlertStatus.SNOOZED, snoozed_until__lte=day)
    return rows.update(status=AlertStatus.OPEN, snoozed_until=None, snooze_reason="")


@transaction.atomic
def raise_alerts(kind: AlertKind, facts, *, day: date) -> list[Alert]:
    """Open alerts of a given kind: an act of another room asks somebody to do something (part of that act, which records).

    A key that is there already stays as it is. Raises ValueError for a computed kind: the sweep would settle them at once.
    """
    if not kind.is_given:
        raise ValueError(f"{kind.code} is computed: its alerts come from the sweep")
    facts = list(facts)
    units = Organization.objects.system().select_related("jurisdiction")
    counties = {unit.pk: unit.jurisdiction or unit for unit in units.filter(pk__in={f.organization_id for f in facts})}
    rows = []
    for fact in facts:
        book = rulebook(on=day, jurisdiction=counties[fact.organization_id].code)
        severity = grader(kind, day, book)(fact) or BLUE  # what an act asks for is an alert at once, however far off
        rows.append(as_alert(kind, fact, day, book, severity))
    Alert.objects.bulk_create(rows, ignore_conflicts=True)
    return list(Alert.objects.system().filter(key__in=[row.key for row in rows]).order_by("pk"))
