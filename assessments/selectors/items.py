"""The proposal of an item as a case: stations and timeline."""

from django.utils.translation import pgettext_lazy

from foundation.casework.case_lines import EventLine, StepMark, event_lines

from ..models import Item
from ..workflows import ITEM, ITEM_APPROVED, ITEM_PROPOSED, ITEM_STATES


def item_events(case: Item) -> list[EventLine]:
    """The timeline with the workflow's words (1 query)."""
    return event_lines(ITEM, case, open=pgettext_lazy("item", "Proposed"))


def item_marks(case: Item) -> list[StepMark]:
    """Stations: proposed, then approved or what ended it."""
    labels = dict(ITEM_STATES)
    if case.status == ITEM_PROPOSED:
        return [StepMark(labels[ITEM_PROPOSED], "current"), StepMark(labels[ITEM_APPROVED], "todo")]
    ended = "done" if case.status == ITEM_APPROVED else "stopped"
    return [StepMark(labels[ITEM_PROPOSED], "done"), StepMark(labels[case.status], ended)]
