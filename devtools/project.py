"""Where things are, and the environment a child process gets."""

import hashlib
import os
import stat
from pathlib import Path

from .console import Trouble

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUN = ROOT / ".run"
"""The one folder with everything the commands make at run time: databases, queue, logs, keys, media."""
LOGS = RUN / "log"
PIDS = RUN / "pids"
MARK = "CADRE_DEV_ROOT"
"""Environment variable every started process carries, so that its forgotten children can be told from strangers."""

SOCKET_PATH_LIMIT = 100
"""A unix socket's address has room for 107 bytes on Linux and 103 on macOS."""
LONGEST_SOCKET_NAME = len(".s.PGSQL.5432")
FOREIGN = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "CELERY_BROKER_URL")


def make_run_dir():
    """Make `.run` and its inner folders, readable by their owner only."""
    try:
        for folder in (RUN, LOGS, PIDS):
            folder.mkdir(mode=0o700, exist_ok=True)
        if not os.access(RUN, os.W_OK) or RUN.stat().st_uid != os.geteuid():
            raise PermissionError
    except PermissionError:
        raise Trouble(
            f"{RUN} belongs to another user: this folder was used by somebody else (root?) before.\n"
            "Run ./dev as that user, or let that user remove it with ./dev reset."
        ) from None


def socket_dir():
    """Return the folder of the servers' unix sockets, 0700: inside `.run`, or below /tmp when that path is too long.

    URLs carry the path, so one with characters outside plain ASCII also goes to the short folder.
    """
    inside = RUN / "socket"
    text = str(inside)
    if len(text) + 1 + LONGEST_SOCKET_NAME <= SOCKET_PATH_LIMIT and text.isascii() and not set(text) & set(" ?#%&+,"):
        inside.mkdir(mode=0o700, exist_ok=True)
        return inside
    digest = hashlib.sha256(os.fsencode(ROOT)).hexdigest()[:12]
    short = Path("/tmp") / f"cadre-{os.geteuid()}-{digest}"  # noqa: S108 - its owner and rights are checked below
    short.mkdir(mode=0o700, exist_ok=True)
    found = short.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or stat.S_IMODE(found.st_mode) != 0o700:
        raise Trouble(f"{short} is not a private folder of this user; remove it and try again.")
    return short


def child_environment(**values):
    """Return the environment of a child: the user's, without what would lead it to another project or database."""
    env = {
        name: value
        for name, value in os.environ.items()
        if name not in FOREIGN and not (name.startswith("PG") and name != "PG_BIN")
    }
    env |= {MARK: str(ROOT), "PYTHONUNBUFFERED": "1", "PATH": f"{VENV / 'bin'}:{env.get('PATH', os.defpath)}"}
    env |= {name: str(value) for name, value in values.items()}
    return env
