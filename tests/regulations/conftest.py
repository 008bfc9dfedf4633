"""The regulations as they are delivered, in the test database."""

from datetime import date
from functools import cache

import pytest

from foundation.common.actors import SystemActor
from foundation.regulations.imports import calendar_days, code_files, rule_files
from foundation.regulations.services import places
from foundation.regulations.services.loading import load_calendar, load_codes, load_regulations, load_rules

LOADED_ON = date(2025, 11, 22)
LONG = 300  # rows: longer tables (native places, professional titles) only slow the tests that do not ask for them


@cache
def files():
    """The files, read once."""
    tables = [table for table in code_files.read_folder() if len(table.rows) < LONG]
    days = [day for day in calendar_days.known_days() if day.date.year >= 2023]
    return rule_files.read_folder(), tables, days


@pytest.fixture
def clerk():
    """Who acts when no user does."""
    return SystemActor("test")


@pytest.fixture
def loaded(db):
    """Rules, code tables and calendar from the files, without the long tables and the days before 2023."""
    entries, tables, days = files()
    return load_rules(entries, today=LOADED_ON) | load_codes(tables) | load_calendar(days)


@pytest.fixture
def loaded_fully(db, clerk):
    """Everything, as the command loads it; the counts."""
    return load_regulations(actor=clerk, today=LOADED_ON)


@pytest.fixture
def counties(tree, monkeypatch):
    """Counties A and B lent to the rulebook, whatever finder the product provides."""
    known = [places.Place(unit.code, unit.name, unit.path) for unit in (tree.county_a, tree.county_b)]

    def touches(place, path):
        return place.path.startswith(path) or path.startswith(place.path)

    def find(codes=None, paths=None):
        if codes is not None:
            return [place for place in known if place.code in codes]
        return known if paths is None else [p for p in known if any(touches(p, path) for path in paths)]

    monkeypatch.setattr(places, "_finders", [find])
    return tree
