"""What a workflow is: a frozen table of steps. Pure data, read by the engine, the buttons and the database trigger."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

START = ""


@dataclass(frozen=True)
class Step:
    """One allowed move. `permission` is required: nothing is allowed by default.

    `automatic` steps belong to services (a recalculation withdraws a proposal) and never show as buttons.
    A step that does not `wait` is a button, but no reason to stand in anybody's inbox (opening what is settled again).
    `deadline_rule` names the rule that gives working days for what must happen after this step; with `own_clock` the case
    itself names the last day (`CaseBase.own_date`), and no rule does. `at` names the relation of
    the case to the unit at which the permission must be held: the case's own unit, or another one that has to answer.
    A step with `answers` is taken by one of several buttons, (value, label) each, in place of the one with its name.
    """

    name: str
    label: Any
    sources: frozenset[str]
    target: str
    permission: str
    needs_reason: bool = False
    automatic: bool = False
    closes: bool = False
    waits: bool = True
    deadline_rule: str = ""
    own_clock: bool = False
    style: str = "primary"
    at: str = "organization"
    answers: tuple[tuple[str, Any], ...] = ()

    @property
    def is_clocked(self) -> bool:
        """Is there a last day for what must happen after this step?"""
        return self.own_clock or bool(self.deadline_rule)


@dataclass(frozen=True)
class Workflow:
    """A kind of case: its steps, first states and the states that end it."""

    kind: str
    label: Any
    version: int
    initial: frozenset[str]
    terminal: frozenset[str]
    steps: tuple[Step, ...]

    def step(self, name: str) -> Step | None:
        """The step with this name, None when there is none."""
        return next((step for step in self.steps if step.name == name), None)

    def from_state(self, state: str) -> Iterable[Step]:
        """Steps that can leave a state."""
        return (step for step in self.steps if state in step.sources)

    def edges(self) -> list[tuple[str, str]]:
        """All (from, to) pairs, for the database trigger."""
        return sorted(
            {(source, step.target) for step in self.steps for source in step.sources if source != step.target}
        )

    def open_states(self) -> set[str]:
        """States in which a case still waits for somebody: not one that only a service can lead on from."""
        left_by_hand = {s for step in self.steps if not step.automatic for s in step.sources}
        return (left_by_hand | set(self.initial)) - set(self.terminal)


def problems(flow: Workflow) -> list[str]:
    """Unsound places of a table: duplicate steps, steps out of a terminal state, dead ends, unreachable states."""
    found = []
    names = [step.name for step in flow.steps]
    found += [f"duplicate step {name}" for name in {n for n in names if names.count(n) > 1}]
    found += [f"step {step.name} leaves a terminal state" for step in flow.steps if step.sources & flow.terminal]
    leaving = {source for step in flow.steps for source in step.sources}
    targets = {step.target for step in flow.steps}
    found += [f"dead end {state}" for state in (targets | flow.initial) - leaving - flow.terminal]
    found += [f"unreachable state {state}" for state in (leaving | flow.terminal) - targets - flow.initial]
    found += [f"step {step.name} has no permission" for step in flow.steps if "." not in step.permission]
    return sorted(found)
