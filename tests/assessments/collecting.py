"""A county in which the figures of a year are being collected."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models import Collection, Score
from assessments.services.collections import open_year
from assessments.services.figure_grid import CellEdit, Shown, save_grid, shown_of
from foundation.casework.services.engine import perform


@pytest.fixture
def collection(assessed, assessment_office) -> Collection:
    """The finance department was asked for the revenue of four units, and has all of it but Gulao's."""
    open_year(actor=assessment_office, cycle=assessed.cycle)
    Score.objects.filter(unit=assessed.units["A-GUL"], indicator=assessed.indicators["E1"]).delete()
    return Collection.objects.get(organization=assessed.tree.finance)


@pytest.fixture
def submitted(collection, assessed, unit_liaison) -> Collection:
    """The same, completed and submitted."""
    type_in(collection, unit_liaison, assessed, {("A-GUL", "E1"): ("81", "100")})
    return perform(collection, "submit", actor=unit_liaison)


def place(assessed, unit, leaf):
    return assessed.units[unit].pk, assessed.indicators[leaf].pk


def seen(assessed, unit, leaf) -> Shown:
    """What a page shows in a cell now."""
    unit, leaf = place(assessed, unit, leaf)
    return shown_of(Score.objects.filter(unit=unit, indicator=leaf).first())


def type_in(collection, actor, assessed, cells, **kwargs):
    """Save typed cells {(unit, indicator): (figure, target)} as a fresh page would."""
    edits = {
        place(assessed, *key): CellEdit(figure, target, seen(assessed, *key)) for key, (figure, target) in cells.items()
    }
    return save_grid(actor=actor, collection=collection, edits=edits, **kwargs)


def score(assessed, unit, leaf="E1") -> Score:
    return Score.objects.get(unit=assessed.units[unit], indicator=assessed.indicators[leaf])


def late(collection, days=3) -> Collection:
    """The same with its last day so many days ago."""
    collection.due_on = timezone.localdate() - timedelta(days=days)
    collection.save(update_fields=["due_on"])
    return collection
