"""Names that a case is given as lines of text: verifiers and members of a meeting, found in the record where they stand there."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundation.common.results import Reason
from officials.models import Official

from ..choices import Vote

VOTES = {"同意": Vote.FOR, "反对": Vote.AGAINST, "弃权": Vote.ABSTAINED, "回避": Vote.RECUSED, "缺席": Vote.ABSENT}
"""Words that end a line of a vote."""
BORN = re.compile(r"^(\d{4})[.年]?(\d{2})月?$")


@dataclass(frozen=True)
class NamedPerson:
    """A line: name, what else was written, and the official of that name where exactly one is meant."""

    name: str
    post: str
    official: Official | None
    vote: str = ""


def read_people(text: str, county_path: str, field: str) -> tuple[list[NamedPerson], list[Reason]]:
    """`姓名 单位及职务` in each line; two of one name are told apart by `姓名 1985.07 …`. Returns people and what is unclear."""
    found, reasons = [], []
    for number, line in enumerate((one.strip() for one in text.splitlines()), start=1):
        if line:
            name, born, rest = _parts(line)
            official, reason = _who(name, born, county_path, number, field)
            found.append(NamedPerson(name, rest, official))
            reasons += [reason] if reason else []
    return found, reasons


def read_ballots(text: str, county_path: str, field: str) -> tuple[list[NamedPerson], list[Reason]]:
    """`姓名 职务 同意` in each line; the last word is one of 同意、反对、弃权、回避、缺席."""
    found, reasons = [], []
    for number, line in enumerate((one.strip() for one in text.splitlines()), start=1):
        if not line:
            continue
        *front, last = line.split()
        if last not in VOTES or not front:
            told = _("Line %(number)s: end it with one of %(words)s.") % {"number": number, "words": "、".join(VOTES)}
            reasons.append(Reason("BALLOT_UNREADABLE", {"field": field, "line": number}, text=told))
            continue
        name, born, rest = _parts(" ".join(front))
        official, reason = _who(name, born, county_path, number, field)
        found.append(NamedPerson(name, rest, official, VOTES[last]))
        reasons += [reason] if reason else []
    return found, reasons


def _parts(line: str) -> tuple[str, str, str]:
    name, *rest = line.split(maxsplit=2)
    if rest and (born := BORN.match(rest[0])):
        return name, f"{born[1]}{born[2]}", rest[1] if len(rest) > 1 else ""
    return name, "", " ".join(rest)


def _who(name, born, county_path, number, field):
    people = list(Official.objects.system().kept().filter(org_path__startswith=county_path, name=name).order_by("pk"))
    if born:
        people = [one for one in people if one.birth_on and f"{one.birth_on:%Y%m}" == born]
    if len(people) < 2:
        return (people[0] if people else None), None
    text = _("Line %(number)s: %(count)s officials are called %(name)s. Add the month of birth, such as 1985.07.") % {
        "number": number,
        "count": len(people),
        "name": name,
    }
    return None, Reason("NAME_AMBIGUOUS", {"field": field, "line": number}, text=text)
