"""Supervision in the reading room of the auditors."""

from . import follow_up, handlings

__all__ = ["follow_up", "handlings"]
