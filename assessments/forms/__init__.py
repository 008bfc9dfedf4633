"""Forms of the assessment pages: shape only, the rules are asked by the services."""

from .collections import BoardFilter, CollectionStepForm, OpenForm, ReleaseForm
from .figures import read_edits
from .items import ItemFilter, ItemForm, ItemStepForm
from .letters import LettersForm
from .measures import MeasureFilter, MeasureStepForm

__all__ = [
    "BoardFilter",
    "CollectionStepForm",
    "ItemFilter",
    "ItemForm",
    "ItemStepForm",
    "LettersForm",
    "MeasureFilter",
    "MeasureStepForm",
    "OpenForm",
    "ReleaseForm",
    "read_edits",
]
