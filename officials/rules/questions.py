"""A question to the roster (干部名册的查询条件) as plain data: the same for addresses, lists that stay live, and programs. Pure.

    {"q": "财政 zxm", "unit": "HS-0101", "status": ["1"], "between": "any",
     "groups": [{"within": "all", "sex": ["2"], "age_to": "40"}, {"within": "all", "nonparty": "yes"}]}

`q`, `unit` and `status` hold for everybody; then the groups, joined by `between` (all, any); inside a group its
conditions are joined by `within`. A field that is not given asks nothing. Without `status` people in post are meant.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

MOST_GROUPS, MOST_VALUES, LONGEST_TEXT = 6, 60, 60
IN_POST = "1"
EVERYBODY = "all"
"""In place of the statuses: whatever their status."""

CHOICES, YEARS, AGE, MONTH, DAY = "choices", "years", "age", "month", "day"
FLAG, TEXT, STEP = "flag", "text", "step"
FIELDS: Mapping[str, str] = {
    "rank": CHOICES,
    "level": CHOICES,
    "sex": CHOICES,
    "ethnicity": CHOICES,
    "politics": CHOICES,
    "kind": CHOICES,
    "category": CHOICES,
    "position": CHOICES,
    "age_from": AGE,
    "age_to": AGE,
    "born_from": MONTH,
    "born_to": MONTH,
    "post_years_from": YEARS,
    "post_years_to": YEARS,
    "rank_years_from": YEARS,
    "rank_years_to": YEARS,
    "minority": FLAG,
    "nonparty": FLAG,
    "grassroots": FLAG,
    "full_education": STEP,
    "service_education": STEP,
    "education": STEP,
    "subject": TEXT,
    "post": TEXT,
    "retires_within": YEARS,
    "period_ends_from": DAY,
    "period_ends_to": DAY,
}
"""What a condition may be about, and how its value is written. `retires_within` counts months; the two days of
`period_ends` are the bounds of one span (both belong to it): the end of one influence period (影响期) lies in it.
"""
EDUCATION_STEPS = ("postgraduate", "bachelor", "college", "secondary")
POSITIONS = ("principal", "deputy", "member")
"""正职, 副职, 班子成员."""
_AGE = re.compile(r"(\d{1,3})(?:[.．](0\d|1[01]))?")
_MONTH = re.compile(r"(1[89]\d\d|20\d\d)[.．\-年]?(0[1-9]|1[0-2])?月?")


class QuestionError(ValueError):
    """A question that cannot be asked. `faults`: place (`groups.0.age_to`) and code (unknown, shape, many, value)."""

    def __init__(self, faults: list[tuple[str, str]]):
        super().__init__(", ".join(f"{place}: {code}" for place, code in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions that belong together; values as they were written (choices as a tuple)."""

    within: str = "all"
    conditions: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)

    def as_json(self) -> dict:
        """As it is kept and sent."""
        plain = {key: list(value) if isinstance(value, tuple) else value for key, value in self.conditions.items()}
        return {"within": self.within, **plain}


@dataclass(frozen=True, slots=True)
class Question:
    """The whole question."""

    q: str = ""
    unit: str = ""
    status: tuple[str, ...] = (IN_POST,)
    between: str = "any"
    groups: tuple[Group, ...] = ()

    def as_json(self) -> dict:
        """As it is kept and sent; what asks nothing is left out."""
        kept = {"q": self.q, "unit": self.unit, "status": list(self.status), "between": self.between}
        kept["groups"] = [group.as_json() for group in self.groups]
        return {key: value for key, value in kept.items() if value}


def parse_question(data: object) -> Question:
    """The question of a JSON object. Raises QuestionError that names every fault."""
    if not isinstance(data, Mapping):
        raise QuestionError([("", "shape")])
    faults = [(str(key), "unknown") for key in data if key not in ("q", "unit", "status", "between", "groups")]
    groups = data.get("groups", [])
    if not isinstance(groups, list) or len(groups) > MOST_GROUPS:
        faults.append(("groups", "many" if isinstance(groups, list) else "shape"))
        groups = []
    read = [_read_group(group, f"groups.{place}", faults) for place, group in enumerate(groups)]
    status = data.get("status", [IN_POST])
    faults += [] if _fits(CHOICES, status) else [("status", "value")]
    for key in ("q", "unit"):
        faults += [] if _fits(TEXT, data.get(key, "")) else [(key, "value")]
    faults += [] if data.get("between", "any") in ("all", "any") else [("between", "value")]
    if faults:
        raise QuestionError(faults)
    return Question(
        q=data.get("q", "").strip(),
        unit=data.get("unit", ""),
        status=tuple(status),
        between=data.get("between", "any"),
        groups=tuple(group for group in read if group.conditions),
    )


def _read_group(data, place: str, faults: list) -> Group:
    if not isinstance(data, Mapping):
        faults.append((place, "shape"))
        return Group()
    within = data.get("within", "all")
    if within not in ("all", "any"):
        faults.append((f"{place}.within", "value"))
    conditions = {}
    for key, value in data.items():
        if key == "within" or value in ("", [], (), None):
            continue
        if key not in FIELDS:
            faults.append((f"{place}.{key}", "unknown"))
        elif not _fits(FIELDS[key], value) or (key == "position" and not set(value) <= set(POSITIONS)):
            faults.append((f"{place}.{key}", "value"))
        else:
            conditions[key] = tuple(value) if FIELDS[key] == CHOICES else str(value).strip()
    return Group(within, conditions)


def _fits(kind: str, value) -> bool:
    """Is it written as a value of its kind is written?"""
    if kind == CHOICES:
        few = isinstance(value, list | tuple) and len(value) <= MOST_VALUES
        return few and all(isinstance(each, str) and _is_text(each) for each in value)
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not _is_text(text):
        return False
    text = text.strip()
    return {
        YEARS: lambda: text.isascii() and text.isdigit() and int(text) <= 600,
        AGE: lambda: _AGE.fullmatch(text) is not None,
        MONTH: lambda: _MONTH.fullmatch(text) is not None,
        DAY: lambda: _is_day(text),
        FLAG: lambda: text in ("yes", "no"),
        STEP: lambda: text in EDUCATION_STEPS,
        TEXT: lambda: True,
    }[kind]()


def _is_day(text: str) -> bool:
    """A day of the calendar as 2026-03-31."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_text(text: str) -> bool:
    return len(text) <= LONGEST_TEXT and "\0" not in text


def months_of_age(text: str, *, upper: bool) -> int:
    """An age in months: 35.06 is 35 years and 6 months. As an upper bound, 35 alone takes in the whole year of life.

    >>> months_of_age("35", upper=False), months_of_age("35", upper=True), months_of_age("35.06", upper=True)
    (420, 431, 426)
    """
    found = _AGE.fullmatch(text.strip())
    years, months = int(found[1]), found[2]
    return years * 12 + (int(months) if months else 11 if upper else 0)


def year_and_month(text: str, *, upper: bool) -> tuple[int, int]:
    """A month as written, 1985.07; a year alone is its first month, as an upper bound its last."""
    found = _MONTH.fullmatch(text.strip())
    return int(found[1]), int(found[2] or (12 if upper else 1))
