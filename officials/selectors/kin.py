"""Who is related to whom, as far as the family lists tell: for recusal (公务回避, 公务员法 第76条)."""

from collections.abc import Iterable

from django.db.models import Q

from ..models import FamilyMember, Official


def related_people(subjects: Iterable[int], people: Iterable[tuple[str, Official | None]]) -> dict[str, str]:
    """Name of each of `people` who is one of the subjects or their kin → name of that subject (3 queries at most).

    Kin are told by identity number, or by name and month of birth, in both families' lists; a month that either side leaves out
    does not tell two of one name apart, so the namesake counts as kin until the record says otherwise. Who is no official of the
    record is told by the name alone.
    """
    about = {one.pk: one for one in Official.objects.system().filter(pk__in=list(subjects))}
    family = list(FamilyMember.objects.system().filter(official__in=about))
    asked = list(people)
    own_lists = FamilyMember.objects.system().filter(official__in=[one.pk for _name, one in asked if one])
    theirs: dict[int, list[FamilyMember]] = {}
    if any(one for _name, one in asked):
        for row in own_lists:
            theirs.setdefault(row.official_id, []).append(row)
    found = {}
    for name, one in asked:
        subject = _subject_of(name, one, about, family, theirs.get(one.pk, ()) if one else ())
        if subject is not None:
            found[name] = subject.name
    return found


def _subject_of(name, one, about, family, own_list):
    for subject in about.values():
        if one is not None and (one.pk == subject.pk or any(_is(row, subject) for row in own_list)):
            return subject
        if one is None and name == subject.name:
            return subject
    for row in family:
        if (_is(row, one) if one is not None else row.name == name) and row.official_id in about:
            return about[row.official_id]
    return None


def _is(row: FamilyMember, person: Official) -> bool:
    """Does the row of a family list mean this person?"""
    if row.id_hash and person.id_hash:
        return row.id_hash == person.id_hash
    if row.name != person.name:
        return False
    born = f"{person.birth_on:%Y%m}" if person.birth_on else ""
    return not row.birth_month or not born or row.birth_month == born


def people_of_name(county_path: str, name: str) -> list[Official]:
    """People of a county with exactly this name, whose record is not in the trash (1 query)."""
    found = Official.objects.system().kept().filter(Q(org_path__startswith=county_path), name=name)
    return list(found.select_related("home").order_by("pk"))
