"""Clocks of reports from the public and who may see who made one: days worked out by hand from the State Council's calendars."""

from datetime import date, datetime, timedelta

import pytest

from foundation.common.results import Cite
from tolerance.rules.complaints import (
    ComplaintLaw,
    acceptance_due,
    check_entry,
    check_review,
    check_told,
    decision_due,
    first_due,
    result_due,
    review_due,
)
from tolerance.rules.identity import Person, check_answering, check_asking, check_looking, open_until
from tolerance.rules.informer_words import Marks, check_texts

pytestmark = pytest.mark.unit
HOLIDAYS = {date(2025, 10, day) for day in range(1, 9)}  # 国庆、中秋 2025
WORKED = {date(2025, 9, 28), date(2025, 10, 11)}  # 调休


def add(start, number):
    """Working days from the day after, by hand-kept holidays of autumn 2025."""
    day = start
    while number:
        day += timedelta(days=1)
        number -= day in WORKED or (day.weekday() < 5 and day not in HOLIDAYS)
    return day


LAW = ComplaintLaw(
    named={"acceptance": 15, "result": 15},
    petition={"register": 15, "tell": 15, "decide": 60, "decide_longer": 30, "review": 30, "second_review": 30},
    forward=5,
    bars_above=True,
    add_working_days=add,
    cites={"R-CON-02": Cite("规则", "第15条", "verified")},
)


def codes(verdict):
    return [reason.code for reason in verdict.reasons]


@pytest.mark.rule("CLR-NAMED-INFORMANT-DAYS")
def test_a_named_reporter_hears_of_acceptance_and_result_within_15_working_days():
    # Friday 19 Sep 2025: 22-26 (5), Sun 28 (6), 29, 30 (8), 9, 10, 11 Oct (11), 13, 14, 15, 16 (15)
    received = date(2025, 9, 19)
    assert first_due("NAMED", "OWN", received, LAW).on == date(2025, 10, 16)
    assert acceptance_due("NAMED", received, date(2025, 9, 30), LAW).on == date(2025, 10, 16), (
        "counted from the receipt"
    )
    # Monday 3 Nov 2025, no holiday in the way: three weeks later
    assert result_due("NAMED", date(2025, 11, 3), LAW).on == date(2025, 11, 24)
    assert result_due("NAMED", date(2025, 11, 3), LAW).rule_id == "CLR-NAMED-INFORMANT-DAYS"


@pytest.mark.rule("CLR-PETITION-DAYS")
def test_a_petition_runs_by_calendar_days():
    received = date(2025, 9, 19)
    assert first_due("PETITION", "OWN", received, LAW).on == date(2025, 10, 4), "no shift for the holidays"
    accepted = date(2025, 9, 30)
    assert acceptance_due("PETITION", received, accepted, LAW).on == date(2025, 10, 15)
    assert decision_due("PETITION", accepted, False, LAW).on == date(2025, 11, 29)
    assert decision_due("PETITION", accepted, True, LAW).on == date(2025, 12, 29)
    assert review_due(date(2025, 12, 1), 1, LAW).on == date(2025, 12, 31)
    assert review_due(date(2026, 1, 15), 2, LAW).on == date(2026, 2, 14)


@pytest.mark.parametrize("owner", ["ABOVE", "BELOW"])
@pytest.mark.parametrize("kind", ["NAMED", "ANONYMOUS", "PETITION"])
@pytest.mark.rule("CLR-FORWARD-DAYS")
def test_a_matter_of_another_level_goes_there_within_5_working_days(owner, kind):
    # Friday 26 Sep 2025: Sun 28, 29, 30 Sep, 9 and 10 Oct
    found = first_due(kind, owner, date(2025, 9, 26), LAW)
    assert (found.on, found.rule_id) == (date(2025, 10, 10), "CLR-FORWARD-DAYS")


def test_no_rule_gives_a_day_for_an_anonymous_report_nor_for_deciding_other_than_petitions():
    day = date(2025, 9, 19)
    assert first_due("ANONYMOUS", "OWN", day, LAW) is None
    assert acceptance_due("ANONYMOUS", day, day, LAW) is None
    assert result_due("ANONYMOUS", day, LAW) is None
    assert decision_due("NAMED", day, False, LAW) is None
    assert result_due("PETITION", day, LAW) is None


@pytest.mark.rule("R-CON-02")
def test_nothing_of_a_matter_of_the_level_above_is_entered():
    refused = check_entry("ABOVE", holds_matter=True, holds_identity=True, law=LAW)
    assert [(one.code, one.facts["field"], one.cite.article) for one in refused.reasons] == [
        ("NOT_TO_BE_ENTERED", "matter", "第15条"),
        ("NOT_TO_BE_ENTERED", "name", "第15条"),
    ]
    assert check_entry("ABOVE", holds_matter=False, holds_identity=False, law=LAW).allowed
    assert check_entry("BELOW", holds_matter=True, holds_identity=True, law=LAW).allowed
    assert check_entry("OWN", holds_matter=True, holds_identity=True, law=LAW).allowed


def test_a_petition_is_reviewed_twice_and_nothing_else_is():
    assert [check_review("PETITION", made, LAW).allowed for made in (0, 1, 2)] == [True, True, False]
    assert codes(check_review("PETITION", 2, LAW)) == ["REVIEWED_TWICE"]
    assert codes(check_review("NAMED", 0, LAW)) == ["NO_PETITION"]


def test_who_can_be_told_is_told_before_the_end():
    assert codes(check_told("NAMED", False, LAW)) == ["ACCEPTANCE_NOT_TOLD"]
    assert check_told("PETITION", False, LAW).reasons[0].facts["rule_id"] == "CLR-PETITION-DAYS"
    assert check_told("NAMED", True, LAW).allowed
    assert check_told("ANONYMOUS", False, LAW).allowed


# --- who may see who made a report (R-CON-04) -------------------------------------------------------------------------
OFFICE, HANDLER = Person(1, is_office=True), Person(2, is_handler=True)
NOW = datetime(2026, 3, 2, 10, 0)


@pytest.mark.rule("R-CON-04")
@pytest.mark.parametrize(
    ("person", "reason", "expected"),
    [
        (OFFICE, "核实需要", []),
        (HANDLER, "核实需要", []),
        (OFFICE, "  ", ["REASON_MISSING"]),
        (Person(3), "核实需要", ["NOT_THE_HANDLER"]),
        (Person(4, is_office=True, is_administrator=True), "x", ["ADMINISTRATOR"]),
        (Person(5, is_office=True, is_concerned=True), "x", ["CONCERNED"]),
        (Person(6, is_handler=True, is_concerned=True), "", ["CONCERNED", "REASON_MISSING"]),
    ],
)
def test_who_may_ask(person, reason, expected):
    assert codes(check_asking(person, reason)) == expected


@pytest.mark.rule("R-CON-04")
@pytest.mark.parametrize(
    ("person", "approved_by", "expected"),
    [
        (Person(9), [], []),
        (Person(1), [], ["SAME_PERSON"]),
        (Person(None), [], ["SAME_PERSON"]),
        (Person(9), [9], ["ANSWERED_ALREADY"]),
        (Person(9, is_administrator=True), [], ["ADMINISTRATOR"]),
        (Person(9, is_concerned=True), [], ["CONCERNED"]),
    ],
)
def test_who_may_answer_a_request_of_person_1(person, approved_by, expected):
    assert codes(check_answering(person, 1, approved_by)) == expected


@pytest.mark.rule("CLR-IDENTITY-OPEN-HOURS")
@pytest.mark.rule("CLR-IDENTITY-VIEW-MINUTES")
@pytest.mark.parametrize(
    ("pk", "approvals", "needed", "minutes_left", "expected"),
    [
        (1, [9], 1, 10, []),
        (1, [9], 1, 0, ["TIME_OVER"]),
        (1, [9], 1, -1, ["TIME_OVER"]),
        (1, [], 1, None, ["NOT_APPROVED"]),
        (1, [1], 1, 10, ["NOT_APPROVED"]),
        (1, [9], 2, 10, ["NOT_APPROVED"]),
        (1, [9, 9], 2, 10, ["NOT_APPROVED"]),
        (1, [8, 9], 2, 10, []),
        (9, [9], 1, 10, ["NOT_WHO_ASKED"]),
        (None, [9], 1, 10, ["NOT_WHO_ASKED"]),
    ],
)
def test_who_may_look_when(pk, approvals, needed, minutes_left, expected):
    until = None if minutes_left is None else NOW + timedelta(minutes=minutes_left)
    verdict = check_looking(Person(pk), asked_by=1, approvals=approvals, needed=needed, until=until, now=NOW)
    assert codes(verdict) == expected


@pytest.mark.rule("CLR-IDENTITY-VIEW-MINUTES")
def test_a_view_ends_after_its_minutes():
    assert open_until(NOW, 10) == datetime(2026, 3, 2, 10, 10)


# --- texts are compared by hashes alone -------------------------------------------------------------------------------
def fingerprint(word):
    return f"#{word[::-1]}"


MARKS = Marks(frozenset({3, 11}), frozenset({fingerprint("何晓明"), fingerprint("13800138000")}), fingerprint)


@pytest.mark.rule("R-CLR-08")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("经查，何晓明反映的问题不属实", True),
        ("何 晓 明", True),
        ("何·晓·明", True),
        ("电话１３８００１３８０００", True),
        ("138-0013-8000", True),
        ("何晓民反映", False),
        ("", False),
        ("何晓", False),
    ],
)
def test_a_text_that_holds_a_marked_word_is_refused_and_the_word_is_never_repeated(text, found):
    verdict = check_texts({"text": text}, [MARKS])
    assert codes(verdict) == (["INFORMER_NAMED"] if found else [])
    assert "何晓明" not in repr(verdict.reasons)


def test_words_and_marks_are_looked_for_together():
    found = check_texts({"a": "水利局张三", "b": "何晓明", "c": "无"}, ["张三", MARKS])
    assert [one.facts["field"] for one in found.reasons] == ["a", "b"]
