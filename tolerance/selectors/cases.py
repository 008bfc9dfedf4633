"""What pages show of tolerance cases: stations, timeline, facts, board, effects, comparable cases."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.case_lines import EventLine, StepMark, event_lines
from foundation.casework.models import Deadline
from foundation.casework.selectors import events_of
from foundation.common.lists import clauses, words
from foundation.organizations.models import Organization
from foundation.regulations.services.codes import code_label
from officials.models import Official

from ..choices import POINT_TABLES, Answer, Outcome, Vote
from ..models import AssessmentEffect, CaseParty, ToleranceCase
from ..workflows import TOLERANCE, TOLERANCE_STATES
from ..workflows.tolerance_case import CLOSED, DRAFT, PATH

VIEW = "tolerance.view_tolerancecase"
FACTS = (
    "applicant_kind", "event_on", "summary", "loss_yuan", "is_collective", "decision_record", "inquiry_no", "notice_on",
    "applied_on", "late_reason", "accepted_on", "verify_until", "reported_on", "report", "meeting_on", "minutes",
    "body_name", "document_no", "decided_on", "fed_back_on", "announced_scope", "review_asked_on", "review_document_no",
    "correction_plan", "correction_due", "corrected_on", "correction_result", "filed_on", "visited_on", "visitors",
    "visit_finding",
)  # fmt: skip
"""Columns of a case in the order in which they are filled."""
SITUATIONS = {
    "claimed": ("tolerance_exempt", "tolerance_mitigate"),
    "exempting": ("tolerance_exempt",),
    "mitigating": ("tolerance_mitigate",),
    "excluding": ("tolerance_exclude",),
}


def with_due(cases):
    """Cases with the day and the step of their open clock (`due_on`, `due_estimated`; no further query)."""
    clock = Deadline.objects.filter(kind=TOLERANCE.kind, case_no=OuterRef("case_no"), closed_at__isnull=True)
    return cases.annotate(due_on=Subquery(clock.values("due_on")[:1]))


def desk_of(user):
    """Cases that the user may see, what is due first in front, then the newest (1 query when read)."""
    cases = ToleranceCase.objects.visible_to(user, VIEW).select_related("organization")
    return with_due(cases).order_by("due_on", "-opened_on", "-pk")


def marks_of(case: ToleranceCase) -> list[StepMark]:
    """Stations of the usual way; where the case left it, those it reached and where it stands (`events_of`)."""
    labels, reached = dict(TOLERANCE_STATES), {event.to_status for event in events_of(TOLERANCE, case)}
    if case.status not in PATH:
        kind = "stopped" if case.status in TOLERANCE.terminal else "current"
        return [
            *(StepMark(labels[state], "done") for state in PATH if state in reached),
            StepMark(labels[case.status], kind),
        ]
    here, is_over = PATH.index(case.status), case.status == CLOSED
    kinds = ["done" if n < here or (is_over and n == here) else "current" if n == here else "todo" for n in range(99)]
    return [StepMark(labels[state], kind) for state, kind in zip(PATH, kinds, strict=False)]


def lines_of(case: ToleranceCase) -> list[EventLine]:
    """The timeline with the workflow's words (`events_of`)."""
    return event_lines(TOLERANCE, case, open=pgettext_lazy("tolerance", "Application drafted"))


def facts_lines(case: ToleranceCase) -> list[tuple[Any, Any]]:
    """Label and words of every column that is filled."""
    found = [(case._meta.get_field(name).verbose_name, _words(case, name)) for name in FACTS if getattr(case, name)]
    if case.years:
        found.insert(1, (case._meta.get_field("years").verbose_name, words(case.years)))
    return found


def situation_lines(case: ToleranceCase) -> list[tuple[Any, str]]:
    """Situations claimed and found, in words."""
    return [
        (
            case._meta.get_field(name).verbose_name,
            clauses(f"{one} {_label(tables, one)}" for one in getattr(case, name)),
        )
        for name, tables in SITUATIONS.items()
        if getattr(case, name)
    ]


def _label(tables, code: str) -> str:
    labels = (code_label(table, code) for table in tables)
    return next((label for label in labels if label != code), code)


def _words(case, name: str) -> Any:
    value = getattr(case, name)
    if case._meta.get_field(name).choices:
        return getattr(case, f"get_{name}_display")()
    if value is True:
        return _("yes")
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    return f"{value:%Y.%m.%d}" if hasattr(value, "isoformat") else value


def point_lines(case: ToleranceCase) -> list[dict]:
    """Conditions, distinctions, factors with answers and evidence, in words (`with_parts`)."""
    answers = dict(Answer.choices)
    against = (Answer.NO, Answer.INTOLERABLE, Answer.ADVERSE)
    return [
        row
        | {
            "group": POINT_TABLES[row["table"]],
            "label": code_label(row["table"], row["code"]),
            "stated": answers.get(row["stated"], ""),
            "found": answers.get(row["found"], ""),
            "is_against": row["found"] in against,
        }
        for row in case.point_rows
        if row["stated"] or row["found"]
    ]


def ballot_lines(case: ToleranceCase) -> list[dict]:
    """Votes in words (`with_parts`)."""
    words = dict(Vote.choices)
    return [row | {"vote": words[row["vote"]]} for row in case.ballot_rows]


def effect_lines(case: ToleranceCase) -> list[dict]:
    """Planned, applied and reversed effects with their days (`with_parts`)."""
    days = ("applied", "reversed")
    return [row | {name: date.fromisoformat(row[name]) for name in days if row[name]} for row in case.effect_rows]


def imported_effects(case: ToleranceCase) -> list[AssessmentEffect]:
    """Effects that came in by a file under the case's former number (1 query where it has one)."""
    if not case.file_no:
        return []
    return list(AssessmentEffect.objects.system().filter(case_no=case.file_no).select_related("organization"))


def previews_of(case: ToleranceCase) -> list[dict]:
    """Preview runs that followed the decision or its reversal, as the events keep them (`events_of`)."""
    return [run for event in events_of(TOLERANCE, case) for run in event.data.get("previews", ())]


def comparable_cases(case: ToleranceCase, most: int = 5) -> list[ToleranceCase]:
    """Decided cases with the same situations, the newest first: for the draft, without names (1 query)."""
    named = [*case.exempting, *case.mitigating, *case.excluding] or list(case.claimed)
    alike = Q(exempting__overlap=named) | Q(mitigating__overlap=named) | Q(excluding__overlap=named)
    rows = ToleranceCase.objects.system().filter(alike).exclude(outcome="").exclude(pk=case.pk)
    county = (case.organization.jurisdiction or case.organization).path
    return list(rows.filter(organization__path__startswith=county).order_by("-decided_on", "-pk")[:most])


BOARD = tuple(state for state in PATH if state != CLOSED)


def board_of(cases) -> list[tuple[Any, list[ToleranceCase]]]:
    """Columns of the board: each station with its cases, as given (1 query)."""
    found = defaultdict(list)
    for case in cases.filter(status__in=[*BOARD, DRAFT, "under_review"])[:300]:
        found[case.status].append(case)
    labels = dict(TOLERANCE_STATES)
    return [(labels[state], found[state]) for state in (DRAFT, *BOARD[:6], "under_review", *BOARD[6:])]


@dataclass(frozen=True)
class Figures:
    """Counts of a period for the published figures: distinct units and officials, and counts by situation, unit and outcome."""

    units: int
    officials: int
    by_outcome: list[tuple[str, str, int]]
    by_situation: list[tuple[str, str, int]]
    by_unit: list[tuple[str, int]]


def figures_of(cases, first: date, last: date) -> Figures:
    """Counted from the cases: decided in the period, sheltered, not reversed (3 queries). `cases`: those of the reader's scope."""
    decided = cases.order_by().filter(decided_on__range=(first, last)).exclude(status="reversed")
    rows = list(decided.values_list("outcome", "exempting", "mitigating", "excluding", "organization__name"))
    sheltered = decided.filter(outcome__in=[Outcome.EXEMPT, Outcome.MITIGATED])
    parties = sheltered.filter(parties__isnull=False).values_list("parties__unit", "parties__official")
    pairs = list(parties)
    outcomes = Counter(outcome for outcome, *_rest in rows)
    situations = Counter(code for _outcome, *lists, _unit in rows for codes in lists for code in codes)
    units = Counter(unit for *_rest, unit in rows)
    tables = tuple(table for names in SITUATIONS.values() for table in names)
    return Figures(
        units=len({unit for unit, _official in pairs if unit}),
        officials=len({official for _unit, official in pairs if official}),
        by_outcome=[(value, label, outcomes[value]) for value, label in Outcome.choices if outcomes[value]],
        by_situation=[(code, _label(tables, code), number) for code, number in sorted(situations.items())],
        by_unit=units.most_common(),
    )


SHELTERED = {"units": ("unit", Organization, "path"), "officials": ("official", Official, "org_path")}
"""Whom a decision can shelter: the column of the party, its model, the order of its list."""


def sheltered(who: str, cases, first: date, last: date):
    """The different units or officials (key of `SHELTERED`) whom cases decided in the period shelter; `cases` as above.

    Nothing is read yet: whoever counts and whoever lists ask the same.
    """
    column, model, order = SHELTERED[who]
    decided = cases.order_by().decided(first, last).values("pk")
    parties = CaseParty.objects.system().filter(case__in=decided, **{f"{column}__isnull": False})
    return model.objects.system().filter(pk__in=parties.values(column)).order_by(order, "pk")


def sheltering_cases(who: str, found, cases, first: date, last: date) -> list[tuple[Any, list[ToleranceCase]]]:
    """Each of the units or officials `found` with the cases that shelter them, the newest first (1 query)."""
    column, *_rest = SHELTERED[who]
    decided = cases.order_by().decided(first, last).values("pk")
    parties = CaseParty.objects.system().filter(case__in=decided, **{f"{column}__in": [one.pk for one in found]})
    by_party = defaultdict(list)
    for party in parties.select_related("case").order_by("-case__decided_on", "-case_id"):
        by_party[getattr(party, f"{column}_id")].append(party.case)
    return [(one, by_party[one.pk]) for one in found]
