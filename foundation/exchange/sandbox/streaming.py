"""The door for long workbooks: the same child and the same checks as `reader`, but the rows come one after the other.

Nothing is held of the file but the part under work. A refusal may come after rows were read: whoever reads must be able to
take back what it made of them (one transaction).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from foundation.exchange.refusals import FileRefused

from .content import Cell, SheetContent, cells_of
from .limits import Limits
from .reader import CHILD, ROOT, check_kind, failure_of

Row = tuple[int, bool, dict[int, Cell]]
"""A row: its number, whether it is hidden, its filled cells by column."""


class SheetRows:
    """One sheet: what is known before its rows, then the rows, once."""

    def __init__(self, name: str, hidden: bool, about: dict[str, Any], rows: Iterator[Row]) -> None:
        self.name, self.hidden, self.last_row, self.rows = name, hidden, about["last_row"], rows
        self.merged = tuple(tuple(area) for area in about["merged"])
        self.hidden_columns = tuple((first, last) for first, last in about["hidden_columns"])

    def content(self, rows: list[Row]) -> SheetContent:
        """The sheet as far as these rows go."""
        return SheetContent(
            self.name,
            self.hidden,
            {(number, column): cell for number, _hidden, cells in rows for column, cell in cells.items()},
            self.merged,
            frozenset(number for number, is_hidden, _cells in rows if is_hidden),
            self.hidden_columns,
        )


def rows_of_content(sheet: SheetContent) -> SheetRows:
    """A sheet that was read as a whole, as rows."""
    about = {"merged": sheet.merged, "hidden_columns": sheet.hidden_columns, "last_row": max(sheet.rows, default=0)}
    rows = ((number, number in sheet.hidden_rows, sheet.rows[number]) for number in sorted(sheet.rows))
    return SheetRows(sheet.name, sheet.hidden, about, rows)


@contextmanager
def open_sheets(data: bytes, *, filename: str, limits: Limits) -> Iterator[Iterator[SheetRows]]:
    """The sheets of an .xlsx file in their order; rows that are not taken before the next sheet are passed over.

    Raises FileRefused as `reader.read_workbook`, here or while rows are taken.
    """
    check_kind(data, filename, limits)
    command = [sys.executable, "-S", "-E", "-m", CHILD, limits.dump(), "rows"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env={}, **pipes) as child:  # noqa: S603 - own interpreter, own module
        errors: list[bytes] = []
        threads = (Thread(target=_feed, args=(child, data)), Thread(target=_collect, args=(child, errors)))
        del data
        for thread in threads:
            thread.start()
        try:
            yield _sheets(_lines(child, filename, errors))
        finally:
            child.kill()
            for thread in threads:
                thread.join()


def _feed(child, data: bytes) -> None:
    try:
        child.stdin.write(data)
        child.stdin.close()
    except (BrokenPipeError, ConnectionResetError):
        return  # the child ended before it had read all: its last line or its status says why


def _collect(child, errors: list[bytes]) -> None:
    errors.append(child.stderr.read())


def _lines(child, filename: str, errors: list[bytes]) -> Iterator[dict[str, Any]]:
    for line in child.stdout:
        told = json.loads(line)
        if "refused" in told:
            raise FileRefused.from_dict(filename, told["refused"])
        yield told
        if "end" in told:
            return
    raise failure_of(child.wait(), b"".join(errors), filename)


def _sheets(lines: Iterator[dict[str, Any]]) -> Iterator[SheetRows]:
    head = next(lines)
    told = next(lines)
    while "sheet" in told:
        name, hidden = head["sheets"][told["sheet"]]
        following: list[dict[str, Any]] = []
        sheet = SheetRows(name, hidden, told, _rows(lines, head["formats"], following))
        yield sheet
        for _row in sheet.rows:
            pass
        told = following[0]


def _rows(lines, formats: list[str], following: list[dict[str, Any]]) -> Iterator[Row]:
    """The rows of a sheet; the line after them goes to `following`."""
    for told in lines:
        if "rows" not in told:
            following.append(told)
            return
        hidden = set(told["hidden_rows"])
        for number, wire in told["rows"]:
            yield number, number in hidden, cells_of(number, wire, formats)
