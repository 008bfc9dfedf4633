"""What a staged person's row says, once and in the order of a form: the preview's words for it."""

import re
from datetime import date, timedelta
from typing import Any

from ..import_fields import VALUE_NAMES
from ..rules.partial_dates import DateUnreadable, parse_partial_date

TWICE = {"birth": "birth_text", "party_on": "party_text", "work_on": "work_text"}
"""Days that stand beside the words they were read from: the words are what the file says, the day may be made up."""
WORDS = ("full_education", "full_degree", "service_education", "service_degree")
_PLACES = {name: place for place, name in enumerate(VALUE_NAMES)}
_STORED_DAY = re.compile(r"\d{4}-\d\d(?:-\d\d)?", re.ASCII)


def printed_day(value: date) -> str:
    """1985.07.15; of the first of a month, which stands for a month of which no day is known, the month alone."""
    return f"{value:%Y.%m}" if value.day == 1 else f"{value:%Y.%m.%d}"


def printed_last_day(value: date) -> str:
    """The same of the last day of a spell: the last of a month stands for the month."""
    return f"{value:%Y.%m}" if (value + timedelta(days=1)).day == 1 else f"{value:%Y.%m.%d}"


def printed_words(name: str, text: str) -> str:
    """The words of a date as a form prints them (1985.07); other words as they are."""
    if not name.endswith("_text") or not text:
        return text
    try:
        return parse_partial_date(text).printed
    except DateUnreadable:
        return text


def shown_values(values: dict) -> dict:
    """The values that the preview prints: nothing twice, no day that the file does not state, in the order of a form."""
    left_out = {day for day, text in TWICE.items() if values.get(text)}
    if values.get("unit") and values.get("post") and str(values.get("post_text", "")).endswith(values["post"]):
        left_out.add("post_text")  # the cell that unit and post were read from
    if any(values.get(name) for name in WORDS):
        left_out.add("education")
    names = sorted(values.keys() - left_out, key=lambda name: _PLACES.get(name, len(_PLACES)))
    return {name: _shown(name, values[name]) for name in names}


def _shown(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_shown("", each) for each in value]
    if isinstance(value, dict):
        return {key: _shown(key, each) for key, each in value.items()}
    if not isinstance(value, str):
        return value
    if not _STORED_DAY.fullmatch(value):
        return printed_words(name, value)
    is_made_up = name.endswith("_on") and value.endswith("-01")
    return (value[:7] if is_made_up else value).replace("-", ".")
