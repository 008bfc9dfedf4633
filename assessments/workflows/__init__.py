"""The cases of the yearly assessment as tables of states and steps: pure data."""

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
    "DECLINED",
    "EXECUTED",
    "MANUAL",
    "MEASURE",
    "PROPOSED",
    "REVIEWED",
    "STATES",
    "WITHDRAWN",
]
