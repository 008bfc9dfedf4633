"""Read models of the assessment pages: each joins what one page shows, with a fixed number of queries."""

from .cycles import VIEW, category_cards, category_tabs, cycle_rows, cycles_for, refusal_lines, shown_run
from .measures import candidates_of, deadline_of, measure_events, measure_steps, nameable
from .reach import effects_of
from .results import (
    bottom_rows,
    difference_rows,
    explained,
    history_of,
    last_without_bottom,
    liable_of,
    ranking_rows,
)

__all__ = [
    "VIEW",
    "bottom_rows",
    "candidates_of",
    "category_cards",
    "category_tabs",
    "cycle_rows",
    "cycles_for",
    "deadline_of",
    "difference_rows",
    "effects_of",
    "explained",
    "history_of",
    "last_without_bottom",
    "liable_of",
    "measure_events",
    "measure_steps",
    "nameable",
    "ranking_rows",
    "refusal_lines",
    "shown_run",
]
