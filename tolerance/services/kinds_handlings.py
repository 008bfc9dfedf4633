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
from ..effect_rows import day_of, effect_rows, rows_of
from ..models import DecidedEffect
from .decided_effects import gone

CODE = "handling_set_aside"
RULE = "TOL-PRECONDITIONS"


def is_of_event(row, subjects: Subjects) -> bool:
    """Does the entry name the event of the case, by the day of the violation or the number of the inquiry?"""
    committed_on = day_of(row["committed_on"])
    same_day = committed_on is not None and committed_on == subjects.event_on
    return same_day or bool(subjects.inquiry_no and row["source_no"] == subjects.inquiry_no)


def entered(subjects: Subjects) -> dict:
    """Entries of the people that nobody has confirmed, but those that name another day of violation."""
    rows = Handling.objects.system().filter(official__in=subjects.officials, status=ENTERED)
    same = Q(committed_on__isnull=True) | Q(committed_on=subjects.event_on)
    if subjects.inquiry_no:
        same |= Q(source_no=subjects.inquiry_no)
    columns = (
        "pk",
        "case_no",
        "kind",
        "document_no",
        "effective_on",
        "months",
        "committed_on",
        "source_no",
        "official",
    )
    return {CODE: effect_rows(rows.filter(same), *columns, name="official__name")}


def find_entered(subjects: Subjects, outcome: str):
    """The entries as candidates."""
    for row in rows_of(subjects, CODE, "official", "effective_on", "pk"):
        words = {"name": row["name"], "kind": code_label("handling_type", row["kind"]), "document": row["document_no"]}
        yield Candidate(
            kind=CODE,
            target=row["case_no"],
            label=_("%(name)s: %(kind)s, entered under %(document)s") % words,
            before=_would_bar(row),
            after=_("set aside: nothing is imposed, no influence period begins"),
            rule_id=RULE,
            official=row["official"],
            state={"status": ENTERED},
            is_proposed=is_of_event(row, subjects),
        )


def _would_bar(row) -> str:
    """The entry as it stands: what confirming it would bring, by the law of its day of effect, without other periods."""
    effective_on = day_of(row["effective_on"])
    parts = law_of(rulebook(on=effective_on), row["kind"]).parts
    months = row["months"] or max((part.months or 0 for part in parts), default=0)
    words = {"day": f"{effective_on:%Y.%m.%d}", "months": months}
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
        entered,
        find_entered,
        set_aside,
        take_up,
        order=45,
    )
)
