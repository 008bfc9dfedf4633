"""Read-only pages of shelter in the auditors' admin."""

from . import cases, clearances, complaints, effects, filings

__all__ = ["cases", "clearances", "complaints", "effects", "filings"]
