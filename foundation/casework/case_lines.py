"""What the pages of all kinds of cases show: stations and timeline."""

from dataclasses import dataclass

from .flow import Workflow
from .notes import notes
from .selectors import events_of


@dataclass(frozen=True)
class StepMark:
    """One station of the stepper."""

    label: object
    state: str
    note: str = ""


@dataclass(frozen=True)
class EventLine:
    """One line of the timeline."""

    at: object
    actor_name: str
    label: object
    reason: str


def event_lines(flow: Workflow, case, **words) -> list[EventLine]:
    """The timeline of a case with the words of the workflow and of notes; `words` for what is neither, by action (`events_of`)."""
    known = {step.name: step.label for step in flow.steps} | notes() | words
    return [
        EventLine(event.at, event.actor_name, known.get(event.action, event.action), event.reason)
        for event in events_of(flow, case)
    ]
