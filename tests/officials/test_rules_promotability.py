"""可提拔日: the first day on which nothing stands against an act, with a reason for everything that does."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.common.results import Cite
from officials.rules.promotability import BLOCKS_OF_ACT, RestrictionFact, earliest_promotable
from tests.supervision.situation_files import book_of_files, entries, situations

pytestmark = pytest.mark.unit
DAY = date(2026, 1, 10)
ARTICLE = Cite("中国共产党纪律处分条例", "第10条", "verified")


def restriction(kind, blocks, starts_on, ends_on, nature="period", **more):
    return RestrictionFact(kind, nature, frozenset(blocks), starts_on, ends_on, f"{kind}-1", **more)


@pytest.mark.parametrize("one", situations("promotability"))
def test_situation(one):
    facts = [restriction(*row) for row in one["restrictions"]]
    found = earliest_promotable(facts, one["act"], one["day"])
    reasons = [f"{reason.facts['kind']} {reason.code}" for reason in found.reasons]
    assert {"free_on": found.on, "is_free": found.is_free, "reasons": reasons} == one["expect"]


def test_a_reason_says_the_decision_the_days_and_the_article():
    fact = restriction(
        "PTY_WARN", ["POST"], date(2025, 6, 1), date(2026, 5, 31), cites=(ARTICLE, Cite("职级并行规定", "第21条"))
    )
    (reason,) = earliest_promotable([fact], "POST", DAY).reasons
    assert reason.cite == ARTICLE
    assert reason.facts["source_no"] == "PTY_WARN-1"
    assert (reason.facts["starts_on"], reason.facts["ends_on"]) == (date(2025, 6, 1), date(2026, 5, 31))
    assert reason.facts["free_on"] == date(2026, 6, 1)
    assert [cite.article for cite in reason.facts["cites"]] == ["第10条", "第21条"]


def test_a_hold_says_when_it_is_looked_at_again():
    hold = restriction("PTY_WARN", ["POST"], DAY, None, "hold", review_on=date(2026, 4, 1))
    assert earliest_promotable([hold], "POST", DAY).reasons[0].facts["review_on"] == date(2026, 4, 1)


def test_an_act_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="unknown act 'PROMOTION'"):
        earliest_promotable([], "PROMOTION", DAY)


def test_a_restriction_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="PTY_WARN-1: ends on 2026-01-09"):
        restriction("PTY_WARN", ["POST"], DAY, date(2026, 1, 9))


def test_a_nature_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="none of"):
        restriction("PTY_WARN", ["POST"], DAY, None, "note")


def test_acts_are_the_words_the_rules_block():
    choices = next(entry for entry in entries() if entry.code == "R-DIS-PTY_WARN-BLOCKS").shape.choices
    assert set(BLOCKS_OF_ACT) == set(choices) == set().union(*BLOCKS_OF_ACT.values())


@pytest.mark.rule("D-2")
def test_a_period_runs_from_the_day_of_effect():
    assert book_of_files(DAY).value("D-2") == "decision_effective_day"


@pytest.mark.rule("D-5")
def test_of_several_periods_the_latest_end_holds():
    assert book_of_files(DAY).value("D-5") == "latest_end"


periods = st.builds(
    lambda blocks, start, length: restriction("GOV_WARN", blocks, start, start + timedelta(days=length)),
    st.sets(st.sampled_from(sorted(BLOCKS_OF_ACT)), min_size=1),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 2000),
)
acts = st.sampled_from(sorted(BLOCKS_OF_ACT))


@given(st.lists(periods, max_size=6), acts)
def test_the_free_day_is_free_and_the_day_before_it_is_not(facts, act):
    found = earliest_promotable(facts, act, DAY)
    assert earliest_promotable(facts, act, found.on).is_free
    if not found.is_free:
        assert found.on > DAY
        assert not earliest_promotable(facts, act, found.on - timedelta(days=1)).is_free


@given(st.lists(periods, max_size=6), acts, st.randoms())
def test_the_order_of_entry_does_not_matter(facts, act, random):
    shuffled = random.sample(facts, len(facts))
    found, again = earliest_promotable(facts, act, DAY), earliest_promotable(shuffled, act, DAY)
    assert (found.on, found.is_free) == (again.on, again.is_free)


@given(st.lists(periods, max_size=6), periods, acts)
def test_one_more_restriction_never_frees_earlier(facts, more, act):
    assert earliest_promotable([*facts, more], act, DAY).on >= earliest_promotable(facts, act, DAY).on


@given(st.lists(periods, min_size=1, max_size=6), acts)
def test_reasons_are_in_order_of_their_end(facts, act):
    ends = [reason.facts["ends_on"] for reason in earliest_promotable(facts, act, DAY).reasons]
    assert ends == sorted(ends, reverse=True)
