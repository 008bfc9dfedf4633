"""The child process: `python -S -m foundation.exchange.sandbox.child LIMITS < workbook > json`.

It limits itself before it reads a byte, and prints either the whole workbook or one refusal, never a part.
Standard library only, so it starts in some 30 ms and holds no connection, setting or secret of the application.
"""

from __future__ import annotations

import json
import math
import resource
import sys
from typing import Any

from .container import Container
from .limits import Limits, Refusal
from .markup import read_xml
from .parts import read_book
from .sheet import SheetReader, Tally

# Made in advance: after a MemoryError there may be no room to make it.
_NO_MEMORY = json.dumps({"refused": Refusal("file_too_large").as_dict()}).encode()


def limit_self(limits: Limits) -> None:
    """Address space, processor time, no files written, no core dump. Lowering cannot be taken back."""
    seconds = math.ceil(limits.wall_seconds)
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(data: bytes, limits: Limits) -> dict[str, Any]:
    """The workbook as JSON types. Raises Refusal."""
    container = Container(data, limits)
    book = read_book(container)
    tally = Tally(limits)
    sheets = []
    for name, hidden, part in book.sheets:
        reader = SheetReader(name, book, tally)
        read_xml(container.chunks(part), start=reader.start, end=reader.end, text=reader.text)
        sheets.append(reader.result() | {"hidden": hidden})
    return {"sheets": sheets, "formats": book.formats}


def main() -> int:
    limits = Limits.load(sys.argv[1])
    limit_self(limits)
    try:
        answer = json.dumps(read(sys.stdin.buffer.read(), limits), ensure_ascii=False, separators=(",", ":")).encode()
    except Refusal as refusal:
        answer = json.dumps({"refused": refusal.as_dict()}).encode()
    except MemoryError:
        answer = _NO_MEMORY
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
