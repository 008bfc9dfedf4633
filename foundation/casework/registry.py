"""Which kinds of cases exist, with their model and handlers; filled by each room's `AppConfig.ready`."""

from collections.abc import Callable
from dataclasses import dataclass, field

from foundation.audit.actions import name_actions
from foundation.common.scoping import scope_of

from .actions import actions_of
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
class Papers:
    """Who sees and adds papers of a kind of case: `view` and, one of them enough, `add`, both at the case's unit.

    `guards` return reasons against adding or withdrawing one now: `guard(case, actor=…, part=…)`. `may_add(case, actor)`
    takes the place of the permissions where others than the case's own unit bring papers.
    """

    view: str
    add: tuple[str, ...] = ()
    guards: tuple[Callable, ...] = ()
    may_add: Callable | None = None

    def lets_add(self, case, actor) -> bool:
        """May the actor bring papers into this case at all?"""
        if self.may_add:
            return self.may_add(case, actor)
        return any(scope_of(actor, permission).covers(case.organization.path) for permission in self.add)


@dataclass(frozen=True, eq=False)
class CaseKind:
    """A registered kind: workflow, concrete model, handlers by step name, how to name and link a case.

    `named_by` are the relations from which a case's title is made, so that a list loads them with the cases. A kind
    without `papers` has none. `begun_by` names the column with the number of who began a case, where somebody else must
    end it: it waits for the others. `titled_by` is the column whose text is the title, where one column says it (and every
    step is taken at the case's own unit): the inbox reads all such kinds in one query. `waits_before`: a column with a day
    and the number of days before it from which a case waits for anybody; without it a case waits at once.
    """

    flow: Workflow
    model: type
    handlers: dict[str, Handler] = field(default_factory=dict)
    url_name: str = ""
    named_by: tuple[str, ...] = ()
    papers: Papers | None = None
    begun_by: str = ""
    titled_by: str = ""
    waits_before: tuple[str, int] | None = None

    def places(self) -> set[str]:
        """Relations to the units at which the steps ask their permissions."""
        return {step.at for step in self.flow.steps}


_kinds: dict[str, CaseKind] = {}


def bind(
    flow: Workflow,
    model: type,
    url_name: str = "",
    named_by=(),
    papers: Papers | None = None,
    begun_by: str = "",
    titled_by: str = "",
    waits_before: tuple[str, int] | None = None,
    **handlers: Handler,
) -> CaseKind:
    """Register a kind of case with its handlers. Raises ValueError for a handler of an unknown step."""
    unknown = set(handlers) - {step.name for step in flow.steps}
    if unknown:
        raise ValueError(f"{flow.kind}: handlers for unknown steps {sorted(unknown)}")
    name_actions(actions_of(flow))
    _kinds[flow.kind] = CaseKind(
        flow, model, handlers, url_name, tuple(named_by), papers, begun_by, titled_by, waits_before
    )
    return _kinds[flow.kind]


def kind_of(case) -> CaseKind:
    """The registered kind of a case object. Raises LookupError when its room registered none."""
    for kind in _kinds.values():
        if isinstance(case, kind.model):
            return kind
    raise LookupError(f"{type(case).__name__} is no registered kind of case")


def kind_named(name: str) -> CaseKind | None:
    """The kind with this name, None when there is none."""
    return _kinds.get(name)


def kinds() -> list[CaseKind]:
    """All registered kinds."""
    return list(_kinds.values())
