"""Tables of shelter: cases, effects of decisions as facts for the rooms that read them, reports and who made them."""

from .accusations import FalseAccusation
from .assessment_effects import AssessmentEffect
from .cases import ToleranceCase
from .clearances import Clearance, ClearanceAnnouncement
from .complaints import Complaint, ComplaintSubject
from .decided_effects import DecidedEffect
from .filings import PriorFiling
from .identities import IdentityMark, IdentityRequest, ReporterIdentity
from .parties import CaseBallot, CaseParty, CasePoint, CaseVerifier

__all__ = [
    "AssessmentEffect",
    "CaseBallot",
    "CaseParty",
    "CasePoint",
    "CaseVerifier",
    "Clearance",
    "ClearanceAnnouncement",
    "Complaint",
    "ComplaintSubject",
    "DecidedEffect",
    "FalseAccusation",
    "IdentityMark",
    "IdentityRequest",
    "PriorFiling",
    "ReporterIdentity",
    "ToleranceCase",
]
