"""Supervision in the reading room of the auditors."""

from . import follow_up, handlings, tools

__all__ = ["follow_up", "handlings", "tools"]
