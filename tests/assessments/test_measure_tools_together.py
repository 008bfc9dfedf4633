"""Several approvals of one measure at once: one succeeds, one tool is opened. Committed rows."""

import pytest

from assessments.models import Measure
from foundation.audit.models import Entry
from foundation.casework.models import CaseEvent
from foundation.casework.services.engine import perform
from foundation.common.results import DomainError
from supervision.models import Admonishment, Reminder
from supervision.selectors.sources import cases_of_source
from tests.factories.county import ACTOR, make_small_county
from tests.support.people import make_persona, make_tree
from tests.support.together import all_at_once

SIX = 6


@pytest.fixture
def reviewed(committed_ruled):
    """A measure that waits for its approval, and six leaders."""
    tree = make_tree()
    county = make_small_county(tree.county_a, units=[tree.health, tree.finance])
    county.published(2024)
    case = perform(Measure.objects.get(), "review", actor=ACTOR, reason="属实")
    leaders = [make_persona("department_leader", tree.county_a, username=f"leader{n}") for n in range(SIX)]
    return case, leaders


@pytest.mark.parametrize("step", ["reminder_talk", "admonishment", "post_adjustment"])
def test_of_six_approvals_at_once_one_opens_one_tool(reviewed, step):
    case, leaders = reviewed
    Measure.objects.filter(pk=case.pk).update(step=step)
    found = all_at_once([lambda one=one: perform(case, "approve", actor=one, reason="同意") for one in leaders])
    refused = [each for each in found if isinstance(each, DomainError)]
    assert sum(isinstance(each, Measure) for each in found) == 1, found
    assert [each.code for each in refused] == ["CASE_STEP_NOT_HERE"] * 5
    assert all(each.message for each in refused)
    (tool,) = cases_of_source("assessments.measure", case.case_no)
    assert CaseEvent.objects.filter(case_no=case.case_no, action="approve").count() == 1
    assert (
        CaseEvent.objects.filter(case_no=tool.case_no).count(),
        Entry.objects.filter(target_no=tool.case_no).count(),
    ) == (1, 1)


def test_approvals_of_two_measures_at_once_open_two_tools_with_two_numbers(committed_ruled):
    tree = make_tree()
    county = make_small_county(tree.county_a, units=[tree.health, tree.finance], years=(2023, 2024))
    cases = []
    for year in (2023, 2024):
        county.published(year)
        case = Measure.objects.get(cycle__year=year)
        Measure.objects.filter(pk=case.pk).update(step="reminder_talk")
        cases.append(perform(case, "review", actor=ACTOR, reason="属实"))
    leader = make_persona("department_leader", tree.county_a)
    found = all_at_once([lambda one=one: perform(one, "approve", actor=leader, reason="同意") for one in cases])
    assert all(isinstance(each, Measure) for each in found), found
    numbers = sorted(Reminder.objects.values_list("case_no", flat=True))
    assert [number[-3:] for number in numbers] == ["001", "002"]
    assert not Admonishment.objects.exists()
