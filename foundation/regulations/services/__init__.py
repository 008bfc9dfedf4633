"""What other rooms ask of the rulebook."""

from .calendar import add_working_days, day_fact, is_working_day, working_days_between
from .codes import Code, UnknownCodeTable, code_label, codes
from .rulebook import RuleAt, Rulebook, UnknownRule, rulebook

__all__ = [
    "Code",
    "RuleAt",
    "Rulebook",
    "UnknownCodeTable",
    "UnknownRule",
    "add_working_days",
    "code_label",
    "codes",
    "day_fact",
    "is_working_day",
    "rulebook",
    "working_days_between",
]
