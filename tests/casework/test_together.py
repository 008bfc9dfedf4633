"""Several people at once: one decision, and everybody else is told. Real connections, committed rows."""

import pytest

from assessments.models import Measure
from foundation.audit.models import Entry
from foundation.casework.models import CaseEvent, Deadline
from foundation.casework.services.engine import perform
from foundation.common.results import DomainError
from tests.factories.county import make_small_county
from tests.support.people import give, make_persona, make_tree, make_user
from tests.support.together import all_at_once

SIX = 6


@pytest.fixture
def ready(committed_ruled):
    """A reviewed measure and six leaders who may decide on it."""
    tree = make_tree()
    make_small_county(tree.county_a, units=[tree.finance]).published(2024)
    case = Measure.objects.get()
    case = perform(case, "review", actor=make_persona("supervision_section", tree.county_a), reason="x")
    leaders = []
    for number in range(SIX):
        leaders.append(make_user(f"leader{number}", home=tree.county_a))
        give(leaders[-1], "department_leader", tree.county_a)
    return case, leaders


def test_of_six_approvals_at_once_one_is_done(ready):
    case, leaders = ready
    acts = [lambda leader=leader: perform(case, "approve", actor=leader, reason="同意") for leader in leaders]
    found = all_at_once(acts)
    done = [each for each in found if isinstance(each, Measure)]
    refused = [each for each in found if isinstance(each, DomainError)]
    assert (len(done), len(refused)) == (1, SIX - 1), found
    assert {error.code for error in refused} == {"CASE_STEP_NOT_HERE"}
    stored = Measure.objects.get(pk=case.pk)
    assert (stored.status, stored.version) == ("approved", case.version + 1)
    assert CaseEvent.objects.filter(case_no=case.case_no, action="approve").count() == 1
    assert Entry.objects.filter(action="assessments.measure.approve").count() == 1
    assert Deadline.objects.filter(case_no=case.case_no, closed_at=None).count() == 1


def test_approval_and_refusal_at_once_leave_one_decision(ready):
    case, leaders = ready
    steps = ("approve", "decline") * (SIX // 2)
    acts = [
        lambda leader=leader, step=step: perform(case, step, actor=leader, reason="x", expected_version=case.version)
        for leader, step in zip(leaders, steps, strict=True)
    ]
    found = all_at_once(acts)
    assert sum(isinstance(each, Measure) for each in found) == 1
    assert {each.code for each in found if isinstance(each, DomainError)} == {"CASE_CHANGED"}
    decisions = CaseEvent.objects.filter(case_no=case.case_no, action__in=["approve", "decline"])
    assert decisions.count() == 1
    assert Measure.objects.get(pk=case.pk).status == decisions.get().to_status
