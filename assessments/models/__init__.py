"""Tables of the yearly assessment."""

from .inputs import Adjustment, Score, Veto
from .jobs import RecalculationBatch, RecalculationJob
from .measures import Measure
from .runs import Publication, Run, RunMeasure, RunUnit
from .schemes import Cycle, Indicator, Scheme

__all__ = [
    "Adjustment",
    "Cycle",
    "Indicator",
    "Measure",
    "Publication",
    "RecalculationBatch",
    "RecalculationJob",
    "Run",
    "RunMeasure",
    "RunUnit",
    "Scheme",
    "Score",
    "Veto",
]
