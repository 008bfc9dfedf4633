"""Alerts of clearance: found false and waiting, holds to be reviewed."""

from datetime import date, timedelta

import pytest

from foundation.regulations.services.calendar import add_working_days
from foundation.regulations.services.rulebook import rulebook
from tolerance.services.clearance_alerts import find_reviews, find_waiting
from tolerance.services.report_holds import hold_for_report

from .clearing import FOUND_ON, taken_up

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


@pytest.mark.rule("CLR-ALERT-DAYS")
def test_what_was_found_false_is_told_of_from_the_tenth_working_day_on(tree, staff, person):
    case = taken_up(staff, person)
    taken_up(staff, person, report_no="2", finding="UNPROVEN")
    tenth = add_working_days(FOUND_ON, 10).date

    def found(day):
        return [(fact.key, fact.severity) for fact in find_waiting(day, rulebook(on=day), tree.county_a)]

    assert found(tenth - timedelta(days=1)) == []
    assert found(tenth) == [(case.case_no, "orange")]
    assert found(add_working_days(FOUND_ON, 15).date + timedelta(days=1)) == [(case.case_no, "red")]


def test_a_hold_is_told_of_on_its_day_of_review(tree, staff, person):
    days = {"starts_on": date(2026, 1, 21), "review_on": date(2026, 4, 21)}
    hold_for_report(actor=staff["section"], official=person, report_no="7", reason="待核", **days)

    def found(day):
        return [fact.severity for fact in find_reviews(day, rulebook(on=day), tree.county_a)]

    assert found(date(2026, 4, 20)) == []
    assert found(date(2026, 4, 21)) == ["orange"]
    assert found(date(2026, 4, 22)) == ["red"]
