"""Measures of the bottom rank that nobody has decided yet are pending against the leader named in them."""

from collections import defaultdict
from datetime import date

from officials.pending_acts import add_source
from officials.rules.promotability import RestrictionFact
from supervision.services.pending import pending_fact

from ..choices import MeasureStep
from ..models import Measure
from ..workflows import MANUAL, PROPOSED, REVIEWED

KINDS = {MeasureStep.ADMONISHMENT: "ADMONISH", MeasureStep.POST_ADJUSTMENT: "UNFIT_ADJUST"}
"""What the step would become (table handling_type); a reminder talk restricts nothing."""


@add_source
def pending_measures(people, day: date) -> dict[int, list[RestrictionFact]]:
    """Undecided measures that would restrict (1 query); once approved, their tool is pending itself."""
    rows = Measure.objects.system().filter(official__in=people, step__in=KINDS, status__in=(MANUAL, PROPOSED, REVIEWED))
    found = defaultdict(list)
    for person, step, number, opened_on in rows.values_list("official", "step", "case_no", "opened_on"):
        fact = pending_fact(KINDS[MeasureStep(step)], number, opened_on, day, more_rules=("ASM-LADDER-STREAK",))
        found[person].append(fact)
    return found
