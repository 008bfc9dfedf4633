"""The words after `./dev`."""

import argparse
import os
import shutil
import signal
import sys

from . import postgres, testing, tryout
from .console import Interrupted, Step, Stop, Trouble, say
from .install import compile_locks, ensure_packages
from .locks import Lock
from .project import PYTHON, RUN, make_run_dir, socket_dir
from .services import BENCH, TRY_OUT, services, stop_unused
from .steps import run_foreground, run_step

HELP = """\
./dev COMMAND

  run [--port 8000]     start the try-out: packages, database, demo data, web, worker, schedule (Ctrl-C stops it)
  stop                  stop a running try-out and the private servers
  reset [--yes]         stop, and remove all data in .run
  test [PYTEST ARGS]    run the tests with their own databases, beside a running try-out
  check [PYTEST ARGS]   all that must hold: linters, floors, migrations, deployment settings, translations, tests
                        (--no-tests: all but the tests)
  bench NAME [ARGS]     run a benchmark of bench/
  manage COMMAND ...    run a Django management command with the services up
  psql [ARGS]           the try-out's database as its superuser (who can do what the application cannot)
  browser               install Debian's chromium and fonts-noto-cjk: browser tests, PDF
  lock                  compile requirements*.in into the hashed requirements*.txt
  help                  this text

Environment: DATABASE_URL, CELERY_BROKER_URL and CACHE_URL name servers to use instead of the private ones,
PG_BIN the folder of PostgreSQL's programs, CHROMIUM the browser. CADRE_BROWSER=required makes a browser test
that cannot run an error instead of a skip. Data, logs and keys live in .run, packages in .venv.
"""
HELP_WORDS = ("help", "-h", "--help")
WITHOUT_ARGUMENTS = ("stop", "browser", "lock")
OWN_HELP = (*WITHOUT_ARGUMENTS, "check", "bench")
"""Commands whose help is the list of commands; the others pass the word on to what they start."""
AS_OWNER = {"migrate", "makemigrations", "sqlmigrate", "squashmigrations", "optimizemigration", "flush", "pgtrigger",
            "apply_database_grants"}  # fmt: skip
"""Management commands that work on tables and rights, which the application's role must not touch."""


def run_command(words):
    """Run what the words ask for; return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a terminal in GBK has no check mark
    Stop.install()
    command, arguments = (words[0], words[1:]) if words else ("help", [])
    try:
        if command in HELP_WORDS or (command in OWN_HELP and set(arguments) & set(HELP_WORDS)):
            say(HELP)
            return 0
        if command in WITHOUT_ARGUMENTS and arguments:
            say(
                f"./dev {command} takes no arguments, and was given: {' '.join(arguments)}. Nothing was done.", err=True
            )
            return 2
        if command in COMMANDS:
            return COMMANDS[command](arguments)
        say(f"./dev knows no '{command}'; ./dev help lists what it does.", err=True)
        return 2
    except Trouble as trouble:
        say(f"\n{trouble}", err=True)
        return 1
    except Interrupted as interrupted:
        say(f"\nStopped ({interrupted}).", err=True)
        return 128 + Stop.signals[0]


def run(arguments):
    """`./dev run`"""
    parser = argparse.ArgumentParser(prog="./dev run")
    parser.add_argument("--port", type=int, default=8000, help="port on 127.0.0.1 (default 8000)")
    return tryout.run(parser.parse_args(arguments).port)


def stop(_arguments):
    """`./dev stop`"""
    if not RUN.exists():
        say("Nothing runs.")
        return 0
    make_run_dir()
    stop_tryout()
    if not stop_unused():
        say("Another ./dev command (a test, say) still uses the servers; they stop with it.")
        return 1
    say("Stopped.")
    return 0


def stop_tryout():
    """Stop `./dev run` if it runs, or what a killed one left."""
    with Lock("run") as lock:
        if not lock.take():
            pid = lock.read_note().get("pid")
            with Step(f"stopping ./dev run (process {pid})"):
                os.kill(pid, signal.SIGTERM)
                lock.take(wait=True)
        tryout.end_children()


def reset(arguments):
    """`./dev reset`"""
    parser = argparse.ArgumentParser(prog="./dev reset")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    if not parser.parse_args(arguments).yes:
        if not sys.stdin.isatty():
            raise Trouble("This removes all data in .run; say so with ./dev reset --yes")
        if input("Remove all data of the try-out (database, files, keys)? [y/N] ").strip().lower() not in ("y", "yes"):
            return 1
    if not RUN.exists():
        say("There is no data.")
        return 0
    if status := stop([]):
        return status
    with Lock("run") as running, Lock("use") as using:
        if not (running.take() and using.take()):
            raise Trouble("Another ./dev command has just started; nothing is removed.")
        shutil.rmtree(socket_dir())
        shutil.rmtree(RUN)
    say("All data is removed.")
    return 0


def manage(arguments):
    """`./dev manage`"""
    with services(TRY_OUT) as found:
        owner = bool(arguments) and arguments[0] in AS_OWNER
        tryout.PREPARED.unlink(missing_ok=True)  # who knows what the command changes
        return run_foreground([PYTHON, "manage.py", *arguments], found.environment(owner=owner))


def psql(arguments):
    """`./dev psql`"""
    with services(TRY_OUT) as found:
        if not found.has_private_database:
            raise Trouble("The server is not ours ($DATABASE_URL is set): use its own console.")
        tryout.PREPARED.unlink(missing_ok=True)
        address = postgres.url(postgres.SUPERUSER, TRY_OUT.database)
        return run_foreground([postgres.bin_dir() / "psql", address, *arguments], found.environment(owner=True))


def bench(arguments):
    """`./dev bench`"""
    if not arguments:
        raise Trouble("Which benchmark? ./dev bench NAME; the names are the files in bench/.")
    make_run_dir()
    with Lock("bench") as lock:
        lock.take(wait=True, because="another ./dev bench is running: waiting")
        with services(BENCH) as found:
            env = found.environment(owner=True)
            prepare = [
                PYTHON,
                "-m",
                "devtools.commands",
                "migrate",
                "--noinput",
                ",",
                "apply_database_grants",
                ",",
                "load_regulations",
            ]
            run_step("tables and regulations", prepare, env)
            return run_foreground([PYTHON, "-m", f"bench.{arguments[0]}", *arguments[1:]], env)


def check(arguments):
    """`./dev check`"""
    rest = [word for word in arguments if word != "--no-tests"]
    return testing.check(rest, with_tests=rest == arguments)


def lock(_arguments):
    """`./dev lock`"""
    make_run_dir()
    with Lock("setup") as held:
        held.take(wait=True, because="another ./dev command is setting up: waiting")
        ensure_packages()
        compile_locks()
    say("Look at the difference, then ./dev check installs and tries it.")
    return 0


COMMANDS = {
    "run": run,
    "stop": stop,
    "reset": reset,
    "test": testing.test,
    "check": check,
    "bench": bench,
    "manage": manage,
    "psql": psql,
    "browser": lambda _arguments: testing.install_browser(),
    "lock": lock,
}
