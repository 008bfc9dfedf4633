"""The try-out as a user meets it: `./dev run` on a copy of the whole project, killed, started again, stopped."""

import contextlib
import json
import os
import shutil
import signal
import socket
import threading
import urllib.request

import pytest

from devtools import project

from .conftest import Project

pytestmark = pytest.mark.fault
KEEP_OUT = ("__pycache__", ".*", "tests", "bench", "docs", "node_modules")
SERVICES = ("beat", "postgres", "valkey", "web", "worker")


@pytest.fixture(scope="module")
def whole_project(tmp_path_factory):
    """A copy of the project; the installed packages are shared."""
    root = tmp_path_factory.mktemp("tryout") / "project"
    shutil.copytree(project.ROOT, root, ignore=shutil.ignore_patterns(*KEEP_OUT))
    (root / ".venv").symlink_to(project.VENV.resolve())
    made = Project(root)
    yield made
    made.dev("stop")


class TryOut:
    """A running `./dev run`: its address, its output, its end."""

    def __init__(self, whole_project):
        with contextlib.closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = whole_project.start("run", "--port", str(self.port))
        self.lines = []
        for line in self.process.stdout:
            self.lines.append(line)
            if "stop: Ctrl-C" in line:
                break
        assert self.process.poll() is None, self.text
        # its pipe is emptied for it from here on, or it would stop at a full one
        threading.Thread(target=lambda: self.lines.extend(self.process.stdout), daemon=True).start()

    @property
    def text(self):
        return "".join(self.lines)

    def status_of(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}") as answer:  # noqa: S310 - our own loopback
            return answer.status

    def end(self, number=signal.SIGINT):
        self.process.send_signal(number)
        return self.process.wait(120)


def pid_of(whole_project, name):
    return json.loads((whole_project.root / ".run/pids" / f"{name}.json").read_text())["pid"]


def test_it_starts_serves_names_its_accounts_and_stops_without_leaving_a_process(whole_project):
    tryout = TryOut(whole_project)
    assert f"http://127.0.0.1:{tryout.port}/" in tryout.text
    assert "考核办" in tryout.text, "the accounts are shown"
    assert tryout.status_of("/sign-in/") == 200

    second = whole_project.dev("run", "--port", "1")
    assert second.returncode == 1
    assert f"already running (process {tryout.process.pid}): http://127.0.0.1:{tryout.port}/" in second.stderr

    assert tryout.end() == 0
    assert whole_project.processes() == {}


def test_killed_itself_the_next_start_takes_over_what_it_left(whole_project):
    tryout = TryOut(whole_project)
    left = {name: pid_of(whole_project, name) for name in SERVICES}
    assert tryout.end(signal.SIGKILL) == -signal.SIGKILL
    again = TryOut(whole_project)
    now = {name: pid_of(whole_project, name) for name in SERVICES}
    assert again.status_of("/sign-in/") == 200
    assert {name for name in SERVICES if now[name] == left[name]} == {"postgres", "valkey"}
    assert again.end(signal.SIGTERM) == 0
    assert whole_project.processes() == {}


@pytest.mark.parametrize("name", ["worker", "postgres"])  # one of the three processes, one of the two servers
def test_a_killed_process_is_named_and_the_next_start_works(whole_project, name):
    tryout = TryOut(whole_project)
    os.kill(pid_of(whole_project, name), signal.SIGKILL)
    assert tryout.process.wait(120) == 1
    assert f"{name} died" in tryout.text
    assert whole_project.processes() == {}


def test_a_port_in_use_is_said_before_anything_starts(whole_project):
    with contextlib.closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = whole_project.dev("run", "--port", str(taken.getsockname()[1]))
    assert refused.returncode == 1
    assert "is not free" in refused.stderr
    assert whole_project.processes() == {}


def test_every_kill_can_be_followed_by_a_start(whole_project):
    tryout = TryOut(whole_project)
    for pid in [tryout.process.pid, *whole_project.processes()]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    tryout.process.wait(10)
    again = TryOut(whole_project)
    assert again.status_of("/sign-in/") == 200
    assert again.end() == 0
    assert whole_project.processes() == {}
