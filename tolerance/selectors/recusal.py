"""Who of the people named in a case must take no part (回避, 公务员法 第76条), by the one reading of family lists."""

from collections.abc import Collection, Iterable

from officials.models import FamilyMember, Official
from supervision.selectors.kin import kin_of


def concerned_relatives(subjects: Collection[int], people: Iterable[tuple[str, Official | None]]) -> dict[str, str]:
    """Name of each of `people` who is one of the subjects or related to one → name of that subject.

    Who stands in the record is told by it (`kin_of`, 3 queries each); of others nothing but the name is known, so one that a
    subject bears or names in the family list counts.
    """
    about = dict(Official.objects.system().filter(pk__in=subjects).values_list("pk", "name"))
    rows = FamilyMember.objects.system().filter(official__in=about).values_list("name", "official")
    named = {name: about[subject] for name, subject in rows} | {name: name for name in about.values()}
    found = {}
    for name, person in people:
        if person is None:
            subject = named.get(name)
        else:
            subject = next((about[pk] for pk in (person.pk, *kin_of(person)) if pk in about), None)
        if subject is not None:
            found[name] = subject
    return found
