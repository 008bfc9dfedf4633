"""Tables of the yearly assessment."""

from .amendments import SchemeAmendment
from .appeals import Appeal
from .collections import Collection, FigureRemark
from .inputs import Adjustment, Score, Veto
from .items import Item
from .jobs import RecalculationBatch, RecalculationJob
from .measures import Measure
from .openings import Opening
from .publish_requests import PublishRequest
from .runs import Publication, Run, RunMeasure, RunScheme, RunUnit
from .schemes import Cycle, Indicator, Scheme

__all__ = [
    "Adjustment",
    "Appeal",
    "Collection",
    "Cycle",
    "FigureRemark",
    "Indicator",
    "Item",
    "Measure",
    "Opening",
    "Publication",
    "PublishRequest",
    "RecalculationBatch",
    "RecalculationJob",
    "Run",
    "RunMeasure",
    "RunScheme",
    "RunUnit",
    "Scheme",
    "SchemeAmendment",
    "Score",
    "Veto",
]
