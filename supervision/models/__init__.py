"""Tables of supervision: handlings and sanctions, the tools of daily supervision, follow-up, personal matters, avoidance."""

from .avoidance import RelationConflict
from .follow_up import AdjustmentLead, Hold, Revisit
from .handlings import Handling
from .matters import MatterCheck, MatterDraw, MatterReport
from .reuses import ReuseProposal
from .talk_templates import TalkTemplate
from .talks import Talk, TalkIssue
from .tools import Admonishment, Inquiry, Reminder

__all__ = [
    "AdjustmentLead",
    "Admonishment",
    "Handling",
    "Hold",
    "Inquiry",
    "MatterCheck",
    "MatterDraw",
    "MatterReport",
    "RelationConflict",
    "Reminder",
    "ReuseProposal",
    "Revisit",
    "Talk",
    "TalkIssue",
    "TalkTemplate",
]
