"""What a saved sanction or handling brings with it to be done (处分、处理后应办事项), with last days. Pure.

公职人员政务处分法 第54条 (file, change of post and pay), 中国共产党问责条例 第9条 (procedures, report to the department and upwards), house rules for
reminders and return visits. Numbers come in as `DutyLaw`. What has a number of working days instead of a day is counted by the
calendar above (D-3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.common.dates import add_months

from .appeals import first_clocks
from .kinds import ACCOUNTABILITY, FAMILY_OF, GOVERNMENT, ORGANIZATION, PARTY, heaviness
from .periods import Period, Sanction

ARCHIVE_CATEGORY = "8"
"""违规违纪违法处理处分类 of code table archive_category."""

NOT_VISITED = frozenset({"GOV_DISMISS"})
"""Who was dismissed from office (开除) has no unit that could be visited."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do. `due_on`: the last day; None with `working_days` counted from `counts_from`, or where no law sets a day.

    `latest_on`: the furthest day with approval.
    """

    code: str
    rule_id: str = ""
    due_on: date | None = None
    working_days: int | None = None
    counts_from: date | None = None
    latest_on: date | None = None


@dataclass(frozen=True, slots=True)
class DutyLaw:
    """Numbers of the rulebook: value of SUP-POST_CHANGE-MONTHS, SUP-ACCOUNTABILITY-MONTHS, SUP-EXPIRY-REMINDER-DAYS, SUP-REVISIT,
    R-1.41-SELF_EXAM (working days) and R-1.41-RECHECK (months); `appeal_rule` with its limits, empty where none holds."""

    post_change: Mapping[str, int]
    procedure_months: int
    reminder_days: int
    revisit: Mapping[str, int]
    self_examination_days: int
    recheck_months: int
    appeal_rule: str = ""
    appeal_limits: Mapping[str, int] | None = None


def compute_duties(
    sanction: Sanction,
    periods: Sequence[Period],
    law: DutyLaw,
    *,
    known_on: date | None = None,
    is_accountability: bool = False,
) -> tuple[Duty, ...]:
    """Everything to be done, in the order of the regulations. `known_on`: the day the person learned of it (delivery)."""
    return (
        *_archive(sanction),
        *_procedures(sanction, law, is_accountability),
        *_admonishment(sanction, law),
        *_appeals(law, known_on or sanction.effective_on),
        *_revisits(sanction, periods, law),
        *_expiry(periods, law),
    )


def _archive(sanction: Sanction) -> Iterable[Duty]:
    """A sanction or handling is filed in category 8 (第54条; R-ACC-03); talks and letters stay with the department."""
    if FAMILY_OF[sanction.kind] in {PARTY, GOVERNMENT, ORGANIZATION, ACCOUNTABILITY}:
        yield Duty("FILE_IN_ARCHIVE")


def _procedures(sanction: Sanction, law: DutyLaw, is_accountability: bool) -> Iterable[Duty]:
    """Change of post and pay from 降级 upwards; procedures and reports of handling and accountability."""
    day, family = sanction.effective_on, FAMILY_OF[sanction.kind]
    if family == GOVERNMENT and heaviness(sanction.kind) >= heaviness("GOV_DOWNGRADE"):
        normal, longest = (add_months(day, law.post_change[key]) for key in ("normal", "longest"))
        yield Duty("CHANGE_POST_AND_PAY", "SUP-POST_CHANGE-MONTHS", normal, latest_on=longest)
    answers = is_accountability or family == ACCOUNTABILITY
    if family == ORGANIZATION or answers:
        due_on = add_months(day, law.procedure_months)
        yield Duty("COMPLETE_PROCEDURES", "SUP-ACCOUNTABILITY-MONTHS", due_on)
    if answers:
        yield Duty("REPORT_TO_DEPARTMENT")
        yield Duty("REPORT_TO_UPPER_DEPARTMENT")


def _admonishment(sanction: Sanction, law: DutyLaw) -> Iterable[Duty]:
    """诫勉: a written self-examination, then a report on rectification and a check (R-1.41); the report also after a reminder."""
    day = sanction.effective_on
    if sanction.kind == "ADMONISH":
        yield Duty("SELF_EXAMINATION", "R-1.41-SELF_EXAM", None, law.self_examination_days, day)
    if sanction.kind in {"ADMONISH", "REMIND"}:
        yield Duty("RECTIFICATION_REPORT", "R-1.41-RECHECK", add_months(day, law.recheck_months))


def _appeals(law: DutyLaw, known_on: date) -> Iterable[Duty]:
    """Until when the person may appeal (§ appeals)."""
    for clock in first_clocks(law.appeal_rule, known_on, law.appeal_limits or {}) if law.appeal_rule else ():
        yield Duty(f"APPEAL_{clock.step.upper()}", clock.rule_id, clock.due_on)


def revisit_days(starts_on: date, ends_on: date | None, plan: Mapping[str, int]) -> tuple[date, ...]:
    """Days of return visits (回访): the first after so many months, then at intervals, and one before the end.

    Only days inside the period; without an end, the first only (the next is planned when it was made).
    """
    last = ends_on and ends_on - timedelta(days=plan["before_expiry_days"])
    months, found = plan["first_months"], []
    while (day := add_months(starts_on, months)) < (last or date.max):
        found.append(day)
        months += plan["every_months"]
        if last is None:
            break
    return (*found, last) if last is not None and last >= starts_on else tuple(found)


def _revisits(sanction: Sanction, periods: Sequence[Period], law: DutyLaw) -> Iterable[Duty]:
    if not periods or sanction.kind in NOT_VISITED:
        return
    ends = [period.ends_on for period in periods]
    ends_on = None if None in ends else max(ends)
    for day in revisit_days(min(period.starts_on for period in periods), ends_on, law.revisit):
        yield Duty("RETURN_VISIT", "SUP-REVISIT", day)


def _expiry(periods: Sequence[Period], law: DutyLaw) -> Iterable[Duty]:
    """A reminder before each period ends and one on its last day; none where a period is shorter than the lead."""
    for period in periods:
        if period.ends_on is None:
            continue
        early = period.ends_on - timedelta(days=law.reminder_days)
        if period.starts_on <= early < period.ends_on:
            yield Duty("EXPIRY_SOON", "SUP-EXPIRY-REMINDER-DAYS", early)
        yield Duty("EXPIRY", "SUP-EXPIRY-REMINDER-DAYS", period.ends_on)
