"""When an appeal may be filed and who may decide on it (assessment engine §6). Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from unicodedata import normalize

from .items import fits


@dataclass(frozen=True)
class Filing:
    """What is known when a unit files: the window, the year, what stands there and what is wanted.

    `strikes`: the figure is not to apply, the adjustment or veto is to be struck out; then nothing is `wanted`.
    """

    today: date
    due_on: date
    is_current: bool
    is_locked: bool
    late_reason: str
    open_case: str
    stated: str
    wanted: str
    strikes: bool
    grounds: str


def is_late(today: date, due_on: date) -> bool:
    """Has the window ended? The last day counts."""
    return today > due_on


def check_filing(filing: Filing) -> list[str]:
    """Codes of everything that stands against filing; empty when it may be filed."""
    if filing.is_locked:
        return ["APPEAL_YEAR_PUBLISHED"]
    if not filing.is_current:
        return ["APPEAL_OPENING_REPLACED"]
    found = []
    if filing.open_case:
        found.append("APPEAL_ALREADY_OPEN")
    if is_late(filing.today, filing.due_on) and not filing.late_reason:
        found.append("APPEAL_WINDOW_CLOSED")
    if not filing.grounds:
        found.append("APPEAL_GROUNDS_MISSING")
    if bool(filing.wanted) == filing.strikes:
        found.append("APPEAL_WANTED_ONE")
    elif filing.wanted and filing.wanted == filing.stated:
        found.append("APPEAL_STANDS_THERE")
    return found


def check_decider(decider: int | None, *, filed_by, answered_by) -> list[str]:
    """Who filed or answered does not decide (separation of duties). Numbers of users; None acts for nobody."""
    found = []
    if decider is not None and decider in filed_by:
        found.append("APPEAL_SAME_PERSON_FILED")
    if decider is not None and decider in answered_by:
        found.append("APPEAL_SAME_PERSON_ANSWERED")
    return found


def check_points(text: str, stated: str) -> list[str]:
    """Codes of what is wrong with points wanted or decided in place of those that stand there (`stated`, with sign).

    A deduction stays one: whoever writes its size without the minus sign must not turn it into a bonus.
    """
    points, before = as_number(text), as_number(stated)
    if not points:
        return ["APPEAL_NUMBER"]
    if not fits(abs(points)):
        return ["APPEAL_POINTS_RANGE"]
    return ["APPEAL_POINTS_SIGN"] if before and (points < 0) != (before < 0) else []


def read_value(text: str) -> str:
    """A typed figure in plain digits, any other text as it is: full-width digits and thousands commas are read."""
    stripped = normalize("NFKC", text or "").strip()
    number = as_number(stripped)
    return stripped if number is None else plain_number(number)


def as_number(text: str) -> Decimal | None:
    """The number a text states, None when it is none (or endless)."""
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 30 else None


def plain_number(number: Decimal) -> str:
    """Digits without exponent and without zeros behind."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
