"""Start, remember, recognise and end processes.

A started process is noted in `.run/pids/NAME.json` with the moment it started, so that the next command finds
what a killed one left behind and never mistakes a stranger that got the same number for it.
"""

import contextlib
import json
import os
import signal
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from .console import Stop
from .project import LOGS, MARK, PIDS, ROOT

LOG_KEEP = 5_000_000
"""Bytes after which a log is put aside as NAME.log.1 at the next start."""
_children: dict[int, subprocess.Popen] = {}


@dataclass(frozen=True)
class Noted:
    """A process as noted: `born` is its start time as the system tells it, comparable only for equality."""

    name: str
    pid: int
    born: str

    def save(self):
        """Note it for later commands."""
        path = PIDS / f"{self.name}.json"
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(self)))
        fresh.replace(path)

    def forget(self):
        """Remove the note."""
        (PIDS / f"{self.name}.json").unlink(missing_ok=True)

    def is_alive(self):
        """Return whether that very process still runs (a zombie does not)."""
        reap(self.pid)
        return birth(self.pid) == self.born


def noted(name):
    """Return the noted process of that name, or None; an unreadable note counts as none."""
    try:
        return Noted(**json.loads((PIDS / f"{name}.json").read_text()))
    except (FileNotFoundError, json.JSONDecodeError, TypeError):
        return None


def birth(pid):
    """Return when the process started, as text, or None when there is no such process or it is a zombie."""
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        try:
            state, *rest = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return None
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return None if state in "ZX" else f"{boot}/{rest[18]}"
    shown = subprocess.run(["ps", "-o", "state=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    state, _, started = shown.stdout.strip().partition(" ")
    return None if not started or state.startswith("Z") else started.strip()


def reap(pid):
    """Collect the exit status of a child of ours, so that it does not linger as a zombie."""
    if pid in _children:
        _children[pid].poll()


def start(name, command, env, *, cwd=ROOT):
    """Start a process in a session of its own, its output going to `.run/log/NAME.log`; note and return it."""
    log = log_path(name)
    if log.exists() and log.stat().st_size > LOG_KEEP:
        log.replace(log.with_suffix(".log.1"))
    with log.open("ab") as out:
        child = subprocess.Popen(
            [str(part) for part in command],
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    return note(name, child)


def note(name, child):
    """Note a process just started, under a name, and return it."""
    process = Noted(name, child.pid, birth(child.pid) or "")
    _children[child.pid] = child
    process.save()
    return process


def end(*processes, first=signal.SIGTERM, grace=10.0):
    """End noted processes and all they started, and forget them.

    Only the leaders are asked, with `first`: they know how to end their own children (a Celery worker lets a task
    finish). What has not ended after `grace` seconds is killed with its whole group.
    """
    known = [process for process in processes if process is not None]
    for process in known:
        if process.is_alive():
            _signal(os.kill, process.pid, first)
    limit = time.monotonic() + grace
    while any(process.is_alive() for process in known) and time.monotonic() < limit and not Stop.impatient():
        time.sleep(0.05)
    for process in known:
        if process.is_alive():
            _signal(os.killpg, process.pid, signal.SIGKILL)
            _signal(os.kill, process.pid, signal.SIGKILL)  # one in the foreground leads no group
            _await(lambda dying=process: not dying.is_alive(), 5.0)
        for pid in left_behind(process.pid):
            _signal(os.kill, pid, signal.SIGKILL)
        process.forget()


def left_behind(leader):
    """Return the processes of a dead leader's group that carry our mark (Linux; elsewhere none can be told).

    A number that a living process has again leads another group.
    """
    if birth(leader) is not None:
        return []
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError, ValueError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[2]) != leader or fields[0] in "ZX":
                continue
            if f"{MARK}={ROOT}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
    return found


def log_path(name):
    """Return the log of a process or step."""
    return LOGS / f"{name}.log"


def tail(name, lines=20):
    """Return the last lines of a log."""
    try:
        with log_path(name).open("rb") as log:
            log.seek(0, os.SEEK_END)
            log.seek(max(0, log.tell() - 20_000))
            return log.read().decode(errors="replace").splitlines()[-lines:]
    except FileNotFoundError:
        return []


def _signal(send, pid, number):
    with contextlib.suppress(ProcessLookupError, PermissionError):
        send(pid, number)


def _await(condition, seconds):
    limit = time.monotonic() + seconds
    while not condition() and time.monotonic() < limit:
        time.sleep(0.05)
