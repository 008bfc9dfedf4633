"""Effects of a tolerance case: whom it is about in the terms of the kinds of effects, what it may change, what it changes."""

from collections.abc import Iterable, Mapping

from django.utils import timezone

from ..effect_kinds import Candidate, Subjects, kinds_of
from ..effect_rows import read_rows
from ..models import CaseParty, DecidedEffect, ToleranceCase
from ..workflows import TOLERANCE
from .decided_effects import candidates_for, plan


def subjects_of(case: ToleranceCase, parties: Iterable[Mapping] | None = None) -> Subjects:
    """Parties and years of a case (1 query). Without years, those of the event and of the year after it.

    `parties`: as `with_parts` gives them, where a page has read them.
    """
    if parties is None:
        rows = list(CaseParty.objects.system().filter(case=case).values_list("unit", "official"))
    else:
        rows = [(row["unit_no"], row["official"]) for row in parties]
    return Subjects(
        units=frozenset(unit for unit, _official in rows if unit),
        officials=frozenset(official for _unit, official in rows if official),
        years=tuple(case.years) or (case.event_on.year, case.event_on.year + 1),
        day=timezone.localdate(),
        event_on=case.event_on,
        inquiry_no=case.inquiry_no,
    )


def possible_effects(case: ToleranceCase, *outcomes: str, parties=None) -> list[tuple[str, Candidate]]:
    """What decisions with these outcomes may change, as it stands now: outcome and candidate (1 query for all)."""
    subjects = subjects_of(case, parties)
    read_rows(subjects, [kind for outcome in outcomes for kind in kinds_of(outcome)])
    return [(outcome, candidate) for outcome in outcomes for candidate in candidates_for(subjects, outcome)]


def plan_for(case: ToleranceCase, outcome: str, keys: Iterable[str]) -> list[DecidedEffect]:
    """Plan the chosen effects of a case. Raises DomainError (EFFECT_GONE) for one that is not there any more."""
    return plan(case, TOLERANCE.kind, subjects_of(case), outcome, keys)
