"""No case of supervision changes its state past its table of steps, not even by SQL, and none is ever deleted."""

from datetime import date
from itertools import permutations

import pgtrigger
import pytest
from django.db import InternalError, connection, transaction

from officials.models import Official
from officials.services.people import identity_values
from supervision.models import (
    AdjustmentLead,
    Admonishment,
    Handling,
    Hold,
    Inquiry,
    RelationConflict,
    Reminder,
    Revisit,
    Talk,
)
from supervision.workflows import ADMONISHMENT, CONFLICT, HANDLING, HOLD, INQUIRY, LEAD, REMINDER, REVISIT, TALK

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
DAY = date(2026, 3, 2)
DECISION = {
    "kind": "GOV_DEMERIT",
    "body": "SUPERVISORY_COMMISSION",
    "body_level": "COUNTY",
    "body_name": "甲县监委",
    "document_no": "甲监〔2026〕1号",
    "decided_on": DAY,
    "effective_on": DAY,
    "summary": "x",
}
KINDS = [
    (Reminder, REMINDER, {"summary": "x"}),
    (Inquiry, INQUIRY, {"summary": "x"}),
    (Admonishment, ADMONISHMENT, {"summary": "x"}),
    (Talk, TALK, {"summary": "x", "topic": "OTHER", "planned_on": DAY}),
    (AdjustmentLead, LEAD, {"summary": "x"}),
    (Handling, HANDLING, DECISION),
    (Hold, HOLD, {"summary": "x", "kind": "ADMONISH", "blocks": ["POST"], "period_ended_on": DAY, "review_on": DAY}),
    (Revisit, REVISIT, {"planned_on": DAY}),
    (RelationConflict, CONFLICT, {"rule_id": "AV1"}),
]


@pytest.fixture
def person(tree):
    return Official.objects.create(home=tree.finance, **identity_values("440784197805069119", "曾启辉"))


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def attempt(statement, *values) -> tuple[bool, str]:
    """Whether the database let it pass, and what it said."""
    try:
        sql(statement, *values)
    except InternalError as error:
        return False, str(error)
    return True, ""


@pytest.mark.parametrize(("model", "flow", "more"), KINDS, ids=[flow.kind for _model, flow, _more in KINDS])
def test_a_state_changes_along_the_table_of_steps_alone_also_by_sql(person, model, flow, more):
    about = {"official": person, "organization": person.home, "opened_on": DAY}
    case = model.objects.create(case_no="X-1", status=sorted(flow.initial)[0], **about, **more)
    move = f"UPDATE {model._meta.db_table} SET status = %s WHERE id = %s"
    states = [state for state, _label in model._meta.get_field("status").choices]
    edges, passed, refused = set(flow.edges()), set(), set()
    for source, target in permutations(states, 2):
        with pgtrigger.ignore(f"supervision.{model.__name__}:only_listed_moves"):
            sql(move, source, case.pk)
        allowed, told = attempt(move, target, case.pk)
        (passed if allowed else refused).add((source, target))
        assert allowed or "Invalid transition" in told
    assert passed == edges
    assert len(refused) == len(states) * (len(states) - 1) - len(edges)
    with pytest.raises(InternalError, match="Cannot delete"):
        sql(f"DELETE FROM {model._meta.db_table} WHERE id = %s", case.pk)
