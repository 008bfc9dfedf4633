"""Clearances and inquiries into false accusations as pages show them, and the number of people cleared."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.case_lines import EventLine, StepMark, event_lines
from foundation.casework.flow import Workflow
from foundation.casework.models import Deadline
from foundation.casework.selectors import events_of
from foundation.common.lists import words
from foundation.regulations.services.codes import code_label
from officials.badges import Badge, add_source

from ..choices import AccusationSign, Aggravation
from ..models import Clearance, ClearanceAnnouncement, DecidedEffect, FalseAccusation
from ..workflows.accusation import ACCUSATION, ACCUSATION_STATES
from ..workflows.accusation import PATH as ACCUSATION_PATH
from ..workflows.clearance import BEFORE, CLEARANCE, CLEARANCE_STATES, CLEARED, PATH, REVISITED, STANDING

VIEW, VIEW_ACCUSATION = "tolerance.view_clearance", "tolerance.view_falseaccusation"
CODES = {
    "grounds": "clearance_ground",
    "modes": "clearance_mode",
    "scope": "clearance_scope",
    "spread": "clearance_scope",
    "refusal": "clearance_refusal",
}
"""Columns that hold codes, and their tables."""
WORDS = {"signs": dict(AccusationSign.choices), "aggravations": dict(Aggravation.choices)}
REPORTED = (
    "reported_on",
    "summary",
    "applied_by",
    "applied_on",
    "application",
    "finding",
    "found_on",
    "finding_body",
    "finding_no",
)
HARMED = ("grounds", "routine_only", "harm", "spread")
MEANT = ("modes", "scope", "scope_reason", "text")
AGREED = (
    "section_head", "leader_in_charge", "principal_leader", "approved_on", "approval_no",
    "consent", "consent_on", "consent_by", "consent_how",
)  # fmt: skip
DONE = (
    "cleared_on", "document_no", "late_reason", "remedy", "certificate_no", "certificate_on",
    "refusal", "explained_on", "explained_by", "explanation", "withdrawn_by",
)  # fmt: skip
PARTS = (
    (_("Report and finding"), REPORTED),
    (_("Harm"), HARMED),
    (_("Mode, scope and text"), MEANT),
    (_("Approval and consent"), AGREED),
    (pgettext_lazy("clearance", "Carried out"), DONE),
)
"""What is known of a clearance, by heading."""
ACCUSED = (
    "report_no", "summary", "signs", "evidence", "is_fabricated", "is_intended", "aggravations", "sent_no", "sent_on",
    "approval_level", "approval_body", "approval_no", "approved_on", "handling", "proposed_by_name",
)  # fmt: skip
BOARD = (*BEFORE, CLEARED, REVISITED)
ON_BOARD = 12
"""Cards in a column; the list has the others."""


@dataclass(frozen=True)
class Lane:
    """A column of the board: state, its cases by due day, how many there are."""

    state: str
    label: Any
    cards: list
    count: int


def board_of(cases) -> list[Lane]:
    """Open cases by state, the most urgent first, each with its clock (2 queries)."""
    rows = list(cases.filter(status__in=BOARD).select_related("official", "organization").order_by("pk"))
    due = due_days([row.case_no for row in rows])
    lanes = defaultdict(list)
    for row in rows:
        row.due_on = due.get(row.case_no)
        lanes[row.status].append(row)
    labels = dict(CLEARANCE_STATES)
    return [
        Lane(state, labels[state], sorted(lanes[state], key=_urgency)[:ON_BOARD], len(lanes[state])) for state in BOARD
    ]


def _urgency(row):
    return (row.due_on or date.max, row.case_no)


def due_days(numbers) -> dict[str, date]:
    """Open clocks by case number (1 query)."""
    clocks = Deadline.objects.filter(kind=CLEARANCE.kind, case_no__in=numbers, closed_at__isnull=True)
    return dict(clocks.values_list("case_no", "due_on"))


def parts_of(case: Clearance) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Headings with the lines that are known; headings without any are left out."""
    found = [(label, lines_of(case, names)) for label, names in PARTS]
    return [(label, lines) for label, lines in found if lines]


def lines_of(case, names) -> list[tuple[str, Any]]:
    """Label and words of every column that is filled."""
    return [
        (str(case._meta.get_field(name).verbose_name), words_of(case, name)) for name in names if getattr(case, name)
    ]


def words_of(case, name: str) -> Any:
    """A column in the reader's words."""
    value = getattr(case, name)
    if name in CODES:
        return words(code_label(CODES[name], one) for one in (value if isinstance(value, list) else [value]))
    if name in WORDS:
        return words(WORDS[name].get(one, one) for one in value)
    if value is True:
        return _("yes")
    if case._meta.get_field(name).choices:
        return getattr(case, f"get_{name}_display")()
    return f"{value:%Y.%m.%d}" if isinstance(value, date) else value


def marks_of(case) -> list[StepMark]:
    """Stations of the usual way; where the case left it, those it reached and where it stands (`events_of`)."""
    flow, path, states = _shape(case)
    labels = dict(states)
    reached = {event.to_status for event in events_of(flow, case)}
    if case.status not in path:
        kind = "stopped" if case.status in flow.terminal else "current"
        done = [StepMark(labels[state], "done") for state in path if state in reached]
        return [*done, StepMark(labels[case.status], kind)]
    here, is_over = path.index(case.status), case.status == path[-1]
    kinds = ["done" if n < here or is_over else "current" if n == here else "todo" for n in range(len(path))]
    return [StepMark(labels[state], kind) for state, kind in zip(path, kinds, strict=True)]


def _shape(case) -> tuple[Workflow, tuple, list]:
    if isinstance(case, FalseAccusation):
        return ACCUSATION, ACCUSATION_PATH, ACCUSATION_STATES
    return CLEARANCE, PATH, CLEARANCE_STATES


def timeline_of(case) -> list[EventLine]:
    """The timeline with the workflow's words (`events_of`)."""
    return event_lines(
        _shape(case)[0],
        case,
        open=pgettext_lazy("clearance", "Taken up"),
        announced=_("Clearance announced"),
        certified=_("Certificate of clearance filed"),
    )


def clock_of(case):
    """The open clock of a case, None when none runs (1 query)."""
    clocks = Deadline.objects.filter(kind=_shape(case)[0].kind, case_no=case.case_no, closed_at__isnull=True)
    return clocks.first()


def announcements_of(case: Clearance):
    """Where the clearance was said (1 query)."""
    return ClearanceAnnouncement.objects.system().filter(clearance=case).order_by("sort")


def effects_of(case: Clearance):
    """What the clearance has changed (1 query)."""
    return DecidedEffect.objects.system().of_case(CLEARANCE.kind, case.case_no)


def accusations_about(case: Clearance):
    """Inquiries into false accusations that came up with the clearance (1 query)."""
    found = FalseAccusation.objects.system().filter(source_kind=CLEARANCE.kind, source_no=case.case_no)
    return found.order_by("pk")


def cleared_persons(county, first: date, last: date) -> int:
    """How many people of a county were cleared in a period, both days counted, each person once (1 query)."""
    cases = Clearance.objects.system().filter(organization__path__startswith=county.path)
    return cases.cleared_between(first, last).values("official").distinct().count()


@add_source
def clearance_badges(people, day) -> dict[int, list[Badge]]:
    """People cleared of a report, with the day of the latest clearance (1 query)."""
    rows = Clearance.objects.system().filter(official__in=people, status__in=STANDING, cleared_on__lte=day)
    latest = {row.official_id: row for row in rows.order_by("cleared_on", "pk")}
    return {
        person: [
            Badge(
                "green",
                _("cleared (澄) %(day)s") % {"day": f"{row.cleared_on:%Y.%m.%d}"},
                reverse("clearances:case", args=[row.case_no]),
                VIEW,
            )
        ]
        for person, row in latest.items()
    }
