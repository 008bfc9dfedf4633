"""Several signatures, requests and appeals at once: one publication, and everybody else is told. Committed rows."""

import pytest

from assessments.models import Appeal, Cycle, Measure, Publication, PublishRequest
from assessments.services.appeals import file_appeal
from assessments.services.openings import open_preview
from assessments.services.publish_requests import ask_to_publish, confirm
from foundation.casework.models import CaseEvent
from foundation.casework.services.engine import perform
from foundation.common.results import DomainError
from tests.factories.county import ACTOR, make_small_county
from tests.support.people import make_persona, make_tree
from tests.support.together import all_at_once

FOUR = 4


@pytest.fixture
def ready(committed_ruled):
    """A calculated year, the office, and leaders who may sign."""
    tree = make_tree()
    county = make_small_county(tree.county_a, units=[tree.health, tree.finance])
    office = make_persona("assessment_office", tree.county_a)
    leaders = [make_persona("department_leader", tree.county_a, username=f"leader{n}") for n in range(FOUR)]
    return tree, county, office, leaders


def codes(found):
    return {each.code for each in found if isinstance(each, DomainError)}


def test_of_four_signatures_at_once_one_publishes(ready):
    _tree, county, office, leaders = ready
    case = ask_to_publish(county.heard(2024), actor=office, reason="审定")
    found = all_at_once([lambda leader=leader: confirm(case, actor=leader) for leader in leaders])
    assert sum(isinstance(each, PublishRequest) for each in found) == 1, found
    assert codes(found) == {"CASE_STEP_NOT_HERE"}
    assert (Publication.objects.count(), Measure.objects.count()) == (1, 1)
    assert CaseEvent.objects.filter(case_no=case.case_no, action="confirm").count() == 1


def test_of_four_requests_at_once_one_is_made(ready):
    _tree, county, office, _leaders = ready
    run = county.heard(2024)
    found = all_at_once([lambda: ask_to_publish(run, actor=office, reason="审定")] * FOUR)
    assert sum(isinstance(each, PublishRequest) for each in found) == 1, found
    assert codes(found) == {"REQUEST_OPEN"}


def test_the_same_objection_at_once_is_filed_once(ready):
    tree, county, office, _leaders = ready
    opening = open_preview(county.calculated(2024), actor=office, reason="通知")
    liaison = make_persona("unit_liaison", tree.health)
    given = {"actor": liaison, "target": "figure:G2", "wanted": "99", "grounds": "漏报"}
    found = all_at_once([lambda: file_appeal(opening, tree.health, **given)] * FOUR)
    assert sum(isinstance(each, Appeal) for each in found) == 1, found
    assert codes(found) == {"APPEAL_ALREADY_OPEN"}


@pytest.fixture
def asked(ready):
    """A request for the run that is open to the units; the office has answered for the window that runs on."""
    _tree, county, office, _leaders = ready
    opening = open_preview(county.calculated(2024), actor=office, reason="通知")
    return opening, ask_to_publish(opening.run, actor=office, reason="审定", override_reason="时限")


def object_to(opening, tree):
    """The health department objects."""
    liaison = make_persona("unit_liaison", tree.health)
    return file_appeal(opening, tree.health, actor=liaison, target="figure:G2", wanted="99", grounds="漏报")


def test_a_signature_and_a_new_appeal_at_once_do_not_both_win(ready, asked):
    """No year is published over an open appeal, and none is filed in a published year."""
    tree, _county, _office, leaders = ready
    opening, case = asked
    found = all_at_once([lambda: confirm(case, actor=leaders[0]), lambda: object_to(opening, tree)])
    assert sum(not isinstance(each, Exception) for each in found) == 1, found
    case.refresh_from_db()
    assert (case.status, Appeal.objects.count()) in {("published", 0), ("requested", 1)}
    assert Cycle.objects.get(year=2024).is_locked is (case.status == "published")


def test_a_signature_and_a_decision_at_once_end_in_the_decision(ready, asked):
    """The signature waits for the decision, and an accepted appeal lets the request lapse."""
    tree, _county, office, leaders = ready
    opening, case = asked
    appeal = perform(object_to(opening, tree), "answer", actor=ACTOR, reason="属实")
    found = all_at_once(
        [lambda: confirm(case, actor=leaders[0]), lambda: perform(appeal, "accept", actor=office, reason="属实")]
    )
    assert [isinstance(each, Exception) for each in found] == [True, False], found
    case.refresh_from_db()
    appeal.refresh_from_db()
    assert (case.status, appeal.status, Cycle.objects.get(year=2024).is_locked) == ("lapsed", "accepted", False)
