"""Working days by the table, and entering notices."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from foundation.audit.models import Entry
from foundation.common.results import DomainError
from foundation.regulations.models import CalendarDay
from foundation.regulations.services import add_working_days, day_fact, is_working_day, working_days_between
from foundation.regulations.services.calendar import calendar_version
from foundation.regulations.services.calendar_edits import publish_year, set_day
from foundation.regulations.services.loading import load_regulations
from foundation.regulations.services.year_page import year_page

pytestmark = pytest.mark.django_db
NOTICE = "国办发明电〔2026〕9号"


def test_known_days_follow_the_notices(loaded):
    assert is_working_day(date(2024, 2, 9))
    assert not is_working_day(date(2024, 2, 10))
    assert is_working_day(date(2025, 10, 11))
    assert day_fact(date(2025, 10, 11)).name == "国庆节调休"
    assert working_days_between(date(2025, 9, 30), date(2025, 10, 10)) == 2


def test_counting_costs_one_query_once_read(loaded, django_assert_num_queries):
    add_working_days(date(2025, 1, 1), 5)
    with django_assert_num_queries(1):
        add_working_days(date(2025, 1, 1), 250)


def test_unpublished_year_is_estimated_until_its_notice_is_entered(loaded, clerk):
    assert add_working_days(date(2027, 2, 1), 5).estimated
    version = calendar_version()
    off = {date(2027, 1, 1): "元旦"} | {date(2027, 2, 5) + timedelta(days=n): "春节" for n in range(8)}
    count = publish_year(actor=clerk, year=2027, off=off, make_up={date(2027, 2, 14): "春节调休"}, basis=NOTICE)
    assert count == 365
    assert calendar_version() != version
    due = add_working_days(date(2027, 2, 1), 5)
    assert (due.date, due.estimated) == (date(2027, 2, 15), False)
    assert year_page(2027).estimated == 0
    entry = Entry.objects.get(action="regulations.calendar.year_published")
    assert (entry.target_no, entry.basis, entry.data["make_up"]) == ("2027", NOTICE, ["2027-02-14"])


def test_notice_may_begin_in_the_last_days_of_the_year_before(loaded, clerk):
    assert publish_year(actor=clerk, year=2027, off={date(2026, 12, 31): "元旦"}, make_up={}, basis=NOTICE) == 366
    assert not is_working_day(date(2026, 12, 31))


@pytest.mark.parametrize(
    ("year", "off", "make_up", "code"),
    [
        (2027, {}, {}, "no_days_off"),
        (2027, {date(2028, 1, 1): ""}, {}, "day_out_of_range"),
        (2027, {date(2026, 12, 20): ""}, {}, "day_out_of_range"),
        (2027, {date(2027, 2, 14): ""}, {date(2027, 2, 14): ""}, "day_in_both_lists"),
        (2027, {date(2027, 1, 1): ""}, {date(2027, 2, 15): ""}, "make_up_on_weekday"),
        (2003, {date(2003, 1, 1): ""}, {}, "day_out_of_range"),
    ],
)
def test_notice_that_contradicts_itself_is_refused_whole(loaded, clerk, year, off, make_up, code):
    before = CalendarDay.objects.count()
    with pytest.raises(DomainError) as refused, transaction.atomic():
        publish_year(actor=clerk, year=year, off=off, make_up=make_up, basis=NOTICE)
    assert refused.value.code == code
    assert CalendarDay.objects.count() == before


def test_one_day_is_entered_over_the_package_and_stays_after_a_load(loaded, clerk):
    day = date(2025, 11, 24)
    set_day(actor=clerk, date=day, is_working=False, name="停工", basis="通知")
    assert not is_working_day(day)
    load_regulations(actor=clerk, today=day)
    assert not is_working_day(day)
    row = CalendarDay.objects.get(pk=day)
    assert (row.source, row.confidence, row.basis) == ("official", "verified", "通知")
    assert [event.pgh_label for event in row.row_events.order_by("pgh_id")] == ["insert", "update"]
    assert Entry.objects.get(action="regulations.calendar.day_set").data["was"] is True


def test_one_day_of_an_unpublished_year_is_no_longer_estimated(loaded, clerk):
    set_day(actor=clerk, date=date(2028, 2, 29), is_working=False, name="", basis="通知")
    assert not day_fact(date(2028, 2, 29)).estimated
    assert day_fact(date(2028, 3, 1)).estimated


@pytest.mark.parametrize(
    ("day", "basis", "code"), [("2025-01-01", " ", "no_basis"), ("1999-01-01", "x", "day_out_of_range")]
)
def test_day_without_basis_or_out_of_range_is_refused(loaded, clerk, day, basis, code):
    with pytest.raises(DomainError) as refused, transaction.atomic():
        set_day(actor=clerk, date=date.fromisoformat(day), is_working=True, name="", basis=basis)
    assert refused.value.code == code


def test_year_is_laid_out_in_weeks_with_every_kind_of_day(loaded):
    page = year_page(2025)
    assert [len(month.weeks) for month in page.months] == [5, 5, 6, 5, 5, 6, 5, 5, 5, 5, 5, 5]
    assert page.working == sum(month.working for month in page.months) == 248
    cells = {cell.date: cell for month in page.months for week in month.weeks for cell in week if cell.inside}
    assert len(cells) == 365
    kinds = {
        day: cells[date.fromisoformat(day)].kind for day in ("2025-10-11", "2025-10-01", "2025-10-18", "2025-10-20")
    }
    assert list(kinds.values()) == ["makeup", "holiday", "weekend", "work"]
    assert year_page(2024).months[1].weeks[1][4].kind == "noted"
