"""Prior filings: what they must say, and which of them a later case can cite. Days by hand."""

from datetime import date

import pytest

from foundation.common.results import Cite
from tolerance.rules.filing import Cited, Filing, FilingLaw, check_citation, check_filing

pytestmark = pytest.mark.unit
CITE = Cite("TOL-PREFILE-BEFORE", "容错报备（外地做法）")
LAW = FilingLaw(True, {"TOL-PREFILE-BEFORE": CITE, "TOL-PREFILE-CITED": CITE, "TOL-PRECONDITIONS": CITE})
WHOLE = {"starts_on": date(2025, 3, 10), "ends_on": date(2025, 12, 31), "risks": "x", "measures": "x", "record": "x", "breaks_no_ban": True}  # fmt: skip


def told(verdict):
    return [(reason.code, reason.facts["field"]) for reason in verdict.reasons]


@pytest.mark.parametrize(
    ("changed", "filed_on", "found"),
    [
        ({}, date(2025, 3, 3), []),
        ({}, date(2025, 3, 10), []),  # on its first day it has not begun before the filing
        ({}, date(2025, 3, 11), [("TOL-PREFILE-BEFORE", "starts_on")]),
        ({"breaks_no_ban": False}, date(2025, 3, 3), [("TOL-PRECONDITIONS", "breaks_no_ban")]),
        ({"record": " "}, date(2025, 3, 3), [("TOL-PRECONDITIONS", "decision_record")]),
        ({"risks": "", "measures": ""}, date(2025, 3, 3), [("PREFILE_MISSING", "risks"), ("PREFILE_MISSING", "measures")]),
        ({"ends_on": None}, date(2025, 3, 3), [("PREFILE_TERM", "ends_on")]),
        ({"ends_on": date(2025, 3, 9)}, date(2025, 3, 3), [("PREFILE_TERM_BACKWARD", "ends_on")]),
    ],
)  # fmt: skip
def test_what_stands_against_filing(changed, filed_on, found):
    assert told(check_filing(Filing(**(WHOLE | changed)), filed_on, LAW)) == found


def test_filed_after_the_beginning_is_possible_where_a_local_setting_says_so():
    assert check_filing(Filing(**WHOLE), date(2025, 6, 1), FilingLaw(False)).allowed


def test_the_reasons_carry_the_citation():
    (reason,) = check_filing(Filing(**WHOLE), date(2025, 3, 11), LAW).reasons
    assert reason.cite is CITE


@pytest.mark.parametrize(
    ("changed", "event_on", "why"),
    [
        ({}, date(2025, 6, 18), []),
        ({}, date(2025, 3, 10), []),  # first and last day of the term belong to it
        ({}, date(2025, 12, 31), []),
        ({}, date(2026, 1, 1), ["term"]),
        ({}, date(2025, 3, 4), ["term"]),  # accepted that day, but it had not begun
        ({}, date(2025, 3, 3), ["late", "term"]),
        ({"accepted_on": None}, date(2025, 6, 18), ["open"]),
        ({"is_own": False}, date(2025, 6, 18), ["unit"]),
    ],
)
def test_a_case_cites_only_what_was_accepted_before_its_event_and_covers_it(changed, event_on, why):
    cited = {"accepted_on": date(2025, 3, 4), "starts_on": date(2025, 3, 10), "ends_on": date(2025, 12, 31), "is_own": True}  # fmt: skip
    verdict = check_citation(Cited(**(cited | changed)), event_on, LAW)
    assert [reason.facts["why"] for reason in verdict.reasons] == why
    assert {reason.code for reason in verdict.reasons} <= {"TOL-PREFILE-CITED"}
