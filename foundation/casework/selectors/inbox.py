"""The inbox: which cases wait for a step that this user may take, and what the user was told."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import CharField, DateField, ExpressionWrapper, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Now
from django.urls import reverse

from foundation.common.counting import count_query
from foundation.common.scoping import Rights, scope_of

from ..alert_kinds import people_shut_for
from ..flow import Workflow
from ..messages import DIGEST, text_of
from ..models import Attachment, CaseEvent, Deadline, Notice
from ..registry import kinds
from .alerts import urgent_alerts


@dataclass(frozen=True)
class InboxRow:
    """One case that waits: what it is, what can be done, by when."""

    kind_label: str
    case_no: str
    title: str
    unit: str
    status_label: str
    steps: tuple[str, ...]
    due_on: date | None
    url: str


def _waiting(user, kind):
    """Query of open cases of a kind in a state that some step of the user's leads out of, and those steps."""
    steps = [s for s in kind.flow.steps if s.waits and not s.automatic and scope_of(user, s.permission)]
    states: dict[tuple, set] = defaultdict(set)
    for step in steps:
        states[step.permission, step.at] |= step.sources
    mine = Q(pk__in=[])
    for (permission, place), sources in states.items():
        mine |= Q(status__in=sources) & scope_of(user, permission).as_q(f"{place}__path")
    query = kind.model.objects.system().filter(mine)
    if kind.waits_before:
        column, days = kind.waits_before
        # the database's own day: the statement that counts is kept longer than one
        begun = ExpressionWrapper(Now() + timedelta(days=days), DateField())
        query = query.filter(**{f"{column}__lte": begun})
    return (query.exclude(**{kind.begun_by: user.pk}) if kind.begun_by else query), steps


def _steps_here(user, steps, case) -> tuple[str, ...]:
    """Labels of the steps that the user may take of a case that waits."""
    return tuple(
        str(step.label)
        for step in steps
        if case.status in step.sources and scope_of(user, step.permission).covers(getattr(case, step.at).path)
    )


def _titled_rows(user, parts, limit) -> list[InboxRow]:
    """Cases whose title stands in a column, of all their kinds at once (1 query)."""
    columns = (
        "case_no",
        "status",
        "clock_due_on",
        "organization__name",
        "organization__short_name",
        "organization__path",
    )
    queries = [
        cases.order_by().values(*columns, flow=Value(kind.flow.kind, CharField()), said_title=F(kind.titled_by))
        for kind, cases, _steps in parts
    ]
    if not queries:
        return []
    known = {kind.flow.kind: (kind, steps) for kind, _cases, steps in parts}
    found = queries[0].union(*queries[1:], all=True).order_by("clock_due_on", "case_no")[:limit]
    return [_titled_row(user, *known[row["flow"]], row) for row in found]


def _titled_row(user, kind, steps, row) -> InboxRow:
    path, status = row["organization__path"], row["status"]
    mine = [step for step in steps if status in step.sources and scope_of(user, step.permission).covers(path)]
    return InboxRow(
        kind_label=str(kind.flow.label),
        case_no=row["case_no"],
        title=row["said_title"],
        unit=row["organization__short_name"] or row["organization__name"],
        status_label=str(dict(kind.model._meta.get_field("status").flatchoices)[status]),
        steps=tuple(str(step.label) for step in mine),
        due_on=row["clock_due_on"],
        url=reverse(kind.url_name, args=[row["case_no"]]),
    )


def waiting_cases(user, limit=200) -> list[InboxRow]:
    """Cases that wait for the user, the most urgent first; the first `limit` of them."""
    rows, titled = [], []
    for kind in kinds():
        query, steps = _waiting(user, kind)
        clocks = Deadline.objects.filter(kind=kind.flow.kind, case_no=OuterRef("case_no"), closed_at__isnull=True)
        cases = query.annotate(clock_due_on=Subquery(clocks.values("due_on")[:1]))
        if kind.titled_by:
            titled.append((kind, cases, steps))
            continue
        cases = cases.select_related("organization", *kind.places(), *kind.named_by)
        rows += [
            InboxRow(
                kind_label=str(kind.flow.label),
                case_no=case.case_no,
                title=getattr(case, "title", str(case)),
                unit=str(case.organization),
                status_label=case.get_status_display(),
                steps=_steps_here(user, steps, case),
                due_on=case.clock_due_on,
                url=reverse(kind.url_name, args=[case.case_no]) if kind.url_name else "",
            )
            for case in cases.order_by(F("clock_due_on").asc(nulls_last=True), "case_no")[:limit]
        ]
    rows += _titled_rows(user, titled, limit)
    return sorted(rows, key=lambda row: (row.due_on or date.max, row.case_no))[:limit]


def waiting_queries(user) -> list:
    """What the number in the top bar counts: open notices, and the cases of each kind that wait for the user."""
    return [notices_for(user), *(_waiting(user, kind)[0] for kind in kinds())]


@dataclass(frozen=True)
class BarCounts:
    """The numbers in the top bar: cases and notices that wait for the user, urgent alerts that the user owns."""

    waiting: int = 0
    alerts: int = 0


def bar_counts(user) -> BarCounts:
    """The numbers in the top bar (1 query; where the account's holder is known, also what finds their kin)."""
    rights = Rights.of(user)
    statement, values = _counting_statement(rights, people_shut_for(user), tuple(kinds()))
    if not statement:
        return BarCounts()
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found = dict(cursor)
    return BarCounts(waiting=sum(found.values()) - found.get(0, 0), alerts=found.get(0, 0))


def waiting_count(user) -> int:
    """How many cases wait for the user and how many notices are open."""
    return bar_counts(user).waiting


@lru_cache(maxsize=1000)
def _counting_statement(rights: Rights, shut: frozenset, _kinds: tuple) -> tuple[str, tuple]:
    """The statement that counts, empty where nothing can wait. Building it takes longer than the database needs for it,

    it stands on every page, and it is the same for the same rights.
    """
    try:
        return count_query([urgent_alerts(rights, shut), *waiting_queries(rights)]).query.sql_with_params()
    except EmptyResultSet:
        return "", ()


def notices_for(user):
    """Open notices addressed to a permission the user holds at the notice's unit."""
    held = defaultdict(list)
    for permission in sorted(user.get_all_permissions()):
        held[scope_of(user, permission)].append(permission)
    mine = Q(pk__in=[])
    for scope, permissions in held.items():
        # a digest is for those to whom the permission was granted at that very unit, not for all who stand above
        granted_at = [*scope.paths, *scope.exact]
        here = ~Q(message=DIGEST) | Q(organization__path__in=granted_at)
        mine |= Q(permission__in=permissions) & scope.as_q("organization__path") & here
    return Notice.objects.system().unresolved().filter(mine).order_by("-created_at")


def notice_rows(user, limit=200) -> list[dict]:
    """The newest notices as the inbox prints them; how many there are in all, `waiting_count` says."""
    return [
        {
            "text": text_of(notice.message, notice.params),
            "severity": notice.severity,
            "unit": str(notice.organization),
            "created_at": notice.created_at,
            "url": notice.url,
        }
        for notice in notices_for(user).select_related("organization")[:limit]
    ]


def timeline(kind: str, case_no: str):
    """Events of a case, the first first."""
    return CaseEvent.objects.filter(kind=kind, case_no=case_no).order_by("seq")


def events_of(flow: Workflow, case) -> list[CaseEvent]:
    """The same as a list (1 query, none where the page that loaded the case has read them: `known_events`)."""
    return list(timeline(flow.kind, case.case_no)) if case.known_events is None else case.known_events


def papers_of(kind: str, case_no: str):
    """Papers of a case that were not withdrawn, with those of its parts, the first first."""
    return Attachment.objects.filter(kind=kind, case_no=case_no, withdrawn_at__isnull=True).order_by("part", "pk")
