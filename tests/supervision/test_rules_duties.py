"""What a decision brings with it to be done: filing, procedures, reports, clocks of appeal, visits, reminders."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.rules.duties import compute_duties, revisit_days
from supervision.services.duty_law import duty_law_of

from .sanction_support import periods_of, sanction_of
from .situation_files import book_of_files, situations

pytestmark = pytest.mark.unit
PLAN = book_of_files(date(2025, 3, 1)).value("SUP-REVISIT")


@pytest.mark.parametrize("one", situations("duties"))
def test_situation(one):
    sanction = sanction_of(one["decision"])
    answers = one.get("is_accountability", False)
    law = duty_law_of(
        book_of_files(sanction.effective_on),
        sanction.kind,
        by_supervisory_commission=one.get("by_supervisory_commission", False),
        is_accountability=answers,
    )
    found = compute_duties(sanction, periods_of(sanction), law, known_on=one.get("known"), is_accountability=answers)
    if "only" in one:
        assert [[d.code, d.due_on, d.latest_on] for d in found if d.code == one["only"]] == one["expect"]
    else:
        assert [[d.code, d.working_days or d.due_on] for d in found] == one["expect"]


def test_working_days_count_from_the_day_of_effect():
    sanction = sanction_of({"kind": "ADMONISH", "day": date(2025, 8, 31)})
    law = duty_law_of(book_of_files(sanction.effective_on), "ADMONISH")
    (duty,) = [duty for duty in compute_duties(sanction, (), law) if duty.code == "SELF_EXAMINATION"]
    assert (duty.rule_id, duty.due_on, duty.counts_from) == ("R-1.41-SELF_EXAM", None, date(2025, 8, 31))


@pytest.mark.rule("SUP-REVISIT")
@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 2000))
def test_visits_lie_between_effect_and_end(starts_on, length):
    ends_on = starts_on + timedelta(days=length)
    found = revisit_days(starts_on, ends_on, PLAN)
    assert list(found) == sorted(set(found))
    assert all(starts_on <= day <= ends_on for day in found)
    assert bool(found) == (length >= PLAN["before_expiry_days"])
