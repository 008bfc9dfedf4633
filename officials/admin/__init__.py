"""The record in the reading room of the auditors. Identity numbers and phones are shown masked, never else."""

from . import lists, people, restrictions, sets

__all__ = ["lists", "people", "restrictions", "sets"]
