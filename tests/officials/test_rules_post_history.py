"""Stated posts beside recorded ones: days kept, months parted, contradictions told."""

from datetime import date

import pytest

from officials.rules.partial_dates import PartialDate
from officials.rules.post_history import Recorded, Stated, plan_history

pytestmark = pytest.mark.unit
A, B = ("甲局", "局长"), ("乙局", "局长")


def stated(identity, starts, ends="", **other):
    return Stated(
        frozenset([identity]),
        PartialDate.stored(starts) if starts else None,
        PartialDate.stored(ends) if ends else None,
        **other,
    )


def days(plan):
    return [(p.same, str(p.starts_on), str(p.ends_on)) for p in plan.placed]


def test_a_recorded_day_in_the_stated_month_is_kept():
    plan = plan_history([Recorded(1, A, date(2019, 3, 18), date(2021, 4, 9))], [stated(A, "2019-03", "2021-04")])
    assert (days(plan), plan.closes, plan.against) == ([(1, "2019-03-18", "2021-04-09")], {}, None)


def test_an_end_that_the_file_leaves_out_is_kept():
    plan = plan_history([Recorded(1, A, date(2019, 3, 18), date(2021, 4, 9))], [stated(A, "2019-03")])
    assert days(plan) == [(1, "2019-03-18", "2021-04-09")]


def test_posts_that_follow_each_other_in_one_month_are_parted():
    plan = plan_history([], [stated(A, "2019-03", "2021-05"), stated(B, "2021-05")])
    assert (days(plan), plan.against) == ([(None, "2019-03-01", "2021-04-30"), (None, "2021-05-01", "None")], None)


def test_a_recorded_open_post_ends_before_a_new_one_begins():
    plan = plan_history([Recorded(1, A, date(2019, 3, 18), None)], [stated(B, "2022-06")])
    assert (days(plan), plan.closes) == ([(None, "2022-06-01", "None")], {1: date(2022, 5, 31)})


def test_the_same_open_post_with_another_month_is_corrected_not_doubled():
    plan = plan_history([Recorded(1, A, date(2019, 3, 18), None)], [stated(A, "2019-05")])
    assert days(plan) == [(1, "2019-05-01", "None")]


@pytest.mark.parametrize(
    ("recorded", "wanted", "against"),
    [
        ([], [stated(A, "2019-03", "2022-05"), stated(B, "2021-05")], (1, None)),
        ([], [stated(A, "2019-03"), stated(B, "2021-05")], (1, None)),
        ([Recorded(7, A, date(2019, 1, 1), date(2023, 1, 1))], [stated(B, "2021-05", "2021-07")], (0, 7)),
        ([Recorded(7, A, date(2023, 1, 1), None)], [stated(B, "2021-05")], (0, 7)),
    ],
)
def test_two_main_posts_on_one_day_are_told(recorded, wanted, against):
    assert plan_history(recorded, wanted).against == against


def test_posts_beside_the_main_one_may_overlap():
    plan = plan_history([], [stated(A, "2019-03"), stated(B, "2021-05", is_alone=False)])
    assert (days(plan)[1], plan.against) == ((None, "2021-05-01", "None"), None)


def test_a_rank_without_days_is_known_by_its_label():
    plan = plan_history([Recorded(3, ("四级主任科员",), None, None)], [stated(("四级主任科员",), "")])
    assert days(plan) == [(3, "None", "None")]
