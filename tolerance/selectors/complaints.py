"""Reports from the public and requests to see who made them, as pages show them; never who made one."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.case_lines import EventLine, StepMark, event_lines
from foundation.casework.selectors import events_of
from foundation.common.scoping import scope_of
from officials.models import Official, Restriction
from officials.querysets import shut_files

from ..models import Clearance, Complaint, FalseAccusation, IdentityRequest
from ..workflows.accusation import ACCUSATION_STATES
from ..workflows.clearance import CLEARANCE_STATES
from ..workflows.complaint import COMPLAINT, COMPLAINT_STATES, PATH, VIEW
from ..workflows.identity import IDENTITY, IDENTITY_STATES
from ..workflows.identity import PATH as IDENTITY_PATH
from .clearances import lines_of

CAME = ("received_on", "channel", "owner", "matter")
WENT = (
    "accepted_on", "acceptance_told_on", "is_extended", "forwarded_on", "forwarded_to", "forward_no", "concluded_on",
    "finding", "conclusion", "result_told_on", "review_asked_on", "review_answered_on", "late_reason",
)  # fmt: skip
REPORT = "tolerance.report"
"""`source_kind` of holds and clearances that follow from a report."""


def is_concerned(actor, complaint: Complaint) -> bool:
    """Is the report about the actor or somebody related to the actor (回避)? At most 4 queries."""
    shut = shut_files(Official, actor)
    return bool(shut) and complaint.subjects.filter(official__in=shut).exists()


def complaint_numbered(user, number: str) -> Complaint | None:
    """The report with this number that the user may see; None for an empty number (1 query)."""
    if not number or not scope_of(user, VIEW):
        return None
    return Complaint.objects.visible_to(user, VIEW).filter(number=number).first()


def facts_of(complaint: Complaint) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Headings with the lines that are known."""
    went = [name for name in WENT if name != "finding" or complaint.concluded_on]
    found = [
        (pgettext_lazy("report", "What came"), lines_of(complaint, CAME)),
        (pgettext_lazy("report", "What was done"), lines_of(complaint, went)),
    ]
    return [(label, lines) for label, lines in found if lines]


@dataclass(frozen=True)
class Follower:
    """A case that names a report by its number."""

    address: str
    case_no: str
    name: str
    status: str
    get_status_display: Any


FOLLOWING = (
    (Clearance, "tolerance.view_clearance", "source_no", "clearances:case", dict(CLEARANCE_STATES)),
    (FalseAccusation, "tolerance.view_falseaccusation", "report_no", "clearances:accusation", dict(ACCUSATION_STATES)),
)


def followers_of(user, complaint: Complaint) -> list[Follower]:
    """Clearances and inquiries that name the report, as far as the user may see them (1 query)."""
    rows, labels = [], {}
    for model, perm, column, address, states in FOLLOWING:
        labels[address] = states
        if scope_of(user, perm):
            found = model.objects.visible_to(user, perm).filter(**{column: complaint.number}).order_by()
            rows.append(found.values_list(Value(address, CharField()), "case_no", "official__name", "status"))
    every = rows[0].union(*rows[1:], all=True) if rows else ()
    return [Follower(*row, labels[row[0]][row[3]]) for row in sorted(every)]


def holds_of(user, number: str, people) -> list[Restriction]:
    """Holds of these people that were set for the report, as far as the user may see restrictions (1 query)."""
    perm = "officials.view_restriction"
    if not people or not scope_of(user, perm):
        return []
    rows = Restriction.objects.system().filter(source_kind=REPORT, source_no=number, official__in=people)
    return list(rows.select_related("official").order_by("pk"))


def requests_about(complaint: Complaint) -> list[IdentityRequest]:
    """All requests to see who made the report, the newest first, refused ones too (1 query)."""
    return list(IdentityRequest.objects.system().filter(complaint=complaint).order_by("-pk"))


def marks_of(case) -> list[StepMark]:
    """Stations of the usual way; where the case left it, those it reached and where it stands (`events_of`)."""
    is_report = isinstance(case, Complaint)
    flow, path = (COMPLAINT, PATH) if is_report else (IDENTITY, IDENTITY_PATH)
    labels = dict(COMPLAINT_STATES if is_report else IDENTITY_STATES)
    if case.status not in path:
        reached = {event.to_status for event in events_of(flow, case)}
        done = [StepMark(labels[state], "done") for state in path if state in reached]
        return [*done, StepMark(labels[case.status], "stopped" if case.status in flow.terminal else "current")]
    here, is_over = path.index(case.status), case.status == path[-1]
    kinds = ["done" if n < here or is_over else "current" if n == here else "todo" for n in range(len(path))]
    return [StepMark(labels[state], kind) for state, kind in zip(path, kinds, strict=True)]


def timeline_of(case) -> list[EventLine]:
    """The timeline with the workflow's words (`events_of`)."""
    is_report = isinstance(case, Complaint)
    begun = _("Report registered") if is_report else _("Asked to see who reported")
    return event_lines(COMPLAINT if is_report else IDENTITY, case, open=begun)
