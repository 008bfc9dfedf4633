"""What daily supervision says beside a person's name: reminder talks, inquiry letters and admonishments under way."""

from django.db.models import Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from officials.badges import Badge, BadgeRow, RowSource, add_rows, badge_rows

from .tools import TOOLS

SHOWN = {
    "reminders": ("yellow", _("reminder talk under way")),
    "inquiries": ("yellow", _("inquiry letter under way")),
    "admonishments": ("orange", _("admonishment under way")),
}


def open_tools(people, day) -> list:
    """Cases of these kinds that are not settled."""
    found = []
    for slug in SHOWN:
        tool = TOOLS[slug]
        waiting = tool.model.objects.system().filter(official__in=people, status__in=tool.flow.open_states())
        found.append(badge_rows(waiting, word=Value(slug), number="case_no"))
    return found


def tool_badges(rows: list[BadgeRow]) -> list[Badge]:
    """One for each case, those of a kind together; who may not see such cases does not see that there is one."""
    order = list(SHOWN)
    return [
        Badge(*SHOWN[row.word], reverse("supervision:tool", args=[row.number]), TOOLS[row.word].view)
        for row in sorted(rows, key=lambda row: (order.index(row.word), row.number))
    ]


add_rows(RowSource("supervision.tools", open_tools, tool_badges))
