"""csv tables: bytes in, numbered rows by column name out. Standard library only; no child is needed for plain text."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass

from foundation.exchange.refusals import FileRefused
from foundation.exchange.rows import Finding, Level

FILE_SIZE = 10 * 1024 * 1024
ROWS = 60_000
_DELIMITERS = (",", "\t", ";", "，")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTAINERS = (b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"), b"%PDF")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One record: its number as a spreadsheet shows it (the header is row 1) and its cells by column name, as written."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A csv file: `name` is the file's, for the places of findings. `findings` are rows of another length than the header."""

    name: str
    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
    findings: tuple[Finding, ...] = ()
    encoding: str = "utf-8"
    delimiter: str = ","


def read_csv(data: bytes, *, filename: str = "csv") -> Table:
    """Read utf-8 (with or without mark), GBK/GB 18030 or utf-16, separated by comma, tab, semicolon or full-width comma.

    Empty lines are left out. Raises FileRefused when the file is no such table.
    """
    if not data.strip():
        raise FileRefused("file_empty", filename=filename)
    if len(data) > FILE_SIZE:
        raise FileRefused("file_size", filename=filename, megabytes=FILE_SIZE // (1024 * 1024))
    text, encoding = _decode(data, filename)
    delimiter = _delimiter(text)
    records = _records(text, delimiter, filename)
    if not records:
        raise FileRefused("csv_no_header", filename=filename)
    header = _header(records[0][1], filename)
    rows, findings = [], []
    for number, cells in records[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        extra = [cell for cell in cells[len(header) :] if cell.strip()]
        if extra:
            findings.append(Finding(Level.ERROR, "row_too_long", filename, number, "", extra[0]))
        elif len(cells) < len(header):
            # Spreadsheet programs leave out empty cells at the end of a row.
            findings.append(Finding(Level.WARNING, "row_too_short", filename, number))
        padded = cells + [""] * (len(header) - len(cells))
        rows.append(TableRow(number, {name: padded[i] for i, name in enumerate(header) if name}))
    return Table(filename, tuple(name for name in header if name), tuple(rows), tuple(findings), encoding, delimiter)


def _decode(data: bytes, filename: str) -> tuple[str, str]:
    if data.startswith(_CONTAINERS):
        raise FileRefused("csv_kind", filename=filename)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding, filename), encoding
    if b"\0" in data:
        # utf-16 without a mark: text of Latin letters and digits has every other byte empty.
        encoding = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        return _strictly(data, encoding, filename), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _strictly(data, "gb18030", filename), "gb18030"


def _strictly(data: bytes, encoding: str, filename: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileRefused("csv_encoding", filename=filename) from error
    if "\0" in text:
        raise FileRefused("csv_kind", filename=filename)
    return text


def _delimiter(text: str) -> str:
    """The separator that occurs most often in the header line; comma when none does."""
    header = text.lstrip().partition("\n")[0]
    return max(_DELIMITERS, key=header.count)


def _records(text: str, delimiter: str, filename: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[tuple[int, list[str]]] = []
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number > ROWS:
                raise FileRefused("csv_rows", filename=filename, sheet=filename, row=number, limit=ROWS)
            if cells:
                records.append((number, cells))
    except csv.Error as error:
        raise FileRefused("csv_broken", filename=filename, sheet=filename, row=number + 1) from error
    return records


def _header(cells: list[str], filename: str) -> list[str]:
    header = [cell.strip().lstrip("\ufeff") for cell in cells]
    named = [name for name in header if name]
    if not named:
        raise FileRefused("csv_no_header", filename=filename)
    twice = next((name for name in named if named.count(name) > 1), None)
    if twice:
        raise FileRefused("csv_columns_twice", filename=filename, sheet=filename, row=1, column=twice, name=twice)
    return header
