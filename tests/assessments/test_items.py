"""Bonuses, deductions and vetoes as proposals: nothing stands in the year before somebody else approved it."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from assessments.models import Adjustment, Cycle, Item, Veto
from assessments.rules.items import check_item, signed
from assessments.services.items import propose
from foundation.audit.models import Entry
from foundation.casework.models import Deadline
from foundation.casework.selectors import waiting_cases
from foundation.casework.services.attachments import add
from foundation.casework.services.engine import perform
from foundation.common.results import DomainError
from foundation.regulations.services.calendar import add_working_days
from tests.support.people import api_client_of, client_of, give, make_persona, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
DAY = date(2024, 6, 1)


@pytest.fixture
def order(assessed):
    """What a proposal of the finance department says."""
    return {
        "cycle": assessed.cycle,
        "organization": assessed.tree.finance,
        "unit": assessed.units["A-GUL"],
        "item": "deduction",
        "points": Decimal("0.5"),
        "kind": "通报批评",
        "ground": "专项资金拨付逾期",
        "document_no": "甲财〔2024〕18号",
        "occurred_on": DAY,
    }


@pytest.fixture
def item(order, unit_liaison) -> Item:
    return propose(actor=unit_liaison, **order)


@pytest.fixture
def colleague(tree):
    """A second member of the office."""
    user = make_user("office-2", home=tree.county_a)
    give(user, "assessment_office", tree.county_a)
    return user


@pytest.mark.rule("ASM-ITEM-DECIDE-DAYS")
def test_a_proposal_waits_for_the_office_and_writes_nothing(item, assessment_office, unit_liaison):
    assert (item.status, item.points, item.case_no) == ("proposed", Decimal("-0.5"), "TA-A-2024-0001")
    assert not Adjustment.objects.exists()
    due = add_working_days(timezone.localdate(), 5).date
    assert Deadline.objects.get(case_no=item.case_no).due_on == due
    assert item.case_no in [row.case_no for row in waiting_cases(assessment_office)]
    assert waiting_cases(unit_liaison) == []


def test_approval_writes_the_adjustment_under_its_number(item, assessment_office):
    perform(item, "approve", actor=assessment_office, reason="属实", number="KF-2024-09")
    row = Adjustment.objects.get()
    assert (row.number, row.points, row.unit, row.document_no) == (
        "KF-2024-09",
        Decimal("-0.5"),
        item.unit,
        item.document_no,
    )
    assert Entry.objects.get(action="assessments.item.approve").data["number"] == "KF-2024-09"


def test_a_veto_is_written_as_a_veto(order, unit_liaison, assessment_office):
    case = propose(actor=unit_liaison, **order | {"item": "veto", "points": None, "decided_by": "甲县应急管理局"})
    perform(case, "approve", actor=assessment_office, reason="属实")
    assert (Veto.objects.get().number, Veto.objects.get().decided_by) == (case.case_no, "甲县应急管理局")


def test_a_number_is_given_once_in_a_year(item, order, unit_liaison, assessment_office):
    perform(item, "approve", actor=assessment_office, reason="x", number="N1")
    second = propose(actor=unit_liaison, **order)
    with pytest.raises(DomainError, match="CASE_REFUSED"):
        perform(second, "approve", actor=assessment_office, reason="x", number="N1")
    assert Adjustment.objects.count() == 1


def test_whoever_proposes_does_not_decide(order, assessed, assessment_office, colleague):
    case = propose(actor=assessment_office, **order | {"organization": assessed.tree.county_a})
    for step in ("approve", "decline"):
        with pytest.raises(DomainError, match="CASE_REFUSED"):
            perform(case, step, actor=assessment_office, reason="x")
    assert perform(case, "decline", actor=colleague, reason="依据不足").status == "declined"
    assert not Adjustment.objects.exists()


def test_only_the_proposer_withdraws(item, tree, assessment_office, unit_liaison):
    with pytest.raises(DomainError, match="CASE_REFUSED"):
        perform(item, "withdraw", actor=assessment_office, reason="x")
    assert perform(item, "withdraw", actor=unit_liaison, reason="重复").status == "withdrawn"


def test_a_department_proposes_in_its_own_name_only(order, tree, unit_liaison, cadre_section):
    for actor, organization in (
        (unit_liaison, tree.health),
        (unit_liaison, tree.county_a),
        (cadre_section, tree.finance),
    ):
        with pytest.raises(PermissionDenied):
            propose(actor=actor, **order | {"organization": organization})


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"points": None}, "points"),
        ({"points": Decimal(0)}, "points"),
        ({"points": Decimal("1.00001")}, "points"),
        ({"item": "veto"}, "points"),
        ({"occurred_on": date(2025, 1, 1)}, "occurred_on"),
        ({"ground": " "}, "ground"),
        ({"document_no": ""}, "document_no"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(order, unit_liaison, change, field):
    with pytest.raises(DomainError) as caught:
        propose(actor=unit_liaison, **order | change)
    assert [reason.facts["field"] for reason in caught.value.reasons] == [field]
    assert not Item.objects.exists()


def test_a_unit_outside_the_assessment_and_a_published_year_are_refused(
    order, assessed, unit_liaison, assessment_office, run
):
    with pytest.raises(DomainError, match="ITEM_REFUSED"):
        propose(actor=unit_liaison, **order | {"unit": assessed.tree.finance_section})
    case = propose(actor=unit_liaison, **order)
    Cycle.objects.filter(pk=assessed.cycle.pk).update(status="published", published_run=run)
    with pytest.raises(DomainError, match="CYCLE_LOCKED"):
        propose(actor=unit_liaison, **order)
    with pytest.raises(DomainError, match="CASE_REFUSED"):
        perform(case, "approve", actor=assessment_office, reason="x")


def test_a_date_after_today_is_refused():
    today = date(2025, 3, 1)
    assert check_item("bonus", Decimal(1), date(2025, 3, 2), 2025, today) == [("DATE_IN_FUTURE", "occurred_on")]
    assert check_item("bonus", Decimal(1), today, 2025, today) == []
    assert (signed("bonus", Decimal(1)), signed("deduction", Decimal(1)), signed("veto", None)) == (1, -1, None)


def test_papers_come_before_the_decision(item, unit_liaison, assessment_office):
    add(actor=unit_liaison, case=item, file=ContentFile(b"%PDF-1.7", name="通报.pdf"))
    perform(item, "decline", actor=assessment_office, reason="x")
    with pytest.raises(DomainError, match="PAPER_REFUSED"):
        add(actor=unit_liaison, case=item, file=ContentFile(b"%PDF-1.8", name="补充.pdf"))


def test_programs_are_told_why_a_decided_proposal_takes_no_papers(item, unit_liaison, assessment_office):
    client, address = api_client_of(unit_liaison), reverse("v1:case-papers", args=["assessments.item", item.case_no])
    paper = {"file": ContentFile(b"%PDF-1.7", name="通报.pdf")}
    assert client.post(address, paper, format="multipart").status_code == 201
    perform(item, "approve", actor=assessment_office, reason="属实")
    refused = client.post(address, {"file": ContentFile(b"%PDF-1.8", name="补充.pdf")}, format="multipart")
    assert (refused.status_code, refused.json()["code"]) == (409, "PAPER_REFUSED")
    listed = client.get(address).json()
    assert (listed["may_add"], [row["name"] for row in listed["results"]]) == (True, ["通报.pdf"])
    assert listed["reasons"] == refused.json()["reasons"] != []


def test_pages_propose_and_decide(order, unit_liaison, assessment_office, tree):
    sent = {name: getattr(value, "pk", value) for name, value in order.items() if name != "cycle"}
    address = reverse("assessments:item-create", args=["A", 2024])
    answer = client_of(unit_liaison).post(address, sent | {"points": "200"})
    assert answer.status_code == 422
    assert "甲财〔2024〕18号" in answer.content.decode()
    answer = client_of(unit_liaison).post(address, sent)
    case = Item.objects.get()
    assert answer.url == reverse("assessments:item", args=[case.case_no])
    step = reverse("assessments:item-step", args=[case.case_no])
    office = client_of(assessment_office)
    assert office.post(step, {"step": "approve", "version": 9, "reason": "属实"}).status_code == 422
    listed = reverse("assessments:item-list")
    assert [each.pk for each in office.get(listed, {"status": "open", "item": "deduction"}).context["page"]] == [
        case.pk
    ]
    assert office.post(step, {"step": "approve", "version": 1, "reason": "属实"}).status_code == 302
    assert list(office.get(listed, {"status": "open"}).context["page"]) == []
    assert [each.pk for each in office.get(listed, {"status": "approved"}).context["page"]] == [case.pk]
    assert Adjustment.objects.get().number == case.case_no
    assert client_of(make_persona("unit_liaison", tree.health)).get(answer.url).status_code == 404


def test_programs_propose_and_decide(order, unit_liaison, assessment_office):
    sent = {
        "cycle": "A-2024", "department": "A-FIN", "unit": "A-GUL", "item": "bonus", "points": "1.5", "ground": "获省级表彰",
        "document_no": "粤府〔2024〕3号", "occurred_on": "2024-06-01",
    }  # fmt: skip
    answer = api_client_of(unit_liaison).post(reverse("v1:item-list"), sent)
    assert (answer.status_code, answer.data["points"], answer.data["status"]) == (201, "1.5", "proposed")
    steps = reverse("v1:item-steps", args=[answer.data["case_no"]])
    office = api_client_of(assessment_office)
    assert office.post(steps, {"step": "approve", "reason": "属实", "version": 7}).status_code == 412
    answer = office.post(steps, {"step": "approve", "reason": "属实", "version": 1, "number": "J-9"})
    assert (answer.data["status"], answer.data["number"]) == ("approved", "J-9")
    assert [row["case_no"] for row in office.get(reverse("v1:item-list"), {"status": "approved"}).data["results"]]
    bad = api_client_of(unit_liaison).post(reverse("v1:item-list"), sent | {"occurred_on": "2023-06-01"})
    assert (bad.status_code, bad.data["reasons"][0]["facts"]["field"]) == (400, "occurred_on")
