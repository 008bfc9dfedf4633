"""When an appeal may be filed, who decides on it, who signs a publication. Pure."""

from dataclasses import replace
from datetime import date

import pytest

from assessments.rules.appeals import Filing, as_number, check_decider, check_filing, is_late, read_value
from assessments.rules.signing import check_signer, is_last_signature
from assessments.workflows.appeal import APPEAL
from assessments.workflows.publish_request import PUBLISH_REQUEST
from foundation.casework.flow import problems

pytestmark = pytest.mark.unit
LAST_DAY = date(2025, 11, 28)
SOUND = Filing(
    today=LAST_DAY, due_on=LAST_DAY, is_current=True, is_locked=False, late_reason="", open_case="", stated="80",
    wanted="90", strikes=False, grounds="漏报",
)  # fmt: skip


@pytest.mark.parametrize("flow", [APPEAL, PUBLISH_REQUEST], ids=lambda flow: flow.kind)
def test_the_tables_are_sound(flow):
    assert problems(flow) == []


def test_the_last_day_of_the_window_counts():
    assert not is_late(LAST_DAY, LAST_DAY)
    assert is_late(date(2025, 11, 29), LAST_DAY)
    assert check_filing(SOUND) == []


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"today": date(2025, 11, 29)}, ["APPEAL_WINDOW_CLOSED"]),
        ({"today": date(2025, 11, 29), "late_reason": "系统故障"}, []),
        ({"is_locked": True, "grounds": ""}, ["APPEAL_YEAR_PUBLISHED"]),
        ({"is_current": False}, ["APPEAL_OPENING_REPLACED"]),
        ({"open_case": "SS-1"}, ["APPEAL_ALREADY_OPEN"]),
        ({"grounds": ""}, ["APPEAL_GROUNDS_MISSING"]),
        ({"wanted": ""}, ["APPEAL_WANTED_ONE"]),
        ({"strikes": True}, ["APPEAL_WANTED_ONE"]),
        ({"wanted": "", "strikes": True}, []),
        ({"wanted": "80"}, ["APPEAL_STANDS_THERE"]),
        ({"grounds": "", "wanted": ""}, ["APPEAL_GROUNDS_MISSING", "APPEAL_WANTED_ONE"]),
    ],
)
def test_everything_against_filing_is_named(change, codes):
    assert check_filing(replace(SOUND, **change)) == codes


def test_who_filed_or_answered_does_not_decide():
    assert check_decider(1, filed_by={2}, answered_by={3}) == []
    assert check_decider(1, filed_by={1}, answered_by={1}) == [
        "APPEAL_SAME_PERSON_FILED",
        "APPEAL_SAME_PERSON_ANSWERED",
    ]
    assert check_decider(None, filed_by={1}, answered_by={1}) == []


@pytest.mark.parametrize(
    ("typed", "read"),
    [("９０．５０", "90.5"), ("1,200", "1200"), (" 80 ", "80"), ("1e2", "100"), ("优", "优"), ("", ""), ("NaN", "NaN")],
)
def test_a_typed_figure_is_read_as_plain_digits(typed, read):
    assert read_value(typed) == read


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e999999", "优", ""])
def test_what_is_no_finite_number_is_none(text):
    assert as_number(text) is None


def test_everybody_signs_once_and_the_asker_has_signed():
    assert check_signer(1, asked_by=1, signed_by=[]) == ["SIGNER_ASKED"]
    assert check_signer(2, asked_by=1, signed_by=[2]) == ["SIGNER_SIGNED"]
    assert check_signer(3, asked_by=1, signed_by=[2]) == []
    assert check_signer(None, asked_by=None, signed_by=[None]) == []


@pytest.mark.rule("ASM-PUBLISH-SIGNERS")
@pytest.mark.parametrize(
    ("signed", "needed", "last"), [(0, 2, True), (0, 3, False), (1, 3, True), (1, 5, False), (3, 5, True)]
)
def test_the_last_signature_is_the_one_that_completes_the_number(signed, needed, last):
    assert is_last_signature(signed, needed) is last
