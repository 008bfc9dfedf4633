"""Decisions of earlier years, entered one by one from the county's lists and confirmed by a leader, as an office takes them over."""

from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from foundation.accounts.models import User
from foundation.casework.services.engine import perform
from foundation.regulations.services.codes import code_label
from officials.models import Restriction
from supervision.models import Handling
from supervision.services.handlings import enter, lift_ended

from .lists import Differences, left_out, lines_of, people_of
from .people import DEMO

BODIES = {
    "PARTY": ("DISCIPLINE_COMMISSION", "中共鹤山市纪律检查委员会"),
    "GOVERNMENT": ("SUPERVISORY_COMMISSION", "鹤山市监察委员会"),
    "ADJUSTMENT": ("PARTY_COMMITTEE", "中共鹤山市委"),
}


def take_sanctions(tell, path: Path) -> Differences:
    """Enter the sanctions (处分) that are not there yet. Who is not in the record any more is named and left out."""
    return _take(tell, path, _sanction, "ends_on")


def take_adjustments(tell, path: Path) -> Differences:
    """Enter the adjustments of people unfit for their post (不适宜担任现职调整): decided ones, so decisions and no leads."""
    return _take(tell, path, _adjustment, "blocked_until")


@transaction.atomic
def _take(tell, path: Path, values_of, last_day: str) -> Differences:
    """Enter, confirm, lift what has ended; `last_day` is the column with the last day of the period."""
    clerk, leader = (User.objects.get(username=name) for name in ("jiandu", "lingdao"))
    known = set(Handling.objects.system().values_list("document_no", flat=True))
    lines = [line for line in lines_of(path) if line["document"] not in known]
    people, differing, entered = people_of(lines), Differences(), 0
    for line in lines:
        if line["id_number"] not in people:
            continue
        day = date.fromisoformat(line["decided_on"])
        shared = {"document_no": line["document"], "body_level": "COUNTY", "decided_on": day}
        case = enter(actor=clerk, official=people[line["id_number"]], **shared, **values_of(line))
        perform(case, "confirm", actor=leader)
        differing.compare(line, {last_day: _last_day(case)})
        entered += 1
    lifted = lift_ended(actor=DEMO, day=timezone.localdate())
    tell(f"{path.name}: {entered} decisions entered, {lifted} ended and lifted{left_out(lines, people)}")
    differing.tell(tell)
    return differing


def _last_day(case) -> date:
    """Last day of the longest period of a decision."""
    return max(Restriction.objects.system().filter(source_no=case.case_no).values_list("ends_on", flat=True))


def _sanction(line) -> dict:
    body, body_name = BODIES["PARTY" if line["type"].startswith("PTY") else "GOVERNMENT"]
    return {
        "kind": line["type"],
        "body": body,
        "body_name": body_name,
        "effective_on": date.fromisoformat(line["effective_on"]),
        "summary": line["matter"],
    }


def _adjustment(line) -> dict:
    body, body_name = BODIES["ADJUSTMENT"]
    circumstance = code_label("unfit_circumstance", line["circumstance"], "zh-hans")
    return {
        "kind": "UNFIT_ADJUST",
        "way": line["way"],
        "body": body,
        "body_name": body_name,
        "effective_on": date.fromisoformat(line["decided_on"]),
        "summary": f"{circumstance}（{line['evidence']}）：由{line['from_post']}调整为{line['to_post']}",
    }
