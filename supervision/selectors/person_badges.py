"""What supervision says beside a person's name: talks, letters and admonishments under way, and how a reuse stands."""

from django.db.models import Value
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from officials.badges import Badge, BadgeRow, RowSource, add_rows, badge_rows

from ..models import ReuseProposal
from ..workflows.reuse import OPEN, REUSED, WAITING
from .reuse_desk import VIEW_CASE
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


def reuses_of(people, day) -> list:
    """Proposals of reuse that are open, and reuses."""
    rows = ReuseProposal.objects.system().filter(official__in=people, status__in=(*OPEN, REUSED))
    return [badge_rows(rows, word="status", number="case_no", day="reused_on")]


def reuse_badges(rows: list[BadgeRow]) -> list[Badge]:
    """The open proposal; without one, the last reuse."""
    latest = max(rows, key=lambda row: (row.word != REUSED, str(row.day or ""), row.number))
    if latest.word == REUSED:
        words = {"day": date_format(latest.day, "Y.m.d")}
        kind, text = "grey", _("used again on %(day)s") % words
    elif latest.word == WAITING:
        kind, text = "blue", _("reuse waits for the selection procedure")
    else:
        kind, text = "blue", _("reuse proposed")
    return [Badge(kind, text, reverse("supervision:reuse", args=[latest.number]), VIEW_CASE)]


add_rows(RowSource("supervision.reuse", reuses_of, reuse_badges))
