"""Talks, reminders, inquiry letters and admonishments of earlier years, taken over one by one on their own days.

The list knows persons, ways, sources and days; what a step asks for besides (who talked, what was said) is made up here.
Last days and periods come from the rules; where the list says another day, that is told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from foundation.accounts.models import User
from foundation.casework.models import Deadline
from foundation.casework.services.engine import perform
from foundation.common.dates import add_months
from foundation.regulations.services.calendar import add_working_days
from officials.models import Official, Restriction
from supervision.models import Admonishment, Inquiry, Reminder, Talk
from supervision.services.talks import plan_talk
from supervision.services.tools import propose

from .lists import Differences, left_out, lines_of, people_of

MODELS = {"TALK": Talk, "REMIND": Reminder, "INQUIRY": Inquiry, "ADMONISH": Admonishment}
MATTERS = {
    "ASSESSMENT": "年度考核中反映出重点任务推进滞后的问题",
    "CHECK": "日常监督检查中发现履职尽责不到位的问题",
    "COMPLAINT": "信访反映工作作风方面的问题",
    "AUDIT": "审计发现分管领域制度执行不严的问题",
    "INSPECTION": "巡察反馈问题整改落实不及时",
    "RANKING": "所在单位年度考核排名末位",
    "OTHER": "了解思想、工作和生活情况，听取意见建议",
}
SITUATIONS = {"RANKING": "ADM9", "INSPECTION": "ADM1", "COMPLAINT": "ADM6"}
SAID = {"talkers": "陈立、李书航", "recorder": "罗晓晴", "place": "市委组织部谈话室"}
STILL_OPEN = {"TALK": 2, "REMIND": 4, "ADMONISH": 2}
"""How many of the newest of a kind wait for their next step, as in a real office."""


@dataclass(frozen=True)
class Hands:
    """Who acts: the section proposes and carries out, one leader approves, another one agrees."""

    section: User
    leader: User
    chief: User

    @classmethod
    def of_demo(cls):
        """The accounts of the demo."""
        return cls(*(User.objects.get(username=name) for name in ("jiandu", "lingdao", "buzhang")))


@dataclass(frozen=True)
class Row:
    """A line of the list with its person. `waits`: one of the newest, left open."""

    cells: dict
    person: Official
    waits: bool

    @property
    def model(self) -> type:
        """Kind of case."""
        return MODELS[self.cells["tool"]]

    @property
    def on(self) -> date:
        """Day of the talk or letter."""
        return date.fromisoformat(self.cells["issued_on"])

    @property
    def matter(self) -> str:
        """What it is about."""
        return MATTERS[self.cells["source"]]

    def document(self, kind: str) -> str:
        """Number of a letter or approval."""
        return f"鹤组{kind}〔{self.on.year}〕{int(self.cells['id'][2:])}号"


@transaction.atomic
def take_talks(tell, path: Path) -> Differences:
    """Take over what is not there yet, on its own day. Who is not in the record any more is named and left out."""
    lines = lines_of(path)
    people, known, differing = people_of(lines), _known(), Differences()
    newest = {line["id"] for tool, n in STILL_OPEN.items() for line in [x for x in lines if x["tool"] == tool][-n:]}
    rows = [Row(line, people[line["id_number"]], line["id"] in newest) for line in lines if line["id_number"] in people]
    rows = [row for row in rows if (row.model, row.person.pk, row.on) not in known]
    hands, today = Hands.of_demo(), timezone.localdate()
    for row in rows:
        case = HOW[row.model](row, hands, today)
        differing.compare(row.cells, _computed(case))
    tell(f"{path.name}: {len(rows)} talks and letters taken over{left_out(lines, people)}")
    differing.tell(tell)
    return differing


def _known() -> set[tuple]:
    """Kind, person and day of the talks and letters that are there."""
    return {
        (model, *case)
        for model in MODELS.values()
        for case in model.objects.system().values_list("official_id", "opened_on")
    }


def _computed(case) -> dict[str, date]:
    """The days of the list's columns as the rules gave them: last day of the reply or report, last day of the period."""
    step = {Inquiry: "reply", Admonishment: "report"}.get(type(case))
    days = {"due_on": Deadline.objects.get(case_no=case.case_no, step=step).due_on} if step else {}
    if isinstance(case, Admonishment):
        days["blocked_until"] = Restriction.objects.system().get(source_no=case.case_no).ends_on
    return days


def _talk(row: Row, hands: Hands, today: date) -> Talk:
    act = partial(perform, actor=hands.section)
    plan = {"topic": "YEARLY", "planned_on": row.on, "talkers": SAID["talkers"], "on": row.on}
    case = plan_talk(actor=hands.section, official=row.person, summary=row.matter, **plan)
    content = "交流了思想和工作情况，本人表示将继续做好本职工作。"
    issues = ["家庭两地分居，希望组织协调解决"] if row.waits else []
    case = act(case, "hold", held_on=row.on, content=content, issues=issues, **SAID)
    return case if row.waits else act(case, "close")


def _proposed(row: Row, hands: Hands, **more):
    given = {"summary": row.matter, "source": row.cells["source"], "mode": row.cells["mode"], "on": row.on}
    return propose(actor=hands.section, model=row.model, official=row.person, **given, **more)


def _reminder(row: Row, hands: Hands, today: date) -> Reminder:
    case = perform(_proposed(row, hands), "approve", actor=hands.leader)
    content = f"指出{row.matter}，提出整改要求，本人表态限期整改。"
    case = perform(case, "hold", actor=hands.section, mode="TALK", held_on=row.on, content=content, **SAID)
    checked_on = add_months(row.on, 6)
    if row.waits or checked_on > today:
        return case
    found = {"checked_on": checked_on, "rectification": "已对照谈话指出的问题完成整改。"}
    return perform(case, "check", actor=hands.section, reason="经核，整改到位。", **found)


def _inquiry(row: Row, hands: Hands, today: date) -> Inquiry:
    case = perform(_proposed(row, hands), "approve", actor=hands.leader)
    letter = {"document_no": row.document("函"), "held_on": row.on, "received_on": row.on}
    case = perform(case, "send", actor=hands.section, **letter)
    if not row.cells["replied_on"]:
        return case
    given = {"replied_on": date.fromisoformat(row.cells["replied_on"]), "reply": "已就函询事项逐条作出书面说明。"}
    given |= {"unit_opinion": "情况属实。", "late_reason": "外出培训，返回后即作答复。"}
    if given["replied_on"] <= Deadline.objects.get(case_no=case.case_no, closed_at__isnull=True).due_on:
        del given["late_reason"]
    case = perform(case, "reply", actor=hands.section, **given)
    return perform(case, "accept", actor=hands.section, reason="说明清楚，予以采信。")


def _admonishment(row: Row, hands: Hands, today: date) -> Admonishment:
    act = partial(perform, actor=hands.section)
    case = _proposed(row, hands, situations=[SITUATIONS.get(row.cells["source"], "ADM3")])
    perform(case, "review", actor=hands.leader, reason="经核，拟予诫勉。")
    perform(case, "agree", actor=hands.chief, reason="同意，按程序报批。")
    approval = {"approved_by": "市委主要负责同志", "approved_on": row.on, "approval_no": row.document("诫")}
    act(case, "approve", **approval)
    content = f"指出{row.matter}，予以诫勉，要求作出书面检查并限期整改。"
    act(case, "deliver", mode="TALK", held_on=row.on, content=content, **SAID)
    examined_on = add_working_days(row.on, 4).date
    case = act(case, "examine", examined_on=examined_on, examination="对存在问题作了深刻检查，提出整改措施。")
    reported_on = add_months(row.on, 6)
    if row.waits or reported_on > today:
        return case
    act(case, "report", reported_on=reported_on, rectification="已逐项整改并建立长效机制。")
    return act(case, "check", checked_on=reported_on, reason="经回访核查，整改到位。")


HOW: dict[type, Callable] = {Talk: _talk, Reminder: _reminder, Inquiry: _inquiry, Admonishment: _admonishment}
