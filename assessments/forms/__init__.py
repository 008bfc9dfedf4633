"""Forms of the assessment pages: shape only, the rules are asked by the services."""

from .appeals import AppealFilter, AppealForm, AppealStepForm
from .collections import BoardFilter, CollectionStepForm, OpenForm, ReleaseForm
from .figures import read_edits
from .items import ItemFilter, ItemForm, ItemStepForm
from .letters import LettersForm
from .measures import MeasureFilter, MeasureStepForm
from .publishing import OpenPreviewForm, PublishRequestForm, RequestStepForm
from .scheme_acts import CopyForm, IssueForm
from .scheme_sheet import BLANK, SchemeSheet

__all__ = [
    "BLANK",
    "AppealFilter",
    "AppealForm",
    "AppealStepForm",
    "BoardFilter",
    "CollectionStepForm",
    "CopyForm",
    "IssueForm",
    "ItemFilter",
    "ItemForm",
    "ItemStepForm",
    "LettersForm",
    "MeasureFilter",
    "MeasureStepForm",
    "OpenForm",
    "OpenPreviewForm",
    "PublishRequestForm",
    "ReleaseForm",
    "RequestStepForm",
    "SchemeSheet",
    "read_edits",
]
