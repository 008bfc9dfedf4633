"""The chain outside the database: one line per seal in a file that the database's masters cannot reach.

Put the file on another host, or print it every month: whoever rewrites the whole chain cannot rewrite the paper.
"""

import fcntl
import json
import os
from datetime import UTC
from pathlib import Path

from ..models import Seal


def line_of(seal) -> str:
    """One seal as one line of JSON."""
    facts = {
        "number": seal.number,
        "sealed_at": seal.sealed_at.astimezone(UTC).isoformat(timespec="seconds"),
        "from_xact": seal.from_xact,
        "to_xact": seal.to_xact,
        "rows": seal.rows,
        "digest": bytes(seal.digest).hex(),
    }
    return json.dumps(facts)


def read_export(path) -> list[dict]:
    """The exported seals in the order of the file. Raises ValueError naming a line that cannot be read."""
    found = []
    with Path(path).open(encoding="utf-8") as lines:
        for position, line in enumerate(lines, start=1):
            try:
                facts = json.loads(line)
                found.append({"number": int(facts["number"]), "digest": bytes.fromhex(facts["digest"])})
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{path}: line {position} is not an exported seal") from error
    return found


def append_to_export(path) -> int:
    """Append every seal that the file lacks, also those an earlier run could not write; returns how many.

    Called after the seals are committed. The file is locked, so two processes cannot append the same line.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        known = max((seal["number"] for seal in read_export(path)), default=0)
        written = 0
        for seal in Seal.objects.filter(number__gt=known).order_by("number").defer("leaves").iterator():
            file.write(line_of(seal) + "\n")
            written += 1
        file.flush()
        os.fsync(file.fileno())
    return written
