"""The desk of sanctioned officials: its rows with the conditions of the day, and the list as a workbook (an entry)."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from foundation.audit.services.entries import record
from foundation.exchange.reports import workbooks
from foundation.exchange.reports.paper_files import Paper, file_name

from ..models import Handling
from ..reports.reuse_table import reuse_report, title_of
from ..rules.reuse import EQUAL_LEVEL, check_reuse
from ..selectors.reuse_desk import DeskLine, sanctioned
from ..selectors.reuse_facts import records_of
from ..workflows.reuse import REUSED
from .period_exports import EXPORT, MOST_KEYS
from .reuse_conditions import law_on
from .reuse_words import in_words


def desk_lines(rows: Iterable[Handling], day: date) -> list[DeskLine]:
    """Rows of `sanctioned` with visits and, until somebody is used again, the conditions of a post at the same level.

    What is attested is no part of it: those conditions stand open (`records_of`).
    """
    cases = list(rows)
    known, law = records_of({case.official_id for case in cases}, day), law_on(day)
    found = []
    for case in cases:
        facts = known[case.official_id].since(case.effective_on)
        conditions = () if case.reuse_status == REUSED else check_reuse(facts, {}, EQUAL_LEVEL, day, law)
        worded = tuple(type(one)(one.code, one.state, tuple(in_words(one.reasons)), one.cite) for one in conditions)
        found.append(DeskLine(case, case.is_running, facts.visits, day, worded))
    return found


@transaction.atomic
def export_desk(*, actor, day: date, asked: dict) -> Paper:
    """What the desk shows of people whom the actor may take out; `asked` narrows it as on the page. No identity numbers.

    Raises PermissionDenied for who may not take out people at all.
    """
    if not actor.has_perm(EXPORT):
        raise PermissionDenied(EXPORT)
    lines = desk_lines(sanctioned(actor, day, **asked).visible_to(actor, EXPORT), day)
    people = sorted({line.case.official_id for line in lines})
    record(
        actor=actor,
        action="supervision.reuse.exported",
        target_kind="supervision.handling",
        target_label=title_of(),
        data={"day": day, "filters": asked, "rows": len(lines), "people": len(people), "keys": people[:MOST_KEYS]},
    )
    return Paper(
        file_name(title_of(), f"{day:%Y%m%d}", ending="xlsx"), workbooks.write_report(reuse_report(lines, day))
    )
