"""Workflows drawn from their tables: what `docs/workflows.md` shows, so that drawing and program cannot differ."""

from django.utils import translation

from .flow import Workflow, problems
from .registry import kinds

HEAD = """# Workflows

Drawn from the tables that the engine, the buttons and the database guards read; `./dev manage draw_workflows` writes this page
anew. A dotted name is taken by services alone, not by a button.
"""


def drawing_of(flow: Workflow, states: dict[str, str]) -> str:
    """One workflow as a Mermaid state diagram; `states`: words of the states."""
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {state}: {states[state]}" for state in sorted(set(states) & _states(flow))]
    lines += [f"    [*] --> {state}" for state in sorted(flow.initial)]
    for step in flow.steps:
        name = f"· {step.label}" if step.automatic else str(step.label)
        lines += [f"    {source} --> {step.target}: {name}" for source in sorted(step.sources)]
    lines += [f"    {state} --> [*]" for state in sorted(flow.terminal)]
    return "\n".join([*lines, "```"])


def _states(flow: Workflow) -> set[str]:
    return {state for step in flow.steps for state in (*step.sources, step.target)} | flow.initial | flow.terminal


def all_drawings() -> str:
    """The whole page, in Chinese, by kind. Raises ValueError for a table with a dead end or another fault."""
    parts = [HEAD]
    with translation.override("zh-hans"):
        for kind in sorted(kinds(), key=lambda one: one.flow.kind):
            if found := problems(kind.flow):
                raise ValueError(f"{kind.flow.kind}: {'; '.join(found)}")
            states = {value: str(label) for value, label in kind.model._meta.get_field("status").flatchoices}
            parts.append(f"## {kind.flow.label}\n\n`{kind.flow.kind}`\n\n{drawing_of(kind.flow, states)}\n")
    return "\n".join(parts)
