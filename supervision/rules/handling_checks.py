"""Is a sanction or handling as entered in order: days, months, flags, the person, the body (处分、处理登记校验). Pure.

Every fault is found at once. A verdict is allowed when no refusal was found; what is only to be known (`NOTICES`) stands among
the reasons as well: above all the end of the period when the sanction falls into an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from foundation.common.dates import add_months
from foundation.common.results import Cite, Reason, Verdict

from .authority import Body, check_body
from .kinds import FAMILY_OF, GOVERNMENT, TWO_PERIODS, heaviness
from .periods import AFTER, Period, PeriodLaw, RunningPeriod, Sanction

NOTICES = frozenset(
    {
        "ADDED_TO_EARLIER",
        "WAITS_FOR_PROBATION",
        "HEAVIER_WITHIN_PERIOD",
        "MONTHS_DIFFER_WITH_REASON",
        "REPLY_LATE_WITH_REASON",
    }
)
"""Codes of reasons that inform and refuse nothing."""


@dataclass(frozen=True, slots=True)
class HandlingLaw:
    """What the rulebook says of a kind. `most_months`: no period of the family is longer (None: no such limit).

    `probation_lengths`: months a 留党察看 may last. `bars_retired`: R-DIS-25. `heavier_within`: R-DIS-24. `cites`: by rule id.
    """

    period: PeriodLaw
    cites: Mapping[str, Cite] = field(default_factory=dict)
    probation_lengths: tuple[int, ...] = ()
    most_months: int | None = None
    bars_retired: bool = True
    heavier_within: bool = True


@dataclass(frozen=True, slots=True)
class Handling:
    """What was entered, and what is known of the person.

    `months_reason`: why the decision's months are not the rule's. `retired_on`: first day of retirement. `committed_on`: day of
    the violation, `is_intentional` with intent. `body` None: not named. `managed_at`: level that manages the person.
    """

    sanction: Sanction
    today: date
    months_reason: str = ""
    body: Body | None = None
    managed_at: str = "COUNTY"
    is_dual_managed: bool = False
    has_consulted: bool = False
    retired_on: date | None = None
    is_intentional: bool = False
    committed_on: date | None = None


def check_handling(
    handling: Handling, law: HandlingLaw, running: Iterable[RunningPeriod] = (), periods: Iterable[Period] = ()
) -> Verdict:
    """All that stands against saving it, and all that is to be known.

    `running`: other periods of the person; `periods`: those computed for this sanction, where its input allows computing.
    """
    running = tuple(running)
    found = [
        *_days(handling, law),
        *_months(handling, law),
        *_flags(handling.sanction, law),
        *_probation(handling, law),
        *_person(handling, law),
        *_authority(handling),
        *_stacking(periods, law),
        *_heavier(handling, law, running),
    ]
    return verdict_of(found)


def verdict_of(reasons: Iterable[Reason]) -> Verdict:
    """Allowed exactly when every reason is a notice."""
    found = tuple(reasons)
    return Verdict(all(reason.code in NOTICES for reason in found), found)


def _reason(code: str, rule_id: str, law: HandlingLaw, **facts) -> Reason:
    return Reason(code, facts | {"rule_id": rule_id}, law.cites.get(rule_id))


def _days(handling: Handling, law: HandlingLaw) -> Iterable[Reason]:
    """D-2: the period runs from the day of effect, which is the day of the decision or, where it says so, a later one."""
    sanction = handling.sanction
    facts = {"decided_on": sanction.decided_on, "effective_on": sanction.effective_on, "today": handling.today}
    if sanction.decided_on > handling.today:
        yield _reason("DECIDED_IN_FUTURE", "D-2", law, **facts)
    if sanction.effective_on < sanction.decided_on:
        yield _reason("EFFECTIVE_BEFORE_DECISION", "D-2", law, **facts)


def rule_months(sanction: Sanction, law: PeriodLaw) -> tuple[int | None, str]:
    """Months by rule for this sanction, and the rule; None where a kind has none, two, or no end."""
    if sanction.kind in TWO_PERIODS or not law.parts:
        return None, law.parts[0].rule_ids[0] if law.parts else ""
    if sanction.instead_of_removal and law.replacing:
        return law.replacing.months, law.replacing.rule_id
    if sanction.after_demotion and law.demoted:
        return law.demoted.months, law.demoted.rule_id
    part = next((part for part in law.parts if part.part == AFTER), law.parts[0])
    return part.months, part.rule_ids[0]


def _months(handling: Handling, law: HandlingLaw) -> Iterable[Reason]:
    """Months other than the rule's need a reason (the deciding body sets them: R-DIS-22); some kinds let nobody set any."""
    sanction = handling.sanction
    if sanction.months is None:
        return
    months, rule_id = rule_months(sanction, law.period)
    facts = {"kind": sanction.kind, "months": sanction.months, "rule_months": months, "most": law.most_months}
    if months is None:
        if sanction.months or sanction.kind in TWO_PERIODS:
            yield _reason("MONTHS_NOT_SET_HERE", rule_id, law, **facts)
        return
    if sanction.months < 1:
        yield _reason("MONTHS_BELOW_ONE", rule_id, law, **facts)
    elif law.most_months is not None and sanction.months > law.most_months:
        yield _reason("MONTHS_ABOVE_CAP", "R-DIS-22", law, **facts)
    elif _differs(sanction, months):
        code = "MONTHS_DIFFER_WITH_REASON" if handling.months_reason.strip() else "MONTHS_DIFFER"
        yield _reason(code, rule_id, law, **facts)


def _differs(sanction: Sanction, months: int) -> bool:
    """A suspension lasts at most so long; every other kind lasts exactly so long."""
    return sanction.months > months if sanction.kind == "ORG_SUSPEND" else sanction.months != months


def _flags(sanction: Sanction, law: HandlingLaw) -> Iterable[Reason]:
    """What belongs to one kind only."""
    for given, kind, name, rule_id in (
        (sanction.instead_of_removal, "PTY_SERIOUS", "instead_of_removal", "R-DIS-PTY_SERIOUS-NO_POST"),
        (sanction.after_demotion, "UNFIT_ADJUST", "after_demotion", "R-1.5-DEMOTE"),
        (sanction.probation_months is not None, "PTY_PROBATION", "probation_months", "R-DIS-PTY_PROBATION"),
        (sanction.rights_restored_on is not None, "PTY_PROBATION", "rights_restored_on", "R-DIS-PTY_PROBATION-AFTER"),
    ):
        if given and sanction.kind != kind:
            yield _reason("NOT_OF_THIS_KIND", rule_id, law, kind=sanction.kind, field=name, belongs_to=kind)


def _probation(handling: Handling, law: HandlingLaw) -> Iterable[Reason]:
    """留党察看 lasts one or two years; rights are restored at its end at the earliest (中国共产党纪律处分条例 第12条)."""
    sanction = handling.sanction
    if sanction.kind != "PTY_PROBATION":
        return
    months, restored = sanction.probation_months, sanction.rights_restored_on
    if months not in law.probation_lengths:
        yield _reason("PROBATION_LENGTH", "R-DIS-PTY_PROBATION", law, months=months, lengths=law.probation_lengths)
    if restored is None:
        return
    facts = {"restored_on": restored, "today": handling.today}
    if restored > handling.today:
        yield _reason("RESTORED_IN_FUTURE", "R-DIS-PTY_PROBATION-AFTER", law, **facts)
    earliest = add_months(sanction.effective_on, months or 0)
    if restored < earliest or restored <= sanction.effective_on:
        yield _reason("RESTORED_TOO_EARLY", "R-DIS-PTY_PROBATION-AFTER", law, **facts, earliest=earliest)


def _person(handling: Handling, law: HandlingLaw) -> Iterable[Reason]:
    """R-DIS-25 (公职人员政务处分法 第27条): the retired are investigated and their benefits adjusted, but not sanctioned."""
    sanction, retired_on = handling.sanction, handling.retired_on
    if law.bars_retired and FAMILY_OF[sanction.kind] == GOVERNMENT and retired_on and retired_on <= sanction.decided_on:
        adjusts = heaviness(sanction.kind) >= heaviness("GOV_DOWNGRADE")
        yield _reason("RETIRED_NOT_SANCTIONED", "R-DIS-25", law, retired_on=retired_on, benefits_adjusted=adjusts)


def _authority(handling: Handling) -> Iterable[Reason]:
    if handling.body is None:
        yield Reason("BODY_MISSING", {"kind": handling.sanction.kind})
        return
    yield from check_body(
        handling.sanction.kind,
        handling.body,
        handling.managed_at,
        is_dual_managed=handling.is_dual_managed,
        has_consulted=handling.has_consulted,
    ).reasons


def _stacking(periods: Iterable[Period], law: HandlingLaw) -> Iterable[Reason]:
    """The end that follows from an earlier period: shown before saving, never a refusal (R-DIS-20, R-DIS-21)."""
    for period in periods:
        if not period.added_from:
            continue
        facts = {
            "part": period.part,
            "earlier": period.added_from,
            "added_days": period.added_days,
            "starts_on": period.starts_on,
            "own_ends_on": period.own_ends_on,
            "ends_on": period.ends_on,
            "is_capped": period.is_capped,
        }
        code = "ADDED_TO_EARLIER" if period.added_days else "WAITS_FOR_PROBATION"
        yield _reason(code, law.period.stacking_rule, law, **facts)


def _heavier(handling: Handling, law: HandlingLaw, running: Iterable[RunningPeriod]) -> Iterable[Reason]:
    """R-DIS-24 (公职人员政务处分法 第13条): a second intentional violation inside a government period is treated more heavily."""
    sanction = handling.sanction
    if not (law.heavier_within and handling.is_intentional and FAMILY_OF[sanction.kind] == GOVERNMENT):
        return
    day = handling.committed_on or sanction.decided_on
    for period in running:
        inside = period.starts_on <= day and (period.ends_on is None or day <= period.ends_on)
        if period.family == GOVERNMENT and inside:
            facts = {"earlier": period.source_no, "earlier_kind": period.kind, "kind": sanction.kind, "day": day}
            is_heavier = heaviness(sanction.kind) > heaviness(period.kind)
            yield _reason("HEAVIER_WITHIN_PERIOD", "R-DIS-24", law, **facts, is_heavier=is_heavier)


def check_reply(
    issued_on: date, due_on: date, replied_on: date, today: date, *, late_reason: str = "", cite: Cite | None = None
) -> Verdict:
    """Is the reply to an inquiry letter (函询答复) in order (R-1.42)? The last day counts.

    A late reply is taken with a reason only; then REPLY_LATE_WITH_REASON stands among the reasons.
    """
    facts = {"issued_on": issued_on, "due_on": due_on, "replied_on": replied_on, "rule_id": "R-1.42"}
    found = []
    if replied_on > today:
        found.append(Reason("REPLY_IN_FUTURE", facts | {"today": today}, cite))
    if replied_on < issued_on:
        found.append(Reason("REPLY_BEFORE_LETTER", facts, cite))
    if replied_on > due_on:
        code = "REPLY_LATE_WITH_REASON" if late_reason.strip() else "REPLY_LATE"
        found.append(Reason(code, facts | {"days_late": (replied_on - due_on).days}, cite))
    return verdict_of(found)
