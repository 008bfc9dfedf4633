"""The county's list of clearances, taken over: numbers counted in the file by hand."""

from collections import Counter
from datetime import date

import pytest

from cadremgmt.demo import county
from cadremgmt.demo.clearances import take_clearances
from foundation.organizations.models import Organization
from officials.models import Restriction
from supervision.models import Revisit
from tests.support.databases import copy_database, drop_database, using
from tolerance.models import Clearance
from tolerance.selectors.clearances import cleared_persons

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("taken_over")]
TOLD: list[str] = []


@pytest.fixture(scope="module")
def taken_over(heshan_copy, django_db_blocker):
    """The demo county with the list taken over."""
    with django_db_blocker.unblock():
        name = copy_database(heshan_copy, "clearances")
        with using(name):
            take_clearances(TOLD.append, county.FOLDER / "events" / "clearances.csv")
            yield
        drop_database(name)


def heshan() -> Organization:
    return Organization.objects.get(code="440784")


def test_every_line_is_a_case_and_no_day_differs_from_the_rules():
    assert TOLD == ["clearances.csv: 41 cases entered, 74 moved on after visits"]
    states = Counter(Clearance.objects.values_list("status", flat=True))
    assert states == {"closed": 37, "rejected": 4}


def test_between_2023_and_august_2024_twenty_six_people_were_cleared():
    assert cleared_persons(heshan(), date(2023, 1, 1), date(2024, 8, 14)) == 26


@pytest.mark.rule("CLR-REVISIT")
def test_the_first_visit_of_a_clearance_is_due_thirty_days_after_it():
    case = Clearance.objects.get(source_no="CQ027")
    days = Revisit.objects.filter(source_no=case.case_no).order_by("sequence").values_list("planned_on", flat=True)
    assert (case.cleared_on, list(days)) == (date(2024, 3, 27), [date(2024, 4, 26), date(2024, 9, 27)])


def test_refused_are_those_of_the_list_with_their_grounds():
    found = dict(Clearance.objects.filter(status="rejected").values_list("source_no", "refusal"))
    assert found == {"CQ009": "NCL2", "CQ019": "NCL3", "CQ020": "NCL1", "CQ031": "NCL1"}


def test_what_was_held_for_a_cleared_report_is_free_since_the_clearance():
    hold = Restriction.objects.get(source_kind="tolerance.report", source_no="CQ033")
    assert (hold.starts_on, hold.lifted_on) == (date(2024, 3, 23), date(2024, 6, 17))
    assert not Restriction.objects.filter(source_kind="tolerance.report", lifted_on=None).exists()


def test_the_list_taken_over_twice_changes_nothing():
    told = []
    take_clearances(told.append, county.FOLDER / "events" / "clearances.csv")
    assert told == ["clearances.csv: 0 cases entered, 0 moved on after visits"]
