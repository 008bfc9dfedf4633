"""Databases with contents, made once per test session and copied by PostgreSQL itself.

`ruled` is the empty database with the regulations; `heshan` is that with the whole demo county, loaded through the
services as `./dev run` loads it. A module that names `ruled_database` or `heshan_database` in `usefixtures` runs there,
each test in its own transaction as usual. Tests that need committed rows (threads, several connections) take
`committed_ruled`: a copy of their own, thrown away afterwards, which is quicker than emptying every table.

Of the processes that share the suite one fills such a database and the others copy it.
"""

import os
from contextlib import contextmanager
from datetime import date
from itertools import count

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase, override_settings
from django.test.utils import setup_databases, teardown_databases

from cadremgmt.demo import county
from foundation.common.actors import SystemActor
from foundation.regulations.services.loading import load_regulations

from .kept_database import lay_test_database

DEMO_PASSWORD = "Heshan-Demo-2025"  # noqa: S105 - of the demo's accounts in a test database
LOADER = SystemActor("test")
LOADED_ON = date(2025, 11, 22)
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", "")
"""What the processes that share the suite have in common; empty for one alone."""
SHARED = "shared_"
WHOLE = "whole"
LOCKS = {"ruled": 7_401_883, "heshan": 7_401_884}
"""Advisory locks: who fills a database for all keeps the others waiting, but only those that want this one."""
_numbers = count(1)
_own = set()
"""Databases of the present test: what it leaves behind goes with them, and no other's tables need emptying."""


@contextmanager
def using(name: str):
    """Let the default connection, in every thread, lead to another database."""
    connections.close_all()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
    try:
        yield name
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = before


def _server_command(statement: str):
    """Run a statement that PostgreSQL takes outside of transactions only, from its maintenance database."""
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def copy_database(source: str, suffix: str) -> str:
    """A copy of a database nobody is connected to; an older copy of the same name goes first."""
    name = f"{source}_{suffix}"
    drop_database(name)
    _server_command(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    return name


def drop_database(name: str):
    """Remove a copy, ending what of ours is still connected to it.

    Not `WITH (FORCE)`: it is refused to the owner while the server itself (autovacuum) is at work there; the plain command
    sends that away.
    """
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND usename = current_user",
            [name],
        )
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_blocker, django_db_keepdb, django_db_createdb, django_db_modify_db_settings
):
    """The test database, whoever asks; and the name of a copy that no test connects to, so that it can always be copied.

    pytest-django's own fixture makes it only when a collected test bears the mark `django_db`. Tests that commit by
    themselves bear none: alone, they would work in the database of the settings and empty it.
    """

    def make(*, keepdb):
        return setup_databases(verbosity=0, interactive=False, keepdb=keepdb, serialized_aliases=())

    with django_db_blocker.unblock():
        made = make(keepdb=True) if django_db_keepdb and not django_db_createdb else lay_test_database(make)
        empty = copy_database(connection.settings_dict["NAME"], "empty")
    yield empty
    with django_db_blocker.unblock():
        drop_database(empty)
        if not django_db_keepdb:
            teardown_databases(made, verbosity=0)


def made_once(source: str, kind: str, fill) -> str:
    """Name of an own copy of `source` with what `fill` puts into it; whoever of the sharing processes comes first fills it."""
    if not RUN:
        name = copy_database(source, kind)
        with using(name):
            fill()
        return name
    shared, name = f"{SHARED}{RUN[:12]}_{kind}", f"{source}_{kind}"
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCKS[kind]])
        if shared not in _shared(cursor, WHOLE):
            for old in _shared(cursor):
                if old == shared or not old.startswith(f"{SHARED}{RUN[:12]}_"):
                    drop_database(old)
            cursor.execute(f'CREATE DATABASE "{shared}" TEMPLATE "{source}"')
            with using(shared):
                fill()
            cursor.execute(f'COMMENT ON DATABASE "{shared}" IS %s', [WHOLE])
        drop_database(name)
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{shared}"')
    return name


def _shared(cursor, note: str | None = None) -> list[str]:
    cursor.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE %s AND (%s::text IS NULL OR shobj_description(oid, 'pg_database') = %s)",
        [SHARED + "%", note, note],
    )
    return [name for (name,) in cursor.fetchall()]


@pytest.fixture(scope="session")
def ruled_copy(django_db_setup, django_db_blocker):
    """Name of the database with the regulations."""
    with django_db_blocker.unblock():
        name = made_once(django_db_setup, "ruled", lambda: load_regulations(actor=LOADER, today=LOADED_ON))
        yield name
        drop_database(name)


def _load_demo():
    with override_settings(DEMO_ACCOUNTS=True, DEMO_PASSWORD=DEMO_PASSWORD):
        county.load(lambda line: None)


@pytest.fixture(scope="session")
def heshan_copy(ruled_copy, django_db_blocker):
    """Name of the database with the demo county."""
    with django_db_blocker.unblock():
        name = made_once(ruled_copy, "heshan", _load_demo)
        yield name
        drop_database(name)


@pytest.fixture(scope="module")
def ruled_database(ruled_copy, django_db_blocker):
    """The module's tests run in the database with the regulations."""
    with django_db_blocker.unblock(), using(ruled_copy):
        yield


@pytest.fixture(scope="module")
def heshan_database(heshan_copy, django_db_blocker):
    """The module's tests run in the database with the demo county."""
    with django_db_blocker.unblock(), using(heshan_copy):
        yield


@contextmanager
def _own_copy(source):
    name = copy_database(source, f"own{next(_numbers)}")
    _own.add(name)
    with using(name):
        yield name
    drop_database(name)


@pytest.fixture(autouse=True, scope="session")
def _emptying_spares_what_was_not_written():
    """A test in a database of its own wrote nothing into the common one: emptying that after each takes a second."""

    fill, empty = TransactionTestCase._fixture_setup.__func__, TransactionTestCase._fixture_teardown

    @classmethod
    def setup(case):
        _own.clear()
        fill(case)

    def teardown(case):
        if not _own:
            empty(case)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TransactionTestCase, "_fixture_setup", setup)
        patched.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture
def committed_ruled(ruled_copy, django_db_blocker):
    """A database of its own with the regulations, in which the test commits."""
    with django_db_blocker.unblock():
        with _own_copy(ruled_copy) as name:
            yield name


@pytest.fixture
def committed_heshan(heshan_copy, django_db_blocker):
    """A database of its own with the demo county, in which the test commits."""
    with django_db_blocker.unblock():
        with _own_copy(heshan_copy) as name:
            yield name
