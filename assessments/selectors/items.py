"""The proposal of an item as a case: stations and timeline."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.selectors import timeline

from ..models import Item
from ..workflows import ITEM, ITEM_APPROVED, ITEM_PROPOSED, ITEM_STATES
from .measures import EventLine, StepMark


def item_events(case: Item) -> list[EventLine]:
    """The timeline with the workflow's words (1 query)."""
    words = {step.name: step.label for step in ITEM.steps} | {
        "open": pgettext_lazy("item", "Proposed"),
        "paper_added": _("Paper added"),
        "paper_withdrawn": _("Paper withdrawn"),
    }
    return [
        EventLine(event.at, event.actor_name, words.get(event.action, event.action), event.reason)
        for event in timeline(ITEM.kind, case.case_no)
    ]


def item_marks(case: Item) -> list[StepMark]:
    """Stations: proposed, then approved or what ended it."""
    labels = dict(ITEM_STATES)
    if case.status == ITEM_PROPOSED:
        return [StepMark(labels[ITEM_PROPOSED], "current"), StepMark(labels[ITEM_APPROVED], "todo")]
    ended = "done" if case.status == ITEM_APPROVED else "stopped"
    return [StepMark(labels[ITEM_PROPOSED], "done"), StepMark(labels[case.status], ended)]
