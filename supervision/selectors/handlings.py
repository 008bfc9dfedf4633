"""A handling as a case: stations, timeline, what it restricts; who is in which period."""

from django.utils.translation import pgettext_lazy

from foundation.casework.case_lines import EventLine, StepMark, event_lines
from officials.models import RatingConstraint, Restriction
from officials.selectors.restrictions import lines_of_rows

from ..models import Handling
from ..workflows import HANDLING, HANDLING_STATES
from ..workflows.handling import ENTERED, IN_FORCE, LIFTED, SHELTERED


def handling_events(case: Handling) -> list[EventLine]:
    """The timeline with the workflow's words (1 query)."""
    return event_lines(HANDLING, case, open=pgettext_lazy("handling", "Entered"))


def handling_marks(case: Handling) -> list[StepMark]:
    """Stations: entered, in force, lifted; or what ended it otherwise."""
    labels, way = dict(HANDLING_STATES), [ENTERED, IN_FORCE, LIFTED]
    if case.status not in way:
        return [StepMark(labels[ENTERED], "done"), StepMark(labels[case.status], "stopped")]
    here = way.index(case.status)
    return [
        StepMark(labels[state], "done" if place < here else "current" if place == here else "todo")
        for place, state in enumerate(way)
    ]


def restrictions_of(case: Handling, day):
    """What the decision restricts, as the record prints it (1 query, none before it is confirmed); the case keeps the rows."""
    rows = Restriction.objects.system().of_decision(HANDLING.kind, case.case_no).order_by("starts_on", "pk")
    case.known_restrictions = [] if case.status in (ENTERED, SHELTERED) else list(rows)
    return lines_of_rows(case.known_restrictions, day)


def bounds_of(case: Handling):
    """Bounds on ratings that the decision made (1 query, none before it is confirmed)."""
    if case.status in (ENTERED, SHELTERED):
        return RatingConstraint.objects.none()
    return RatingConstraint.objects.system().of_decision(HANDLING.kind, case.case_no).order_by("year")
