"""The law that the checks of a sanction or handling need, as the rulebook of a day states it."""

from foundation.regulations.services.rulebook import Rulebook

from ..rules.handling_checks import HandlingLaw
from ..rules.kinds import GOVERNMENT
from .period_law import law_of

CITED = (
    "D-2",
    "R-DIS-20",
    "R-DIS-21",
    "R-DIS-22",
    "R-DIS-24",
    "R-DIS-25",
    "R-DIS-PTY_SERIOUS-NO_POST",
    "R-DIS-PTY_PROBATION",
    "R-DIS-PTY_PROBATION-AFTER",
    "R-1.5-DEMOTE",
)
"""Rules a verdict may cite besides those of the kind itself."""


def handling_law_of(book: Rulebook, kind: str) -> HandlingLaw:
    """What the rulebook says of a kind of handling_type. `book`: of the day of effect. Errors as `law_of`."""
    period = law_of(book, kind)
    own = {rule_id for part in period.parts for rule_id in part.rule_ids}
    cites = {rule_id: book.cite(rule_id) for rule_id in {*CITED, *own} if rule_id in book}
    lengths = book.value("R-DIS-PTY_PROBATION").values() if "R-DIS-PTY_PROBATION" in book else ()
    merged = book.value("R-DIS-22") if "R-DIS-22" in book else {}
    return HandlingLaw(
        period,
        cites,
        tuple(lengths),
        merged.get("cap_months") if period.family == GOVERNMENT else None,
        "R-DIS-25" in book and book.value("R-DIS-25"),
        "R-DIS-24" in book and book.value("R-DIS-24"),
    )
