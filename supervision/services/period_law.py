"""The law of influence periods (影响期) as the rulebook of a day states it, in the shape the pure rules take."""

from foundation.regulations.services.rulebook import Rulebook

from ..rules.kinds import FAMILY_OF, GOVERNMENT, PARTY, WITHOUT_PERIOD
from ..rules.periods import AFTER, HIGHER_POST, LEADING_POST, PROBATION, PartLaw, PeriodLaw, Variant

LENGTH_AND_BLOCKS = {
    "PTY_WARN": ("R-DIS-PTY_WARN", "R-DIS-PTY_WARN-BLOCKS"),
    "PTY_SERIOUS": ("R-DIS-PTY_SERIOUS", "R-DIS-PTY_SERIOUS-BLOCKS"),
    "PTY_REMOVE": ("R-DIS-PTY_REMOVE", "R-DIS-PTY_REMOVE-BLOCKS"),
    "PTY_EXPEL": ("R-DIS-PTY_EXPEL", "R-DIS-PTY_EXPEL-BLOCKS"),
    "GOV_WARN": ("R-DIS-GOV_WARN", "R-DIS-GOV_WARN-BLOCKS"),
    "GOV_DEMERIT": ("R-DIS-GOV_DEMERIT", "R-DIS-GOV_DEMERIT-BLOCKS"),
    "GOV_MAJOR": ("R-DIS-GOV_MAJOR", "R-DIS-GOV_MAJOR-BLOCKS"),
    "GOV_DOWNGRADE": ("R-DIS-GOV_DOWNGRADE", "R-DIS-GOV_DOWNGRADE-BLOCKS"),
    "GOV_REMOVE": ("R-DIS-GOV_REMOVE", "R-DIS-GOV_REMOVE-BLOCKS"),
    "ORG_SUSPEND": ("R-DIS-ORG_SUSPEND", "R-DIS-ORG_SUSPEND-BLOCKS"),
    "ORG_TRANSFER": ("R-DIS-ORG_TRANSFER", "R-DIS-ORG_TRANSFER-BLOCKS"),
    "ORG_DEMOTE": ("R-DIS-ORG_DEMOTE", "R-DIS-ORG_DEMOTE-BLOCKS"),
    "UNFIT_ADJUST": ("R-DIS-UNFIT_ADJUST", "R-DIS-UNFIT_ADJUST-BLOCKS"),
    "ADMONISH": ("R-DIS-ADMONISH", "R-DIS-ADMONISH-BLOCKS"),
}
"""The rules of length and of what is barred, for kinds with one period."""
SHORTER_AND_LONGER = {
    "ORG_ORDER_RESIGN": ("R-DIS-ORG_ORDER_RESIGN-LEADING_POST", "R-DIS-ORG_ORDER_RESIGN-HIGHER_POST"),
    "ORG_REMOVE": ("R-DIS-ORG_REMOVE-LEADING_POST", "R-DIS-ORG_REMOVE-HIGHER_POST"),
    "RESIGN_BLAME": ("R-DIS-RESIGN_BLAME-LEADING_POST", "R-DIS-RESIGN_BLAME-HIGHER_POST"),
}
"""The rules of the two lengths, for kinds that bar leading posts for a shorter, higher posts and ranks for a longer time."""
NO_LENGTH = {
    "REMIND": "R-DIS-REMIND",
    "INQUIRY": "R-DIS-INQUIRY",
    "CRITICISM": "R-DIS-CRITICISM",
    "ORDER_SELF_EXAM": "R-DIS-ORDER_SELF_EXAM",
    "CIRCULATE": "R-DIS-CIRCULATE",
}
"""Kinds kept on record only; their rule says 0 months. A local setting above 0 has nothing to bar and is refused."""


def law_of(book: Rulebook, kind: str) -> PeriodLaw:
    """What the rulebook says of a kind of handling_type.

    `book`: of the day on which the decision takes effect. KeyError for a kind nobody knows; `UnknownRule` (a KeyError too)
    when the kind has no rule on that day: the regulation that knows it was not yet in force.
    """
    family = FAMILY_OF[kind]
    parts = _parts(book, kind)
    adds, cap_months, stacking_rule = _stacking(book, family)
    replacing = _variant(book, "R-DIS-PTY_SERIOUS-NO_POST") if kind == "PTY_SERIOUS" else None
    demoted = _variant(book, "R-1.5-DEMOTE") if kind == "UNFIT_ADJUST" else None
    return PeriodLaw(kind, family, parts, adds, cap_months, stacking_rule, replacing, demoted)


def _parts(book: Rulebook, kind: str) -> tuple[PartLaw, ...]:
    if kind in WITHOUT_PERIOD:
        if book.value(NO_LENGTH[kind]):
            raise ValueError(f"{NO_LENGTH[kind]}: nothing is barred by {kind}, so it has no months")
        return ()
    if kind == "GOV_DISMISS":
        return (_open(book, "", "R-DIS-GOV_DISMISS-BLOCKS"),)
    if kind == "PTY_PROBATION":
        until = _open(book, PROBATION, "R-DIS-PTY_PROBATION-BLOCKS")
        length = "R-DIS-PTY_PROBATION-AFTER"
        return until, PartLaw(AFTER, book.value(length), until.blocks, (length, *until.rule_ids))
    if kind in SHORTER_AND_LONGER:
        shorter, longer = SHORTER_AND_LONGER[kind]
        return (
            PartLaw(LEADING_POST, book.value(shorter), frozenset({"LEADING_POST"}), (shorter,)),
            PartLaw(HIGHER_POST, book.value(longer), frozenset({"HIGHER_POST", "RANK"}), (longer,)),
        )
    length, blocks = LENGTH_AND_BLOCKS[kind]
    return (PartLaw("", book.value(length), frozenset(book.value(blocks)), (length, blocks)),)


def _open(book: Rulebook, part: str, blocks: str) -> PartLaw:
    return PartLaw(part, None, frozenset(book.value(blocks)), (blocks,), is_open=True)


def _stacking(book: Rulebook, family: str) -> tuple[bool, int | None, str]:
    """Does an earlier period add its days, up to which cap, and by which rule. Without a rule on the day, the longest holds."""
    if family == PARTY and "R-DIS-20" in book:
        return book.value("R-DIS-20") == "add", None, "R-DIS-20"
    if family == GOVERNMENT and "R-DIS-21" in book:
        rule = book.value("R-DIS-21")
        return rule["how"] == "add", rule["cap_months"], "R-DIS-21"
    return False, None, "R-DIS-23"


def _variant(book: Rulebook, rule_id: str) -> Variant | None:
    return Variant(book.value(rule_id), rule_id) if rule_id in book else None
