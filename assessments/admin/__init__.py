"""The yearly assessment in the reading room of the auditors: inputs, runs with their explanations, measures, orders."""

from . import collections, inputs, jobs, publishing, runs, schemes

__all__ = ["collections", "inputs", "jobs", "publishing", "runs", "schemes"]
