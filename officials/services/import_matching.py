"""Whom a row of a file is about: by the identity number, else a suggestion by name and month of birth."""

from collections import defaultdict
from functools import cached_property

from django.urls import NoReverseMatch, reverse

from foundation.common.crypto import keyed_hash
from foundation.exchange.comparing import Matched
from foundation.exchange.models import Proposal
from foundation.exchange.rows import Finding, Level
from foundation.exchange.services.masking import masked

from ..models import Official
from ..rules.partial_dates import DateUnreadable, PartialDate, parse_partial_date
from .people import by_hashes, completed


class Matcher:
    """Recorded people for many rows at once (2 queries; 2 more when suggestions are asked for).

    `values` are the values of all rows that will be asked about.
    """

    def __init__(self, organization, values) -> None:
        self.organization, self._values = organization, values
        self._hashes = {number: keyed_hash(number) for each in values if (number := each.get("id_number"))}
        self.by_hash = by_hashes(self._hashes.values())
        rest = {
            key: (each.get("name", ""), masked(each["id_number"]))
            for each in values
            if each.get("id_number") and (key := self.hash_of(each["id_number"])) not in self.by_hash
        }
        self.by_hash |= completed(rest) if rest else {}

    def hash_of(self, number: str) -> str:
        """The look-up key of a row's number."""
        return self._hashes[number]

    def by_number(self, values) -> Official | None:
        """The recorded person with the row's number."""
        number = values.get("id_number")
        return self.by_hash.get(self._hashes[number]) if number else None

    def suggested(self, values) -> list[Official]:
        """People of the same name and month of birth. Two complete numbers that differ are two people."""
        namesakes = self._by_name[bool(values.get("id_number"))].get(values.get("name", ""))
        month = birth_month(values) if namesakes else None
        return [person for person in namesakes if month == month_of(person)] if month else []

    @cached_property
    def _by_name(self) -> tuple[dict[str, list[Official]], ...]:
        """People by name: all who might be meant by a row without a number, and those without one, for rows that have one."""
        names: tuple[set[str], set[str]] = set(), set()
        for each in self._values:
            if self.by_number(each) is None:
                names[bool(each.get("id_number"))].add(each.get("name", ""))
        people = Official.objects.system().below(self.organization.path)
        found: tuple[dict, dict] = defaultdict(list), defaultdict(list)
        for has_number, query in enumerate((people, people.filter(id_cipher=b""))):
            for person in query.filter(name__in=names[has_number]) if names[has_number] else ():
                found[has_number][person.name].append(person)
        return found


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


def match_people(organization, rows, *, against=lambda row, person: (), matcher=None) -> list[Matched]:
    """What each row meets. `against(row, person)` gives further findings about a row that meets a person.

    `matcher`: that of these rows, where the caller has made it already.
    """
    matcher = matcher or Matcher(organization, [row.values for row in rows])
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
