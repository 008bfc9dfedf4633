"""The kinds of cases of shelter: pure data; the engine, the buttons and the database triggers read it."""

from .tolerance_case import TOLERANCE, TOLERANCE_STATES

__all__ = ["TOLERANCE", "TOLERANCE_STATES"]
