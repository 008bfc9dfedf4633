"""Read-only pages of shelter in the auditors' admin."""

from . import cases, effects

__all__ = ["cases", "effects"]
