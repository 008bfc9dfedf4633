"""Tables of shelter: cases, and effects of decisions as facts for the rooms that read them."""

from .accusations import FalseAccusation
from .assessment_effects import AssessmentEffect
from .cases import ToleranceCase
from .clearances import Clearance, ClearanceAnnouncement
from .decided_effects import DecidedEffect
from .parties import CaseBallot, CaseParty, CasePoint, CaseVerifier

__all__ = [
    "AssessmentEffect",
    "CaseBallot",
    "CaseParty",
    "CasePoint",
    "CaseVerifier",
    "Clearance",
    "ClearanceAnnouncement",
    "DecidedEffect",
    "FalseAccusation",
    "ToleranceCase",
]
