"""Tables of shelter: cases, and effects of decisions as facts for the rooms that read them."""

from .assessment_effects import AssessmentEffect
from .cases import ToleranceCase
from .decided_effects import DecidedEffect
from .parties import CaseBallot, CaseParty, CasePoint, CaseVerifier

__all__ = [
    "AssessmentEffect",
    "CaseBallot",
    "CaseParty",
    "CasePoint",
    "CaseVerifier",
    "DecidedEffect",
    "ToleranceCase",
]
