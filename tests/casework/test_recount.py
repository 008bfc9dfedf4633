"""A change of the calendar moves the open deadlines that were counted over the changed days, and leaves an entry."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import Entry
from foundation.casework.models import Alert, Deadline
from foundation.casework.services.alert_sweep import sweep
from foundation.common.actors import SystemActor
from foundation.regulations.models import CalendarDay
from foundation.regulations.services.calendar import add_working_days, is_working_day
from foundation.regulations.services.calendar_edits import publish_year, set_day
from tests.support.people import client_of, make_persona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
ACTOR, NOTICE = SystemActor("test"), "国办发明电〔2026〕9号"


@pytest.fixture
def clock(case):
    """The open clock of the measure."""
    return Deadline.objects.get(case_no=case.case_no)


def a_working_day_of(clock) -> date:
    """A working day between the beginning and the end of the clock."""
    day = clock.starts_on + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def recounts():
    return list(Entry.objects.filter(action="casework.deadlines.recounted").order_by("pk"))


def test_a_day_off_more_moves_the_deadline_by_a_working_day_and_leaves_an_entry(clock):
    before = clock.due_on
    set_day(actor=ACTOR, date=a_working_day_of(clock), is_working=False, name="放假", basis=NOTICE)
    clock.refresh_from_db()
    assert clock.due_on == add_working_days(before, 1).date
    (entry,) = recounts()
    assert entry.data == {"looked_at": 1, "moved": {"assessments.measure": [clock.case_no]}}
    assert [event.due_on for event in clock.row_events.order_by("pgh_id")] == [before, clock.due_on]


def test_taken_back_it_is_the_old_day_again(clock):
    before, day = clock.due_on, a_working_day_of(clock)
    set_day(actor=ACTOR, date=day, is_working=False, name="放假", basis=NOTICE)
    set_day(actor=ACTOR, date=day, is_working=True, name="", basis=NOTICE)
    clock.refresh_from_db()
    assert clock.due_on == before
    assert len(recounts()) == 2


def test_days_outside_of_the_clock_move_nothing_and_leave_no_entry(clock):
    Deadline.objects.update(is_estimated=False)
    before = clock.due_on
    for day in (clock.starts_on, clock.due_on + timedelta(days=1)):
        set_day(actor=ACTOR, date=day, is_working=False, name="放假", basis=NOTICE)
    clock.refresh_from_db()
    assert clock.due_on == before
    assert recounts() == []


def test_a_closed_deadline_stays(clock):
    Deadline.objects.update(closed_at=timezone.now())
    set_day(actor=ACTOR, date=a_working_day_of(clock), is_working=False, name="放假", basis=NOTICE)
    assert Deadline.objects.get(pk=clock.pk).due_on == clock.due_on


def test_a_day_that_the_case_fixed_for_itself_stays(clock, monkeypatch):
    monkeypatch.setattr("assessments.models.Measure.own_date", lambda self, step: date(2030, 1, 1))
    set_day(actor=ACTOR, date=a_working_day_of(clock), is_working=False, name="放假", basis=NOTICE)
    assert Deadline.objects.get(pk=clock.pk).due_on == clock.due_on


def test_the_notice_of_the_year_makes_an_estimated_deadline_certain(clock):
    start = date(2029, 2, 1)
    CalendarDay.objects.filter(date__year=2029).delete()
    due = add_working_days(start, 10)
    Deadline.objects.filter(pk=clock.pk).update(starts_on=start, due_on=due.date, is_estimated=True)
    assert due.estimated
    off = {date(2029, 2, 12) + timedelta(days=n): "春节" for n in range(7)}
    publish_year(actor=ACTOR, year=2029, off={date(2029, 1, 1): "元旦"} | off, make_up={}, basis=NOTICE)
    moved = Deadline.objects.get(pk=clock.pk)
    assert not moved.is_estimated
    assert moved.due_on > due.date


def test_the_alert_follows_the_deadline(clock, tree, django_capture_on_commit_callbacks):
    Deadline.objects.filter(pk=clock.pk).update(due_on=timezone.localdate() + timedelta(days=1))
    sweep(timezone.localdate())
    before = Alert.objects.get(kind="deadline.assessments.measure").due_on
    office = client_of(make_persona("assessment_office", tree.county_a, username="clerk"))
    day = a_working_day_of(clock)
    Deadline.objects.filter(pk=clock.pk).update(due_on=clock.due_on)
    with django_capture_on_commit_callbacks(execute=True):
        answer = office.post(
            reverse("regulations:calendar-day", args=[day.year]),
            {"date": f"{day}", "is_working": "no", "name": "放假", "basis": NOTICE},
        )
    assert answer.status_code == 302
    moved = Deadline.objects.get(pk=clock.pk).due_on
    assert moved == add_working_days(clock.due_on, 1).date
    alert = Alert.objects.get(kind="deadline.assessments.measure")
    assert before != moved
    assert alert.due_on in (moved, before)  # no alert yet where the new day is further than the longest lead time
    assert (alert.due_on == moved) == (alert.status == "open")
