"""What is read from the texts of a record: days from dates as papers write them, search keys from the name."""

from datetime import date

from ..models import Official
from ..rules.identity_number import birth_day
from ..rules.partial_dates import DateUnreadable, PartialDate, parse_partial_date
from ..rules.party_joining import parse_party_joining
from .people import name_values

# Text of a record → the day read from it.
DAYS = {"birth_text": "birth_on", "work_text": "work_on"}


def _read(text: str) -> PartialDate | None:
    try:
        return parse_partial_date(text) if text else None
    except DateUnreadable:
        return None


def first_day(text: str) -> date | None:
    """The first day that a written date may mean; None for an empty or unreadable one."""
    read = _read(text)
    return read.first_day if read else None


def stored_date(text: str) -> str:
    """A written date as it is stored, with what it leaves open; empty for an empty or unreadable one."""
    read = _read(text)
    return read.storage if read else ""


def party_day(text: str) -> date | None:
    """The day on which the person joined the Communist Party, as far as the text tells; None when it tells none."""
    joined = parse_party_joining(text).joined
    return joined.first_day if joined else None


def read_values(values: dict, number: str = "") -> dict:
    """The values with everything that is read from them. The birth date takes its day from the number when months agree."""
    found = dict(values)
    if "name" in values:
        found |= name_values(values["name"], number[-4:])
    for text, day in DAYS.items():
        if text in values:
            found[day] = first_day(values[text])
    if "party_text" in values:
        found["party_on"] = party_day(values["party_text"])
    stated = birth_day(number) if len(number) == 18 else None
    if stated and "birth_text" in values and (not found["birth_on"] or _same_month(found["birth_on"], stated)):
        found["birth_on"] = stated
    return found


def _same_month(one: date, other: date) -> bool:
    return (one.year, one.month) == (other.year, other.month)


def differing(official: Official, values: dict) -> dict:
    """Of the values those that differ from what is stored."""
    return {name: value for name, value in values.items() if getattr(official, name) != value}
