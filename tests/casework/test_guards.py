"""What the database refuses whoever asks: moves that no step names, deletions, changes of what was recorded."""

import pgtrigger
import pytest
from django.db import InternalError, connection, transaction
from django.db.utils import DatabaseError

from assessments.models import Measure
from assessments.workflows import MEASURE, STATES
from foundation.casework.models import CaseEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
EDGES = set(MEASURE.edges())
NOT_LISTED = [(a, b) for a, _label in STATES for b, _other in STATES if a != b and (a, b) not in EDGES]
MOVE = "UPDATE assessments_measure SET status = %s WHERE id = %s"


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def at(case, status):
    """The case in a state, past the guard (which the tables' owner alone can have ignored)."""
    with pgtrigger.ignore("assessments.Measure:only_listed_moves"), connection.cursor() as cursor:
        cursor.execute(MOVE, [status, case.pk])


@pytest.mark.parametrize(("source", "target"), NOT_LISTED)
def test_a_move_that_no_step_names_is_refused(case, source, target):
    at(case, source)
    with pytest.raises(InternalError, match="Invalid transition"):
        sql(MOVE, target, case.pk)
    assert Measure.objects.get(pk=case.pk).status == source


@pytest.mark.parametrize(("source", "target"), sorted(EDGES))
def test_a_move_that_a_step_names_passes_the_database(case, source, target):
    at(case, source)
    assert sql(MOVE, target, case.pk) == 1


def test_update_and_bulk_update_are_guarded_as_well(case):
    with pytest.raises(InternalError), transaction.atomic():
        Measure.objects.filter(pk=case.pk).update(status="closed")
    case.status = "executed"
    with pytest.raises(InternalError), transaction.atomic():
        Measure.objects.bulk_update([case], ["status"])
    with pytest.raises(InternalError), transaction.atomic():
        case.save()


def test_other_columns_may_change(case):
    assert sql("UPDATE assessments_measure SET basis_changed = true WHERE id = %s", case.pk) == 1


def test_a_case_is_never_deleted(case):
    with pytest.raises(InternalError, match="Cannot delete"):
        sql("DELETE FROM assessments_measure WHERE id = %s", case.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        case.delete()
    assert Measure.objects.filter(pk=case.pk).exists()


def test_events_of_a_case_are_neither_changed_nor_deleted(case):
    for statement in (
        "UPDATE casework_caseevent SET reason = 'y' WHERE case_no = %s",
        "DELETE FROM casework_caseevent WHERE case_no = %s",
    ):
        with pytest.raises(InternalError, match="Cannot"):
            sql(statement, case.case_no)
    assert CaseEvent.objects.filter(case_no=case.case_no).count() == 1


def test_an_event_takes_its_number_once(case):
    event = CaseEvent.objects.get(case_no=case.case_no)
    event.pk = None
    with pytest.raises(DatabaseError, match="case_event_order"), transaction.atomic():
        event.save(force_insert=True)


def test_one_open_measure_per_person_and_unit(case):
    case.pk, case.case_no = None, "MB-TWICE"
    with pytest.raises(DatabaseError, match="one_measure_per_person_and_unit"), transaction.atomic():
        case.save(force_insert=True)
