"""Decisions of earlier years, entered one by one from the county's list and confirmed by a leader, as an office takes them over."""

import csv
from datetime import date
from pathlib import Path

from django.utils import timezone

from foundation.accounts.models import User
from foundation.casework.services.engine import perform
from foundation.common.crypto import keyed_hash
from officials.models import Official
from supervision.models import Handling
from supervision.services.handlings import enter, lift_ended

from .people import DEMO

BODIES = {
    "PARTY": ("DISCIPLINE_COMMISSION", "中共鹤山市纪律检查委员会"),
    "GOVERNMENT": ("SUPERVISORY_COMMISSION", "鹤山市监察委员会"),
}


def take_sanctions(tell, path: Path) -> None:
    """Enter what is not there yet. Who is not in the record any more is named and left out."""
    clerk, leader = (User.objects.get(username=name) for name in ("jiandu", "lingdao"))
    known = set(Handling.objects.system().values_list("document_no", flat=True))
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["document"] not in known]
    people = {
        person.id_hash: person
        for person in Official.objects.system().filter(id_hash__in=[keyed_hash(row["id_number"]) for row in rows])
    }
    entered, missing = 0, []
    for row in rows:
        person = people.get(keyed_hash(row["id_number"]))
        if person is None:
            missing.append(row["name"])
            continue
        body, body_name = BODIES["PARTY" if row["type"].startswith("PTY") else "GOVERNMENT"]
        case = enter(
            actor=clerk,
            official=person,
            kind=row["type"],
            document_no=row["document"],
            body=body,
            body_level="COUNTY",
            body_name=body_name,
            decided_on=date.fromisoformat(row["decided_on"]),
            effective_on=date.fromisoformat(row["effective_on"]),
            summary=row["matter"],
        )
        perform(case, "confirm", actor=leader)
        entered += 1
    lifted = lift_ended(actor=DEMO, day=timezone.localdate())
    left = f", not in the record: {'、'.join(missing)}" if missing else ""
    tell(f"{path.name}: {entered} decisions entered, {lifted} ended and lifted{left}")
