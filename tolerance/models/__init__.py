"""Tables of shelter: effects of decisions, as facts for the rooms that read them."""

from .assessment_effects import AssessmentEffect
from .decided_effects import DecidedEffect

__all__ = ["AssessmentEffect", "DecidedEffect"]
