"""The kinds of cases of supervision: pure data; the engine, the buttons and the database triggers read it."""

from .admonishment import ADMONISHMENT, ADMONISHMENT_STATES
from .avoidance import CONFLICT, CONFLICT_STATES
from .handling import HANDLING, HANDLING_STATES
from .hold import HOLD, HOLD_STATES
from .inquiry import INQUIRY, INQUIRY_STATES
from .lead import LEAD, LEAD_STATES
from .reminder import REMINDER, REMINDER_STATES
from .reuse import REUSE, REUSE_STATES
from .revisit import REVISIT, REVISIT_STATES
from .talk import TALK, TALK_STATES

__all__ = [
    "ADMONISHMENT",
    "ADMONISHMENT_STATES",
    "CONFLICT",
    "CONFLICT_STATES",
    "HANDLING",
    "HANDLING_STATES",
    "HOLD",
    "HOLD_STATES",
    "INQUIRY",
    "INQUIRY_STATES",
    "LEAD",
    "LEAD_STATES",
    "REMINDER",
    "REMINDER_STATES",
    "REUSE",
    "REUSE_STATES",
    "REVISIT",
    "REVISIT_STATES",
    "TALK",
    "TALK_STATES",
]
