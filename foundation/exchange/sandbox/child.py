"""The child process: `python -S -m foundation.exchange.sandbox.child LIMITS [rows] < workbook > json`.

It limits itself before it reads a byte, and prints either the whole workbook or one refusal, never a part. With `rows` it
prints lines instead, the cells part by part (see `rows`); a refusal is then the last line.
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
from .row_parts import print_rows
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
    if sys.argv[2:] == ["rows"]:
        return _print_rows(limits)
    try:
        answer = json.dumps(read(sys.stdin.buffer.read(), limits), ensure_ascii=False, separators=(",", ":")).encode()
    except Refusal as refusal:
        answer = json.dumps({"refused": refusal.as_dict()}).encode()
    except MemoryError:
        answer = _NO_MEMORY
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return 0


def _print_rows(limits: Limits) -> int:
    def tell(line: dict[str, Any]) -> None:
        sys.stdout.buffer.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        sys.stdout.buffer.flush()

    try:
        print_rows(sys.stdin.buffer.read(), limits, tell)
    except Refusal as refusal:
        tell({"refused": refusal.as_dict()})
    except MemoryError:
        sys.stdout.buffer.write(_NO_MEMORY + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
