"""What a figure may be, by the method that turns it into points (assessment engine §2, §8). Pure."""

from collections.abc import Container
from dataclasses import dataclass
from decimal import Decimal

PLACES, DIGITS_BEFORE = 10, 20


@dataclass(frozen=True)
class Entered:
    """A figure as somebody wants it to be. Neither figure nor word, though applicable, is a gap: allowed, and told later."""

    figure: Decimal | None
    word: str
    target: Decimal | None
    is_applicable: bool


@dataclass(frozen=True)
class Fault:
    """What is wrong with which field."""

    code: str
    field: str
    value: str = ""


def check_figure(entered: Entered, method: str, grades: Container[str]) -> list[Fault]:
    """Everything wrong with a figure; empty when it may stand. `grades` are the words that the indicator knows."""
    faults = [
        Fault("TOO_MANY_DIGITS", name, str(value))
        for name, value in (("figure", entered.figure), ("target", entered.target))
        if value is not None and not _is_storable(value)
    ]
    if faults:
        return faults
    if not entered.is_applicable:
        given = (("figure", entered.figure), ("word", entered.word), ("target", entered.target))
        return [Fault("NOT_APPLICABLE_HAS_NONE", name, str(value)) for name, value in given if value not in (None, "")]
    return [*_check_value(entered, method, grades), *_check_target(entered, method)]


def _is_storable(value: Decimal) -> bool:
    """Exact with 10 decimal places and 20 digits before them; nothing is rounded on the way into the table."""
    if not value.is_finite():
        return False
    sign, digits, exponent = value.as_tuple()
    while exponent < -PLACES and digits and digits[-1] == 0:
        digits, exponent = digits[:-1], exponent + 1
    return exponent >= -PLACES and value.adjusted() < DIGITS_BEFORE


def _check_value(entered: Entered, method: str, grades: Container[str]) -> list[Fault]:
    if method == "grade":
        if entered.figure is not None:
            return [Fault("WORD_EXPECTED", "figure", str(entered.figure))]
        if entered.word and entered.word not in grades:
            return [Fault("UNKNOWN_GRADE", "word", entered.word)]
        return []
    if entered.word:
        return [Fault("FIGURE_EXPECTED", "word", entered.word)]
    if method == "direct" and entered.figure is not None and not 0 <= entered.figure <= 100:
        return [Fault("DIRECT_OUT_OF_RANGE", "figure", str(entered.figure))]
    return []


def _check_target(entered: Entered, method: str) -> list[Fault]:
    if entered.target is None:
        return []
    if method != "completion":
        return [Fault("TARGET_NOT_USED", "target", str(entered.target))]
    return [Fault("TARGET_NOT_POSITIVE", "target", str(entered.target))] if entered.target <= 0 else []
