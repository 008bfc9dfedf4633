"""Relations among recorded people, read from their family lists: all of a county, those of one person, two people.

What a room above asks before it names somebody to verify, to vote or to examine: `kin_of`, `are_related`, `withdrawal_of`.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from foundation.organizations.models import Organization
from foundation.regulations.services.rulebook import rulebook
from officials.models import FamilyMember, Official

from ..rules.avoidance import Relation, must_withdraw
from ..rules.kin_links import KinLink, Known, Member, find_links, role_of, seen_from

_PEOPLE = ("pk", "name", "birth_on", "id_hash", "id_cipher")


def links_in(county: Organization) -> dict[tuple[int, int], KinLink]:
    """All relations among the people of a county (2 queries)."""
    people = Official.objects.system().kept().below(county.path)
    members = FamilyMember.objects.system().filter(official__trashed_at__isnull=True)
    return find_links(_known(people), _members(members.filter(official__org_path__startswith=county.path)))


def kin_of(official: Official) -> dict[int, KinLink]:
    """Relatives of a person among recorded people, in any county: the relation seen from the person, by the relative's number.

    A relation whose word does not tell the set (其他亲属) is here too, with an empty code (at most 3 queries).
    """
    people = Official.objects.system().kept()
    members = FamilyMember.objects.system().filter(official__trashed_at__isnull=True)
    own = list(members.filter(official=official))
    names = {row.name for row in own}
    numbers = {row.id_hash for row in own if row.id_hash}
    shared = {row.name for row in own if role_of(row.relation)}
    naming = Q(name__in=shared | {official.name}) | Q(id_hash__in=[*numbers, official.id_hash])
    rows = [*own, *members.filter(naming).exclude(official=official)]
    asked = people.filter(Q(name__in=names) | Q(id_hash__in=numbers) | Q(pk=official.pk))
    found = find_links(_known(asked), _members_of(rows))
    return {
        link.other: link for link in (seen_from(one, official.pk) for one in found.values() if official.pk in one.pair)
    }


def are_related(one: Official, other: Official) -> KinLink | None:
    """How two people are related, None where nothing says that they are (at most 3 queries)."""
    return kin_of(one).get(other.pk)


def withdrawal_of(official: Official, concerned: Collection[int], day: date) -> str:
    """AV5 (公务回避, 公务员法 第76条): why a person may not take part in a matter that concerns these people.

    SELF, the set of the relation (S1–S4), UNTOLD for a relation whose kind nobody has stated; empty: free to take part.
    """
    if official.pk in concerned:
        return "SELF"
    kin = kin_of(official)
    county = official.home.jurisdiction or official.home if official.home_id else None
    book = rulebook(on=day, jurisdiction=county.code if county else "")
    relations = [Relation(link.person, link.other, link.label, link.code) for link in kin.values() if link.code]
    if "AV5" in book.value("SEL-AVOIDANCE-TESTS"):
        found = must_withdraw(official.pk, concerned, relations, book.value("SEL-AVOIDANCE-RELATIONS"))
        if found:
            return found
    return "UNTOLD" if any(not kin[pk].code for pk in concerned if pk in kin) else ""


def _known(people) -> list[Known]:
    return [
        Known(pk, name, f"{born:%Y%m}" if born else "", number if bytes(cipher) else "")
        for pk, name, born, number, cipher in people.values_list(*_PEOPLE)
    ]


def _members(query) -> list[Member]:
    return _members_of(query.only("official_id", "relation", "name", "birth_text", "id_hash"))


def _members_of(rows) -> list[Member]:
    return [Member(row.official_id, row.relation, row.name, row.birth_month, row.id_hash) for row in rows]
