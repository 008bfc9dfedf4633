"""Who may say that a report was a false accusation."""

import pytest

from tolerance.rules.accusation import AccusationLaw, check_conclusion, check_elements

pytestmark = pytest.mark.unit
LAW = AccusationLaw("PREFECTURE", frozenset({"MISTAKEN_REPORT", "NOT_ESTABLISHED"}))


def codes(verdict):
    return [reason.code for reason in verdict.reasons]


@pytest.mark.rule("R-FAL-01")
@pytest.mark.parametrize(
    ("fabricated", "intended", "expected"),
    [
        (True, True, []),
        (True, False, ["NOT_INTENDED"]),
        (False, True, ["NOT_FABRICATED"]),
        (False, False, ["NOT_FABRICATED", "NOT_INTENDED"]),
    ],
)
def test_a_false_accusation_is_fabricated_and_intended(fabricated, intended, expected):
    assert codes(check_elements(fabricated, intended)) == expected


@pytest.mark.rule("R-FAL-02")
@pytest.mark.parametrize(
    ("level", "document", "managed_at", "expected"),
    [
        ("COUNTY", "江纪〔2026〕1号", "COUNTY", ["LEVEL_TOO_LOW"]),
        ("", "江纪〔2026〕1号", "COUNTY", ["LEVEL_TOO_LOW"]),
        ("PREFECTURE", "", "COUNTY", ["DOCUMENT_MISSING"]),
        ("COUNTY", " ", "COUNTY", ["LEVEL_TOO_LOW", "DOCUMENT_MISSING"]),
        ("PREFECTURE", "江纪〔2026〕1号", "COUNTY", []),
        ("PROVINCE", "粤纪〔2026〕1号", "COUNTY", []),
        ("PREFECTURE", "江纪〔2026〕1号", "PROVINCE", ["LEVEL_TOO_LOW"]),
        ("PROVINCE", "粤纪〔2026〕1号", "PROVINCE", []),
        ("PREFECTURE", "江纪〔2026〕1号", "PREFECTURE", []),
    ],
)
def test_only_the_prefecture_or_above_determines_and_names_its_document(level, document, managed_at, expected):
    assert codes(check_conclusion("DETERMINED", level, document, LAW, managed_at)) == expected


@pytest.mark.rule("R-FAL-05-COUNTY")
@pytest.mark.parametrize("outcome", ["MISTAKEN_REPORT", "NOT_ESTABLISHED"])
def test_the_county_may_conclude_that_it_was_a_mistake_or_nothing(outcome):
    assert check_conclusion(outcome, "COUNTY", "", LAW).allowed


def test_a_setting_can_keep_these_for_the_prefecture_and_never_gives_the_county_more():
    strict = AccusationLaw("PREFECTURE", frozenset())
    assert codes(check_conclusion("MISTAKEN_REPORT", "COUNTY", "", strict)) == ["NOT_FOR_THE_COUNTY"]
    assert check_conclusion("MISTAKEN_REPORT", "PREFECTURE", "", strict).allowed
    loose = AccusationLaw("PREFECTURE", frozenset({"DETERMINED"}))
    assert codes(check_conclusion("DETERMINED", "COUNTY", "x", loose)) == ["LEVEL_TOO_LOW"]


def test_other_words_are_no_conclusion():
    with pytest.raises(ValueError, match="unknown conclusion"):
        check_conclusion("PROPOSED", "COUNTY", "", LAW)
