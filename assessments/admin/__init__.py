"""The yearly assessment in the reading room of the auditors: inputs, runs with their explanations, measures, orders."""

from . import inputs, jobs, runs, schemes

__all__ = ["inputs", "jobs", "runs", "schemes"]
