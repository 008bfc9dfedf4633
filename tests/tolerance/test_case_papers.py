"""Notices of the conclusion (容错认定结论通知书): after the decision only, by outcome and article, to whom they concern, recorded."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from docx import Document

from foundation.audit.models import Entry
from foundation.casework.services.engine import perform
from foundation.common.results import DomainError
from tests.support.people import client_of
from tests.tolerance.support import Office, ago
from tolerance.models import DecidedEffect
from tolerance.services.case_papers import export_notice, papers_open, recipients_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


@pytest.fixture
def office(tree):
    return Office(tree)


@pytest.fixture
def person(person):
    person.refresh_from_db()
    return person


def said(office, case, to="unit", paper="notice"):
    made = export_notice(actor=office["section"], case=case, paper=paper, to=to, ending="docx")
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(made.content)).paragraphs)


def party(case, person):
    return str(case.parties.get(official=person).pk)


@pytest.mark.rule("TOL-BASIS-EXEMPT")
def test_an_exemption_cites_article_17_the_situation_what_is_protected_and_the_days(office, person):
    case = office.decide(office.deliberating(officials=[person], event_on=ago(30)))
    text = said(office, case, to=party(case, person))
    for word in (
        "甲县委组织部文件", "容错认定结论通知书", "甲组容〔2026〕1号", "曾启辉同志：", "改革试点推进", "免予追究",
        "《中国共产党问责条例》第17条", "改革创新先行先试", "提拔任用、职级晋升、职称评聘不受影响",
        "10个工作日内", "3个月内", "申请复核",
    ):  # fmt: skip
        assert word in text, word
    assert "第18条" not in text


@pytest.mark.rule("TOL-BASIS-MITIGATED")
def test_a_lighter_handling_cites_article_18_and_does_not_promise_what_an_exemption_protects(office, person):
    case = office.deliberating(officials=[person], found={"G4_DUE_PROCESS": "NO"}, exempting=(), mitigating=("TM1",))
    text = said(office, office.decide(case, outcome="MITIGATED", word="减轻处理"), to="unit")
    for word in ("减轻处理", "《中国共产党问责条例》第18条", "及时补救挽回损失", "整改方案"):
        assert word in text, word
    assert "不受影响。" not in text.replace("追缴责任不受影响。", "")


@pytest.mark.parametrize(
    ("found", "excluding", "word"),
    [({}, ("TN2",), "谋取私利"), ({"G1_LEGAL": "NO"}, (), "不违反党纪党规")],
)
def test_a_refusal_says_why_and_asks_for_no_correction_plan(office, person, found, excluding, word):
    case = office.deliberating(officials=[person], found=found, exempting=(), excluding=excluding)
    text = said(office, office.decide(case, outcome="NOT_TOLERATED", word="不予容错"))
    assert word in text
    assert "不予容错" in text
    assert "申请复核" in text
    assert "整改方案" not in text


def test_each_is_told_what_was_changed_for_itself_alone(office, person, tree):
    case = office.decide(office.deliberating(officials=[person], units=[tree.finance]))
    row = {"case_kind": "tolerance.case", "case_no": case.case_no, "organization": tree.finance, "kind": "x",
           "before": "x", "after": "x", "rule_id": "TOL-SITUATIONS", "applied_at": timezone.now()}  # fmt: skip
    DecidedEffect.objects.create(target="1", label="曾启辉：影响期终止", official=person, **row)
    DecidedEffect.objects.create(target="2", label="财政局：扣分不计", about_unit=tree.finance, **row)
    assert "影响期终止" in (to_person := said(office, case, to=party(case, person)))
    assert "扣分不计" not in to_person
    assert "扣分不计" in (to_unit := said(office, case))
    assert "影响期终止" not in to_unit


def test_a_reversal_tells_document_day_and_reason_and_takes_the_place_of_the_notice(office, person):
    case = office.told(office.decide(office.deliberating(officials=[person])))
    words = {"reason": "复核发现材料不实", "review_document_no": "甲容复〔2026〕1号"}
    case = perform(case, "reverse", actor=office["leader"], **words)
    assert papers_open(case) == ["reversal"]
    text = said(office, case, to=party(case, person), paper="reversal")
    today = timezone.localdate()
    for word in (
        "甲容复〔2026〕1号", "甲组容〔2026〕1号", "复核发现材料不实。", "免予追究", "恢复",
        f"{today.year}年{today.month}月{today.day}日",
    ):  # fmt: skip
        assert word in text, word
    with pytest.raises(DomainError, match="PAPER_NOT_YET"):
        said(office, case)


def test_before_the_decision_there_is_no_notice_and_only_who_tells_results_takes_it_out(office, person):
    case = office.deliberating(officials=[person])
    with pytest.raises(DomainError, match="PAPER_NOT_YET"):
        said(office, case)
    case = office.decide(case)
    with pytest.raises(PermissionDenied):
        export_notice(actor=office["liaison"], case=case, paper="notice", to="unit", ending="docx")
    with pytest.raises(DomainError, match="NO_RECIPIENT"):
        said(office, case, to="0")


def test_taking_it_out_is_recorded_with_whom_it_is_for(office, person):
    case = office.decide(office.deliberating(officials=[person]))
    said(office, case, to=(key := party(case, person)))
    entry = Entry.objects.get(action="tolerance.case.lettered")
    assert entry.data == {"paper": "notice", "to": key, "official": person.pk, "format": "docx"}


def test_the_unit_is_told_once_and_the_cadre_who_applied_is_the_applicant(office, person, tree):
    case = office.drafted(applicant_kind="CADRE", officials=[person], units=[tree.finance])
    rows = [{"pk": 7, "official": person.pk, "name": person.name, "unit": None, "unit_no": None},
            {"pk": 8, "official": None, "name": None, "unit": tree.finance.name, "unit_no": tree.finance.pk}]  # fmt: skip
    assert [(one.key, str(one.role)) for one in recipients_of(case, rows)] == [
        ("unit", "案件所在单位"),
        ("7", "申请人"),
    ]


def test_the_page_offers_the_files_and_hands_them_out(office, person):
    case = office.decide(office.deliberating(officials=[person]))
    browser = client_of(office["section"])
    address = reverse("tolerance:case-paper", args=[case.case_no, "notice", party(case, person), "docx"])
    assert address in browser.get(reverse("tolerance:case", args=[case.case_no])).content.decode()
    answer = browser.get(address)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    unknown = reverse("tolerance:case-paper", args=[case.case_no, "notice", "0", "docx"])
    assert browser.get(unknown).status_code == 404
