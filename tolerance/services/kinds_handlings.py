"""Effect on handlings and sanctions: one that is entered only is not imposed (不予追究), and waits again after a reversal.

Confirmed sanctions are never touched: a sanction ends by being revoked by who imposed it (公职人员政务处分法 art. 60). Offered is
what is entered for the people of the case and does not name another event; what names this very event is proposed.
"""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.casework.services.engine import perform
from foundation.regulations.services.codes import code_label
from foundation.regulations.services.rulebook import rulebook
from supervision.models import Handling
from supervision.services.period_law import law_of
from supervision.workflows.handling import ENTERED, SHELTERED

from ..choices import Outcome
from ..effect_kinds import Candidate, Decision, EffectKind, Subjects, register
from ..models import DecidedEffect
from .decided_effects import gone

CODE = "handling_set_aside"
RULE = "TOL-PRECONDITIONS"


def is_of_event(case: Handling, subjects: Subjects) -> bool:
    """Does the entry name the event of the case, by the day of the violation or the number of the inquiry?"""
    same_day = case.committed_on is not None and case.committed_on == subjects.event_on
    return same_day or bool(subjects.inquiry_no and case.source_no == subjects.inquiry_no)


def find_entered(subjects: Subjects, outcome: str):
    """Entries of the people that nobody has confirmed, but those that name another day of violation (1 query)."""
    rows = Handling.objects.system().filter(official__in=subjects.officials, status=ENTERED)
    same = Q(committed_on__isnull=True) | Q(committed_on=subjects.event_on)
    if subjects.inquiry_no:
        same |= Q(source_no=subjects.inquiry_no)
    for case in rows.filter(same).select_related("official").order_by("official", "effective_on", "pk"):
        words = {
            "name": case.official.name,
            "kind": code_label("handling_type", case.kind),
            "document": case.document_no,
        }
        yield Candidate(
            kind=CODE,
            target=case.case_no,
            label=_("%(name)s: %(kind)s, entered under %(document)s") % words,
            before=_would_bar(case),
            after=_("set aside: nothing is imposed, no influence period begins"),
            rule_id=RULE,
            official=case.official_id,
            state={"status": case.status},
            is_proposed=is_of_event(case, subjects),
        )


def _would_bar(case: Handling) -> str:
    """The entry as it stands: what confirming it would bring, by the law of its day of effect, without other periods."""
    parts = law_of(rulebook(on=case.effective_on), case.kind).parts
    months = case.months or max((part.months or 0 for part in parts), default=0)
    words = {"day": f"{case.effective_on:%Y.%m.%d}", "months": months}
    if months:
        return _("to be confirmed: a period of %(months)d months from %(day)s on") % words
    if parts:
        return _("to be confirmed: a period without end from %(day)s on") % words
    return _("to be confirmed, in effect from %(day)s on") % words


def _move(effect: DecidedEffect, status: str, step: str, actor, reason: str):
    case = Handling.objects.system().select_for_update(of=("self",)).filter(case_no=effect.target).first()
    if case is None or case.status != status:
        raise gone(effect)
    perform(case, step, actor=actor, reason=reason)


def set_aside(effect: DecidedEffect, decision: Decision, actor):
    """Effect of an exemption: the entry waits for nobody any more. Raises DomainError (EFFECT_GONE) once it is confirmed."""
    _move(effect, ENTERED, "set_aside", actor, f"{decision.word} {decision.case_no}：{decision.matter}")


def take_up(effect: DecidedEffect, decision: Decision, actor):
    """Reversal: the entry is to be confirmed again, by somebody else than who entered it."""
    _move(effect, SHELTERED, "take_up", actor, decision.reason)


register(
    EffectKind(
        CODE,
        gettext_lazy("Handling or sanction not imposed"),
        frozenset({Outcome.EXEMPT}),
        find_entered,
        set_aside,
        take_up,
        order=45,
    )
)
