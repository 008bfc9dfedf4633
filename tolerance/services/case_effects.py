"""Effects of a tolerance case: whom it is about in the terms of the kinds of effects, what it may change, what it changes."""

from collections.abc import Iterable

from django.utils import timezone

from ..effect_kinds import Candidate, Subjects
from ..models import CaseParty, DecidedEffect, ToleranceCase
from ..workflows import TOLERANCE
from .decided_effects import candidates_for, plan


def subjects_of(case: ToleranceCase) -> Subjects:
    """Parties and years of a case (1 query). Without years, those of the event and of the year after it."""
    rows = list(CaseParty.objects.system().filter(case=case).values_list("unit", "official"))
    return Subjects(
        units=frozenset(unit for unit, _official in rows if unit),
        officials=frozenset(official for _unit, official in rows if official),
        years=tuple(case.years) or (case.event_on.year, case.event_on.year + 1),
        day=timezone.localdate(),
        event_on=case.event_on,
        inquiry_no=case.inquiry_no,
    )


def possible_effects(case: ToleranceCase, *outcomes: str) -> list[tuple[str, Candidate]]:
    """What decisions with these outcomes may change, as it stands now: outcome and candidate."""
    subjects = subjects_of(case)
    return [(outcome, candidate) for outcome in outcomes for candidate in candidates_for(subjects, outcome)]


def plan_for(case: ToleranceCase, outcome: str, keys: Iterable[str]) -> list[DecidedEffect]:
    """Plan the chosen effects of a case. Raises DomainError (EFFECT_GONE) for one that is not there any more."""
    return plan(case, TOLERANCE.kind, subjects_of(case), outcome, keys)
