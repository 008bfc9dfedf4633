"""What makes a table of steps sound, and that the start-up check says where it is not."""

from dataclasses import replace

import pytest

from assessments.models import Measure
from assessments.workflows import MEASURE
from foundation.casework import checks, registry
from foundation.casework.flow import Step, Workflow, problems
from foundation.casework.registry import CaseKind, Handler, bind

pytestmark = pytest.mark.unit
P = "tests.decide"


def flow(*steps, initial=("new",), terminal=("done",)):
    return Workflow("tests.kind", "Kind", 1, frozenset(initial), frozenset(terminal), steps)


def step(name, sources, target, permission=P, **more):
    return Step(name, name, frozenset(sources), target, permission, **more)


SOUND = flow(step("take", {"new"}, "open"), step("end", {"open"}, "done"))


def test_a_sound_table_has_no_problems():
    assert problems(SOUND) == []


def test_the_measures_are_sound():
    assert problems(MEASURE) == []


@pytest.mark.parametrize(
    ("unsound", "problem"),
    [
        (flow(*SOUND.steps, step("take", {"open"}, "done")), "duplicate step take"),
        (flow(*SOUND.steps, step("again", {"done"}, "open")), "step again leaves a terminal state"),
        (flow(*SOUND.steps, step("park", {"open"}, "parked")), "dead end parked"),
        (flow(*SOUND.steps, step("wake", {"asleep"}, "open")), "unreachable state asleep"),
        (flow(*SOUND.steps, terminal=("done", "lost")), "unreachable state lost"),
        (flow(*SOUND.steps, initial=("new", "draft")), "dead end draft"),
        (flow(step("take", {"new"}, "done", permission="decide")), "step take has no permission"),
        (flow(step("take", {"new"}, "done", permission="")), "step take has no permission"),
    ],
)
def test_every_unsound_place_is_named(unsound, problem):
    assert problems(unsound) == [problem]


def test_edges_are_those_of_the_trigger():
    stay = step("note", {"open"}, "open")
    assert flow(*SOUND.steps, stay).edges() == [("new", "open"), ("open", "done")]


def test_open_states_are_those_that_wait():
    assert SOUND.open_states() == {"new", "open"}


def test_steps_are_found_by_name_and_by_state():
    assert SOUND.step("end").target == "done"
    assert SOUND.step("nothing") is None
    assert [each.name for each in SOUND.from_state("open")] == ["end"]


def test_a_handler_of_an_unknown_step_is_refused():
    with pytest.raises(ValueError, match="tests.kind: handlers for unknown steps"):
        bind(SOUND, Measure, approve=Handler())


def test_a_thing_that_is_no_case_is_refused():
    with pytest.raises(LookupError, match="no registered kind"):
        registry.kind_of(object())


def test_the_check_names_an_unsound_table_and_an_unknown_permission(monkeypatch):
    assert checks.workflows_are_sound(None) == []
    planted = replace(SOUND, steps=(*SOUND.steps, step("park", {"open"}, "parked")))
    monkeypatch.setitem(registry._kinds, "tests.kind", CaseKind(planted, Measure))
    errors = {error.msg for error in checks.workflows_are_sound(None)}
    assert errors == {"workflow tests.kind: dead end parked", "workflow tests.kind: unknown permission tests.decide"}
