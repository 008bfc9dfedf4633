"""What the bottom-rank mechanism says beside a person's name: measures that are not settled."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from officials.badges import Badge, BadgeRow, RowSource, add_rows, badge_rows

from ..models import Measure
from ..workflows import MEASURE


def open_measures(people, day) -> list:
    """Open measures (末位倒逼) of people with the year each rests on."""
    waiting = Measure.objects.system().filter(official__in=people, status__in=MEASURE.open_states())
    return [badge_rows(waiting, word="cycle__year", number="case_no")]


def measure_badges(rows: list[BadgeRow]) -> list[Badge]:
    """One for each measure, the earliest year first."""
    return [
        Badge(
            "orange",
            _("bottom-rank measure %(year)d") % {"year": int(row.word)},
            reverse("assessments:measure", args=[row.number]),
            "assessments.view_measure",
        )
        for row in sorted(rows, key=lambda row: (row.word, row.number))
    ]


add_rows(RowSource("assessments.measure", open_measures, measure_badges))
