"""Correcting single figures. Whoever answers for an indicator submits its figures for all units; nobody one's own alone."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.decimals import plain
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import scope_of

from ..models import Cycle, Indicator, Score
from ..rules.figures import Entered, check_figure
from .figure_guards import EDIT, refuse_when_closed
from .parameters import parameters_for

KEEP = object()
FAULT_TEXTS = {
    "TOO_MANY_DIGITS": _("“%(value)s” has more than 20 digits before or 10 digits behind the decimal point."),
    "NOT_APPLICABLE_HAS_NONE": _("A figure that does not apply has neither figure nor grade word nor target."),
    "WORD_EXPECTED": _("This indicator is scored by a grade word; “%(value)s” is a number."),
    "FIGURE_EXPECTED": _("This indicator is scored by a number; “%(value)s” is a word."),
    "UNKNOWN_GRADE": _("“%(value)s” is no grade of this indicator."),
    "DIRECT_OUT_OF_RANGE": _("A direct score lies between 0 and 100; “%(value)s” does not."),
    "TARGET_NOT_USED": _("Only indicators scored by completion have a target."),
    "TARGET_NOT_POSITIVE": _("A target must be greater than 0; “%(value)s” is not."),
}


@dataclass(frozen=True)
class Place:
    """Where a figure belongs, in natural keys: `440784-2024/town-01/G101`."""

    county: str
    year: int
    unit: str
    indicator: str

    def __str__(self):
        return f"{self.county}-{self.year}/{self.unit}/{self.indicator}"


def in_charge(actor) -> Q | None:
    """Figures that the actor may change, as a filter; None when there are none.

    The office (its scope holds the county) may change all of the county; a liaison those of the indicators for which
    a unit in the liaison's scope is responsible, whichever unit they are about (engine §2).
    """
    scope = scope_of(actor, EDIT)
    if not scope:
        return None
    if scope.everything:
        return Q()
    return scope.as_q("cycle__jurisdiction__path") | scope.as_q("indicator__responsible__path")


def may_change(actor, cycle: Cycle, indicator: Indicator) -> bool:
    """May the actor change this indicator's figures of the cycle?"""
    scope = scope_of(actor, EDIT)
    answers = indicator.responsible.path if indicator.responsible_id else None
    return scope.covers(cycle.jurisdiction.path) or (answers is not None and scope.covers(answers))


def version_of(figure: Decimal | None, word: str, target: Decimal | None, is_applicable: bool) -> str:
    """Fingerprint of a figure's state (16 hexadecimal digits), by which the second of two editors is noticed."""
    stated = "|".join((_text(figure) or "", word, _text(target) or "", str(is_applicable)))
    return hashlib.sha256(stated.encode()).hexdigest()[:16]


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _state(score: Score) -> dict:
    return {
        "figure": _text(score.figure),
        "word": score.word,
        "target": _text(score.target),
        "is_applicable": score.is_applicable,
    }


@transaction.atomic
def change_score(
    *, actor, score: Score, reason: str, figure=KEEP, word=KEEP, target=KEEP, is_applicable=KEEP, expected_version=None
) -> Score:
    """Change a figure and return it; what is not given stays. Changing nothing writes nothing.

    `score` may be unsaved: a figure that was never filled in. What is marked as not applicable loses figure, word and
    target unless they are given (then it is refused). Clearing a figure makes a gap, which the calculation refuses.
    Raises PermissionDenied for who is not in charge of the indicator; DomainError when the year is published, when the
    department's submission is closed or overdue (the office may correct all the same), the
    reason is missing, somebody else was faster (412), or the figure does not fit the method (400, reasons by field).
    """
    cycle = Cycle.objects.system().select_for_update(of=("self",)).select_related("jurisdiction").get(pk=score.cycle_id)
    leaf = Indicator.objects.system().select_related("responsible", "scheme").get(pk=score.indicator_id)
    if not may_change(actor, cycle, leaf):
        raise PermissionDenied(EDIT)
    reason = (reason or "").strip()
    if not reason:
        raise DomainError("REASON_MISSING", _("Say why the figure is changed: it stays in the record."), status=400)
    if cycle.is_locked:
        raise DomainError("CYCLE_LOCKED", _("This year is published. Open it for correction with a reason first."))
    refuse_when_closed(actor, cycle, leaf.responsible_id)
    locked = _lock(score, cycle, leaf)
    before = _state(locked)
    if expected_version is not None and expected_version != version_of_score(locked):
        raise _overtaken(before)
    _assign(locked, figure=figure, word=word, target=target, is_applicable=is_applicable)
    if is_applicable is not KEEP:
        locked.na_reason = "" if is_applicable else reason[:300]
    _refuse_faults(locked, leaf, cycle)
    after = _state(locked)
    if after == before:
        return locked
    _store(locked)
    place = Place(cycle.jurisdiction.code, cycle.year, locked.unit.code, leaf.code)
    record(
        actor=actor,
        action="assessments.figure.changed",
        target_kind="assessments.score",
        target_no=str(place),
        target_label=f"{locked.unit} · {leaf.name}",
        org_path=locked.unit.path,
        reason=reason,
        data={"before": before, "after": after, "method": leaf.method},
    )
    return locked


def version_of_score(score: Score) -> str:
    """Fingerprint of a figure."""
    return version_of(score.figure, score.word, score.target, score.is_applicable)


def _lock(score, cycle, leaf) -> Score:
    rows = Score.objects.system().select_for_update(of=("self",)).select_related("unit")
    stored = rows.filter(cycle=cycle, unit=score.unit_id, indicator=leaf).first()
    return stored or Score(cycle=cycle, unit=score.unit, indicator=leaf)


def _overtaken(current) -> DomainError:
    return DomainError(
        "FIGURE_CHANGED",
        _("Somebody changed this figure while you were reading it. Look at it again, then decide."),
        [Reason("FIGURE_NOW", current)],
        status=412,
    )


def _assign(score, **values):
    given = {name: value for name, value in values.items() if value is not KEEP}
    if given.get("is_applicable") is False:
        given = {"figure": None, "word": "", "target": None} | given
    for name, value in given.items():
        setattr(score, name, value)


def _refuse_faults(score, leaf, cycle):
    grades = (
        leaf.params["table"]
        if "table" in leaf.params
        else parameters_for(cycle.year, cycle.jurisdiction.code).grade_table
    )
    entered = Entered(score.figure, score.word, score.target, score.is_applicable)
    faults = check_figure(entered, leaf.method, grades)
    reasons = [
        Reason(
            fault.code,
            {"field": fault.field, "value": fault.value},
            text=FAULT_TEXTS[fault.code] % {"value": fault.value},
        )
        for fault in faults
    ]
    if reasons:
        raise DomainError("FIGURE_REFUSED", reasons[0].text, reasons, status=400)


def _store(score):
    try:
        with transaction.atomic():
            score.save()
    except IntegrityError as error:  # an import filled the empty place in this very moment
        raise _overtaken({}) from error
