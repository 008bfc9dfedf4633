"""What the bottom-rank mechanism says beside a person's name: measures that are not settled."""

from collections import defaultdict

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from officials.badges import Badge, add_source

from ..models import Measure
from ..workflows import MEASURE


@add_source
def measure_badges(people, day) -> dict[int, list[Badge]]:
    """An open measure (末位倒逼) of each person with the year it rests on (1 query)."""
    found = defaultdict(list)
    waiting = Measure.objects.system().filter(official__in=people, status__in=MEASURE.open_states())
    for case_no, person, year in waiting.order_by("cycle__year").values_list("case_no", "official", "cycle__year"):
        found[person].append(
            Badge(
                "orange",
                _("bottom-rank measure %(year)d") % {"year": year},
                reverse("assessments:measure", args=[case_no]),
                "assessments.view_measure",
            )
        )
    return found
