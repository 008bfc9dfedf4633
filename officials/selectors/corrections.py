"""A correction as a case: stations, timeline, and the fields before and after."""

from django.utils.translation import pgettext_lazy

from foundation.casework.case_lines import EventLine, StepMark, event_lines

from ..choices import Sex, Status
from ..models import Correction, Official
from ..workflows import ASKED, CORRECTION, CORRECTION_STATES, TAKEN

WORDS = {"sex": dict(Sex.choices), "status": dict(Status.choices)}


def correction_events(case: Correction) -> list[EventLine]:
    """The timeline with the workflow's words (1 query)."""
    return event_lines(CORRECTION, case, open=pgettext_lazy("correction", "Asked for"))


def correction_marks(case: Correction) -> list[StepMark]:
    """Stations: asked, then taken over or what ended it."""
    labels = dict(CORRECTION_STATES)
    if case.status == ASKED:
        return [StepMark(labels[ASKED], "current"), StepMark(labels[TAKEN], "todo")]
    ended = "done" if case.status == TAKEN else "stopped"
    return [StepMark(labels[ASKED], "done"), StepMark(labels[case.status], ended)]


def differences(case: Correction) -> list[dict]:
    """What is asked: field, as recorded when it was asked, as it should be."""
    return [
        {
            "label": Official._meta.get_field(item["name"]).verbose_name,
            "old": WORDS.get(item["name"], {}).get(item["old"], item["old"]),
            "new": WORDS.get(item["name"], {}).get(item["new"], item["new"]),
        }
        for item in case.changes
    ]
