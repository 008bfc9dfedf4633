"""Cases of fault tolerance of earlier years, taken over one by one from the county's list, each on its own days."""

from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from assessments.models import Measure
from foundation.accounts.models import User
from foundation.casework.services.engine import perform
from foundation.common.dates import add_months
from foundation.organizations.models import Organization
from foundation.regulations.services.calendar import add_working_days
from foundation.regulations.services.codes import codes
from tolerance.models import PriorFiling, ToleranceCase
from tolerance.services.applications import draft
from tolerance.services.case_visits import visits_of
from tolerance.services.filings import draft_filing

from .lists import left_out, lines_of, people_of
from .people import DEMO

VERIFIERS = "司徒谨言 市纪委监委干部\n诸葛思远 干部监督科干部"
BALLOTS = "上官慎行 主任委员 同意\n令狐明达 委员 同意\n闻人守正 委员 同意"
BODIES = {"市纪委监委机关": "DISCIPLINE_COMMISSION", "市委组织部": "ORGANIZATION_DEPARTMENT"}
OUTCOMES = {"exempt": "EXEMPT", "mitigated": "MITIGATED", "not_tolerated": "NOT_TOLERATED"}
LISTS = {"exempt": "exempting", "mitigated": "mitigating", "not_tolerated": "excluding"}
WEAK = {"exempt": None, "mitigated": "G4_DUE_PROCESS", "not_tolerated": "G1_LEGAL"}
"""The precondition that failed where it was not an exemption."""
GOOD = {"tolerance_precondition": "YES", "tolerance_distinction": "TOLERABLE", "tolerance_factor": "FAVOURABLE"}
VISITORS = ["司徒谨言", "诸葛思远"]
BEFORE = timedelta(days=45)


def _points(outcome: str) -> dict[str, tuple[str, str]]:
    answers = {code: (answer, "见核实材料") for table, answer in GOOD.items() for code in codes(table)}
    if weak := WEAK[outcome]:
        answers[weak] = ("NO", "核查认定不具备")
    return answers


@transaction.atomic
def take_cases(tell, path: Path) -> None:
    """Enter what is not there yet. What the list changed in a yearly assessment came in with its file and stands already."""
    clerk, leader = (User.objects.get(username=name) for name in ("jiandu", "lingdao"))
    known = set(ToleranceCase.objects.system().values_list("file_no", flat=True))
    lines = [line for line in lines_of(path) if line["id"] not in known]
    named = [line for line in lines if line["id_number"]]
    people, units = people_of(named), {unit.code: unit for unit in Organization.objects.system()}
    entered = 0
    for line in lines:
        if line["id_number"] and line["id_number"] not in people:
            continue
        _take(line, people.get(line["id_number"]), units[line["unit"]], clerk, leader)
        entered += 1
    tell(f"{path.name}: {entered} cases entered{left_out(named, people)}")


def _take(line, person, unit, clerk, leader):
    accepted_on, decided_on = date.fromisoformat(line["accepted_on"]), date.fromisoformat(line["decided_on"])
    year = [int(line["assessment_year"])] if line["assessment_year"] else []
    case = draft(
        actor=DEMO,
        organization=unit,
        officials=[person] if person else [],
        units=[] if person else [unit],
        points=_points("exempt"),
        on=accepted_on,
        applicant_kind="CADRE" if person else "UNIT",
        title_text=line["matter"],
        event_on=accepted_on - BEFORE,
        summary=f"在{line['matter']}工作中出现失误，经自查已采取补救措施。",
        file_no=line["id"],
        years=year,
    )
    case = perform(case, "submit", actor=DEMO, applied_on=accepted_on)
    case = perform(case, "accept", actor=clerk, accepted_on=accepted_on)
    case = perform(case, "assign", actor=clerk, verifiers=VERIFIERS)
    found = {LISTS[line["outcome"]]: [line["situation"]], "points": _points(line["outcome"])}
    case = perform(case, "report", actor=clerk, report="经两人以上核实，情况属实。", reported_on=decided_on, **found)
    decision = {
        "outcome": OUTCOMES[line["outcome"]],
        "word": line["decision"],
        "document_no": f"鹤容〔{decided_on.year}〕{line['id']}",
    }
    case = perform(
        case, "decide", actor=leader, meeting_on=decided_on, decided_on=decided_on, ballots=BALLOTS,
        body=BODIES[line["decided_by"]], body_name=f"鹤山{line['decided_by']}", minutes="经集体研究，一致同意。", **decision,
    )  # fmt: skip
    _follow(case, line, clerk, leader)


def _follow(case, line, clerk, leader):
    told_on = case.decided_on + timedelta(days=3)
    case = perform(case, "feed_back", actor=clerk, fed_back_on=told_on, announced_scope="所在单位")
    if line["effective"] == "0":
        words = {"reason": "复核发现当时未如实报告，予以撤销。", "review_document_no": f"鹤容复〔{told_on.year}〕1号"}
        perform(case, "reverse", actor=leader, **words)
        return
    done_on = told_on
    if case.outcome != "NOT_TOLERATED":
        due = add_months(told_on, 3)
        case = perform(case, "plan", actor=clerk, correction_plan="完善制度、补齐手续、挽回损失。", correction_due=due)
        done_on = due
        case = perform(case, "accept_correction", actor=clerk, corrected_on=due, correction_result="DONE")
    case = perform(case, "file", actor=clerk, filed_on=done_on + timedelta(days=4))
    visits = visits_of(case)
    for visit in visits:
        made = {"heard": "单位反映工作正常", "inspected": "整改事项已落实", "talked": "本人放下包袱，安心工作"}
        team = {"visitors": VISITORS, "visited_on": visit.planned_on}
        perform(visit, "make", actor=clerk, result="GOOD", **team, **made)
    typed = {"visited_on": add_months(case.decided_on, 6), "visitors": "、".join(VISITORS), "visit_finding": "GOOD"}
    perform(case, "close", actor=clerk, **({} if visits else typed))


def begin_cases(tell) -> None:
    """A case of these days for the unit of the latest undecided measure: verified, before the meeting, with its effects to be chosen."""
    if ToleranceCase.objects.system().filter(status="deliberating").exists():
        return
    clerk, today = User.objects.get(username="jiandu"), timezone.localdate()
    open_measures = Measure.objects.system().filter(status__in=["proposed", "reviewed"], official__isnull=False)
    measure = open_measures.select_related("organization", "official", "cycle").order_by("-cycle__year", "pk").first()
    if measure is None:
        tell("no measure waits, so no case of tolerance was begun")
        return
    year, unit = measure.cycle.year, measure.organization
    filing = _file_beforehand(unit, year - 1, clerk)
    case = draft(
        actor=DEMO,
        organization=unit,
        officials=[measure.official],
        units=[unit],
        points=_points("exempt"),
        applicant_kind="UNIT",
        title_text="改革试点推进未达预期",
        event_on=date(year - 1, 6, 18),
        summary="承担上级改革试点任务，先行先试中因缺乏经验致部分指标未达目标，已及时纠正。",
        is_collective=True,
        decision_record=f"{unit.short_name or unit.name}党组会议纪要〔{year - 1}〕9号",
        years=[year - 1, year],
        claimed=["TE1"],
        filing=filing,
        notice_on=today - timedelta(days=5),
    )
    case = perform(perform(case, "submit", actor=DEMO), "accept", actor=clerk)
    case = perform(case, "assign", actor=clerk, verifiers=VERIFIERS)
    report = "经核实，试点方案经集体决策，程序完备，未谋取私利，已主动整改。"
    perform(case, "report", actor=clerk, report=report, points=_points("exempt"), exempting=["TE1"])
    tell(f"case of tolerance under way: {case.case_no}")


REFORM = {
    "reform": "承接上级“一件事”集成改革试点，整合窗口、再造流程，拟在试点镇街先行推开。",
    "basis": "省市改革试点通知",
    "responsible": "单位主要负责人牵头，改革专班落实",
    "breaks_no_ban": True,
    "risk_level": "MIDDLE",
    "risks": "流程切换期间办件量可能下降，部分年度指标可能达不到目标；涉及群众约2万人次。",
    "measures": "保留线下兜底窗口；每月评估一次，指标连续两月下降即暂停扩面；设专人答复投诉。",
}


def _file_beforehand(unit, year: int, clerk):
    """The filing that the case of these days cites: made, and accepted, before the event."""
    filed_on = date(year, 3, 3)
    filing = draft_filing(
        actor=DEMO,
        organization=unit,
        on=filed_on,
        title_text="“一件事”集成改革试点",
        decision_record=f"{unit.short_name or unit.name}党组会议纪要〔{year}〕3号",
        starts_on=date(year, 3, 10),
        ends_on=add_months(timezone.localdate(), 6),
        **REFORM,
    )
    filing = perform(filing, "file", actor=DEMO, filed_on=filed_on)
    opinion = "试点有上级依据，风险可控，同意报备；请按月报送评估情况。"
    return perform(filing, "accept", actor=clerk, opinion=opinion, reviewed_on=add_working_days(filed_on, 1).date)


def begin_filings(tell) -> None:
    """A filing of today that waits for its preliminary review, by another unit than the one of the cited filing."""
    today, taken = timezone.localdate(), PriorFiling.objects.system()
    if taken.filter(status="filed").exists():
        return
    office = User.objects.select_related("organization__jurisdiction").get(username="jiandu").organization
    units = Organization.objects.system().filter(jurisdiction=office.jurisdiction, officials__isnull=False)
    others = units.exclude(pk__in=taken.values("organization")).exclude(pk=office.pk).order_by("code")
    unit = others.filter(name__contains="自然资源").first() or others.first()
    filing = draft_filing(
        actor=DEMO,
        organization=unit,
        title_text="历史遗留用地分类处置",
        decision_record=f"{unit.short_name or unit.name}党组会议纪要〔{today.year}〕21号",
        starts_on=today + timedelta(days=10),
        ends_on=add_months(today, 12),
        **REFORM
        | {
            "reform": "对历史遗留用地按成因分类处置，先易后难，拟先办理证照齐全的一批。",
            "risk_level": "HIGH",
            "basis": "省历史遗留用地处置政策",
            "risks": "部分地块权属争议大，处置后可能引发信访；涉及企业37家。",
            "measures": "逐宗法律审查；先公示后办证；发生群体信访即暂停该批并报告。",
        },
    )
    perform(filing, "file", actor=DEMO)
    tell(f"prior filing under review: {filing.case_no}")
