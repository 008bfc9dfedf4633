"""Read models of the assessment pages: each joins what one page shows, with a fixed number of queries."""

from .appeals import (
    VIEW_APPEAL,
    appeal_deadline,
    appeal_events,
    appeal_steps,
    appeals_for,
    current_opening,
    objectionable,
    opening_of,
)
from .cycles import VIEW, category_cards, category_tabs, cycle_rows, cycles_for, refusal_lines, shown_run
from .differences import difference_page
from .measures import candidates_of, deadline_of, measure_events, measure_steps, nameable
from .publishing import VIEW_REQUEST, objections, request_events, visible_base
from .reach import effects_of
from .results import (
    bottom_rows,
    explained,
    history_of,
    last_without_bottom,
    liable_of,
    ranking_rows,
)
from .run_story import appeal_counts, base_in, line_of, next_act, run_stations, story_of

__all__ = [
    "VIEW",
    "VIEW_APPEAL",
    "VIEW_REQUEST",
    "appeal_counts",
    "appeal_deadline",
    "appeal_events",
    "appeal_steps",
    "appeals_for",
    "base_in",
    "bottom_rows",
    "candidates_of",
    "category_cards",
    "category_tabs",
    "current_opening",
    "cycle_rows",
    "cycles_for",
    "deadline_of",
    "difference_page",
    "effects_of",
    "explained",
    "history_of",
    "last_without_bottom",
    "liable_of",
    "line_of",
    "measure_events",
    "measure_steps",
    "nameable",
    "next_act",
    "objectionable",
    "objections",
    "opening_of",
    "ranking_rows",
    "refusal_lines",
    "request_events",
    "run_stations",
    "shown_run",
    "story_of",
    "visible_base",
]
