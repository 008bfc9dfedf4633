"""What cases keep as codes, in the reader's words: kinds, states, steps, degrees."""

from django.utils.translation import pgettext_lazy

from foundation.common.templatetags.ui import BADGES

from .notes import notes
from .registry import kind_named, kinds

BEGINNING = pgettext_lazy("case", "begun")


def kind_word(kind: str) -> str:
    """Name of a kind of case; the code itself where no room registers it any more."""
    found = kind_named(kind)
    return str(found.flow.label) if found else kind


def state_word(kind: str, state: str) -> str:
    """Name of a state of a kind of case."""
    found = kind_named(kind)
    words = dict(found.model._meta.get_field("status").flatchoices) if found else {}
    return str(words.get(state, state))


def step_word(kind: str, step: str) -> str:
    """Name of a step of a kind of case, or of what was noted about one."""
    found = kind_named(kind)
    taken = found.flow.step(step) if found else None
    if taken:
        return str(taken.label)
    return str(BEGINNING) if step == "open" else str(notes().get(step, step))


def any_step_word(step: str) -> str:
    """Name of a step that several kinds of cases may have, each name once; or of what is noted about cases."""
    if step == "open":
        return str(BEGINNING)
    if step in notes():
        return str(notes()[step])
    words = [str(taken.label) for kind in kinds() if (taken := kind.flow.step(step))]
    return " / ".join(dict.fromkeys(words)) or step


def degree_word(severity: str) -> str:
    """Name of a degree."""
    return str(BADGES[severity][1]) if severity in BADGES else severity
