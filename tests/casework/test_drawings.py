"""The drawn workflows are those of the tables, and every table is sound."""

import pytest
from django.conf import settings

from foundation.casework.drawings import all_drawings, drawing_of
from foundation.casework.flow import Step, Workflow, problems
from foundation.casework.registry import kinds

pytestmark = pytest.mark.unit


def test_the_page_of_workflows_is_drawn_from_the_tables():
    page = (settings.BASE_DIR / "docs" / "workflows.md").read_text(encoding="utf-8")
    assert page == all_drawings(), "run ./dev manage draw_workflows"


def test_no_workflow_has_a_dead_end():
    assert len(kinds()) > 15
    assert {kind.flow.kind: problems(kind.flow) for kind in kinds() if problems(kind.flow)} == {}


def test_a_dead_end_is_found_and_a_drawing_tells_what_services_take():
    step = Step("go", "Go", frozenset({"a"}), "b", "x.y", automatic=True)
    flow = Workflow("x.flow", "Flow", 1, frozenset({"a"}), frozenset(), (step,))
    assert problems(flow) == ["dead end b"]
    assert "    a --> b: · Go" in drawing_of(flow, {"a": "A", "b": "B"})
