"""`./dev run`: the try-out with everything a product has - web, worker, schedule - on this machine's loopback."""

import contextlib
import hashlib
import http.client
import json
import os
import signal
import socket
import time
from contextlib import closing
from pathlib import Path

from .console import Step, Stop, Trouble, pause, say
from .locks import Lock
from .postgres import NAME as POSTGRES
from .processes import end, log_path, noted, start, tail
from .project import LOGS, PYTHON, ROOT, RUN, make_run_dir
from .services import TRY_OUT, services
from .steps import run_step
from .valkey import NAME as VALKEY

HOST = "127.0.0.1"
CHILDREN = ("beat", "web", "worker")
READY_IN = 120.0
"""Seconds the three processes may take together; an idle machine needs three."""
ACCOUNTS = ("demo", "--accounts")
"""The command that prints who can sign in to the demo."""
STATIC_STAMP, PREPARED = RUN / "static.sha256", RUN / "prepared.json"
NO_DATA = {"__pycache__", "tests", "bench", "docs", "devtools", "node_modules", "templates"}
"""Folders whose files change nothing that is prepared."""


def run(port):
    """Start the try-out and stay until Ctrl-C or until one of its processes dies; return the exit status."""
    began = time.monotonic()
    make_run_dir()
    with Lock("run") as lock:
        if not lock.take():
            note = lock.read_note()
            raise Trouble(
                f"./dev run is already running (process {note.get('pid')}): {note.get('address')}\nStop it with ./dev stop."
            )
        lock.note(pid=os.getpid(), address=f"http://{HOST}:{port}/")
        end_children()  # of a start that was killed
        require_free(port)
        with services(TRY_OUT) as found:
            try:
                accounts = prepare(found)
                launch(found, port)
                introduce(port, accounts, time.monotonic() - began)
                return watch(found)
            finally:
                end_children()


def prepare(found):
    """Bring database, files and demo to the state of this version; return the text about the demo's accounts.

    When no file of the project changed since the last time, all this is in place already (private server only:
    nobody else can have changed it, and `./dev manage` withdraws the stamp).
    """
    files = digest_of(path for path in project_files() if path.suffix not in (".md", ".html", ".po"))
    with contextlib.suppress(FileNotFoundError, json.JSONDecodeError):
        stamp = json.loads(PREPARED.read_text())
        if found.has_private_database and stamp["files"] == files:
            return stamp["accounts"]
    say("Data")
    owner, app = found.environment(owner=True), found.environment()
    commands = [PYTHON, "-m", "devtools.commands"]
    run_step("tables and rights", [*commands, "migrate", "--noinput", ",", "apply_database_grants"], owner)
    loading = [*commands, "load_regulations", ",", "demo", ",", *ACCOUNTS]
    output = run_step("regulations and the Heshan demo", loading, app)
    accounts = output.partition(f"{' '.join(ACCOUNTS)}\n")[2]
    collect_static(app)
    PREPARED.write_text(json.dumps({"files": files, "accounts": accounts}))
    return accounts


def project_files():
    """Return the files of the project that can make a difference to its data, those of tests apart."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in NO_DATA]
        yield from (Path(folder, name) for name in names)


def digest_of(paths):
    """Return a digest of names, sizes and times of change."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        state = path.stat()
        digest.update(f"{path} {state.st_mtime_ns} {state.st_size}\n".encode())
    return digest.hexdigest()


def collect_static(env):
    """Collect and compress the static files when one of them changed."""
    files = digest_of([ROOT / "requirements.txt", *(path for path in project_files() if "static" in path.parts)])
    if STATIC_STAMP.exists() and STATIC_STAMP.read_text() == files:
        return
    run_step("static files", [PYTHON, "manage.py", "collectstatic", "--noinput", "--clear", "-v", "0"], env)
    STATIC_STAMP.write_text(files)


def launch(found, port):
    """Start web, worker and beat together and wait until each is ready."""
    say("Processes")
    env = found.environment()
    celery = [PYTHON, "-m", "celery", "-A", "cadremgmt"]
    signs = {name: log_path(name).stat().st_size if log_path(name).exists() else 0 for name in CHILDREN}
    with Step("starting web, worker and beat") as step:
        start("web", [
            PYTHON, "-m", "gunicorn", "cadremgmt.wsgi:application", "--bind", f"{HOST}:{port}", "--worker-class", "gthread",
            "--workers", "2", "--threads", "4", "--preload", "--graceful-timeout", "5", "--no-control-socket",
            "--access-logfile", "-",
        ], env)  # fmt: skip
        start("worker", [
            *celery, "worker", "--concurrency", "2", "--loglevel", "INFO", "--without-gossip", "--without-mingle",
        ], env)  # fmt: skip
        start("beat", [
            *celery, "beat", "--schedule", RUN / "beat-schedule", "--pidfile", "", "--loglevel", "INFO",
        ], env)  # fmt: skip
        ready = {
            "web": lambda: answers(port),
            "worker": lambda: logged("worker", signs["worker"], " ready."),
            "beat": lambda: logged("beat", signs["beat"], "beat: Starting"),
        }
        limit = time.monotonic() + READY_IN
        while ready:
            pause(0.1)
            require_alive(found)
            ready = {name: is_ready for name, is_ready in ready.items() if not is_ready()}
            step.detail = "waiting for " + ", ".join(ready) if ready else ""
            if time.monotonic() > limit:
                raise Trouble(f"{', '.join(ready)} not ready after {READY_IN:.0f} s; see {LOGS}")


def introduce(port, accounts, seconds):
    """Say where the try-out is and who can sign in."""
    say()
    say(f"  Ready after {seconds:.0f} s:  http://{HOST}:{port}/")
    say()
    say(accounts.rstrip())
    say()
    say(f"  Logs: {LOGS}/*.log · data: {RUN} (./dev reset empties it) · stop: Ctrl-C")


def watch(found):
    """Wait until a stop is asked for; raises `Trouble` when a process dies."""
    while not Stop.signals:
        require_alive(found)
        time.sleep(0.5)
    say()
    say(f"Stopping ({signal.Signals(Stop.signals[0]).name})")
    return 0


def require_alive(found):
    """Raise `Trouble` naming the process that died, with the end of its log."""
    servers = ((POSTGRES,) if found.has_private_database else ()) + ((VALKEY,) if found.has_private_queue else ())
    for name in (*servers, *CHILDREN):
        process = noted(name)
        if process is None or not process.is_alive():
            log = "\n".join(f"    {line}" for line in tail(name))
            raise Trouble(f"{name} died, so everything is stopped. The end of {log_path(name)}:\n{log}")


def end_children():
    """End web, worker and beat, the worker with time to finish what it is at."""
    if running := [process for name in CHILDREN if (process := noted(name))]:
        with Step("stopping web, worker and beat"):
            end(*running, grace=10.0)


def require_free(port):
    """Raise `Trouble` when another program has the port."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Trouble(
                f"Port {port} is not free ({error.strerror}). Choose another: ./dev run --port {port + 1}"
            ) from None


def answers(port):
    """Return whether the web server answers with anything."""
    with closing(http.client.HTTPConnection(HOST, port, timeout=5)) as connection:
        try:
            connection.request("GET", "/sign-in/")
            return bool(connection.getresponse().status)
        except (OSError, http.client.HTTPException):
            return False


def logged(name, since, words):
    """Return whether a log says the words after its first `since` bytes."""
    path: Path = log_path(name)
    if not path.exists():
        return False
    with path.open("rb") as log:
        log.seek(since if path.stat().st_size >= since else 0)
        return words.encode() in log.read()
