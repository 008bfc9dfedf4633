"""Forms of the assessment pages: shape only, the rules are asked by the services."""

from .measures import MeasureFilter, MeasureStepForm

__all__ = ["MeasureFilter", "MeasureStepForm"]
