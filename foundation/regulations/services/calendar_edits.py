"""Entering days from a notice: one day, or the whole year when the State Council publishes it."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.results import DomainError

from ..choices import Confidence, DaySource
from ..models import CalendarDay
from . import tokens

LEAD_IN = timedelta(days=7)  # the New Year holiday may begin in the last days of the year before
FIRST, LAST = date(2004, 1, 1), date(2099, 12, 31)
_followers: list[Callable] = []
_WRITTEN = ["is_working", "name", "source", "confidence", "basis"]


def on_change(follower: Callable) -> Callable:
    """Register what has to follow the calendar: `follower(actor=…, first=…, last=…)` runs inside the act that changed days.

    Rooms above register here at start-up (deadlines are counted in working days), as this room knows nothing of them.
    """
    if follower not in _followers:
        _followers.append(follower)
    return follower


def follow(*, actor, first: date, last: date) -> None:
    """Let everything that counts working days follow a change of the days from `first` to `last`."""
    for follower in _followers:
        follower(actor=actor, first=first, last=last)


@transaction.atomic
def set_day(*, actor, date: date, is_working: bool, name: str, basis: str) -> CalendarDay:
    """Say of one day whether it is a working day, after a notice. Raises `DomainError` without a basis or out of range."""
    _check_basis(basis)
    if not FIRST <= date <= LAST:
        raise DomainError("day_out_of_range", _("The calendar runs from 2004 to 2099."), status=400)
    before = CalendarDay.objects.select_for_update().filter(pk=date).first()
    day = _row(date, is_working, name, basis)
    day.save(force_insert=before is None, force_update=before is not None)
    tokens.written()
    record(
        actor=actor,
        action="regulations.calendar.day_set",
        target_kind="calendar_day",
        target_no=date.isoformat(),
        basis=basis.strip(),
        data={"is_working": is_working, "name": name, "was": before and before.is_working},
    )
    follow(actor=actor, first=date, last=date)
    return day


@transaction.atomic
def publish_year(*, actor, year: int, off: Mapping[date, str], make_up: Mapping[date, str], basis: str) -> int:
    """Enter a year's notice: days off and make-up days with their occasions; all other days follow the week.

    Days of the last week of the year before may be named (the New Year holiday). Returns the number of days written.
    Raises `DomainError` when a day lies outside, stands in both lists, or a make-up day is no weekend.
    """
    _check_basis(basis)
    _check_notice(year, off, make_up)
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = {first + timedelta(days=number) for number in range((last - first).days + 1)} | set(off) | set(make_up)
    rows = []
    for day in sorted(days):
        is_working = day in make_up or (day not in off and day.weekday() < 5)
        rows.append(_row(day, is_working, off.get(day) or make_up.get(day) or "", basis))
    CalendarDay.objects.bulk_create(rows, update_conflicts=True, unique_fields=["date"], update_fields=_WRITTEN)
    tokens.written()
    record(
        actor=actor,
        action="regulations.calendar.year_published",
        target_kind="calendar_year",
        target_no=str(year),
        basis=basis.strip(),
        data={"off": sorted(off), "make_up": sorted(make_up)},
    )
    follow(actor=actor, first=min(days), last=max(days))
    return len(rows)


def _row(day: date, is_working: bool, name: str, basis: str) -> CalendarDay:
    return CalendarDay(
        date=day,
        is_working=is_working,
        name=name.strip(),
        source=DaySource.OFFICIAL,
        confidence=Confidence.VERIFIED,
        basis=basis.strip()[:200],
    )


def _check_basis(basis: str) -> None:
    if not basis.strip():
        raise DomainError("no_basis", _("Say which notice the calendar follows."), status=400)


def _check_notice(year: int, off: Mapping[date, str], make_up: Mapping[date, str]) -> None:
    if not FIRST.year <= year <= LAST.year:
        raise DomainError("day_out_of_range", _("The calendar runs from 2004 to 2099."), status=400)
    if not off:
        raise DomainError("no_days_off", _("A year without a single day off cannot be right."), status=400)
    outside = sorted(day for day in {*off, *make_up} if not date(year, 1, 1) - LEAD_IN <= day <= date(year, 12, 31))
    if outside:
        message = _("%(day)s does not belong to the notice for %(year)s.") % {"day": outside[0], "year": year}
        raise DomainError("day_out_of_range", message, status=400)
    both = sorted(set(off) & set(make_up))
    if both:
        message = _("%(day)s stands both among the days off and the make-up days.") % {"day": both[0]}
        raise DomainError("day_in_both_lists", message, status=400)
    on_week = sorted(day for day in make_up if day.weekday() < 5)
    if on_week:
        message = _("%(day)s is no weekend: a make-up day (调休) falls on Saturday or Sunday.") % {"day": on_week[0]}
        raise DomainError("make_up_on_weekday", message, status=400)
