"""The door for workbooks: bytes in, typed cells or one refusal out, never half a file.

The bytes are unpacked and parsed in a child process with bounded memory and time (`child`), so a hostile file costs its
own process and nothing else. Not the thread or the worker that received it.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path, PurePath

from foundation.exchange.refusals import FileRefused

from .content import WorkbookContent
from .limits import DEFAULT, Limits

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[3]
CHILD = "foundation.exchange.sandbox.child"
_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_ERRORS_KEPT = 4_000


def read_workbook(data: bytes, *, filename: str, limits: Limits = DEFAULT) -> WorkbookContent:
    """Read an .xlsx file.

    Hidden sheets are returned and marked; formulas give their stored result. Raises FileRefused: wrong kind, encrypted,
    damaged, macros, too large, too slow, a cell outside of the limits, a DTD in its XML.
    """
    check_kind(data, filename, limits)
    answer = _ask_child(data, filename, limits)
    if "refused" in answer:
        raise FileRefused.from_dict(filename, answer["refused"])
    return WorkbookContent.from_wire(filename, answer)


def check_kind(data: bytes, filename: str, limits: Limits) -> None:
    """Raises FileRefused for what the first bytes and the name already tell against the file."""
    if not data:
        raise FileRefused("file_empty", filename=filename)
    if len(data) > limits.file_size:
        raise FileRefused("file_size", filename=filename, megabytes=limits.file_size // (1024 * 1024))
    suffix = PurePath(filename).suffix.lower()
    if data.startswith(_OLE2):
        raise FileRefused("file_encrypted" if _ENCRYPTED in data else "file_old_format", filename=filename)
    if suffix in (".xlsm", ".xltm", ".xlam"):
        raise FileRefused("file_macros", filename=filename)
    if suffix != ".xlsx" or not data.startswith(_ZIP):
        raise FileRefused("file_kind", filename=filename)


def _ask_child(data: bytes, filename: str, limits: Limits) -> dict:
    # -S: the standard library is enough, and skipping site-packages halves the start. -E and an empty environment:
    # nothing of the application's settings reaches the process that touches the file.
    command = [sys.executable, "-S", "-E", "-m", CHILD, limits.dump()]
    try:
        done = subprocess.run(  # noqa: S603 - own interpreter, own module, no shell
            command, input=data, capture_output=True, timeout=limits.wall_seconds, cwd=ROOT, env={}, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise FileRefused("file_too_slow", filename=filename) from error
    if done.returncode == 0:
        return json.loads(done.stdout)
    raise failure_of(done.returncode, done.stderr, filename)


def failure_of(status: int, errors: bytes, filename: str) -> FileRefused:
    """What to say when the child ended without an answer; what is our own fault is logged."""
    if status < 0:
        # Killed by its processor limit, or by the kernel for want of memory.
        return FileRefused("file_too_slow", filename=filename)
    log.error("Workbook reader failed with %s: %s", status, errors[-_ERRORS_KEPT:].decode(errors="replace"))
    return FileRefused("file_unreadable", filename=filename)
