"""`./dev run`: the try-out with everything a product has - web, worker, schedule - on this machine's loopback."""

import hashlib
import http.client
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
READY_IN = 60.0
STATIC_STAMP = RUN / "static.sha256"


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
                prepare(found)
                launch(found, port)
                introduce(found, port, time.monotonic() - began)
                return watch(found)
            finally:
                end_children()


def prepare(found):
    """Bring database, files and demo to the state of this version."""
    say("Data")
    owner, app = found.environment(owner=True), found.environment()
    commands = [PYTHON, "-m", "devtools.commands"]
    run_step("tables and rights", [*commands, "migrate", "--noinput", ",", "apply_database_grants"], owner)
    run_step("regulations and the Heshan demo", [*commands, "load_regulations", ",", "demo"], app)
    collect_static(app)


def collect_static(env):
    """Collect and compress the static files when one of them changed."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted(path for path in ROOT.glob("**/static/**/*") if path.is_file() and RUN not in path.parents):
        if ".venv" not in path.relative_to(ROOT).parts[0]:
            digest.update(f"{path.relative_to(ROOT)} {path.stat().st_mtime_ns} {path.stat().st_size}\n".encode())
    if STATIC_STAMP.exists() and STATIC_STAMP.read_text() == digest.hexdigest():
        return
    run_step("static files", [PYTHON, "manage.py", "collectstatic", "--noinput", "--clear", "-v", "0"], env)
    STATIC_STAMP.write_text(digest.hexdigest())


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


def introduce(found, port, seconds):
    """Say where the try-out is and who can sign in."""
    # quiet: only what the command itself prints belongs on the screen
    env = found.environment(LOG_LEVEL="ERROR")
    accounts = run_step(
        "demo accounts", [PYTHON, "-W", "ignore", "manage.py", "demo", "--accounts", "--skip-checks"], env
    )
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
            connection.request("HEAD", "/sign-in/")
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
