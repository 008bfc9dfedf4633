"""A conflict of avoidance as its page shows it: people with their posts, how the relation is known, stations, timeline."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from foundation.casework.case_lines import EventLine, StepMark, event_lines
from foundation.casework.selectors import events_of
from foundation.regulations.services.codes import code_label

from ..models import RelationConflict
from ..rules.kin_links import NUMBER
from ..workflows import CONFLICT, CONFLICT_STATES
from ..workflows.avoidance import DECIDED, EXCEPTED, FOUND, GONE, RESOLVED

WAY = {
    FOUND: (FOUND, DECIDED, RESOLVED),
    DECIDED: (FOUND, DECIDED, RESOLVED),
    RESOLVED: (FOUND, DECIDED, RESOLVED),
    EXCEPTED: (FOUND, EXCEPTED),
    GONE: (FOUND, GONE),
}


def conflict_marks(case: RelationConflict) -> list[StepMark]:
    """Stations of the way that the case takes."""
    labels, way = dict(CONFLICT_STATES), WAY[case.status]
    here, is_over = way.index(case.status), case.status in CONFLICT.terminal
    kinds = ["done" if place < here or is_over else "current" if place == here else "todo" for place in range(len(way))]
    return [StepMark(labels[state], kind) for state, kind in zip(way, kinds, strict=True)]


def conflict_events(case: RelationConflict) -> list[EventLine]:
    """The timeline with the workflow's words (`events_of`)."""
    case.known_events = events_of(CONFLICT, case)
    return event_lines(CONFLICT, case, open=pgettext_lazy("conflict", "Found"))


def relation_words(case: RelationConflict) -> list[str]:
    """How the relation is known, in sentences: the set, what which list says, by what the person was recognised."""
    link = case.facts.get("link")
    if not link:
        return []
    words = [code_label("avoidance_relation", case.relation)] if case.relation else []
    names = {"person": link["person"], "other": link["other"], "via": link["via"]}
    if link["via"]:
        both = names | {"label": link["label"], "other_label": link["other_label"]}
        words.append(
            _("%(via)s stands in both family lists: %(person)s calls this person %(label)s, %(other)s %(other_label)s.")
            % both
        )
    else:
        words.append(
            _("In the family list of %(person)s, %(other)s is: %(label)s.") % (names | {"label": link["label"]})
        )
    words.append(
        _("Recognised by identity number.")
        if link["matched_by"] == NUMBER
        else _("Recognised by name and month of birth. Check that it is the same person.")
    )
    return words
