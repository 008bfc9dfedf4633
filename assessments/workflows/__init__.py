"""The cases of the yearly assessment as tables of states and steps: pure data."""

from .collection import COLLECTION, COLLECTION_STATES, FILLING, RETURNED, SUBMITTED, VERIFIED
from .item import (
    DECIDE,
    ITEM,
    ITEM_APPROVED,
    ITEM_DECLINED,
    ITEM_PROPOSED,
    ITEM_STATES,
    ITEM_WITHDRAWN,
    PROPOSE,
)
from .measure import (
    APPROVED,
    CLOSED,
    DECLINED,
    EXECUTED,
    MANUAL,
    MEASURE,
    PROPOSED,
    REVIEWED,
    STATES,
    WITHDRAWN,
)

__all__ = [
    "APPROVED",
    "CLOSED",
    "COLLECTION",
    "COLLECTION_STATES",
    "DECIDE",
    "DECLINED",
    "EXECUTED",
    "FILLING",
    "ITEM",
    "ITEM_APPROVED",
    "ITEM_DECLINED",
    "ITEM_PROPOSED",
    "ITEM_STATES",
    "ITEM_WITHDRAWN",
    "MANUAL",
    "MEASURE",
    "PROPOSE",
    "PROPOSED",
    "RETURNED",
    "REVIEWED",
    "STATES",
    "SUBMITTED",
    "VERIFIED",
    "WITHDRAWN",
]
