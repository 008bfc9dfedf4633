"""A unit asks for a correction; the cadre section takes it over or declines."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from foundation.audit.models import Entry
from foundation.casework.models import Deadline
from foundation.casework.services.engine import perform
from foundation.common.results import DomainError
from officials.models import Correction, Official
from officials.sections import IDENTITY, PARTY_AND_WORK
from officials.services import records
from officials.services.corrections import ask
from officials.services.people import identity_values
from tests.support.people import make_persona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


@pytest.fixture
def people(tree):
    return {
        "liaison": make_persona("unit_liaison", tree.finance),
        "section": make_persona("cadre_section", tree.county_a),
    }


@pytest.fixture
def person(tree):
    return Official.objects.create(home=tree.finance, **identity_values("440784197805069119", "曾启辉"))


def asked(people, person, **values):
    return ask(actor=people["liaison"], official=person, section=IDENTITY, values=values, grounds="户口簿第3页")


def test_taking_over_changes_the_record_with_the_case_as_its_reason(people, person):
    case = asked(people, person, ethnicity="苗族", birth_text="1978.05")
    assert [item["name"] for item in case.changes] == ["birth_text", "ethnicity"]
    perform(case, "take", actor=people["section"], reason="与档案一致")
    person.refresh_from_db()
    assert (person.ethnicity, str(person.birth_on)) == ("苗族", "1978-05-06")
    entry = Entry.objects.get(action="officials.record.changed")
    assert entry.reason == f"{case.case_no} 与档案一致"


def test_declining_changes_nothing_and_stays_on_record(people, person):
    case = asked(people, person, ethnicity="苗族")
    perform(case, "decline", actor=people["section"], reason="户口簿未见此项")
    person.refresh_from_db()
    assert (person.ethnicity, Correction.objects.get().status) == ("", "declined")


@pytest.mark.rule("OFF-CORRECTION-DAYS")
def test_a_clock_of_five_working_days_runs_for_the_decision(people, person):
    case = asked(people, person, ethnicity="苗族")
    clock = Deadline.objects.get(case_no=case.case_no)
    assert (clock.step, clock.rule_id) == ("take", "OFF-CORRECTION-DAYS")


def test_what_was_changed_meanwhile_is_not_overwritten(people, person):
    case = asked(people, person, ethnicity="苗族")
    records.change_section(
        actor=people["section"], official=person, section=IDENTITY, values={"ethnicity": "汉族"}, version=1, reason="x"
    )
    with pytest.raises(DomainError) as refused:
        perform(case, "take", actor=people["section"], reason="同意")
    assert "RECORD_CHANGED" in [reason.code for reason in refused.value.reasons]
    person.refresh_from_db()
    assert person.ethnicity == "汉族"


def test_the_same_field_is_not_asked_for_twice_at_once(people, person):
    asked(people, person, ethnicity="苗族")
    with pytest.raises(DomainError, match="CORRECTION_WAITS"):
        asked(people, person, ethnicity="壮族")
    assert asked(people, person, health="健康").case_no.endswith("-002")


def test_nothing_that_differs_is_nothing_to_ask(people, person):
    with pytest.raises(DomainError, match="NOTHING_DIFFERS"):
        asked(people, person, name="曾启辉")


def test_a_liaison_asks_for_the_own_unit_only(people, tree):
    other = Official.objects.create(home=tree.health, **identity_values("440784197805069135", "某乙"))
    with pytest.raises(PermissionDenied):
        asked(people, other, ethnicity="苗族")


def test_only_who_asked_withdraws(people, person, tree):
    case = asked(people, person, ethnicity="苗族")
    colleague = make_persona("unit_liaison", tree.finance, username="colleague")
    with pytest.raises(DomainError) as refused:
        perform(case, "withdraw", actor=colleague, reason="x")
    assert "CORRECTION_NOT_YOURS" in [reason.code for reason in refused.value.reasons]
    assert perform(case, "withdraw", actor=people["liaison"], reason="填错").status == "withdrawn"


def test_days_travel_through_a_case(people, person):
    case = ask(
        actor=people["liaison"], official=person, section=PARTY_AND_WORK, grounds="登记表",
        values={"registered_on": date(2006, 1, 1)},
    )  # fmt: skip
    perform(case, "take", actor=people["section"], reason="同意")
    person.refresh_from_db()
    assert str(person.registered_on) == "2006-01-01"
