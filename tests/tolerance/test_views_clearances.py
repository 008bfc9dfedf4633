"""Pages of clearance: guided entry, refusals at their fields, papers, applications without the report."""

from datetime import date
from io import BytesIO

import pytest
from django.utils import timezone
from docx import Document

from foundation.audit.models import Entry
from foundation.casework.services.engine import perform
from foundation.common.results import DomainError
from officials.badges import badges_of
from tests.support.people import client_of
from tolerance.models import Clearance, FalseAccusation
from tolerance.services.clearance_papers import export_paper, papers_open
from tolerance.services.clearances import apply_for
from tolerance.services.report_holds import hold_for_report

from .clearing import HARM, PLAN, REPORT, announced, approved, cleared, taken_up

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
TYPED = {name: value.isoformat() if isinstance(value, date) else value for name, value in REPORT.items()} | HARM | PLAN


def test_the_guided_page_says_what_the_rules_say_before_anything_is_kept(staff, person):
    browser = client_of(staff["section"])
    page = browser.post(f"/clearances/new/{person.pk}/", TYPED | {"finding": "UNPROVEN", "modes": ["MEETING"]})
    assert {reason.code for reason in page.context["foreseen"]} == {"NCL2", "WRITTEN_MISSING"}
    assert not Clearance.objects.exists()
    page = browser.post(f"/clearances/new/{person.pk}/", TYPED | {"enter": "1"})
    case = Clearance.objects.get()
    assert (page.url, case.status, case.modes) == (f"/clearances/case/{case.case_no}/", "harm_assessed", PLAN["modes"])


def test_a_plan_that_is_refused_keeps_nothing_and_stands_at_its_field(staff, person):
    page = client_of(staff["section"]).post(
        f"/clearances/new/{person.pk}/", TYPED | {"modes": ["CIRCULAR"], "enter": "1"}
    )
    assert page.status_code == 422
    assert "R-CLR-02" in page.context["form"].errors["modes"][0]
    assert not Clearance.objects.exists()


def test_a_report_alone_can_be_taken_up(staff, person):
    report = {name: TYPED[name] for name in REPORT}
    client_of(staff["section"]).post(f"/clearances/new/{person.pk}/", report | {"enter": "1"})
    assert Clearance.objects.get().status == "proposed"


def test_a_step_is_taken_on_the_page_and_refused_with_what_was_typed(staff, person):
    case = taken_up(staff, person)
    step = {"step": "assess", "version": case.version} | HARM | PLAN
    page = client_of(staff["section"]).post(f"/clearances/case/{case.case_no}/step/", step | {"modes": ["MEETING"]})
    assert page.status_code == 422
    assert "R-CLR-02" in page.context["form"].errors["modes"][0]
    assert client_of(staff["section"]).post(f"/clearances/case/{case.case_no}/step/", step).status_code == 302
    case.refresh_from_db()
    assert case.status == "harm_assessed"


def test_an_announcement_without_consent_is_refused_on_the_page(staff, person):
    case = approved(staff, person)
    said = {"mode": "MEETING", "held_on": "2026-03-10", "place": "甲", "heard_by": "乙", "announced_by": "丙"}
    page = client_of(staff["section"]).post(f"/clearances/case/{case.case_no}/announce/", said)
    assert page.status_code == 422
    assert "R-CLR-06" in page.context["announcement"].errors["mode"][0]


def test_the_case_shows_what_clearing_will_change(staff, person):
    hold_for_report(
        actor=staff["section"], official=person, report_no=REPORT["report_no"], reason="待核",
        starts_on=date(2026, 1, 21), review_on=date(2026, 4, 21),
    )  # fmt: skip
    case = announced(staff, person)
    page = client_of(staff["section"]).get(f"/clearances/case/{case.case_no}/")
    assert [belongs for _one, belongs in page.context["candidates"]] == [True]
    end = {"step": "clear", "version": case.version, "cleared_on": "2026-03-12", "document_no": "鹤组澄〔2026〕1号"}
    assert client_of(staff["section"]).post(f"/clearances/case/{case.case_no}/step/", end).status_code == 302
    page = client_of(staff["section"]).get(f"/clearances/case/{case.case_no}/")
    assert [effect.kind for effect in page.context["effects"]] == ["hold_released"]


def test_the_certificate_is_filed_on_the_page(staff, person):
    case = cleared(staff, person)
    given = {"certificate_no": "鹤组澄证〔2026〕1号", "certificate_on": "2026-03-13"}
    assert client_of(staff["section"]).post(f"/clearances/case/{case.case_no}/certificate/", given).status_code == 302
    case.refresh_from_db()
    assert case.certificate_no == "鹤组澄证〔2026〕1号"


def words_of(paper) -> str:
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(paper.content)).paragraphs)


def test_the_letter_names_person_finding_and_body_and_its_taking_out_is_recorded(staff, person):
    paper = export_paper(actor=staff["section"], case=cleared(staff, person), paper="letter", ending="docx")
    said = words_of(paper)
    for word in ("澄清函", "曾启辉同志：", "2026年3月2日", "甲县纪委监委", "不属实", "鹤组澄〔2026〕1号", "全面评价"):
        assert word in said
    assert Entry.objects.get(action="tolerance.clearance.lettered").data == {"paper": "letter", "format": "docx"}


def test_papers_wait_for_the_case_and_the_circular_for_the_consent(staff, person):
    assert papers_open(taken_up(staff, person, report_no="1")) == []
    plan = PLAN | {"modes": ["CIRCULAR", "WRITTEN"]}
    case = approved(staff, person, plan=plan)
    assert papers_open(case) == ["letter", "circular"]
    with pytest.raises(DomainError) as refused:
        export_paper(actor=staff["section"], case=case, paper="circular", ending="docx")
    assert refused.value.reasons[0].facts["rule_id"] == "R-CLR-06"
    with pytest.raises(DomainError):
        export_paper(actor=staff["section"], case=case, paper="certificate", ending="docx")


def test_the_unit_sees_its_applications_and_never_the_report(staff, person):
    case = apply_for(actor=staff["liaison"], official=person, application="请求澄清")
    Clearance.objects.filter(pk=case.pk).update(summary="反映其违规插手工程")
    taken_up(staff, person)
    page = client_of(staff["liaison"]).get("/clearances/applications/")
    assert [row.case_no for row in page.context["page"]] == [case.case_no]
    assert "违规插手" not in page.content.decode()
    assert client_of(staff["liaison"]).get(f"/clearances/case/{case.case_no}/").status_code == 403


def test_the_board_has_a_lane_for_each_open_step(staff, person):
    taken_up(staff, person, report_no="1")
    cleared(staff, person)
    lanes = client_of(staff["leader"]).get("/clearances/").context["lanes"]
    assert {lane.state: lane.count for lane in lanes if lane.count} == {"proposed": 1, "cleared": 1}
    found = client_of(staff["leader"]).get("/clearances/list/?status=open").context["page"]
    assert len(found) == 2


def test_a_badge_stands_beside_who_was_cleared_and_goes_with_a_withdrawal(staff, person):
    case = cleared(staff, person)
    (badge,) = badges_of([person.pk], timezone.localdate(), staff["leader"])[person.pk]
    assert "2026.03.12" in str(badge.text)
    assert badges_of([person.pk], timezone.localdate(), staff["liaison"]).get(person.pk, []) == []
    perform(case, "withdraw", actor=staff["leader"], reason="新证据", withdrawn_by="甲县纪委")
    assert badges_of([person.pk], timezone.localdate(), staff["leader"]).get(person.pk, []) == []


def test_an_inquiry_begins_on_the_clearance(staff, person):
    case = cleared(staff, person)
    typed = {"report_no": case.source_no, "signs": ["REVENGE"], "summary": "疑似捏造"}
    client_of(staff["section"]).post(f"/clearances/false-accusations/new/{case.case_no}/", typed)
    found = FalseAccusation.objects.get()
    assert (found.source_no, found.status) == (case.case_no, "SUSPECTED")
    page = client_of(staff["leader"]).get(f"/clearances/false-accusations/case/{found.case_no}/")
    assert page.status_code == 200
    assert client_of(staff["leader"]).get(f"/clearances/case/{case.case_no}/").context["accusations"][0] == found


def test_pages_of_the_api_tell_no_identity(staff, person):
    case = cleared(staff, person)
    page = client_of(staff["leader"]).get("/api/v1/clearances/")
    (row,) = page.json()["results"]
    assert (row["case_no"], row["cleared_on"]) == (case.case_no, "2026-03-12")
    assert "曾启辉" not in page.content.decode()
    assert "official" not in row
