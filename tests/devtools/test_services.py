"""The private servers: started once, shared, stopped by the last user, found again after a kill."""

import contextlib
import json
import os
import signal
import stat
import time

import pytest

from devtools import database, project, services

pytestmark = pytest.mark.fault


def query(found, statement, role=None):
    url = found["DATABASE_URL"] if role is None else database.with_user(found["DATABASE_URL"], role)
    with database.connect(url) as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


def environment_of(small_project, *words, **env):
    done = small_project.dev("manage", *(words or ("check",)), **env)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.splitlines()[-1])


class Holder:
    """A command that keeps the servers up until it is let go."""

    def __init__(self, small_project):
        (small_project.root / "manage.py").write_text(
            "import json, os, sys\nprint(json.dumps({**os.environ}), flush=True)\n"
            "import time, pathlib\nwhile not pathlib.Path('let-go').exists(): time.sleep(0.05)\n"
        )
        self.project = small_project
        self.process = small_project.start("manage", "check")
        while not (line := self.process.stdout.readline()).startswith("{"):
            assert line, "the command ended early"
        self.found = json.loads(line)

    def let_go(self):
        (self.project.root / "let-go").touch()
        assert self.process.wait(120) == 0


def test_a_command_gets_servers_of_its_own_and_leaves_nothing_running(small_project):
    found = environment_of(small_project)
    assert found["DATABASE_URL"].startswith("postgres://cadre_app@/cadre?host=")
    assert found["DATABASE_OWNER_URL"].startswith("postgres://cadre_owner@/cadre?host=")
    assert found["CELERY_BROKER_URL"].startswith("redis+socket://")
    assert found["CACHE_URL"].startswith("redis://")
    assert found["DJANGO_SETTINGS_MODULE"] == "cadremgmt.settings.try_out"
    assert small_project.processes() == {}


def test_migrations_work_as_the_owner(small_project):
    assert "cadre_owner@" in environment_of(small_project, "migrate")["DATABASE_URL"]


def test_the_roles_have_exactly_the_rights_meant_for_them(small_project):
    holder = Holder(small_project)
    rows = query(
        holder.found,
        "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname LIKE 'cadre%' ORDER BY 1",
    )
    assert rows == [("cadre_app", False, False, False), ("cadre_owner", False, True, True)]
    with pytest.raises(database.psycopg2.errors.InsufficientPrivilege):
        query(holder.found, "CREATE TABLE t (x int)")
    query(holder.found, "CREATE EXTENSION pg_trgm; CREATE EXTENSION btree_gist", role="cadre_owner")
    holder.let_go()


def test_only_this_user_can_reach_the_servers(small_project):
    holder = Holder(small_project)
    folder = holder.found["DATABASE_URL"].partition("host=")[2]
    modes = {
        name: stat.S_IMODE(os.stat(os.path.join(folder, name)).st_mode) for name in ("", ".s.PGSQL.5432", "valkey.sock")
    }
    assert modes == {"": 0o700, ".s.PGSQL.5432": 0o700, "valkey.sock": 0o700}
    assert query(holder.found, "SHOW listen_addresses") == [("",)]
    holder.let_go()


def test_two_commands_share_the_servers_and_the_last_one_stops_them(small_project):
    first = Holder(small_project)
    before = small_project.processes()
    assert small_project.dev("stop").returncode == 1, "somebody uses them"
    assert before.items() <= small_project.processes().items()
    first.let_go()
    assert small_project.processes() == {}


@pytest.mark.parametrize("victim", ["postgres", "valkey-server"])
def test_a_server_killed_in_mid_work_comes_back_with_its_data(small_project, victim):
    holder = Holder(small_project)
    query(holder.found, "CREATE TABLE kept AS SELECT 1 AS x; GRANT SELECT ON kept TO cadre_app", role="cadre_owner")
    os.kill(holder.process.pid, signal.SIGKILL)
    for pid, name in small_project.processes().items():
        if name == victim or name.startswith("python"):
            with contextlib.suppress(ProcessLookupError):  # a server's child ends with it
                os.kill(pid, signal.SIGKILL)
    holder.process.wait()
    again = Holder(small_project)
    assert query(again.found, "SELECT x FROM kept") == [(1,)]
    again.let_go()
    assert small_project.processes() == {}


def test_servers_of_a_killed_command_are_used_again_and_stopped_at_the_end(small_project):
    holder = Holder(small_project)
    os.kill(holder.process.pid, signal.SIGKILL)
    holder.process.wait()
    servers = {pid for pid, name in small_project.processes().items() if name in ("postgres", "valkey-server")}
    again = Holder(small_project)
    assert servers & set(small_project.processes()), "they still run"
    (small_project.root / "let-go").touch()
    again.let_go()
    deadline = time.monotonic() + 5
    while small_project.processes() and time.monotonic() < deadline:
        time.sleep(0.05)  # the killed command's orphan notices its permission to go
    assert small_project.processes() == {}


def test_a_path_too_long_for_a_socket_is_no_obstacle(small_project):
    long = small_project.root.parent / ("县" * 20) / ("a folder with spaces " * 3)
    long.mkdir(parents=True)
    moved = type(small_project)(small_project.root.rename(long / "project"))
    found = environment_of(moved)
    folder = found["DATABASE_URL"].partition("host=")[2]
    assert len(folder) < 60
    assert moved.processes() == {}
    assert moved.dev("reset", "--yes").returncode == 0
    assert not os.path.exists(folder)
    assert not (moved.root / ".run").exists()
    small_project.root = moved.root


def test_a_given_database_is_used_and_gets_the_applications_role(small_project):
    holder = Holder(small_project)
    given = database.with_user(holder.found["DATABASE_URL"], "cadre_owner").replace("/cadre?", "/given?")
    other = type(small_project)(small_project.root)
    (small_project.root / "manage.py").write_text("import json, os\nprint(json.dumps({**os.environ}))\n")
    found = environment_of(other, DATABASE_URL=given)
    assert "/given?" in found["DATABASE_OWNER_URL"]
    assert found["DATABASE_URL"].startswith("postgres://cadre_app")
    holder.let_go()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another way to start PostgreSQL")
def test_root_starts_postgresql_where_user_namespaces_are_forbidden(small_project):
    programs = small_project.root / "programs"
    programs.mkdir()
    (programs / "unshare").write_text("#!/bin/sh\nexit 1\n")
    (programs / "unshare").chmod(0o755)
    usual, path = small_project.env, {"PATH": f"{programs}:{small_project.env['PATH']}"}
    small_project.env = usual | path
    holder = Holder(small_project)
    query(holder.found, "CREATE TABLE kept AS SELECT 1 AS x; GRANT SELECT ON kept TO cadre_app", role="cadre_owner")
    holder.let_go()
    assert (small_project.root / ".run/postgres-17").stat().st_uid == 65534
    (small_project.root / "let-go").unlink()
    small_project.env = usual
    again = Holder(small_project)  # and back: the data is not lost
    assert query(again.found, "SELECT x FROM kept") == [(1,)]
    again.let_go()


@pytest.mark.unit
def test_addresses_for_tests_never_point_to_the_given_data():
    assert services._renamed("postgres://u:p@h:5/real?x=1", "cadre_tests") == "postgres://u:p@h:5/cadre_tests?x=1"
    assert services._renumbered("redis://h:6379/0", 4) == "redis://h:6379/4"
    assert services._renumbered("amqp://h/", 4) == "amqp://h/"


@pytest.mark.unit
def test_a_child_gets_no_address_of_another_project(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres:///elsewhere")
    monkeypatch.setenv("PGHOST", "elsewhere")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "other.settings")
    env = project.child_environment(CACHE_URL="x")
    assert {"DATABASE_URL", "PGHOST", "DJANGO_SETTINGS_MODULE"}.isdisjoint(env)
    assert env["CACHE_URL"] == "x"
