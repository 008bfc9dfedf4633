"""Visits of tolerance cases through supervision: planned with the decision, their result closes the case, a reversal ends them.

By hand: decided today, so the visit is due on the same day of the month six months later (TOL-REVISIT-MONTHS).
"""

from datetime import date

import pytest
from django.utils import timezone

from foundation.casework.services.engine import available, perform
from foundation.common.dates import add_months
from foundation.common.results import DomainError
from foundation.regulations.services.rulebook import rulebook
from officials.badges import badges_of
from officials.models import Official
from officials.services.people import identity_values
from supervision.models import Revisit
from tests.support.people import client_of
from tests.support.queries import count_queries
from tests.tolerance.support import Office, ago
from tolerance.services.case_visits import follow_case_visits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
TEAM = {"visitors": ["周明", "郑洁"], "talked": "放下包袱，安心工作"}


@pytest.fixture
def office(tree):
    return Office(tree)


@pytest.fixture
def person(person):
    person.refresh_from_db()
    return person


@pytest.fixture
def other(tree):
    made = Official.objects.create(home=tree.finance, **identity_values("440784198001020013", "容海"))
    made.refresh_from_db()
    return made


def filed(office, *people, **values):
    """A case about people, decided, corrected and filed."""
    about = {"officials": people} if people else {}
    case = office.told(office.decide(office.deliberating(**about, **values)))
    case = perform(
        case, "plan", actor=office["section"], correction_plan="补齐台账", correction_due=add_months(ago(0), 2)
    )
    case = perform(case, "accept_correction", actor=office["section"], correction_result="DONE")
    return perform(case, "file", actor=office["section"])


def made(office, visit, result="GOOD", **values):
    given = TEAM | {"visited_on": timezone.localdate(), "result": result} | values
    return perform(visit, "make", actor=office["section"], **given)


@pytest.mark.rule("TOL-REVISIT-MONTHS")
def test_the_decision_plans_a_visit_to_each_official_and_none_to_a_unit(office, person, other, tree):
    case = office.decide(office.deliberating(officials=[person, other], units=[tree.finance]))
    visits = list(Revisit.objects.order_by("pk"))
    assert [visit.official for visit in visits] == [person, other]
    assert {(visit.purpose, visit.planned_on, visit.source_no, visit.status) for visit in visits} == {
        ("TOLERANCE", add_months(timezone.localdate(), 6), case.case_no, "planned")
    }


def test_who_lies_in_the_trash_has_no_visit(office, person):
    case = office.deliberating(officials=[person])
    Official.objects.filter(pk=person.pk).update(trashed_at=timezone.now(), trash_reason="重复建档")
    office.decide(case)
    assert not Revisit.objects.exists()


def test_a_filed_case_waits_for_its_visit_and_the_page_says_which(office, person):
    case = filed(office, person)
    (offer,) = [one for one in available(case, office["section"]) if one.step.name == "close"]
    (reason,) = offer.reasons
    visit = Revisit.objects.get()
    cite = rulebook(on=case.decided_on).cite("TOL-REVISIT-MONTHS")
    assert (reason.code, reason.facts["visit"], reason.cite) == ("TOL-REVISIT-MONTHS", visit.case_no, cite)
    with pytest.raises(DomainError, match="CASE_REFUSED"):
        perform(case, "close", actor=office["section"], visitors="周明、郑洁", visit_finding="GOOD")
    page = client_of(office["section"]).get(f"/shelter/cases/{case.case_no}/?step=close").content.decode()
    assert visit.case_no in page
    assert "尚未" in page


def test_the_results_of_all_visits_come_back_the_worst_counts(office, person, other):
    case = filed(office, person, other)
    first, second = Revisit.objects.order_by("pk")
    made(office, first, "GOOD")
    assert follow_case_visits(actor=office["section"]) == 0
    made(office, second, "FAIR", visitors=["郑洁", "黎华"])
    page = client_of(office["section"]).get(f"/shelter/cases/{case.case_no}/?step=close").content.decode()
    assert 'name="visitors"' not in page
    assert follow_case_visits(actor=office["section"]) == 1
    assert follow_case_visits(actor=office["section"]) == 0
    case.refresh_from_db()
    assert (case.status, case.visit_finding, case.visitors, case.visited_on) == (
        "closed", "FAIR", "周明、郑洁、黎华", timezone.localdate(),
    )  # fmt: skip


def test_a_case_of_units_alone_keeps_the_typed_visit(office):
    case = filed(office)
    assert follow_case_visits(actor=office["section"]) == 0
    with pytest.raises(DomainError, match="CASE_REFUSED"):
        perform(case, "close", actor=office["section"], visitors="周明", visit_finding="GOOD")
    case = perform(case, "close", actor=office["section"], visitors="周明、郑洁", visit_finding="FAIR")
    assert (case.status, case.visit_finding) == ("closed", "FAIR")


def test_a_reversal_ends_visits_to_come_and_leaves_what_was_made(office, person, other):
    case = filed(office, person, other)
    first, second = Revisit.objects.order_by("pk")
    made(office, first)
    words = {"reason": "复核发现材料不实", "review_document_no": "甲容复〔2026〕1号"}
    perform(case, "reverse", actor=office["leader"], **words)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("made", "cancelled")


def shown(person, user, day=None):
    badges = badges_of([person.pk], day or timezone.localdate(), user).get(person.pk, [])
    return [str(badge.text) for badge in badges if "容" in str(badge.text)]


def test_the_badge_stands_beside_the_exempted_from_the_decision_to_the_reversal(office, person, other):
    today = timezone.localdate()
    case = office.deliberating(officials=[person])
    assert shown(person, office["section"]) == []
    case = office.told(office.decide(case))
    assert shown(person, office["section"]) == [f"容 {today:%Y.%m.%d}"]
    assert shown(person, office["section"], day=date(2020, 1, 1)) == []
    assert shown(other, office["section"]) == []
    lighter = office.deliberating(officials=[other], found={"G4_DUE_PROCESS": "NO"}, exempting=(), mitigating=("TM1",))
    office.decide(lighter, outcome="MITIGATED", word="减轻处理", document_no="2号")
    assert shown(other, office["section"]) == []
    words = {"reason": "复核发现材料不实", "review_document_no": "甲容复〔2026〕1号"}
    perform(case, "reverse", actor=office["leader"], **words)
    assert shown(person, office["section"]) == []


def test_the_badge_is_read_with_those_of_other_mechanisms_and_leads_to_the_case(office, person):
    before = count_queries(lambda: badges_of([person.pk], timezone.localdate(), office["section"]))
    case = office.decide(office.deliberating(officials=[person]))
    after = count_queries(lambda: badges_of([person.pk], timezone.localdate(), office["section"]))
    assert after == before
    (badge,) = [one for one in badges_of([person.pk], timezone.localdate(), office["section"])[person.pk] if "容" in str(one.text)]  # fmt: skip
    assert badge.url == f"/shelter/cases/{case.case_no}/"
    page = client_of(office["section"]).get(f"/officials/{person.pk}/").content.decode()
    assert str(badge.text) in page
