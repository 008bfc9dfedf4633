"""A generated nation: counties of 70 units and 30 indicators with figures, written by SQL as the tables' owner.

History and foreign keys are taken off a table while it is filled (and put back, the keys checked as a whole), because this
only prepares what is measured: six million figures would otherwise take most of an hour.
"""

import re
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.db import connection

UNITS, INDICATORS, YEAR = 70, 30, 2024
CATEGORIES = ("GENERAL", "ECONOMIC", "SOCIAL", "VERTICAL", "OPTIMISED", "KEY", "ECOLOGICAL")
PREFIX = "B"
"""How the made-up counties' codes begin."""
_STATEMENTS = {
    statement: re.search(r"INSERT INTO (\w+)", statement)[1]
    for statement in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split(";\n")
    if statement.strip()
}
_MADE_BY_RUNS = (
    "assessments_recalculationjob",
    "assessments_recalculationbatch",
    "assessments_publication",
    "assessments_runmeasure",
    "assessments_rununit",
    "assessments_runscheme",
    "assessments_run",
)


def _must_be_ours(cursor) -> None:
    cursor.execute("SELECT current_database()")
    name = cursor.fetchone()[0]
    if "bench" not in name:
        raise SystemExit(f"A benchmark empties tables: it works only in a database named …bench…, not in {name}.")


@contextmanager
def _untriggered(cursor, tables):
    """The tables without our own triggers, which keep history and forbid changes; the owner may lift them."""
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def clear() -> None:
    """Empty the tables that the benchmark fills, from an earlier round. Refuses a database that is not for benchmarks."""
    tables = sorted({*_MADE_BY_RUNS, *_STATEMENTS.values()})
    with connection.cursor() as cursor:
        _must_be_ours(cursor)
        with _untriggered(cursor, tables):
            cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")


def forget_runs() -> None:
    """Remove all runs and orders, so that every county is calculated anew."""
    with connection.cursor() as cursor:
        _must_be_ours(cursor)
        with _untriggered(cursor, _MADE_BY_RUNS):
            for table in _MADE_BY_RUNS:  # no TRUNCATE: the cycles refer to their published run, and the figures to them
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own tables


@contextmanager
def _without_keys(cursor, table):
    """The table without its foreign keys, which come back at the end and are checked as a whole."""
    cursor.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'",
        [table],
    )
    keys = cursor.fetchall()
    for name, _definition in keys:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    yield
    for name, definition in keys:
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def _give_defaults(cursor, tables) -> None:
    """Let the tables fill columns that a statement does not name as the models do: what is measured names what it needs."""
    for model in apps.get_models():
        if model._meta.db_table not in tables:
            continue
        for field in model._meta.concrete_fields:
            value = None if field.primary_key or field.null or field.is_relation else field.get_default()
            if value is not None and not field.has_db_default():
                text = f"ALTER TABLE {model._meta.db_table} ALTER COLUMN {connection.ops.quote_name(field.column)} SET DEFAULT %s"
                cursor.execute(text, [field.get_db_prep_value(value, connection)])


def generate(first: int, last: int) -> None:
    """Add counties `first` … `last` (numbers from 1) with all their figures, then bring the statistics up to date."""
    arguments = {
        "first": first,
        "last": last,
        "units": UNITS,
        "indicators": INDICATORS,
        "year": YEAR,
        "categories": list(CATEGORIES),
    }
    with connection.cursor() as cursor:
        _must_be_ours(cursor)
        _give_defaults(cursor, set(_STATEMENTS.values()))
        for statement, table in _STATEMENTS.items():
            with _untriggered(cursor, [table]), _without_keys(cursor, table):
                cursor.execute(statement, arguments)
            cursor.execute(f"ANALYZE {table}")
