"""The county's list of tolerance cases, taken over: numbers counted in the file by hand."""

from collections import Counter
from datetime import date

import pytest

from cadremgmt.demo import county
from cadremgmt.demo.tolerance import take_cases
from tests.support.databases import copy_database, drop_database, using
from tolerance.models import AssessmentEffect, ToleranceCase
from tolerance.selectors.cases import figures_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("taken_over")]
TOLD: list[str] = []


@pytest.fixture(scope="module")
def taken_over(heshan_copy, django_db_blocker):
    """The demo county with the list taken over."""
    with django_db_blocker.unblock():
        name = copy_database(heshan_copy, "tolerance")
        with using(name):
            take_cases(TOLD.append, county.FOLDER / "events" / "tolerance.csv")
            yield
        drop_database(name)


def test_every_line_is_a_case_one_of_them_reversed():
    assert TOLD == ["tolerance.csv: 61 cases entered"]
    assert Counter(ToleranceCase.objects.values_list("status", flat=True)) == {"closed": 60, "reversed": 1}


def test_between_2023_and_august_2024_thirteen_units_and_twenty_seven_cadres_were_sheltered():
    figures = figures_of(ToleranceCase.objects.system(), date(2023, 1, 1), date(2024, 8, 14))
    assert (figures.units, figures.officials) == (13, 27)


def test_cases_stand_on_the_days_of_the_list():
    case = ToleranceCase.objects.get(file_no="RC-U01")
    assert (case.opened_on, case.accepted_on, case.decided_on) == (
        date(2023, 9, 7),
        date(2023, 9, 7),
        date(2023, 11, 14),
    )
    assert (case.outcome, case.word, case.exempting, case.case_no[:15]) == (
        "EXEMPT",
        "不予追究",
        ["TE1"],
        "RC-440784-2023-",
    )


def test_what_the_list_changed_in_the_assessment_is_not_written_twice():
    assert AssessmentEffect.objects.count() == 6


def test_the_list_taken_over_twice_changes_nothing():
    again: list[str] = []
    take_cases(again.append, county.FOLDER / "events" / "tolerance.csv")
    assert again == ["tolerance.csv: 0 cases entered"]
