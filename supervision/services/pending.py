"""What is proposed and would restrict: pending against the person until it is decided, delivered or dropped."""

from collections import defaultdict
from datetime import date

from foundation.regulations.services.rulebook import rulebook
from officials.pending_acts import add_source
from officials.rules.promotability import RestrictionFact

from ..models import Admonishment
from ..workflows.admonishment import AGREED, APPROVED, PROPOSED, REVIEWED
from .period_law import law_of

BEFORE_IT_COUNTS = (PROPOSED, REVIEWED, AGREED, APPROVED)


def pending_fact(kind: str, source_no: str, since: date, day: date, *, more_rules=()) -> RestrictionFact:
    """What a kind of handling_type would bar, as the rulebook of the day says, while it is only proposed.

    `more_rules`: rules beside those of the kind from which the proposal comes; they are cited first.
    """
    book = rulebook(on=day)
    parts = law_of(book, kind).parts
    rules = [*more_rules, *(rule for part in parts for rule in part.rule_ids)]
    cites = tuple(dict.fromkeys(book.cite(rule) for rule in rules))
    blocks = frozenset().union(*(part.blocks for part in parts))
    return RestrictionFact(kind, "pending", blocks, since, None, source_no, cites)


@add_source
def pending_admonishments(people, day: date) -> dict[int, list[RestrictionFact]]:
    """Admonishments from proposal to delivery (1 query)."""
    rows = Admonishment.objects.system().filter(official__in=people, status__in=BEFORE_IT_COUNTS)
    found = defaultdict(list)
    for person, number, opened_on in rows.values_list("official", "case_no", "opened_on"):
        found[person].append(pending_fact("ADMONISH", number, opened_on, day))
    return found
