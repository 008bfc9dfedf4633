"""What a decision on tolerance says beside a person's name: exempted (容), while the decision stands."""

from django.db.models import Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from officials.badges import Badge, BadgeRow, RowSource, add_rows, badge_rows

from ..choices import Outcome
from ..models import CaseParty
from ..workflows.tolerance_case import DECIDED, IN_FORCE
from .cases import VIEW


def exemptions(people, day) -> list:
    """Standing exemptions of the people, decided until the day."""
    rows = CaseParty.objects.system().filter(official__in=people, case__outcome=Outcome.EXEMPT)
    rows = rows.filter(case__status__in=[DECIDED, *IN_FORCE], case__decided_on__lte=day)
    return [badge_rows(rows, word=Value(Outcome.EXEMPT), number="case__case_no", day="case__decided_on")]


def exemption_badges(rows: list[BadgeRow]) -> list[Badge]:
    """The latest exemption of a person."""
    row = max(rows, key=lambda row: (row.day, row.number))
    text = _("exempted (容) %(day)s") % {"day": f"{row.day:%Y.%m.%d}"}
    return [Badge("green", text, reverse("tolerance:case", args=[row.number]), VIEW)]


add_rows(RowSource("tolerance.exempted", exemptions, exemption_badges))
