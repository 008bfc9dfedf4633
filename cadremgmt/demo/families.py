"""Families of a few people of the county, so that avoidance has something to find; entered as the cadre section enters them."""

from itertools import groupby
from pathlib import Path

from django.utils import timezone

from foundation.accounts.models import User
from officials.models import FamilyMember
from officials.sections import ROW_SECTIONS, SECTIONS
from officials.services.records import change_section, replace_rows
from supervision.services.conflicts import follow_conflicts

from .lists import left_out, lines_of, people_of
from .people import DEMO

WHY = "据个人填报的家庭成员情况录入"


def take_families(tell, path: Path) -> None:
    """Enter the families of those who have none yet, then compare families and posts. Who is not in the record is left out."""
    clerk = User.objects.get(username="ganbu")
    lines = lines_of(path)
    people = people_of(lines)
    known = set(
        FamilyMember.objects.system().filter(official__in=people.values()).values_list("official_id", flat=True)
    )
    entered = 0
    for number, group in groupby(lines, key=lambda line: line["id_number"]):
        person, members = people.get(number), list(group)
        if person is None or person.pk in known:
            continue
        rows = [
            {"relation": one["relation"], "name": one["member"], "birth_text": one["born"], "politics": one["politics"]}
            | {"work": one["work"]}
            for one in members
        ]
        shared = {"actor": clerk, "official": person, "reason": WHY}
        replace_rows(section=ROW_SECTIONS["family"], rows=rows, version=person.version, **shared)
        if place := members[0]["raised_in"]:
            person.refresh_from_db()
            values = {"raised_in": place}
            change_section(section=SECTIONS["identity"], values=values, version=person.version, **shared)
        entered += 1
    done = follow_conflicts(actor=DEMO, day=timezone.localdate())
    tell(f"{path.name}: {entered} families entered, {done['opened']} conflicts found{left_out(lines, people)}")
