"""Read-only pages of shelter in the auditors' admin."""

from . import effects

__all__ = ["effects"]
