"""Effects of decisions: found, planned, applied in one transaction with their decision, reversed by another decision."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.common.results import DomainError, Reason

from ..effect_kinds import Candidate, Decision, Subjects, kind_named, kinds_of
from ..effect_rows import read_rows
from ..models import DecidedEffect


def candidates_for(subjects: Subjects, outcome: str) -> list[Candidate]:
    """Everything that a decision with this outcome may change, in the order in which it would be applied (1 query)."""
    read_rows(subjects, kinds_of(outcome))
    return [candidate for kind in kinds_of(outcome) for candidate in kind.find(subjects, outcome)]


@transaction.atomic
def plan(case, kind: str, subjects: Subjects, outcome: str, keys: Iterable[str]) -> list[DecidedEffect]:
    """Make the planned effects of a case those chosen by `keys`; what was applied stays as it is.

    Raises DomainError (EFFECT_GONE) for a key that is no candidate (any more): somebody or something changed it meanwhile.
    """
    found = {candidate.key: candidate for candidate in candidates_for(subjects, outcome)}
    chosen = list(dict.fromkeys(keys))
    gone = [key for key in chosen if key not in found]
    if gone:
        raise DomainError("EFFECT_GONE", _gone_text(), [_gone(key) for key in gone], status=409)
    DecidedEffect.objects.system().of_case(kind, case.case_no).filter(applied_at__isnull=True).delete()
    return [
        DecidedEffect.objects.create(
            case_kind=kind,
            case_no=case.case_no,
            sort=place,
            organization_id=case.organization_id,
            kind=one.kind,
            target=one.target,
            label=one.label[:300],
            about_unit_id=one.unit,
            official_id=one.official,
            year=one.year,
            before=one.before[:300],
            after=one.after[:300],
            state=one.state,
            rule_id=one.rule_id,
        )
        for place, one in enumerate(found[key] for key in chosen)
    ]


@transaction.atomic
def apply_planned(decision: Decision, *, actor) -> list[DecidedEffect]:
    """Apply what was planned for a case, in the order of the kinds; all or nothing. Returns the applied effects.

    Raises DomainError (EFFECT_GONE) when a target is not as the plan found it.
    """
    rows = list(DecidedEffect.objects.system().of_case(decision.case_kind, decision.case_no).select_for_update())
    planned = [row for row in rows if row.applied_at is None]
    for row in sorted(planned, key=lambda row: (kind_named(row.kind).order, row.sort)):
        kind_named(row.kind).apply(row, decision, actor)
        row.applied_at = timezone.now()
        row.save()
    return planned


@transaction.atomic
def reverse_applied(decision: Decision, *, actor) -> list[DecidedEffect]:
    """Take back every standing effect of a case, the last one first. Returns the reversed effects.

    `decision` is the new decision that reverses. Raises DomainError (EFFECT_REVERSED) when nothing of the case stands, EFFECT_GONE
    when a target was changed since.
    """
    query = DecidedEffect.objects.system().of_case(decision.case_kind, decision.case_no).standing()
    rows = sorted(query.select_for_update(), key=lambda row: (kind_named(row.kind).order, row.sort), reverse=True)
    for row in rows:
        kind_named(row.kind).reverse(row, decision, actor)
        row.reversed_at, row.reversed_by = timezone.now(), f"{decision.word} {decision.decided_by}"[:120]
        row.save()
    return rows


def _gone_text():
    return _("What this effect would change is not as it was any more. Look at the effects again, then decide.")


def _gone(key: str) -> Reason:
    return Reason("EFFECT_GONE", {"field": "effects", "key": key}, text=_gone_text())


def gone(effect: DecidedEffect) -> DomainError:
    """The error of a kind of effect whose target is not as the plan found it."""
    key = f"{effect.kind}|{effect.target}"
    text = _("%(effect)s: this is not as it was when it was planned. Look at the effects again, then decide.") % {
        "effect": effect.label
    }
    return DomainError("EFFECT_GONE", text, [Reason("EFFECT_GONE", {"key": key}, text=text)], status=409)
