"""Effects on the annual rating: every kind year by year, the heavier in one year, grades made up after an investigation."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.rules.kinds import FAMILY_OF
from supervision.rules.rating_effects import (
    Investigation,
    RatingEffect,
    RatingLaw,
    compute_effects,
    compute_investigation_effects,
    effect_of_year,
)
from supervision.services.rating_law import RULE_OF_KIND, investigation_law, precedence, rating_law_of

from .situation_files import book_of_files, entries, situations

pytestmark = pytest.mark.unit
DAY = date(2025, 3, 1)
BOOK = book_of_files(DAY)


@pytest.mark.parametrize("one", situations("rating_effects"))
def test_situation(one):
    effects = []
    for number, (kind, day, *more) in enumerate(one["decisions"]):
        law = rating_law_of(book_of_files(day), kind, **(more[0] if more else {}))
        effects += compute_effects(str(number), day, law)
    if "case" in one:
        case = Investigation("case", **one["case"])
        effects += compute_investigation_effects(case, one["last_year"], investigation_law(BOOK))
    held = {year: effect_of_year(effects, year, precedence(BOOK))[0] for year in one["expect"]}
    assert {year: effect and effect.word for year, effect in held.items()} == one["expect"]


@pytest.mark.rule("GRD-SERIOUS_WARN-DUTY")
def test_a_local_setting_makes_a_serious_warning_for_duty_unqualified():
    rule = replace(BOOK.get("GRD-SERIOUS_WARN-DUTY"), value="UNQUALIFIED", is_local=True)
    book = replace(BOOK, rules={**BOOK.rules, rule.id: rule})
    assert rating_law_of(book, "PTY_SERIOUS").words == ("COMMENT_ONLY",)
    assert rating_law_of(book, "PTY_SERIOUS", is_tied_to_duty=True) == RatingLaw(
        ("UNQUALIFIED",), "GRD-SERIOUS_WARN-DUTY"
    )


def test_all_that_was_found_is_told_the_heaviest_first():
    effects = [RatingEffect(2025, word, word, "") for word in ("NO_EXC", "COMMENT_ONLY", "UNQUALIFIED", "NONE")]
    held, found = effect_of_year(effects, 2025, precedence(BOOK))
    assert held.word == "NONE"
    assert [effect.word for effect in found] == ["NONE", "UNQUALIFIED", "COMMENT_ONLY", "NO_EXC"]


def test_an_effect_nobody_ranks_is_refused():
    with pytest.raises(ValueError, match="no precedence for SHOUTED_AT"):
        effect_of_year([RatingEffect(2025, "SHOUTED_AT", "", "")], 2025, precedence(BOOK))


def test_a_probation_of_another_length_is_refused():
    with pytest.raises(ValueError, match="18 months: only 12 or 24"):
        rating_law_of(BOOK, "PTY_PROBATION", probation_months=18)


def test_every_rule_of_effects_belongs_to_a_kind():
    known = {*RULE_OF_KIND.values(), "GRD-PTY_PROBATION-1", "GRD-PTY_PROBATION-2", "GRD-UNDER_INVESTIGATION"}
    lists = {entry.code for entry in entries() if entry.code.startswith("GRD-")}
    assert known | {"GRD-PRECEDENCE", "GRD-SERIOUS_WARN-DUTY"} == lists
    assert set(RULE_OF_KIND) <= set(FAMILY_OF)


words = st.sampled_from(["NONE", "UNQUALIFIED", "COMMENT_ONLY", "NO_EXC"])


@given(st.lists(st.builds(RatingEffect, st.just(2025), words, st.text(max_size=2), st.just("")), min_size=1), words)
def test_one_more_effect_never_makes_it_lighter(effects, word):
    order = precedence(BOOK)
    before = effect_of_year(effects, 2025, order)[0].word
    after = effect_of_year([*effects, RatingEffect(2025, word, "x", "")], 2025, order)[0].word
    assert order.index(after) <= order.index(before)


@given(st.dates(date(2021, 1, 1), date(2040, 12, 31)), st.lists(words, min_size=1, max_size=3))
def test_effects_follow_year_by_year(day, listed):
    found = compute_effects("1", day, RatingLaw(tuple(listed), "R"))
    assert [effect.year for effect in found] == list(range(day.year, day.year + len(listed)))
