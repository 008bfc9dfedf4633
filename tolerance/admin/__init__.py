"""Read-only pages of shelter in the auditors' admin."""

from . import cases, clearances, effects

__all__ = ["cases", "clearances", "effects"]
