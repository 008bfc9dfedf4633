"""What may be decided about tolerance, by the six conditions, three distinctions and the 9 + 3 + 8 situations."""

from dataclasses import replace

import pytest

from tolerance.rules.decision import DecisionLaw, Findings, check_outcome, possible_outcomes

pytestmark = pytest.mark.unit
GATES = ("G1_LEGAL", "G2_PURPOSE", "G3_NO_GAIN", "G4_DUE_PROCESS", "G5_DILIGENT", "G6_REMEDY")
SIDES = ("D3_1", "D3_2", "D3_3")
LAW = DecisionLaw(GATES, SIDES, tuple(f"TN{n}" for n in range(1, 9)), {"exempt": 1, "mitigate": 1})
CLEAN = Findings(dict.fromkeys(GATES, "YES"), dict.fromkeys(SIDES, "TOLERABLE"), exempting=["TE1"])


def against(outcome, found, word=None):
    words = {"EXEMPT": "免予追究", "MITIGATED": "从轻处理", "NOT_TOLERATED": "不予容错"}
    verdict = check_outcome(outcome, word or words[outcome], found, LAW)
    assert verdict.allowed == (not verdict.reasons)
    return [(reason.code, reason.facts.get("code", "")) for reason in verdict.reasons]


@pytest.mark.rule("TOL-PRECONDITIONS")
def test_all_six_conditions_and_one_situation_exempt():
    assert against("EXEMPT", CLEAN) == []


@pytest.mark.rule("TOL-PRECONDITIONS")
@pytest.mark.parametrize("gate", GATES)
def test_one_failed_condition_blocks_an_exemption(gate):
    found = replace(CLEAN, preconditions=CLEAN.preconditions | {gate: "NO"}, mitigating=["TM1"])
    assert against("EXEMPT", found) == [("TOL-PRECONDITIONS", gate)]
    assert against("MITIGATED", found) == []


@pytest.mark.rule("TOL-PRECONDITIONS")
@pytest.mark.parametrize("outcome", ["EXEMPT", "NOT_TOLERATED"])
def test_no_condition_may_stay_open_whatever_is_decided(outcome):
    found = replace(CLEAN, preconditions=dict.fromkeys(GATES[:5], "YES"))
    assert against(outcome, found) == [("TOL-PRECONDITIONS", "G6_REMEDY")]


@pytest.mark.rule("TOL-HARD-STOPS")
@pytest.mark.parametrize("stop", [f"TN{n}" for n in range(1, 9)])
def test_any_of_the_eight_leaves_only_the_refusal(stop):
    found = replace(CLEAN, mitigating=["TM1"], excluding=[stop])
    assert against("EXEMPT", found) == against("MITIGATED", found) == [("TOL-HARD-STOPS", stop)]
    assert against("NOT_TOLERATED", found) == []


@pytest.mark.rule("TOL-SITUATIONS")
def test_an_exemption_needs_one_of_the_nine_and_a_milder_handling_one_of_the_three():
    nothing = replace(CLEAN, exempting=[])
    assert against("EXEMPT", nothing) == [("TOL-SITUATIONS", "")]
    assert against("MITIGATED", CLEAN) == [("TOL-SITUATIONS", "")]
    assert against("MITIGATED", replace(nothing, mitigating=["TM2"])) == []


@pytest.mark.rule("TOL-DISTINCTIONS")
def test_each_distinction_is_answered_and_none_stands_on_the_intolerable_side():
    assert against("EXEMPT", replace(CLEAN, distinctions={"D3_1": "TOLERABLE", "D3_2": "TOLERABLE"})) == [
        ("TOL-DISTINCTIONS", "D3_3")
    ]
    gain = replace(CLEAN, distinctions=CLEAN.distinctions | {"D3_3": "INTOLERABLE"}, mitigating=["TM2"])
    assert against("EXEMPT", gain) == [("TOL-DISTINCTIONS", "D3_3")]


def test_the_word_of_the_decision_belongs_to_its_outcome():
    assert against("EXEMPT", CLEAN, "从轻处理") == [("OUTCOME_WORD", "")]
    assert against("EXEMPT", CLEAN, "不予追究") == []


def test_every_reason_is_told_at_once():
    found = Findings(dict.fromkeys(GATES, "NO"), dict.fromkeys(SIDES, "INTOLERABLE"), excluding=["TN2", "TN8"])
    assert len(against("EXEMPT", found)) == 6 + 3 + 2 + 1


def test_the_draft_proposes_what_nothing_stands_against():
    assert possible_outcomes(CLEAN, LAW) == ["EXEMPT", "NOT_TOLERATED"]
    weak = replace(CLEAN, preconditions=CLEAN.preconditions | {"G4_DUE_PROCESS": "NO"}, mitigating=["TM3"])
    assert possible_outcomes(weak, LAW) == ["MITIGATED", "NOT_TOLERATED"]
    assert possible_outcomes(replace(weak, excluding=["TN4"]), LAW) == ["NOT_TOLERATED"]


def test_an_unknown_outcome_is_an_error():
    with pytest.raises(ValueError, match="FORGIVEN"):
        check_outcome("FORGIVEN", "", CLEAN, LAW)
