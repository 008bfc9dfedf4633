"""The numbers behind duties and appeals, as the rulebook of a day states them."""

from foundation.regulations.services.rulebook import Rulebook

from ..rules.appeals import rule_of_appeal
from ..rules.duties import DutyLaw


def duty_law_of(
    book: Rulebook, kind: str, *, by_supervisory_commission: bool = False, is_accountability: bool = False
) -> DutyLaw:
    """What a decision on a kind of handling_type brings with it. `book`: of the day of effect.

    Without a rule of appeal in force on the day there are no clocks of appeal; `UnknownRule` for every other rule missing.
    """
    appeal = rule_of_appeal(
        kind, by_supervisory_commission=by_supervisory_commission, is_accountability=is_accountability
    )
    appeal = appeal if appeal in book else ""
    return DutyLaw(
        book.value("SUP-POST_CHANGE-MONTHS"),
        book.value("SUP-ACCOUNTABILITY-MONTHS"),
        book.value("SUP-EXPIRY-REMINDER-DAYS"),
        book.value("SUP-REVISIT"),
        book.value("R-1.41-SELF_EXAM"),
        book.value("R-1.41-RECHECK"),
        appeal,
        book.value(appeal) if appeal else None,
    )
