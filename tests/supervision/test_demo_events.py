"""The county's lists of talks, letters and adjustments of earlier years, taken over: numbers counted in the files by hand."""

from collections import Counter
from datetime import date

import pytest
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from cadremgmt.demo import county
from cadremgmt.demo.sanctions import take_adjustments
from cadremgmt.demo.talks import take_talks
from cadremgmt.demo.this_year import begin_talks
from foundation.casework.models import CaseEvent, Deadline, Notice
from foundation.organizations.models import Organization
from officials.models import Restriction
from supervision.models import Admonishment, Handling, Inquiry, Reminder, Talk
from supervision.selectors.coverage import members_in
from tests.support.databases import copy_database, drop_database, using

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("taken_over")]
EVENTS = county.FOLDER / "events"
MEASURE = "assessments.measure"  # what measures of the bottom rank opened is no line of the list
TOLD: list[str] = []
# The list counts three weeks, whatever holidays lie in them, and knows no 29th to 31st as last day of six or twelve months.
REPLIES = {
    "TH005 2022-02-22 → 2022-02-25",  # Spring Festival until 6 February
    "TH066 2023-02-14 → 2023-02-15",  # Spring Festival until 27 January, two Saturdays and Sundays worked
    "TH077 2023-05-08 → 2023-05-09",  # Labour Day: three days off, two worked instead
    "TH115 2024-01-04 → 2024-01-05",  # New Year
    "TH132 2024-04-17 → 2024-04-18",  # Qingming: two days off, one worked instead
    "TH134 2024-04-22 → 2024-04-23",
    "TH135 2024-04-24 → 2024-04-25",
    "TH142 2024-06-17 → 2024-06-18",  # Dragon Boat
    "TH157 2024-10-23 → 2024-10-25",  # National Day until 7 October, 12 October worked
    "TH171 2025-01-03 → 2025-01-06",  # New Year
    "TH173 2025-01-13 → 2025-01-14",
    "TH175 2025-01-20 → 2025-01-21",
    "TH190 2025-04-16 → 2025-04-17",  # Qingming
}
REPORTS = {
    "TH075 2023-09-28 → 2023-09-30",
    "TH091 2023-12-28 → 2023-12-30",
    "TH127 2024-08-28 → 2024-08-29",
    "TH211 2026-03-28 → 2026-03-29",
}


@pytest.fixture(scope="module")
def taken_over(heshan_copy, django_db_blocker):
    """The demo county with both lists taken over; the differences that were found."""
    with django_db_blocker.unblock():
        name = copy_database(heshan_copy, "events")
        with using(name):
            found = {
                "talks": take_talks(TOLD.append, EVENTS / "talks.csv").lines,
                "adjustments": take_adjustments(TOLD.append, EVENTS / "unfit-adjustments.csv").lines,
            }
            yield found
        drop_database(name)


def test_every_line_is_a_case_of_its_kind():
    assert TOLD[0] == "talks.csv: 222 talks and letters taken over"
    numbers = [
        model.objects.system().exclude(source_kind=MEASURE).count() for model in (Talk, Reminder, Inquiry, Admonishment)
    ]
    assert numbers == [110, 60, 34, 18]


def test_cases_bear_the_days_of_the_list():
    by_month = Counter()
    for model in (Talk, Reminder, Inquiry, Admonishment):
        months = model.objects.system().annotate(month=TruncMonth("opened_on")).values_list("month").order_by()
        by_month.update(dict(months.annotate(n=Count("*"))))
    counted = {date(2022, 1, 1): 4, date(2023, 12, 1): 4, date(2024, 11, 1): 5, date(2025, 10, 1): 5}
    assert {month: by_month[month] for month in counted} == counted
    assert Talk.objects.system().get(case_no="TH-440784-2022-001").held_on == date(2022, 1, 11)
    assert Admonishment.objects.system().filter(case_no__startswith="JM-440784-2025-").count() == 6


def test_last_days_are_those_of_the_list_but_for_holidays_and_ends_of_months(taken_over):
    assert set(taken_over["talks"]["due_on"]) == REPLIES | REPORTS
    assert Deadline.objects.filter(kind="supervision.inquiry", step="reply").count() == 34
    assert Deadline.objects.filter(kind="supervision.admonishment", step="report").count() == 18


def test_an_admonishment_bars_for_six_months_less_a_day(taken_over):
    assert len(taken_over["talks"]["blocked_until"]) == 4
    assert Restriction.objects.system().filter(source_kind="supervision.admonishment").count() == 18


def test_what_came_late_says_why_and_what_never_came_waits():
    waiting = Inquiry.objects.system().filter(status="sent").order_by("pk")
    assert [(case.held_on, case.replied_on) for case in waiting] == [
        (date(2022, 10, 28), None),
        (date(2023, 5, 8), None),
    ]
    late = Inquiry.objects.system().exclude(late_reason="").values_list("held_on", "replied_on")
    assert (date(2025, 11, 28), date(2025, 12, 20)) in late  # 15 working days end on 19 December
    assert (date(2024, 3, 27), date(2024, 4, 17)) not in late  # Qingming moves the last day to 18 April


def test_the_newest_of_a_kind_wait_the_others_are_closed():
    assert Talk.objects.system().filter(status="held").count() == 2
    assert Reminder.objects.system().filter(status="held").exclude(source_kind=MEASURE).count() == 4
    assert Admonishment.objects.system().filter(status="examined").count() == 2
    assert Admonishment.objects.system().filter(status="closed").count() == 16


def test_who_proposed_is_not_who_decided():
    acts = CaseEvent.objects.filter(kind="supervision.admonishment", action__in=["open", "review", "agree"])
    assert dict(acts.values_list("action", "actor_name").distinct()) == {
        "open": "陈立（干部监督科）",
        "review": "黄志远（部领导）",
        "agree": "关永年（部长）",
    }


def test_adjustments_are_decisions_with_their_periods(taken_over):
    made = Handling.objects.system().filter(kind="UNFIT_ADJUST")
    assert Counter(made.values_list("way", flat=True)) == {"LATERAL": 14, "TO_RANK": 13, "REMOVE": 5, "DEMOTE": 4}
    assert set(taken_over["adjustments"]["blocked_until"]) == {
        "TZ013 2025-06-27 → 2025-06-29",
        "TZ018 2024-10-27 → 2024-10-29",
        "TZ021 2024-11-27 → 2024-11-29",
        "TZ028 2025-05-27 → 2025-05-30",
    }


def test_old_talks_raise_no_notice():
    assert not Notice.objects.system().filter(message="supervision.repeated_talks").exists()


def test_some_members_of_leading_teams_were_talked_to_this_year():
    year, told = timezone.localdate().year, []
    members = members_in(Organization.objects.system().get(code=county.CODE), year, timezone.localdate())
    lacking = members.filter(talks=0).count()
    held = begin_talks(told.append)
    assert held == -(-lacking // 5)
    assert members.filter(talks=0).count() == lacking - held
    assert not Talk.objects.system().filter(held_on__gt=timezone.localdate()).exists()
    assert told == [f"talks of {year}: {held} of {lacking} members of leading teams"]


def test_taken_over_again_nothing_is_doubled():
    told = []
    take_talks(told.append, EVENTS / "talks.csv")
    assert told == ["talks.csv: 0 talks and letters taken over"]
