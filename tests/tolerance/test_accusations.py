"""Inquiries into false accusations: the county proposes, the prefecture determines."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from foundation.casework.services.engine import available, perform
from foundation.common.results import DomainError
from tolerance.models import FalseAccusation
from tolerance.services.accusations import suspect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
OPENED = date(2026, 3, 2)


def opened(staff, person, **more):
    facts = {"report_no": "信访〔2026〕7号", "summary": "疑似捏造事实", "signs": ["REVENGE"], "on": OPENED}
    return suspect(actor=staff["section"], official=person, **(facts | more))


def proposed(staff, person):
    case = perform(opened(staff, person), "investigate", actor=staff["section"])
    found = {"evidence": "伪造的收据", "is_fabricated": True, "is_intended": True, "aggravations": ["ELECTION"]}
    return perform(case, "propose", actor=staff["section"], **found)


def sent(staff, person):
    return perform(
        proposed(staff, person), "send", actor=staff["leader"], sent_no="鹤纪〔2026〕9号", sent_on=date(2026, 4, 1)
    )


def refusal(act, *args, **kwargs) -> dict:
    with pytest.raises(DomainError) as refused:
        act(*args, **kwargs)
    assert all(reason.text for reason in refused.value.reasons)
    return {one.facts.get("field", one.code): one.facts.get("rule_id", one.code) for one in refused.value.reasons}


APPROVED = {"approval_body": "某市纪委", "approved_on": date(2026, 5, 6)}


@pytest.mark.rule("R-FAL-02")
def test_the_county_does_not_determine_a_false_accusation(staff, person):
    case, leader = sent(staff, person), staff["leader"]
    county = APPROVED | {"approval_level": "COUNTY", "approval_no": "鹤纪〔2026〕10号"}
    assert refusal(perform, case, "determine", actor=leader, **county) == {"approval_level": "R-FAL-02"}
    without = APPROVED | {"approval_level": "PREFECTURE"}
    assert refusal(perform, case, "determine", actor=leader, **without) == {"approval_no": "R-FAL-02"}
    case = perform(case, "determine", actor=leader, approval_no="江纪〔2026〕5号", **without)
    assert (case.status, case.approval_no) == ("DETERMINED", "江纪〔2026〕5号")


def test_the_database_itself_keeps_the_county_from_determining(staff, person):
    case = sent(staff, person)
    with pytest.raises(IntegrityError), transaction.atomic():
        FalseAccusation.objects.filter(pk=case.pk).update(status="DETERMINED", approval_level="COUNTY", approval_no="1")


@pytest.mark.rule("R-FAL-01")
def test_nothing_is_proposed_without_fabrication_and_intention(staff, person):
    case = perform(opened(staff, person), "investigate", actor=staff["section"])
    given = {"evidence": "证据", "is_fabricated": True}
    assert refusal(perform, case, "propose", actor=staff["section"], **given) == {"is_intended": "R-FAL-01"}


@pytest.mark.rule("R-FAL-05-COUNTY")
@pytest.mark.parametrize(
    ("step", "given", "status"),
    [("mistaken", {"handling": "批评教育"}, "MISTAKEN_REPORT"), ("not_established", {}, "NOT_ESTABLISHED")],
)
def test_the_county_concludes_that_it_was_a_mistake_or_nothing(staff, person, step, given, status):
    case = perform(opened(staff, person), "investigate", actor=staff["section"])
    assert perform(case, step, actor=staff["leader"], reason="查明", **given).status == status


def test_an_inquiry_has_its_number_and_its_sign(staff, person):
    assert refusal(opened, staff, person, report_no=" ", signs=[], summary="") == {
        "summary": "TEXT_MISSING", "report_no": "TEXT_MISSING", "signs": "CODE_UNKNOWN",
    }  # fmt: skip
    assert opened(staff, person).case_no == "WG-A-2026-001"


def test_who_keeps_the_inquiry_does_not_conclude_it(staff, person):
    offered = {"determine", "mistaken", "not_established"}
    case = sent(staff, person)
    assert not {offer.step.name for offer in available(case, staff["section"])} & offered
    assert {offer.step.name for offer in available(case, staff["leader"])} == offered
