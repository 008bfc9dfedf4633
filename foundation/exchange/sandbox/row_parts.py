"""A workbook printed in parts: first what must be known of a sheet, then its cells, some thousand at a time. Runs in the child.

Lines: {formats, sheets: [[name, hidden]]}; per sheet {sheet, merged, hidden_columns, last_row}, then {rows, hidden_rows}
as often as needed; at the end {end: true}.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .container import Container
from .limits import Limits
from .markup import Attributes, read_xml
from .parts import Book, read_book
from .sheet import SheetReader, Tally

PART = 4_000
_BEGIN, _END = b"<sheetData", b"</sheetData"
Tell = Callable[[dict[str, Any]], None]


def print_rows(data: bytes, limits: Limits, tell: Tell) -> None:
    """Tell everything, part by part. Raises Refusal, also after parts were told."""
    container = Container(data, limits)
    del data
    book = read_book(container)
    tell({"formats": book.formats, "sheets": [[name, hidden] for name, hidden, _part in book.sheets]})
    tally = Tally(limits)
    for place, (name, _hidden, part) in enumerate(book.sheets):
        frame = SheetReader(name, book, Tally(limits))
        read_frame(container, part, frame)
        about = {"merged": frame.merged, "hidden_columns": frame.hidden_columns, "last_row": frame.last_row}
        tell({"sheet": place} | about)
        reader = RowReader(name, book, tally, tell)
        read_xml(container.chunks(part), start=reader.start, end=reader.end, text=reader.text)
        reader.flush()
    tell({"end": True})


def read_frame(container: Container, part: str, reader: SheetReader) -> None:
    """What stands around the rows: merged ranges come behind them, and headers cannot be read without."""
    read_xml(without_rows(container.chunks(part, is_counted=False)), start=reader.start)


def without_rows(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes before `<sheetData` and from `</sheetData` on, as an empty element; all bytes where nothing is so named.

    Only to look ahead: the part is read as a whole afterwards, and refused then if it is not well formed.
    """
    before, kept, inside = True, b"", False
    for chunk in chunks:
        kept += chunk
        if before and (at := kept.find(_BEGIN)) >= 0:
            yield kept[:at] + b"<sheetData>"
            before, inside, kept = False, True, kept[at:]
        if inside:
            at = kept.find(_END)
            if at >= 0:
                yield kept[at:]
                inside, kept = False, b""
            elif kept.startswith(_BEGIN) and b">" in kept and b"/>" in kept.split(b">", 1)[0] + b">":
                yield b"</sheetData>" + kept.split(b">", 1)[1]
                inside, kept = False, b""
            else:
                kept = kept[-len(_END) :] if len(kept) > 256 else kept
        else:
            length = len(kept) - (len(_BEGIN) if before else 0)
            if length > 0:
                yield kept[:length]
                kept = kept[length:]
    if not inside:
        yield kept


class RowReader(SheetReader):
    """Handlers for one sheet part that tell the cells as soon as enough whole rows are read."""

    def __init__(self, name: str, book: Book, tally: Tally, tell: Tell) -> None:
        super().__init__(name, book, tally)
        self._tell = tell

    def _begin_row(self, attributes: Attributes) -> None:
        if self.filled >= PART:
            self.flush()
        super()._begin_row(attributes)

    def flush(self) -> None:
        """Tell what was read since the last time."""
        if self.rows:
            self._tell({"rows": self.rows, "hidden_rows": self.hidden_rows})
            self.rows, self.hidden_rows, self.filled = [], [], 0
