"""影响期: every kind, month ends, what an earlier period adds, the cap, probation within the Party."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from foundation.common.dates import add_months
from foundation.regulations.imports import code_files
from foundation.regulations.services.rulebook import UnknownRule
from supervision.rules.kinds import FAMILY_OF, GOVERNMENT_KINDS, PARTY_KINDS, TWO_PERIODS, WITHOUT_PERIOD, heaviness
from supervision.rules.periods import RunningPeriod, Sanction, compute_periods
from supervision.services.period_law import law_of

from .sanction_support import as_running, periods_of, running_of, sanction_of
from .situation_files import book_of_files, situations

pytestmark = pytest.mark.unit
DAY = date(2026, 3, 1)


@pytest.mark.parametrize("one", situations("periods"))
def test_situation(one):
    found = periods_of(sanction_of(one["decision"]), running_of(one.get("earlier", ())))
    rows = [[p.part, p.starts_on, p.ends_on, p.added_days, p.added_from, p.is_capped] for p in found]
    assert rows == one["expect"]


@pytest.mark.parametrize("one", situations("blocks"))
def test_what_each_kind_bars(one):
    (period,) = periods_of(Sanction(one["id"], DAY, DAY))
    assert period.blocks == set(one["expect"])
    assert one["rules"][0] in period.rule_ids


@pytest.mark.parametrize("kind", sorted(TWO_PERIODS))
def test_the_shorter_bars_leading_posts_and_the_longer_higher_posts_and_ranks(kind):
    shorter, longer = periods_of(Sanction(kind, DAY, DAY))
    assert (shorter.blocks, longer.blocks) == ({"LEADING_POST"}, {"HIGHER_POST", "RANK"})
    assert shorter.ends_on < longer.ends_on


@pytest.mark.rule("R-DIS-ADMONISH-BLOCKS")
def test_an_admonishment_before_the_rules_on_ranks_leaves_ranks_alone():
    (period,) = periods_of(Sanction("ADMONISH", date(2019, 5, 31), date(2019, 5, 31)))
    assert period.blocks == {"POST", "IMPORTANT_LATERAL"}


def test_the_rules_of_a_period_are_named():
    earlier = running_of([{"kind": "PTY_WARN", "day": date(2024, 6, 10)}])
    (period,) = periods_of(
        Sanction("PTY_SERIOUS", date(2025, 3, 1), date(2025, 3, 1), instead_of_removal=True), earlier
    )
    assert period.rule_ids == ("R-DIS-PTY_SERIOUS-NO_POST", "R-DIS-PTY_SERIOUS-BLOCKS", "R-DIS-20")
    assert (period.own_months, period.own_ends_on) == (24, date(2027, 2, 28))


def test_kinds_are_those_of_the_code_table():
    (table,) = [table for table in code_files.read_folder() if table.code == "handling_type"]
    assert {row.code: row.parent for row in table.rows} == FAMILY_OF


@pytest.mark.parametrize("kind", sorted(FAMILY_OF))
def test_every_kind_has_its_law(kind):
    law = law_of(book_of_files(DAY), kind)
    assert (law.kind, law.family) == (kind, FAMILY_OF[kind])
    assert len(law.parts) == (0 if kind in WITHOUT_PERIOD else 2 if kind in TWO_PERIODS | {"PTY_PROBATION"} else 1)


def test_a_kind_nobody_knows_has_no_law():
    with pytest.raises(KeyError, match="PTY_SHOUT"):
        law_of(book_of_files(DAY), "PTY_SHOUT")


def test_a_kind_has_no_law_before_its_regulation():
    with pytest.raises(UnknownRule, match="R-DIS-ORG_SUSPEND"):
        law_of(book_of_files(date(2020, 1, 1)), "ORG_SUSPEND")


@pytest.mark.parametrize("kinds", [PARTY_KINDS, GOVERNMENT_KINDS])
def test_sanctions_grow_heavier(kinds):
    assert [heaviness(kind) for kind in kinds] == list(range(len(kinds)))
    assert heaviness("ADMONISH") == -1


def test_the_law_of_another_kind_is_refused():
    with pytest.raises(ValueError, match="law of GOV_WARN"):
        compute_periods(Sanction("PTY_WARN", DAY, DAY), (), law_of(book_of_files(DAY), "GOV_WARN"))


def test_months_cannot_be_set_for_two_periods():
    with pytest.raises(ValueError, match="6 months cannot be set for ORG_REMOVE"):
        periods_of(Sanction("ORG_REMOVE", DAY, DAY, months=6))


def test_rights_are_not_restored_before_the_sanction_takes_effect():
    with pytest.raises(ValueError, match="not after the day of effect"):
        periods_of(Sanction("PTY_PROBATION", DAY, DAY, probation_months=12, rights_restored_on=DAY))


days = st.dates(date(2024, 1, 1), date(2032, 12, 31))
PLAIN = [kind for kind in FAMILY_OF if kind not in WITHOUT_PERIOD | {"PTY_PROBATION", "GOV_DISMISS"}]


@st.composite
def histories(draw, kinds):
    """Decisions of one person in order of effect, as running periods."""
    running = []
    for number, day in enumerate(sorted(draw(st.lists(days, max_size=4)))):
        sanction = Sanction(draw(st.sampled_from(kinds)), day, day)
        running += as_running(str(number), sanction, periods_of(sanction, running))
    return running


@given(histories(PLAIN), st.sampled_from(PLAIN), days)
def test_a_period_never_ends_before_its_own_end(running, kind, day):
    for period in periods_of(Sanction(kind, day, day), running):
        assert period.own_ends_on <= period.ends_on
        assert period.starts_on == day
        assert (period.added_days > 0) == bool(period.added_from)


@given(histories(PARTY_KINDS[:3]), st.sampled_from(PARTY_KINDS[:3]), days)
def test_a_party_sanction_ends_as_many_days_later_as_were_left(running, kind, day):
    (period,) = periods_of(Sanction(kind, day, day), running)
    left = [(p.ends_on - day).days + 1 for p in running if p.starts_on < day <= p.ends_on]
    assert period.added_days == max(left, default=0)
    assert period.ends_on == period.own_ends_on + timedelta(days=period.added_days)


@given(histories(GOVERNMENT_KINDS[:5]), st.sampled_from(GOVERNMENT_KINDS[:5]), days)
def test_government_periods_stay_within_the_cap(running, kind, day):
    (period,) = periods_of(Sanction(kind, day, day), running)
    furthest = add_months(day, 48) - timedelta(days=1)
    assert period.ends_on <= furthest
    assert not period.is_capped or period.ends_on == furthest


@given(histories(PLAIN), st.sampled_from(GOVERNMENT_KINDS[:5]), days)
def test_periods_of_other_families_change_nothing(running, kind, day):
    others = [p for p in running if p.family != "GOVERNMENT"]
    assert periods_of(Sanction(kind, day, day), others) == periods_of(Sanction(kind, day, day))


@given(histories(PARTY_KINDS[:3]), st.sampled_from(PARTY_KINDS[:3]), days, st.randoms())
def test_the_order_in_which_periods_are_read_does_not_matter(running, kind, day, random):
    assume(len(running) > 1)
    shuffled = random.sample(running, len(running))
    found, again = periods_of(Sanction(kind, day, day), running), periods_of(Sanction(kind, day, day), shuffled)
    assert [(p.ends_on, p.added_days) for p in found] == [(p.ends_on, p.added_days) for p in again]


@given(days, st.integers(1, 60), st.sampled_from(["PTY_WARN", "PTY_SERIOUS", "PTY_REMOVE"]), st.integers(1, 300))
def test_what_is_decided_during_a_probation_follows_it_without_a_gap(day, wait, kind, later):
    restored = add_months(day, 12) + timedelta(days=wait)
    probation = Sanction("PTY_PROBATION", day, day, probation_months=12, rights_restored_on=restored)
    parts = periods_of(probation)
    during = day + timedelta(days=later)
    (period,) = periods_of(Sanction(kind, during, during), as_running("1", probation, parts))
    assert period.starts_on == parts[-1].ends_on + timedelta(days=1)


def test_a_running_period_counts_from_the_effect_of_its_sanction():
    waiting = RunningPeriod("1", "PTY_WARN", "PARTY", date(2027, 5, 10), date(2028, 5, 9), effective_on=DAY)
    assert waiting.begun_on == DAY
    assert RunningPeriod("1", "PTY_WARN", "PARTY", DAY, None).begun_on == DAY
