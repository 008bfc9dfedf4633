"""Which facts each step of a talk or letter brings: pure data; forms show them, services ask for them and write them."""

from dataclasses import dataclass

from .admonishment import ADMONISHMENT
from .hold import HOLD
from .inquiry import INQUIRY
from .reminder import REMINDER
from .reuse import REUSE
from .revisit import REVISIT
from .talk import TALK

SAID = ("talkers", "recorder", "place", "content")
APPROVAL = ("approved_by", "approved_on", "approval_no")


@dataclass(frozen=True)
class StepFacts:
    """Columns of the case that a step fills.

    `needed`: always; `talk` and `letter`: needed where it is done that way; `more`: as known. `order`: pairs (day, day that
    it may not lie before). `clocked`: the day that the clock of the step judges, with a reason when it is late. `ahead`: days to come, all others have been.
    """

    needed: tuple[str, ...] = ()
    talk: tuple[str, ...] = ()
    letter: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    order: tuple[tuple[str, str], ...] = ()
    clocked: str = ""
    ahead: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All columns, in the order in which a form asks for them."""
        return (*self.needed, *self.talk, *self.letter, *self.more)


STEP_FACTS: dict[str, dict[str, StepFacts]] = {
    REMINDER.kind: {
        "hold": StepFacts(("mode", "held_on"), SAID, ("document_no",)),
        "check": StepFacts(("checked_on", "rectification"), order=(("checked_on", "held_on"),)),
    },
    INQUIRY.kind: {
        "send": StepFacts(("document_no", "held_on", "received_on"), order=(("received_on", "held_on"),)),
        "reply": StepFacts(
            ("replied_on", "reply"),
            more=("unit_opinion", "late_reason"),
            order=(("replied_on", "received_on"),),
            clocked="replied_on",
        ),
    },
    ADMONISHMENT.kind: {
        "approve": StepFacts(APPROVAL),
        "deliver": StepFacts(("mode", "held_on"), SAID, ("document_no",), order=(("held_on", "approved_on"),)),
        "examine": StepFacts(
            ("examined_on", "examination"),
            more=("late_reason",),
            order=(("examined_on", "held_on"),),
            clocked="examined_on",
        ),
        "report": StepFacts(
            ("reported_on", "rectification"),
            more=("late_reason",),
            order=(("reported_on", "examined_on"),),
            clocked="reported_on",
        ),
        "check": StepFacts(("checked_on",), order=(("checked_on", "reported_on"),)),
        "not_corrected": StepFacts(("checked_on", "consequence"), order=(("checked_on", "reported_on"),)),
    },
    TALK.kind: {"hold": StepFacts(("held_on", *SAID))},
    HOLD.kind: {
        "confirm": StepFacts(more=("document_no",)),
        "extend": StepFacts(("review_on",), ahead=("review_on",)),
    },
    REVISIT.kind: {
        "make": StepFacts(
            ("visited_on", "visitors", "talked", "result"),
            more=("heard", "inspected", "helper_name", "suggestion", "next_on"),
            order=(("next_on", "visited_on"),),
            ahead=("next_on",),
        ),
        "move": StepFacts(("planned_on",), ahead=("planned_on",)),
    },
    REUSE.kind: {
        "ask": StepFacts(("asked_on",), more=("request_no",), order=(("asked_on", "checked_on"),)),
        "opine": StepFacts(
            ("opinion", "opinion_on", "opinion_by"), more=("opinion_no",), order=(("opinion_on", "asked_on"),)
        ),
        "agree": StepFacts(("discussed_on",), more=("minutes_no",), order=(("discussed_on", "opinion_on"),)),
    },
}


def facts_of(case, kind: str, step: str) -> StepFacts:
    """The facts of a step of a case.

    An admonishment whose approval was not recorded yet brings it when delivered; a visit within an influence period
    hears the unit, looks at the work and talks (听、察、谈), one after a clearance or tolerance may be a talk alone.
    """
    found = STEP_FACTS.get(kind, {}).get(step, StepFacts())
    if kind == ADMONISHMENT.kind and step == "deliver" and case.approved_on is None:
        return StepFacts((*APPROVAL, *found.needed), found.talk, found.letter, found.more, found.order)
    if kind == REVISIT.kind and step == "make" and case.purpose == "PERIOD":
        needed = ("visited_on", "visitors", "heard", "inspected", "talked", "result")
        return StepFacts(needed, more=("helper_name", "suggestion", "next_on"), order=found.order, ahead=found.ahead)
    return found
