"""People of units on a day, by what the record says of their establishment (编制)."""

from collections import Counter, defaultdict
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q

from foundation.regulations.services.codes import codes

from ..models import Official, PostHolding
from ..rules.labels import LabelTable
from ..rules.staff_kinds import TABLE, kind_of_staff


def staff_by_path(day: date, below: str = "") -> dict[str, Counter]:
    """People by the path of the unit where they are on a day, then by the words of their establishment (1 query).

    A person is where the main post of that day is; who has none that day nor later is where the record says, unless they
    left. The words are today's: the record keeps no history of them.
    """
    held = PostHolding.objects.system().on_date(day).filter(is_main=True, post__organization__path__startswith=below)
    held = held.values(place=F("post__organization__path"), words=F("official__establishment"))
    held = held.annotate(n=Count("official", distinct=True))
    posts = PostHolding.objects.system().filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
    at_home = Official.objects.system().filter(home__path__startswith=below, left_note="")
    at_home = at_home.exclude(Exists(posts.filter(official=OuterRef("pk"), is_main=True)))
    at_home = at_home.values(place=F("home__path"), words=F("establishment")).annotate(n=Count("pk"))
    found = defaultdict(Counter)
    counted = (rows.order_by().values_list("place", "words", "n") for rows in (held, at_home))
    for path, words, number in next(counted).union(*counted, all=True):
        found[path][words] += number
    return dict(found)


def kinds_of(by_path: dict[str, Counter]) -> dict[str, Counter]:
    """The same people by kind of staff instead of words."""
    table = LabelTable(TABLE, [(row.code, row.label_zh) for row in codes(TABLE).values()])
    words = {text: kind_of_staff(text, table) for people in by_path.values() for text in people}
    found = {}
    for path, people in by_path.items():
        found[path] = Counter()
        for text, number in people.items():
            found[path][words[text]] += number
    return found
