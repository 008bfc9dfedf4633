"""When a false report is cleared, how, how far and by whom: worked out by hand from the rules."""

from dataclasses import replace
from datetime import date

import pytest

from foundation.common.results import Cite
from tolerance.rules.clearance import (
    FINDINGS,
    ClearanceLaw,
    Harm,
    approvals_needed,
    check_announced,
    check_approvals,
    check_consent,
    check_modes,
    check_refusal,
    check_scope,
    check_trigger,
    is_false,
    last_working_day,
    visit_days,
    without_consent,
)
from tolerance.rules.informer_words import check_texts

pytestmark = pytest.mark.unit
LAW = ClearanceLaw(
    with_written=frozenset({"IN_PERSON", "MEETING", "CIRCULAR", "MEDIA"}),
    with_consent=frozenset({"MEETING", "CIRCULAR", "MEDIA"}),
    with_principal=frozenset({"MEETING", "CIRCULAR", "MEDIA"}),
    wide=True,
    first_days=30,
    second_months=6,
    cites={"R-CLR-02": Cite("意见", "", "verified")},
)
NARROW = replace(LAW, wide=False)
HARMED = Harm(frozenset({"CL1_PERSONNEL"}))


def codes(verdict):
    return [reason.code for reason in verdict.reasons]


@pytest.mark.rule("CLR-WIDE-FALSE")
@pytest.mark.parametrize(
    ("finding", "wide", "narrow"),
    [
        ("UNTRUE", True, True),
        ("SERIOUSLY_UNTRUE", True, True),
        ("FABRICATED", True, True),
        ("NOT_FOUND", True, False),
        ("NO_VIOLATION", True, False),
        ("UNPROVEN", False, False),
        ("NO_CONCLUSION", False, False),
        ("PROVEN", False, False),
    ],
)
def test_what_counts_as_false_by_the_wider_and_the_narrower_definition(finding, wide, narrow):
    assert (is_false(finding, LAW), is_false(finding, NARROW)) == (wide, narrow)


def test_every_finding_is_judged():
    assert len(FINDINGS) == 8
    with pytest.raises(ValueError, match="unknown finding"):
        check_trigger("RUMOUR", HARMED, LAW)


@pytest.mark.parametrize("finding", ["UNPROVEN", "NO_CONCLUSION"])
@pytest.mark.parametrize("harm", [HARMED, Harm(), Harm(routine_only=True)])
def test_unproven_is_not_false_and_is_never_cleared_whatever_the_harm(finding, harm):
    verdict = check_trigger(finding, harm, LAW)
    assert (codes(verdict), verdict.allowed) == (["NCL2"], False)
    assert verdict.reasons[0].cite.article == "第3条"


@pytest.mark.parametrize(
    ("finding", "harm", "expected"),
    [
        ("UNTRUE", HARMED, []),
        ("NO_VIOLATION", HARMED, []),
        ("UNTRUE", Harm(), ["NCL1"]),
        ("UNTRUE", Harm(frozenset({"CL2_RIGHTS"}), routine_only=True), ["NCL3"]),
        ("UNTRUE", Harm(routine_only=True), ["NCL3"]),
        ("PROVEN", HARMED, ["NOT_FALSE"]),
        ("PROVEN", Harm(), ["NOT_FALSE"]),
    ],
)
def test_the_trigger_is_false_and_harmed(finding, harm, expected):
    assert codes(check_trigger(finding, harm, LAW)) == expected


def test_facts_without_a_violation_are_not_cleared_by_the_narrower_definition():
    assert codes(check_trigger("NO_VIOLATION", HARMED, NARROW)) == ["NOT_FALSE"]


@pytest.mark.parametrize(
    ("code", "finding", "harm", "expected"),
    [
        ("NCL2", "UNPROVEN", HARMED, []),
        ("NCL1", "UNPROVEN", Harm(), ["REFUSAL_DIFFERS"]),
        ("NCL1", "UNTRUE", Harm(), []),
        ("NCL3", "UNTRUE", Harm(routine_only=True), []),
        ("NCL2", "UNTRUE", Harm(), ["REFUSAL_DIFFERS"]),
        ("NCL1", "UNTRUE", HARMED, ["CLEARANCE_DUE"]),
        ("", "PROVEN", HARMED, []),
        ("NCL1", "PROVEN", Harm(), ["REFUSAL_DIFFERS"]),
    ],
)
def test_the_ground_of_a_refusal_fits_what_is_known(code, finding, harm, expected):
    assert codes(check_refusal(code, finding, harm, LAW)) == expected


@pytest.mark.rule("R-CLR-02")
@pytest.mark.parametrize(
    ("modes", "expected"),
    [
        (["WRITTEN"], []),
        (["WRITTEN", "MEETING"], []),
        (["MEETING"], ["WRITTEN_MISSING"]),
        (["CIRCULAR"], ["WRITTEN_MISSING"]),
        (["IN_PERSON"], ["WRITTEN_MISSING"]),
        (["MEDIA", "CIRCULAR"], ["WRITTEN_MISSING"]),
        ([], ["MODE_MISSING"]),
    ],
)
def test_every_other_mode_needs_the_written_one_as_well(modes, expected):
    assert codes(check_modes(modes, LAW)) == expected


@pytest.mark.rule("R-CLR-06")
@pytest.mark.parametrize(
    ("modes", "consented", "waiting"),
    [
        (["WRITTEN"], False, None),
        (["WRITTEN", "IN_PERSON"], False, None),
        (["WRITTEN", "MEETING"], False, ["MEETING"]),
        (["WRITTEN", "CIRCULAR", "MEDIA"], False, ["CIRCULAR", "MEDIA"]),
        (["WRITTEN", "CIRCULAR"], True, None),
    ],
)
def test_nothing_is_said_before_others_without_consent(modes, consented, waiting):
    verdict = check_consent(modes, consented, LAW)
    assert (verdict.reasons[0].facts["modes"] if verdict.reasons else None) == waiting


def test_without_consent_the_written_mode_and_the_personal_one_remain():
    assert without_consent(["WRITTEN", "CIRCULAR", "IN_PERSON"], LAW) == ["IN_PERSON", "WRITTEN"]
    assert without_consent(["MEETING"], LAW) == ["WRITTEN"]


@pytest.mark.rule("R-CLR-07")
@pytest.mark.parametrize(
    ("scope", "spread", "warned"),
    [
        ("PERSON", "PERSON", False),
        ("UNIT_TEAM", "UNIT_ALL", False),
        ("UNIT_ALL", "UNIT_TEAM", True),
        ("PUBLIC", "SYSTEM", True),
        ("PUBLIC", "PUBLIC", False),
    ],
)
def test_a_scope_wider_than_the_harm_is_warned_of(scope, spread, warned):
    assert [reason.facts["rule_id"] for reason in check_scope(scope, spread, LAW)] == ["R-CLR-07"] * warned


@pytest.mark.rule("R-CLR-05")
def test_what_is_said_before_others_needs_the_principal_leader():
    assert approvals_needed(["WRITTEN", "IN_PERSON"], LAW) == ("section_head", "leader_in_charge")
    for mode in ("MEETING", "CIRCULAR", "MEDIA"):
        assert approvals_needed(["WRITTEN", mode], LAW) == ("section_head", "leader_in_charge", "principal_leader")


def test_each_missing_approval_is_named():
    verdict = check_approvals(["WRITTEN", "MEETING"], ["section_head"], LAW)
    assert [reason.facts["level"] for reason in verdict.reasons] == ["leader_in_charge", "principal_leader"]
    assert check_approvals(["WRITTEN"], ["section_head", "leader_in_charge"], LAW).allowed


def test_nobody_is_cleared_before_every_mode_was_carried_out():
    verdict = check_announced(["WRITTEN", "MEETING"], ["MEETING"], LAW)
    assert verdict.reasons[0].facts["modes"] == ["WRITTEN"]
    assert check_announced(["WRITTEN", "MEETING"], ["MEETING", "WRITTEN", "WRITTEN"], LAW).allowed


@pytest.mark.rule("CLR-REVISIT")
@pytest.mark.parametrize(
    ("cleared_on", "first", "second"),
    [
        (date(2023, 2, 25), date(2023, 3, 27), date(2023, 8, 25)),
        (date(2024, 8, 31), date(2024, 9, 30), date(2025, 2, 28)),
        (date(2023, 12, 17), date(2024, 1, 16), date(2024, 6, 17)),
    ],
)
def test_visits_follow_after_thirty_days_and_six_months(cleared_on, first, second):
    assert visit_days(cleared_on, LAW) == (first, second)


def test_the_earlier_of_two_last_days_holds():
    assert last_working_day([date(2026, 3, 9), None, date(2026, 3, 6)]) == date(2026, 3, 6)
    assert last_working_day([None]) is None


@pytest.mark.rule("R-CLR-08")
@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("经查，反映您违规插手工程的问题不属实。", False),
        ("根据李小强同志的举报", True),
        ("根据 李 小强 的举报", True),
        ("根据李·小强的举报", True),
        ("电话１３８００００００１２", True),
        ("李强同志", False),
    ],
)
def test_no_text_names_the_informer_however_it_is_written(text, named):
    verdict = check_texts({"text": text, "summary": ""}, ["李小强", "13800000012", "", "李"])
    assert [reason.facts["field"] for reason in verdict.reasons] == ["text"] * named
    assert "李小强" not in repr(verdict)
    assert "13800000012" not in repr(verdict)
