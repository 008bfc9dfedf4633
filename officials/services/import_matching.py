"""Whom a row of a file is about: by the identity number, else a suggestion by name and month of birth."""

from collections import defaultdict

from django.urls import NoReverseMatch, reverse

from foundation.common.crypto import keyed_hash
from foundation.exchange.comparing import Matched
from foundation.exchange.models import Proposal
from foundation.exchange.rows import Finding, Level

from ..models import Official
from ..rules.partial_dates import DateUnreadable, PartialDate, parse_partial_date
from .people import by_identity, without_number


class Matcher:
    """Recorded people for many rows at once (at most 3 queries). `rows` are pairs of values and place."""

    def __init__(self, organization, values) -> None:
        self.organization = organization
        numbers = {each["id_number"] for each in values if each.get("id_number")}
        self.by_hash = by_identity(numbers)
        rest = [
            (each["id_number"], each.get("name", ""))
            for each in values
            if each.get("id_number") and keyed_hash(each["id_number"]) not in self.by_hash
        ]
        self.by_hash |= without_number(rest) if rest else {}
        self._by_name = defaultdict(list)
        names = {each.get("name", "") for each in values if self.by_number(each) is None}
        for person in Official.objects.system().below(organization.path).filter(name__in=names):
            self._by_name[person.name].append(person)

    def by_number(self, values) -> Official | None:
        """The recorded person with the row's number."""
        number = values.get("id_number")
        return self.by_hash.get(keyed_hash(number)) if number else None

    def suggested(self, values) -> list[Official]:
        """People of the same name and month of birth. Two complete numbers that differ are two people."""
        month = birth_month(values)
        return [
            person
            for person in self._by_name.get(values.get("name", ""), [])
            if month and month == month_of(person) and not (values.get("id_number") and bytes(person.id_cipher))
        ]


def birth_month(values) -> tuple[int, int] | None:
    """Year and month of birth that a row states."""
    try:
        born = PartialDate.stored(values.get("birth", ""))
    except DateUnreadable:
        return None
    return (born.year, born.month) if born.month else None


def month_of(person: Official) -> tuple[int, int] | None:
    """Year and month of birth of a recorded person."""
    if person.birth_on:
        return person.birth_on.year, person.birth_on.month
    try:
        born = parse_partial_date(person.birth_text)
    except DateUnreadable:
        return None
    return (born.year, born.month) if born.month else None


def match_people(organization, rows, *, against=lambda row, person: ()) -> list[Matched]:
    """What each row meets. `against(row, person)` gives further findings about a row that meets a person."""
    matcher = Matcher(organization, [row.values for row in rows])
    return [_match(matcher, row, against) for row in rows]


def _match(matcher: Matcher, row, against) -> Matched:
    person = matcher.by_number(row.values)
    if person is not None:
        findings = _standing(matcher.organization, row, person) or tuple(against(row, person))
        return Matched(Proposal.UPDATE, person.pk, findings)
    found = matcher.suggested(row.values)
    if found:
        return Matched(Proposal.ASK, found[0].pk if len(found) == 1 else None)
    return Matched(Proposal.NEW)


def _standing(organization, row, person) -> tuple[Finding, ...]:
    """A record in the trash, or of another county, is not changed from a file."""
    if person.trashed_at is not None:
        return (_at(row, "person_in_trash", person.name),)
    if person.org_path and not person.org_path.startswith(organization.path):
        return (_at(row, "person_elsewhere", row.values.get("name", "")),)
    return ()


def _at(row, code, value) -> Finding:
    return Finding(Level.ERROR, code, row.sheet, row.row, row.column or "", value)


def address_of(person: Official) -> str:
    """Where the person's page is."""
    try:
        return reverse("officials:person", args=[person.pk])
    except NoReverseMatch:
        return ""
