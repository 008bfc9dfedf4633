"""A proposal of reuse as a case: what its page reads besides the conditions."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.case_lines import EventLine, StepMark, event_lines
from foundation.casework.models import Deadline
from foundation.casework.selectors import events_of
from foundation.regulations.services.codes import code_label

from ..choices import ReuseMode
from ..models import Handling, ReuseProposal
from ..rules.reuse import ATTESTED
from ..workflows import REUSE, REUSE_STATES
from ..workflows.reuse import DRAFT, PATH

FACTS = (
    "mode", "post_text", "summary", "own_words", "proposed_by_name", "checked_on", "asked_on", "request_no", "opinion",
    "opinion_on", "opinion_by", "opinion_no", "discussed_on", "minutes_no", "handed_over_on", "reused_on", "document_no",
)  # fmt: skip


LABELS = {"summary": _("grounds of the proposal")}


def with_decision(cases):
    """Proposals with the decision behind them and the day of their open clock (no further query)."""
    decided = Handling.objects.system().filter(case_no=OuterRef("source_no"))
    clock = Deadline.objects.filter(kind=REUSE.kind, case_no=OuterRef("case_no"), closed_at__isnull=True)
    names = ("effective_on", "decided_on", "kind")
    return cases.annotate(
        **{
            name if name == "effective_on" else f"decision_{name}": Subquery(decided.values(name)[:1]) for name in names
        },
        decision_document=Subquery(decided.values("document_no")[:1]),
        due_on=Subquery(clock.values("due_on")[:1]),
        due_estimated=Subquery(clock.values("is_estimated")[:1]),
    )


def marks_of(case: ReuseProposal) -> list[StepMark]:
    """Stations of the usual way; where the case left it, those it reached and where it stands (`events_of`)."""
    labels, events = dict(REUSE_STATES), events_of(REUSE, case)
    path = PATH if not events or events[0].to_status == DRAFT else PATH[-1:]
    if case.status not in path:
        reached = {event.to_status for event in events}
        return [
            *(StepMark(labels[state], "done") for state in path if state in reached),
            StepMark(labels[case.status], "stopped"),
        ]
    here, is_over = path.index(case.status), case.status in REUSE.terminal
    kinds = ["done" if n < here or (is_over and n == here) else "current" if n == here else "todo" for n in range(99)]
    return [StepMark(labels[state], kind) for state, kind in zip(path, kinds, strict=False)]


def lines_of(case: ReuseProposal) -> list[EventLine]:
    """The timeline with the workflow's words (`events_of`)."""
    return event_lines(REUSE, case, open=pgettext_lazy("reuse", "Drafted"))


def facts_lines(case: ReuseProposal) -> list[tuple[Any, Any]]:
    """Label and words of every column that is filled."""
    filled = [name for name in FACTS if getattr(case, name)]
    return [(LABELS.get(name) or case._meta.get_field(name).verbose_name, _words(case, name)) for name in filled]


def _words(case, name: str) -> Any:
    value = getattr(case, name)
    if case._meta.get_field(name).choices:
        return getattr(case, f"get_{name}_display")()
    return f"{value:%Y.%m.%d}" if hasattr(value, "isoformat") else value


def mode_lines(earliest) -> list[dict]:
    """The earliest day of each mode, as the page prints it."""
    return [
        {"mode": one.mode, "label": ReuseMode(one.mode).label, "on": one.on, "is_free": one.is_free} for one in earliest
    ]


def condition_lines(case: ReuseProposal, conditions) -> list[dict]:
    """The conditions with the statement of each, as the page prints them; `conditions` in words."""
    return [
        {
            "number": number,
            "label": code_label("rule_word", one.code),
            "state": one.state,
            "reasons": one.reasons,
            "cite": one.cite,
            "is_attested": one.code in ATTESTED,
            **{name: case.statements.get(one.code, {}).get(name, "") for name in ("text", "evidence")},
        }
        for number, one in enumerate(conditions, start=1)
    ]
