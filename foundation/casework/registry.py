"""Which kinds of cases exist, with their model and handlers; filled by each room's `AppConfig.ready`."""

from collections.abc import Callable
from dataclasses import dataclass, field

from .flow import Workflow


@dataclass(frozen=True)
class Handler:
    """What a step does: guards return reasons against it (fetch facts, call rules), the effect writes to the database.

    `guards` need no form input, so they also disable the button and say why; `input_guards` look at what was typed.
    """

    guards: tuple[Callable, ...] = ()
    input_guards: tuple[Callable, ...] = ()
    effect: Callable | None = None


@dataclass(frozen=True)
class CaseKind:
    """A registered kind: workflow, concrete model, handlers by step name, how to name and link a case.

    `named_by` are the relations from which a case's title is made, so that a list loads them with the cases.
    """

    flow: Workflow
    model: type
    handlers: dict[str, Handler] = field(default_factory=dict)
    url_name: str = ""
    named_by: tuple[str, ...] = ()


_kinds: dict[str, CaseKind] = {}


def bind(flow: Workflow, model: type, url_name: str = "", named_by=(), **handlers: Handler) -> CaseKind:
    """Register a kind of case with its handlers. Raises ValueError for a handler of an unknown step."""
    unknown = set(handlers) - {step.name for step in flow.steps}
    if unknown:
        raise ValueError(f"{flow.kind}: handlers for unknown steps {sorted(unknown)}")
    _kinds[flow.kind] = CaseKind(flow, model, handlers, url_name, tuple(named_by))
    return _kinds[flow.kind]


def kind_of(case) -> CaseKind:
    """The registered kind of a case object. Raises LookupError when its room registered none."""
    for kind in _kinds.values():
        if isinstance(case, kind.model):
            return kind
    raise LookupError(f"{type(case).__name__} is no registered kind of case")


def kinds() -> list[CaseKind]:
    """All registered kinds."""
    return list(_kinds.values())
