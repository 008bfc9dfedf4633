"""Tables of the yearly assessment."""

from .collections import Collection, FigureRemark
from .inputs import Adjustment, Score, Veto
from .items import Item
from .jobs import RecalculationBatch, RecalculationJob
from .measures import Measure
from .runs import Publication, Run, RunMeasure, RunUnit
from .schemes import Cycle, Indicator, Scheme

__all__ = [
    "Adjustment",
    "Collection",
    "Cycle",
    "FigureRemark",
    "Indicator",
    "Item",
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
