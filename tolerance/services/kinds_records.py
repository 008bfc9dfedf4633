"""Effects on the record: a period in force ends, a bound on a rating goes (reading 23: exempted, measures for the event end).

A restriction follows from a decision of its own. Which of a person's restrictions come from the event of the case, people
decide: nothing is proposed by itself. Sanctions of Party and government are not touched here: a sanction ends by being revoked
by who imposed it (公职人员政务处分法 art. 26, 60), and the record then follows.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.regulations.services.codes import code_label
from officials.choices import Nature, RatingEffect
from officials.models import RatingConstraint, Restriction
from officials.services.restrictions import lift_row, restore_row

from ..choices import Outcome
from ..effect_kinds import Candidate, Decision, EffectKind, Subjects, register
from ..effect_rows import day_of, effect_rows, rows_of
from ..models import DecidedEffect
from .decided_effects import gone

SANCTIONS = ("PTY_", "GOV_")
RULE = "TOL-PRECONDITIONS"


def _is_sanction(kind: str) -> bool:
    return kind.startswith(SANCTIONS)


def _until(ends_on) -> str:
    if ends_on is None:
        return _("in force, no end known")
    return _("in force until %(day)s") % {"day": f"{ends_on:%Y.%m.%d}"}


COLUMNS = ("pk", "kind", "source_kind", "source_no", "official")


def periods(subjects: Subjects) -> dict:
    """Standing periods of the people."""
    rows = Restriction.objects.system().on_date(subjects.day).filter(official__in=subjects.officials)
    rows = rows.filter(nature=Nature.PERIOD)
    return {"period_lifted": effect_rows(rows, *COLUMNS, "ends_on", name="official__name")}


def find_periods(subjects: Subjects, outcome: str):
    """Those from handlings that are no sanctions, and from admonishments."""
    for row in rows_of(subjects, "period_lifted", "official", "ends_on", "pk"):
        if not _is_sanction(row["kind"]):
            words = {"name": row["name"], "kind": code_label("handling_type", row["kind"])}
            yield Candidate(
                kind="period_lifted",
                target=str(row["pk"]),
                label=_("%(name)s: influence period of %(kind)s") % words,
                before=_until(day_of(row["ends_on"])),
                after=_("lifted on the day of the decision"),
                rule_id=RULE,
                official=row["official"],
                state={"source": f"{row['source_kind']}:{row['source_no']}", "ends_on": row["ends_on"]},
                is_proposed=False,
            )


def bounds(subjects: Subjects) -> dict:
    """Standing bounds on ratings of the people, of the case's years and later."""
    rows = RatingConstraint.objects.system().standing().filter(official__in=subjects.officials)
    rows = rows.filter(year__gte=min(subjects.years))
    return {"rating_lifted": effect_rows(rows, *COLUMNS, "year", "effect", name="official__name")}


def find_bounds(subjects: Subjects, outcome: str):
    """Those that follow from no sanction."""
    for row in rows_of(subjects, "rating_lifted", "official", "year", "pk"):
        if not _is_sanction(row["kind"]):
            words = {"name": row["name"], "year": row["year"]}
            yield Candidate(
                kind="rating_lifted",
                target=str(row["pk"]),
                label=_("%(name)s: bound on the rating of %(year)s") % words,
                before=str(RatingEffect(row["effect"]).label),
                after=_("no bound"),
                rule_id=RULE,
                official=row["official"],
                year=row["year"],
                state={"source": f"{row['source_kind']}:{row['source_no']}"},
                is_proposed=False,
            )


def _name(decision: Decision) -> str:
    return f"{decision.word} {decision.case_no}"


def _lift(model):
    def apply(effect: DecidedEffect, decision: Decision, actor):
        row = model.objects.system().filter(pk=effect.target).first()
        if row is None or not lift_row(row, on=decision.decided_on, by=_name(decision), reason=decision.matter):
            raise gone(effect)

    return apply


def _restore(model):
    def reverse(effect: DecidedEffect, decision: Decision, actor):
        row = model.objects.system().filter(pk=effect.target).first()
        if row is None or not restore_row(row, by=_name(decision)):
            raise gone(effect)

    return reverse


register(
    EffectKind(
        "period_lifted",
        gettext_lazy("Influence period ends"),
        frozenset({Outcome.EXEMPT}),
        periods,
        find_periods,
        _lift(Restriction),
        _restore(Restriction),
        order=60,
    )
)
register(
    EffectKind(
        "rating_lifted",
        gettext_lazy("Bound on a rating ends"),
        frozenset({Outcome.EXEMPT}),
        bounds,
        find_bounds,
        _lift(RatingConstraint),
        _restore(RatingConstraint),
        order=70,
    )
)
