"""The database and queue a command works with: given by the environment, or private ones kept while somebody uses them."""

import contextlib
import json
import os
import subprocess
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from . import postgres, valkey
from .console import Trouble, say
from .install import ensure_packages
from .locks import Lock
from .project import PYTHON, ROOT, child_environment, make_run_dir
from .steps import end_orphans

OWNER, APP = "cadre_owner", "cadre_app"
"""Database roles: the first owns the tables and migrates, the second is what the application connects as."""
SETTINGS = "cadremgmt.settings.try_out"


@dataclass(frozen=True)
class Purpose:
    """What a set of data is for: its database and its two Valkey databases (queue, cache)."""

    name: str
    database: str
    queue: int
    cache: int


TRY_OUT = Purpose("run", "cadre", 0, 1)
TEST = Purpose("test", "cadre_tests", 4, 5)
BENCH = Purpose("bench", "cadre_bench", 8, 9)


@dataclass(frozen=True)
class Services:
    """Addresses of the running services for one purpose."""

    owner_url: str
    app_url: str
    queue_url: str
    cache_url: str
    has_private_database: bool
    has_private_queue: bool
    programs: str

    def environment(self, *, owner=False, settings=SETTINGS, **more):
        """Return the environment of a child that works as the application, or as the owner of the tables."""
        env = child_environment(
            DATABASE_URL=self.owner_url if owner else self.app_url,
            DATABASE_OWNER_URL=self.owner_url,
            DATABASE_APP_ROLE=APP,
            CELERY_BROKER_URL=self.queue_url,
            CACHE_URL=self.cache_url,
            DJANGO_SETTINGS_MODULE=settings,
            **more,
        )
        if self.programs:
            env["PATH"] += f":{self.programs}"  # psql and pg_dump of the same version, for dbshell
        return env


@contextlib.contextmanager
def services(purpose):
    """Give the services for a purpose: packages installed, servers up, roles and database made.

    The private servers stay as long as some command uses them: whoever leaves last stops them.
    """
    make_run_dir()
    with Lock("use") as use:
        use.take(shared=True, wait=True, because="another ./dev command is stopping the servers: waiting")
        try:
            with Lock("setup") as setup:
                setup.take(wait=True, because="another ./dev command is setting up: waiting")
                end_orphans()
                ensure_packages()
                found = _bring_up(purpose)
            yield found
        finally:
            _leave(use)


def stop_unused():
    """Stop the private servers unless a command uses them; return whether they are stopped."""
    with Lock("use") as use:
        return _leave(use)


def _leave(use):
    if not use.take():  # shared turns exclusive only for the last one; a starting command waits for us then
        return False
    valkey.stop()
    postgres.stop()
    return True


def _bring_up(purpose):
    given_database, given_queue = os.environ.get("DATABASE_URL"), os.environ.get("CELERY_BROKER_URL")
    if given_database:
        owner_url = given_database if purpose is TRY_OUT else _renamed(given_database, purpose.database)
        app_url = _make_roles(owner_url=owner_url)
        programs = ""
    else:
        started = postgres.ensure()
        owner_url, app_url = (postgres.url(role, purpose.database) for role in (OWNER, APP))
        # a server that was started for tests alone need not survive a power cut; any other use makes it safe again
        durable = "on" if purpose is not TEST else "off" if started else ""
        _make_roles(superuser_url=postgres.url(postgres.SUPERUSER, "postgres"), owner_url=owner_url, durable=durable)
        programs = str(postgres.bin_dir())
    if given_queue:
        queue_url = given_queue if purpose is TRY_OUT else _renumbered(given_queue, purpose.queue)
        cache_url = os.environ.get("CACHE_URL", "")
    else:
        valkey.ensure()
        queue_url, cache_url = valkey.broker_url(purpose.queue), valkey.cache_url(purpose.cache)
        if purpose is not TRY_OUT:
            valkey.empty(purpose.queue, purpose.cache)
    return Services(owner_url, app_url, queue_url, cache_url, not given_database, not given_queue, programs)


def _make_roles(*, owner_url, superuser_url="", durable=""):
    """Make roles and database where they are missing; return the address the application connects with."""
    env = child_environment(OWNER_URL=owner_url, SUPERUSER_URL=superuser_url, APP_ROLE=APP, DURABLE=durable)
    made = subprocess.run(
        [PYTHON, "-m", "devtools.database"], env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise Trouble(f"The database server does not let itself be set up:\n{made.stderr.strip()}")
    answer = json.loads(made.stdout)
    if answer["remark"]:
        say(f"  {answer['remark']}", err=True)
    return answer["app_url"]


def _renamed(url, database):
    """Return the address with another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def _renumbered(url, number):
    """Return a Redis address with another database number; other brokers have no such thing and keep their address."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{number}")) if parts.scheme in ("redis", "rediss") else url
