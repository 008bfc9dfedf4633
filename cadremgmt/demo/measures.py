"""The measures of earlier years: decided, and carried out by the talks and admonishments that their approval opened."""

from datetime import date

from django.utils import timezone

from assessments.models import Measure
from assessments.selectors.measure_tools import tool_of
from foundation.accounts.models import User
from foundation.casework.services.engine import perform

REASONS = {
    "review": "经核，考核结果、任职天数属实，拟按程序实施。",
    "approve": "同意，请干部监督科组织落实。",
    "execute": "已由分管部领导完成谈话，记录归档。",
    "close": "整改情况已复核，办结。",
    "decline": "该单位已获从轻认定且整改到位，经研究本次不予实施。",
}
ACTING = {"review": "jiandu", "approve": "lingdao", "decline": "lingdao", "execute": "ganbu", "close": "ganbu"}
THE_WHOLE_WAY = ("review", "approve", "execute", "close")
IN_ALL_STATES = (("review", "approve", "execute"), ("review", "approve"), ("review",), ("review", "decline"))
TALK = {
    "mode": "TALK",
    "talkers": "黄志远（市委组织部副部长）",
    "recorder": "陈立（干部监督科科长）",
    "place": "市委组织部谈话室",
    "content": "通报年度考核结果及列末位的原因，听取本人说明；要求对照短板指标制定整改措施，六个月内报告整改情况。",
}
TALKED_ON, CHECKED_ON = date(2024, 4, 18), date(2024, 10, 21)
CHECK = {"checked_on": CHECKED_ON, "rectification": "短板指标已逐项整改，季度监测均达到序时进度。"}


def walk_measures(root, years) -> None:
    """Those of the first year were carried out long ago; those of the second stand in all states, as in a real office."""
    measures = Measure.objects.system().filter(organization__jurisdiction=root, status="proposed").order_by("pk")
    walks = [(case, THE_WHOLE_WAY, TALKED_ON) for case in measures.filter(cycle__year=years[0])]
    second = zip(measures.filter(cycle__year=years[1]), IN_ALL_STATES, strict=False)
    walks += [(case, steps, timezone.localdate()) for case, steps in second]
    people = {name: User.objects.get(username=name) for name in {*ACTING.values()}}
    for case, steps, talked_on in walks:
        for step in steps:
            if step == "execute":
                _talk(case, people["jiandu"], talked_on)
            perform(case, step, actor=people[ACTING[step]], reason=REASONS[step])


def _talk(case: Measure, clerk, held_on: date) -> None:
    """The reminder talk is held; one of an earlier year was checked half a year later."""
    talk = perform(tool_of(case), "hold", actor=clerk, held_on=held_on, **TALK)
    if held_on < CHECKED_ON:
        perform(talk, "check", actor=clerk, reason="经复查，整改到位。", **CHECK)
