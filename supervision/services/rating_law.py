"""The effects on the annual rating (年度考核等次) as the rulebook of a day states them."""

from foundation.regulations.services.rulebook import Rulebook

from ..rules.rating_effects import RatingLaw

RULE_OF_KIND = {
    "PTY_WARN": "GRD-PTY_WARN",
    "PTY_SERIOUS": "GRD-PTY_SERIOUS",
    "PTY_REMOVE": "GRD-PTY_REMOVE",
    "PTY_EXPEL": "GRD-PTY_EXPEL",
    "GOV_WARN": "GRD-GOV_WARN",
    "GOV_DEMERIT": "GRD-GOV_DEMERIT",
    "GOV_MAJOR": "GRD-GOV_MAJOR",
    "GOV_DOWNGRADE": "GRD-GOV_DOWNGRADE",
    "GOV_REMOVE": "GRD-GOV_REMOVE",
    "ORG_SUSPEND": "GRD-ORG_SUSPEND",
    "ORG_TRANSFER": "GRD-ORG_TRANSFER",
    "ORG_ORDER_RESIGN": "GRD-ORG_ORDER_RESIGN",
    "ORG_REMOVE": "GRD-ORG_REMOVE",
    "ORG_DEMOTE": "GRD-ORG_DEMOTE",
    "RESIGN_BLAME": "GRD-RESIGN_BLAME",
    "ADMONISH": "GRD-ADMONISH",
    "CIRCULATE": "GRD-CIRCULATE",
}
"""Kinds without a line here leave the rating alone: talks, letters, and an adjustment as unfit (house reading 10)."""
RULE_OF_PROBATION = {"shorter": "GRD-PTY_PROBATION-1", "longer": "GRD-PTY_PROBATION-2"}


def rating_law_of(
    book: Rulebook, kind: str, *, probation_months: int | None = None, is_tied_to_duty: bool = False
) -> RatingLaw | None:
    """What a kind does to the rating; None where it does nothing, also in the years before 公务员考核规定 (2020).

    `book`: of the day of effect. `is_tied_to_duty`: a serious warning for an act of duty, for which a local setting may say
    不称职 (house reading 9). ValueError for a probation of a length the regulation does not know.
    """
    if kind == "PTY_PROBATION":
        rule_id = _probation_rule(book, probation_months)
    else:
        rule_id = RULE_OF_KIND.get(kind, "")
    if rule_id not in book:
        return None
    words = tuple(book.value(rule_id))
    if kind == "PTY_SERIOUS" and is_tied_to_duty:
        rule_id = "GRD-SERIOUS_WARN-DUTY"
        words = (book.value(rule_id), *words[1:])
    return RatingLaw(words, rule_id)


def investigation_law(book: Rulebook) -> RatingLaw:
    """What an investigation that is not concluded does to the rating. `book`: of a day since 28 December 2020."""
    rule_id = "GRD-UNDER_INVESTIGATION"
    return RatingLaw(tuple(book.value(rule_id)), rule_id)


def precedence(book: Rulebook) -> tuple[str, ...]:
    """The effects, the heaviest first."""
    return tuple(book.value("GRD-PRECEDENCE"))


def _probation_rule(book: Rulebook, months: int | None) -> str:
    lengths = book.value("R-DIS-PTY_PROBATION")
    for name, rule_id in RULE_OF_PROBATION.items():
        if lengths[name] == months:
            return rule_id
    raise ValueError(f"probation within the Party of {months} months: only {' or '.join(map(str, lengths.values()))}")
