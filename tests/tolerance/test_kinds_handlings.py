"""A sanction that is entered only and concerns the event of the case: not imposed on exemption, back on reversal.

By hand: 记过 of 2025-03-15 lasts 12 months, so it ends on 2026-03-14 and the person is free on 2026-03-15 (D-1).
"""

from datetime import date

import pytest

from foundation.casework.services.engine import available, perform
from foundation.common.results import DomainError
from officials.models import Restriction
from officials.selectors.restrictions import promotability_of
from supervision.models import Handling
from supervision.services.handlings import enter
from tests.factories.people import make_person
from tests.supervision.test_services_handlings import decision
from tests.support.people import client_of
from tests.tolerance.support import Office
from tolerance.models import DecidedEffect
from tolerance.services.case_effects import possible_effects

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
EVENT, DAY = date(2025, 1, 20), date(2025, 3, 15)
LATER = date(2025, 6, 1)


@pytest.fixture
def office(tree):
    return Office(tree)


@pytest.fixture
def person(tree):
    made = make_person("麦荣俊", tree.finance, managed_by="县级党委管理干部", post_text="市财政局副局长")
    made.refresh_from_db()
    return made


@pytest.fixture
def clerk(office):
    return office["section"]


def entered(clerk, person, **values):
    return enter(actor=clerk, official=person, **decision("GOV_DEMERIT", DAY, **({"committed_on": EVENT} | values)))


def offered(case):
    return [one for _outcome, one in possible_effects(case, "EXEMPT") if one.kind == "handling_set_aside"]


def exempted(office, person, keys, **values):
    case = office.deliberating(officials=[person], event_on=EVENT, **values)
    return office.told(office.decide(case, effects=keys))


def free_on(person):
    """The first day on which the person can be promoted, asked on 2025-06-01."""
    return next(one.on for one in promotability_of(person, LATER) if one.act == "POST")


def test_an_entry_for_the_event_is_proposed_and_says_what_confirming_would_bring(office, clerk, person):
    own = entered(clerk, person)
    (one,) = offered(office.deliberating(officials=[person], event_on=EVENT))
    assert (one.target, one.official, one.is_proposed) == (own.case_no, person.pk, True)
    assert one.before == "待确认：自2025.03.15起影响期12个月"
    assert "麦荣俊" in one.label
    assert own.document_no in one.label


def test_an_entry_without_a_day_is_offered_and_one_of_another_event_or_person_is_not(office, clerk, person, tree):
    undated = entered(clerk, person, committed_on=None, document_no="1号")
    entered(clerk, person, committed_on=date(2024, 5, 1), document_no="2号")
    entered(clerk, make_person("旁人", tree.finance, managed_by="县级党委管理干部"), document_no="3号")
    asked = entered(clerk, person, committed_on=date(2024, 5, 2), document_no="4号", source_no="调〔2025〕7号")
    case = office.deliberating(officials=[person], event_on=EVENT, inquiry_no="调〔2025〕7号")
    assert {(one.target, one.is_proposed) for one in offered(case)} == {(undated.case_no, False), (asked.case_no, True)}
    assert [one for _o, one in possible_effects(case, "MITIGATED") if one.kind == "handling_set_aside"] == []


def test_exempted_nothing_is_imposed_nobody_can_confirm_and_a_reversal_brings_it_back(office, clerk, person):
    own = entered(clerk, person)
    case = exempted(office, person, [f"handling_set_aside|{own.case_no}"])
    own.refresh_from_db()
    assert own.status == "sheltered"
    assert available(own, office["leader"]) == []
    with pytest.raises(DomainError, match="CASE_STEP_NOT_HERE"):
        perform(own, "confirm", actor=office["leader"])
    with pytest.raises(DomainError, match="HANDLING_REFUSED"):
        entered(clerk, person)
    assert free_on(person) == LATER
    page = client_of(office["leader"]).get(f"/supervision/handlings/{own.case_no}/").content.decode()
    assert case.case_no in page

    words = {"reason": "复核发现材料不实", "review_document_no": "甲容复〔2026〕1号"}
    perform(case, "reverse", actor=office["leader"], **words)
    own.refresh_from_db()
    assert own.status == "entered"
    effect = DecidedEffect.objects.get(kind="handling_set_aside")
    assert effect.applied_at is not None
    assert effect.reversed_at is not None
    perform(own, "confirm", actor=office["leader"])
    row = Restriction.objects.get(source_no=own.case_no)
    assert (row.starts_on, row.ends_on) == (DAY, date(2026, 3, 14))
    assert free_on(person) == date(2026, 3, 15)


def test_a_confirmed_sanction_is_never_touched(office, clerk, person):
    own = perform(entered(clerk, person), "confirm", actor=office["leader"])
    case = office.deliberating(officials=[person], event_on=EVENT)
    assert offered(case) == []
    with pytest.raises(DomainError, match="EFFECT_GONE"):
        office.decide(case, effects=[f"handling_set_aside|{own.case_no}"])
    assert Handling.objects.get().status == "in_force"
    assert Restriction.objects.get(source_no=own.case_no).lifted_on is None


def test_confirmed_between_choosing_and_deciding_nothing_of_the_decision_stays(office, clerk, person):
    own = entered(clerk, person)
    case = office.deliberating(officials=[person], event_on=EVENT)
    keys = [one.key for one in offered(case)]
    perform(own, "confirm", actor=office["leader"])
    with pytest.raises(DomainError, match="EFFECT_GONE"):
        office.decide(case, effects=keys)
    case.refresh_from_db()
    assert case.status == "deliberating"
    assert not DecidedEffect.objects.exists()
