"""Decisions of the situations as the rules take them, each computed upon those before it."""

from supervision.rules.kinds import FAMILY_OF
from supervision.rules.periods import Period, RunningPeriod, Sanction, compute_periods
from supervision.services.period_law import law_of

from .situation_files import book_of_files


def sanction_of(row: dict) -> Sanction:
    return Sanction(
        row["kind"],
        row.get("decided", row["day"]),
        row["day"],
        row.get("months"),
        row.get("instead_of_removal", False),
        row.get("probation"),
        row.get("restored"),
        row.get("after_demotion", False),
    )


def periods_of(sanction: Sanction, running=()) -> tuple[Period, ...]:
    """With the rulebook of the day of effect."""
    return compute_periods(sanction, running, law_of(book_of_files(sanction.effective_on), sanction.kind))


def as_running(source_no: str, sanction: Sanction, periods) -> list[RunningPeriod]:
    family = FAMILY_OF[sanction.kind]
    return [
        RunningPeriod(
            source_no, sanction.kind, family, one.starts_on, one.ends_on, one.part, effective_on=sanction.effective_on
        )
        for one in periods
    ]


def running_of(rows) -> list[RunningPeriod]:
    """Periods of earlier decisions, in order, each upon those before it; numbered from 1."""
    running = []
    for number, row in enumerate(rows, start=1):
        sanction = sanction_of(row)
        running += as_running(str(number), sanction, periods_of(sanction, running))
    return running
