"""Forms of the assessment pages: shape only, the rules are asked by the services."""

from .letters import LettersForm
from .measures import MeasureFilter, MeasureStepForm

__all__ = ["LettersForm", "MeasureFilter", "MeasureStepForm"]
