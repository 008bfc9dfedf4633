"""Read models of the assessment pages: each joins what one page shows, with a fixed number of queries."""

from .appeals import (
    VIEW_APPEAL,
    appeal_deadline,
    appeal_events,
    appeal_steps,
    appeals_for,
    current_opening,
    objectionable,
    open_appeal_lines,
    opening_of,
)
from .bottom import BottomPage, bottom_page, ladder_rungs
from .compare import FEWEST, MOST, choices_of, group_lines, indicator_lines, several_categories
from .county import CountyYear, county_year
from .county_cases import case_counts, measure_states
from .county_tiles import YearFacts, county_tiles
from .cycles import VIEW, category_cards, cycle_rows, cycles_for, refusal_lines, shown_run
from .differences import difference_page
from .gaps import gaps_of
from .heat import columns_of, heat_legend, heat_rows, measured_of
from .liable import liable_of
from .measures import candidates_of, deadline_of, measure_events, measure_steps, nameable, result_of
from .points import CategoryPoints, points_of, points_of_units
from .publishing import VIEW_REQUEST, appeals_in, base_of, objections, request_events
from .reach import effects_of
from .results import explained, ranking_rows
from .run_story import appeal_counts, base_in, is_window_running, line_of, next_act, run_stations, story_of
from .schemes import amendment_lines, cycles_with_schemes, department_names, scheme_lines
from .tracker import tracked_measures
from .years import history_of, switches, years_of_unit, years_of_units

__all__ = [
    "FEWEST",
    "MOST",
    "VIEW",
    "VIEW_APPEAL",
    "VIEW_REQUEST",
    "BottomPage",
    "CategoryPoints",
    "CountyYear",
    "YearFacts",
    "amendment_lines",
    "appeal_counts",
    "appeal_deadline",
    "appeal_events",
    "appeal_steps",
    "appeals_for",
    "appeals_in",
    "base_in",
    "base_of",
    "bottom_page",
    "candidates_of",
    "case_counts",
    "category_cards",
    "choices_of",
    "columns_of",
    "county_tiles",
    "county_year",
    "current_opening",
    "cycle_rows",
    "cycles_for",
    "cycles_with_schemes",
    "deadline_of",
    "department_names",
    "difference_page",
    "effects_of",
    "explained",
    "gaps_of",
    "group_lines",
    "heat_legend",
    "heat_rows",
    "history_of",
    "indicator_lines",
    "is_window_running",
    "ladder_rungs",
    "liable_of",
    "line_of",
    "measure_events",
    "measure_states",
    "measure_steps",
    "measured_of",
    "nameable",
    "next_act",
    "objectionable",
    "objections",
    "open_appeal_lines",
    "opening_of",
    "points_of",
    "points_of_units",
    "ranking_rows",
    "refusal_lines",
    "request_events",
    "result_of",
    "run_stations",
    "scheme_lines",
    "several_categories",
    "shown_run",
    "story_of",
    "switches",
    "tracked_measures",
    "years_of_unit",
    "years_of_units",
]
