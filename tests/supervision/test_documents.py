"""Letters and records of talks: what they say, in which state they are made, who makes them, what is recorded."""

import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation
from docx import Document as Word

from foundation.audit.models import Entry
from foundation.casework.services.engine import perform
from foundation.common.actors import SystemActor
from foundation.common.dates import add_months
from foundation.common.results import DomainError
from foundation.exchange.reports.letter_heads import Heading
from officials.models import Official
from officials.services.people import identity_values
from supervision.choices import Source
from supervision.models import Admonishment, Inquiry, Reminder, Revisit
from supervision.reports.letters import OPENINGS
from supervision.selectors.documents import DOCUMENTS, documents_of
from supervision.services.documents import make_document
from supervision.services.handlings import enter
from supervision.services.revisits import plan_visit
from supervision.services.talks import plan_talk
from supervision.services.tools import open_approved, propose
from tests.support.fonts import prints_pdf
from tests.support.people import client_of, make_persona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
OFFICE = SystemActor("office")
DAY = date(2026, 3, 2)
HEADING = Heading("中共甲县委组织部", "", 2026, DAY, copies="甲县财政局党组织主要负责人")
TALK = {"mode": "TALK", "talkers": "部长", "recorder": "科长", "place": "谈话室", "content": "指出问题\n本人表态"}
LAW = "《关于组织人事部门对领导干部进行提醒、函询和诫勉的实施细则》"


@pytest.fixture
def person(tree):
    values = identity_values("440784197805069119", "曾启辉")
    return Official.objects.create(home=tree.finance, post_text="甲县财政局局长", **values)


@pytest.fixture
def section(tree):
    return make_persona("supervision_section", tree.county_a)


def proposed(person, model, *, source="CHECK", **more):
    return propose(actor=OFFICE, model=model, official=person, summary="项目推进缓慢。", source=source, **more)


def made(actor, case, slug, **more) -> list[str]:
    """The lines of the paper, as Word reads them."""
    given = {"heading": HEADING, "symbol": "鹤组函〔2026〕3号"} | more
    paper = make_document(actor=actor, case=case, document=DOCUMENTS[slug], ending="docx", **given)
    return [paragraph.text for paragraph in Word(io.BytesIO(paper.content)).paragraphs if paragraph.text]


def sent(person):
    case = perform(proposed(person, Inquiry, source="COMPLAINT"), "approve", actor=OFFICE)
    letter = {"document_no": "鹤组函〔2026〕3号", "held_on": DAY, "received_on": DAY}
    return perform(case, "send", actor=OFFICE, **letter)


def test_a_letter_of_inquiry_tells_matter_days_and_who_signs_but_not_who_reported(person, section):
    assert made(section, sent(person), "inquiry") == [
        "中共甲县委组织部文件",
        "鹤组函〔2026〕3号",
        "函询通知书",
        "曾启辉同志：",
        "近期收到关于你的有关反映：项目推进缓慢。",
        f"根据{LAW}，现对你进行函询。请你自收到本通知书之日起15个工作日内，就上述问题实事求是作出书面说明，经所在单位党组织主要负责人签署意见后报送我部。",
        "不如实作出说明，或者无正当理由逾期不予答复的，将依规依纪处理。",
        "中共甲县委组织部",
        "2026年3月2日",
    ]


def test_the_letter_words_the_matter_as_the_office_wants_it(person, section):
    case = sent(person)
    lines = made(section, case, "inquiry", matter="项目资金使用不规范")
    assert "近期收到关于你的有关反映：项目资金使用不规范。" in lines
    case.refresh_from_db()
    assert case.summary == "项目推进缓慢。"


def test_the_second_letter_says_what_the_reply_left_open(person, section):
    case = perform(sent(person), "reply", actor=OFFICE, replied_on=date(2026, 3, 9), reply="含糊")
    case = perform(case, "ask_again", actor=OFFICE, reason="资金去向。")
    lines = made(section, case, "inquiry", symbol="")
    assert lines[1:3] == ["〔2026〕　　号", "再次函询通知书"]
    assert (
        "你于2026年3月9日对鹤组函〔2026〕3号所作的书面说明收悉。经研究，以下问题尚未说明清楚，现再次函询：资金去向。"
        in lines
    )


def test_an_accepted_reply_is_told_without_the_matter(person, section):
    case = perform(sent(person), "reply", actor=OFFICE, replied_on=date(2026, 3, 9), reply="说明")
    case = perform(case, "accept", actor=OFFICE, reason="说明清楚")
    lines = made(section, case, "outcome")
    assert "你于2026年3月9日就函询问题所作的书面说明收悉。经研究，对你的说明予以采信，有关问题予以了结。" in lines
    assert not any("项目推进" in line for line in lines)


def admonished(person, mode):
    case = proposed(person, Admonishment, situations=["ADM3"], mode=mode)
    perform(case, "review", actor=OFFICE)
    perform(case, "agree", actor=OFFICE)
    approval = {"approved_by": "县委主要负责同志", "approved_on": DAY, "approval_no": "鹤组请〔2026〕1号"}
    return perform(case, "approve", actor=OFFICE, **approval)


def test_a_letter_of_admonishment_cites_situation_approval_days_period_and_what_may_follow(person, section):
    assert made(section, admonished(person, "LETTER"), "admonishment")[3:-2] == [
        "曾启辉同志：",
        "经监督检查，发现你存在以下问题：项目推进缓慢。",
        "上述问题属于应予诫勉的情形：不认真履责造成一定损失。",
        f"根据{LAW}，经研究并报县委主要负责同志批准（鹤组请〔2026〕1号），决定对你予以书面诫勉。",
        "请你自诫勉送达之日起5个工作日内提交书面检查，6个月内书面报告整改情况，届时将对整改情况进行复查。",
        "诫勉影响期为6个月，自送达之日起计算，期间不得提拔职务、进一步使用、晋升职级。当年年度考核：不得确定为优秀。",
        "拒不整改或者整改不力的，将依规予以调整职务、引咎辞职、责令辞职、免职、降职等处理。",
    ]


def test_an_admonishment_by_talk_says_so_and_leaves_room_for_an_approval_that_is_not_recorded(person, section):
    source = {"source_kind": "assessments.measure", "source_no": "MB-A-2025-001"}
    case = open_approved(actor=OFFICE, model=Admonishment, official=person, summary="列末位", **source)
    assert [one.slug for one in documents_of(case, section)] == ["admonishment", "record"]
    lines = made(section, case, "admonishment")
    assert f"根据{LAW}，经研究并报＿＿＿＿＿＿批准（＿＿＿＿＿＿），决定对你进行诫勉谈话。" in lines
    assert "根据已发布的年度考核结果，列末位。" in lines


def test_the_record_of_a_talk_names_all_who_were_there_and_is_signed_by_them(person, section):
    case = perform(admonished(person, "TALK"), "deliver", actor=OFFICE, held_on=DAY, **TALK)
    lines = made(section, case, "record")
    assert lines == [
        case.case_no,
        "诫勉谈话记录",
        "谈话对象：曾启辉，甲县财政局局长",
        "谈\u2002话\u2002人：部长",
        "记\u2002录\u2002人：科长",
        "谈话时间：2026年3月2日",
        "谈话地点：谈话室",
        "谈话事由：项目推进缓慢。",
        "谈话内容",
        "指出问题",
        "本人表态",
        *[
            f"{who}（签名）：＿＿＿＿＿＿＿　　　年　　月　　日"
            for who in ("谈话对象", "谈\u2002话\u2002人", "记\u2002录\u2002人")
        ],
    ]
    assert not any("440784" in line for line in lines)


def test_before_the_talk_the_record_leaves_room_to_write(person, section):
    lines = made(section, admonished(person, "TALK"), "record")
    assert "谈\u2002话\u2002人：＿＿＿＿＿＿＿＿＿＿＿＿" in lines
    assert lines.count("＿" * 24) == 8


def test_the_record_of_a_heart_to_heart_talk_lists_its_issues(person, section):
    case = plan_talk(actor=section, official=person, topic="OTHER", planned_on=DAY, summary="了解情况")
    said = {name: value for name, value in TALK.items() if name != "mode"}
    case = perform(case, "hold", actor=section, held_on=DAY, issues=["住房", "两地分居"], **said)
    lines = made(section, case, "record")
    assert lines[1] == "谈心谈话记录"
    assert {"1．住房", "2．两地分居"} < set(lines)


@pytest.mark.rule("R-1.41-RECHECK")
def test_a_reminder_and_the_notice_of_rectification_name_the_day_of_the_report(person, section):
    case = perform(proposed(person, Reminder, mode="LETTER"), "approve", actor=OFFICE)
    given = {"mode": "LETTER", "held_on": DAY, "document_no": "鹤组提〔2026〕2号"}
    case = perform(case, "hold", actor=OFFICE, **given)
    assert "请于2026年9月2日前书面报告整改情况，届时将对整改情况进行复查。" in made(section, case, "reminder")
    lines = made(section, case, "rectification")
    assert "因项目推进缓慢，组织于2026年3月2日对你进行了提醒。" in lines
    assert "请于2026年9月2日前书面报告整改情况，届时将对整改情况进行复查。" in lines


def test_papers_are_made_in_their_states_only(person, section):
    case = proposed(person, Inquiry)
    assert documents_of(case, section) == []
    with pytest.raises(DomainError) as refused:
        made(section, case, "inquiry")
    assert refused.value.code == "DOCUMENT_NOT_NOW"
    assert [one.slug for one in documents_of(perform(case, "approve", actor=OFFICE), section)] == ["inquiry"]
    admonishment = admonished(person, "TALK")
    assert [one.slug for one in documents_of(admonishment, section)] == ["admonishment", "record"]
    delivered = perform(admonishment, "deliver", actor=OFFICE, held_on=DAY, **TALK)
    assert [one.slug for one in documents_of(delivered, section)] == ["admonishment", "record", "rectification"]


def test_only_who_carries_cases_out_at_the_unit_makes_papers(person, tree):
    case = sent(person)
    for actor in (
        make_persona("department_leader", tree.county_a),
        make_persona("supervision_section", tree.county_b),
        make_persona("auditor"),
    ):
        assert documents_of(case, actor) == []
        with pytest.raises(PermissionDenied):
            made(actor, case, "inquiry")
    assert not Entry.objects.filter(action="supervision.document.made").exists()


def test_making_a_paper_is_an_entry_with_its_number(person, section):
    case = sent(person)
    with translation.override("en"):
        assert "函询通知书" in made(section, case, "inquiry")
    entry = Entry.objects.get(action="supervision.document.made")
    assert (entry.target_no, entry.org_path) == (case.case_no, person.home.path)
    assert entry.data == {"document": "inquiry", "format": "docx", "number": "鹤组函〔2026〕3号"}


def test_every_source_has_its_first_sentence():
    assert set(OPENINGS) == set(Source)


@prints_pdf
def test_from_the_page_of_the_case_to_the_pdf(person, section):
    case, client = sent(person), client_of(section)
    address = f"/supervision/talks-and-letters/case/{case.case_no}/documents/inquiry/"
    assert address in client.get(f"/supervision/talks-and-letters/case/{case.case_no}/").content.decode()
    page = client.get(address)
    assert page.context["form"]["issuer"].value() == "中共甲县委组织部"
    assert page.context["form"]["copies"].value() == f"{person.home.name}党组织主要负责人"
    typed = {"issuer": "中共甲县委组织部", "issued_on": "2026-03-02", "matter": "x", "ending": "pdf"}
    answer = client.post(address, typed)
    assert answer.content[:5] == b"%PDF-"
    assert answer["Cache-Control"] == "private, no-store"
    answer = client.post(address, typed | {"issued_on": "31.02"})
    assert answer.status_code == 422
    assert "中共甲县委组织部" in answer.content.decode()


def visit_table(section, case) -> dict[str, str]:
    """Item and content of the register form, as Word reads them."""
    given = {"heading": Heading("", "", 2026, DAY), "symbol": ""}
    paper = make_document(actor=section, case=case, document=DOCUMENTS["visit"], ending="docx", **given)
    (grid,) = Word(io.BytesIO(paper.content)).tables[:1]
    return {row.cells[0].text: row.cells[1].text for row in grid.rows[1:]}


def test_a_return_visit_has_its_register_form_empty_to_take_along_and_filled_for_the_file(tree, person, section):
    day = timezone.localdate()
    decision = enter(
        actor=OFFICE, official=person, kind="GOV_DEMERIT", document_no="甲监〔2026〕1号", body="SUPERVISORY_COMMISSION",
        body_level="COUNTY", body_name="甲县监委", decided_on=day, effective_on=day, summary="履职不力", helper_name="何主任",
    )  # fmt: skip
    perform(decision, "confirm", actor=SystemActor("leader"))
    visit = Revisit.objects.filter(source_no=decision.case_no).order_by("sequence").first()
    empty = visit_table(section, visit)
    until = add_months(day, 12) - timedelta(days=1)
    assert empty["处理处分"] == f"政务记过（甲监〔2026〕1号），{day:%Y.%m.%d}起生效，影响期至{until:%Y.%m.%d}"
    assert (empty["姓名"], empty["单位及职务"], empty["帮带人"]) == ("曾启辉", "甲县财政局局长", "何主任")
    assert empty["听（单位反映）"].strip() == ""
    found = {
        "heard": "表现好",
        "inspected": "完成任务",
        "talked": "认识深刻",
        "visitors": ["甲", "乙"],
        "result": "GOOD",
    }
    visit = perform(visit, "make", actor=section, visited_on=timezone.localdate(), suggestion="建议正常使用", **found)
    full = visit_table(section, visit)
    assert [full[name] for name in ("回访人员", "听（单位反映）", "察（工作实绩）", "谈（本人）", "建议")] == [
        "甲、乙", "表现好", "完成任务", "认识深刻", "建议正常使用",
    ]  # fmt: skip
    assert full["回访结果（好、一般、较差）"] == "好"
    entries = Entry.objects.filter(action="supervision.document.made", target_no=visit.case_no)
    assert [entry.data["document"] for entry in entries] == ["visit", "visit"]


def test_the_register_form_is_made_on_the_page_of_the_visit(tree, person, section):
    visit = plan_visit(actor=section, official=person, planned_on=timezone.localdate(), summary="回访")
    browser, address = client_of(section), f"/supervision/talks-and-letters/case/{visit.case_no}/"
    assert f"{address}documents/visit/" in browser.get(address).content.decode()
    asked = browser.get(f"{address}documents/visit/")
    assert list(asked.context["form"].fields) == ["issued_on", "ending"]
    file = browser.post(f"{address}documents/visit/", {"issued_on": timezone.localdate(), "ending": "docx"})
    assert file.content[:2] == b"PK"


def test_who_does_not_follow_up_makes_no_register_form(tree, person, section):
    visit = plan_visit(actor=section, official=person, planned_on=timezone.localdate(), summary="回访")
    leader = make_persona("department_leader", tree.county_a)
    assert documents_of(visit, leader) == []
    assert [one.slug for one in documents_of(visit, section)] == ["visit"]
