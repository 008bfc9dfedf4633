"""What follows a decision once its effects stand: rooms above register what they do then (a preview run of the year)."""

from collections.abc import Callable, Sequence

from ..effect_kinds import Decision
from ..models import DecidedEffect

_follow_ups: list[Callable] = []


def add_follow_up(act: Callable) -> Callable:
    """Register `act(decision, effects, actor=…) -> dict`, called in the decision's transaction; twice changes nothing."""
    if act not in _follow_ups:
        _follow_ups.append(act)
    return act


def follow_up(decision: Decision, effects: Sequence[DecidedEffect], *, actor) -> dict:
    """Let every room follow; what they answer goes into the event of the case."""
    found = {}
    for act in _follow_ups if effects else ():
        found |= act(decision, effects, actor=actor)
    return found
