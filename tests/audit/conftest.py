"""Fixtures of the audit's tests. What is sealed must be committed: those tests clean up after themselves."""

import time
from unittest import mock

import pgtrigger
import pytest
from django.apps import apps
from django.db import connection, transaction

from foundation.audit.catalog import horizon
from foundation.audit.services import chain, seals
from foundation.audit.services.entries import record

from ..support.people import make_tree

DELETE = "DELETE FROM {}"
ROOMS = ("audit", "organizations", "accounts", "casework")


def empty_tables(*_args, **_options):
    """Delete the rows of the rooms used here, in one transaction."""
    assert "test" in connection.settings_dict["NAME"], "never in a database that people use"
    with transaction.atomic(), pgtrigger.ignore(), connection.cursor() as cursor:
        for room in ROOMS:
            for model in apps.get_app_config(room).get_models():
                cursor.execute(DELETE.format(model._meta.db_table))


@pytest.fixture
def _quick_cleaning():
    """Django empties every table of the project after a test that commits, which takes three seconds: not here."""
    with mock.patch("django.test.testcases.call_command", empty_tables):
        yield


@pytest.fixture
def committed_db(_quick_cleaning, transactional_db):
    """The database without a surrounding transaction; the tables of the rooms used here are emptied afterwards."""


@pytest.fixture
def committed(committed_db):
    """A tree of units with its events, and a few entries, in several transactions; nothing is sealed yet."""
    tree = make_tree()
    for number in range(20):
        with transaction.atomic():
            record(
                actor="test", action="tests.thing.done", target_kind="thing", target_no=number, reason="测试 'x' \\ é"
            )
    return tree


@pytest.fixture
def small_seals(monkeypatch):
    """Seals of ten rows and groups of thirty, so that a few rows make a long chain."""
    monkeypatch.setattr(seals, "ROWS_PER_SEAL", 10)
    monkeypatch.setattr(chain, "ROWS_PER_GROUP", 30)


@pytest.fixture
def other(committed_db):
    """A second connection to the same database."""
    found = connection.copy()
    yield found
    found.close()


def seal_all():
    """Seal when nothing runs in this database any more: autovacuum, too, has transactions."""
    deadline = time.monotonic() + 20
    with connection.cursor() as cursor:
        while (found := horizon(cursor))[0] < found[1] and time.monotonic() < deadline:
            time.sleep(0.05)
    return seals.seal_now()
