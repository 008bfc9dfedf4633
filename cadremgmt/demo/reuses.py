"""Reuses of earlier years from the county's list, entered on their own days, and some proposals that are under way.

The list calls the mode in its own words; none of them says that the level changed, so each is entered as a reuse at the same level
and keeps the list's word beside it. Conditions are not made up for those years: of the five only the period is looked at, as it
stood on the day. The figures of the desk count the same cases as the list has lines.
"""

from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from foundation.accounts.models import User
from foundation.casework.services.engine import perform
from officials.sections import ROW_SECTIONS
from officials.services.records import replace_rows
from supervision.models import Handling, ReuseProposal
from supervision.selectors.reuse_facts import records_of
from supervision.services.reuses import draft_reuse, enter_reused
from supervision.services.revisits import plan_visit

from .lists import left_out, lines_of, people_of

SAME_LEVEL = "EQUAL_LEVEL"
SAID = {
    "MATTER_RESOLVED": {"text": "所涉问题已整改到位，未引发新的矛盾和信访。", "evidence": "整改报告"},
    "GOOD_CONDUCT": {"text": "认识深刻，工作积极主动，民主测评满意率较高。", "evidence": "单位党组织鉴定材料"},
    "POST_AND_NEED": {"text": "岗位空缺，专业经历与岗位要求相符。", "evidence": "职数核定情况"},
}
VISITED = {
    "heard": "单位反映该同志知错改错，遵守纪律，团结同志。",
    "inspected": "分管工作按期完成，两项重点任务走在前列。",
    "talked": "本人认识深刻，表示放下包袱、担当尽责。",
    "visitors": ["陈立", "罗晓晴"],
    "result": "GOOD",
}
RATINGS = ROW_SECTIONS["ratings"]
GROUNDS = "影响期满，知错改错、表现突出，拟建议重新使用。"


@transaction.atomic
def take_reuses(tell, path: Path) -> int:
    """Enter the reuses that are not there yet. Who is not in the record any more is named and left out. Returns how many."""
    clerk = User.objects.get(username="ganbu")
    documents = {line["id"]: line["document"] for line in lines_of(path.with_name("sanctions.csv"))}
    decisions = dict(Handling.objects.system().values_list("document_no", "case_no"))
    known = set(ReuseProposal.objects.system().exclude(document_no="").values_list("document_no", flat=True))
    lines = [line for line in lines_of(path) if line["document"] not in known]
    people, entered = people_of(lines), 0
    for line in lines:
        if line["id_number"] not in people:
            continue
        enter_reused(
            actor=clerk,
            official=people[line["id_number"]],
            decision=decisions[documents[line["sanction"]]],
            mode=SAME_LEVEL,
            reused_on=date.fromisoformat(line["reused_on"]),
            post_text=line["post"],
            document_no=line["document"],
            summary=line["ground"],
            own_words=line["form"],
        )
        entered += 1
    tell(f"{path.name}: {entered} reuses entered{left_out(lines, people)}")
    return entered


@transaction.atomic
def begin_reuses(tell) -> int:
    """Proposals after decisions whose period is over: one drafted, one before the commission, one handed over. Returns how many."""
    if ReuseProposal.objects.system().exclude(status="reused").exists():
        return 0
    today, opened = timezone.localdate(), 0
    for decision, station in zip(_ready(today), ("drafted", "asked", "waiting"), strict=False):
        _walk(decision, station, today)
        opened += 1
    tell(f"reuse: {opened} proposals under way")
    return opened


def _ready(today: date) -> list[Handling]:
    """The latest lifted sanctions of people against whom nothing else stands, who were not used again yet."""
    used = ReuseProposal.objects.system().values("source_no")
    lifted = Handling.objects.system().filter(status="lifted", official__trashed_at__isnull=True)
    rows = list(lifted.exclude(case_no__in=used).select_related("official").order_by("-effective_on", "pk"))
    known = records_of({row.official_id for row in rows}, today)
    found, seen = [], set()
    for row in rows:
        record = known[row.official_id]
        is_free = not record.open_cases and all(one.is_over(today) for one in record.restrictions)
        if is_free and not record.ratings and row.official_id not in seen:
            found.append(row)
            seen.add(row.official_id)
    return found


def _walk(decision: Handling, station: str, today: date) -> None:
    hands = {name: User.objects.get(username=name) for name in ("ganbu", "jiandu", "lingdao", "jiwei")}
    rating = [{"year": today.year - 1, "grade": "称职"}]  # the roster has none
    person = decision.official
    replace_rows(
        actor=hands["ganbu"],
        official=person,
        section=RATINGS,
        rows=rating,
        version=person.version,
        reason="年度考核结果",
    )
    visit = plan_visit(actor=hands["jiandu"], official=decision.official, planned_on=today, summary="影响期满后回访")
    perform(visit, "make", actor=hands["jiandu"], visited_on=today, **VISITED)
    case = draft_reuse(
        actor=hands["ganbu"],
        official=decision.official,
        decision=decision.case_no,
        mode=SAME_LEVEL,
        post_text=decision.official.post_text[:200] or "同层次岗位",
        summary=GROUNDS,
        statements={} if station == "drafted" else SAID,
    )
    if station == "drafted":
        return
    case = perform(case, "check", actor=hands["ganbu"])
    case = perform(case, "ask", actor=hands["ganbu"], asked_on=today, request_no=f"鹤组函〔{today.year}〕31号")
    if station == "asked":
        return
    opinion = {"opinion": "AGREE", "opinion_on": today, "opinion_by": "市纪委监委案件监督管理室"}
    case = perform(
        case,
        "opine",
        actor=hands["jiwei"],
        reason="经核，无不同意见。",
        opinion_no=f"鹤纪函〔{today.year}〕18号",
        **opinion,
    )
    case = perform(case, "agree", actor=hands["lingdao"], discussed_on=today, minutes_no=f"部务会〔{today.year}〕12号")
    perform(case, "hand_over", actor=hands["ganbu"])
