"""How large a file may be and how long reading it may take. Shared by the parent and the child; no Django here."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one workbook. The default suits a score workbook (some 70 units and 30 indicators) with room to spare.

    Sizes are bytes, `wall_seconds` is the clock on the wall and, rounded up, the processor time (1.8 leaves room for
    starting and ending within 2 s); `memory` is the whole address space of the child. `inflated` bounds all parts together after unpacking, `ratio` a single large part.
    """

    file_size: int = 10 * MEGABYTE
    inflated: int = 48 * MEGABYTE
    ratio: int = 250
    ratio_from: int = 1 * MEGABYTE
    directory: int = 1 * MEGABYTE
    parts: int = 2_000
    sheets: int = 60
    rows: int = 10_000
    columns: int = 256
    cells: int = 60_000
    merged: int = 10_000
    styles: int = 70_000
    text: int = 4_000_000
    cell_text: int = 32_767
    memory: int = 256 * MEGABYTE
    wall_seconds: float = 1.8

    def dump(self) -> str:
        """The limits as one argument of the child's command line."""
        return json.dumps(asdict(self))

    @classmethod
    def load(cls, text: str) -> Limits:
        return cls(**json.loads(text))


DEFAULT = Limits()
# Lists of people: 5,000 rows with 60 columns. Still within 300 MB, but more patience.
LARGE = Limits(rows=60_000, cells=400_000, text=16_000_000, memory=288 * MEGABYTE, wall_seconds=15.0)


def long_list(*, megabytes: int, rows: int) -> Limits:
    """Lists of people that are read row by row: what is held at a time is little, so the file may be long.

    `megabytes` bounds the file, `rows` its rows. Only the shared texts are held in the child; its memory stays bounded.
    `wall_seconds` is processor time alone here: the child waits while rows are checked and stored.
    """
    return Limits(
        file_size=megabytes * MEGABYTE,
        inflated=16 * megabytes * MEGABYTE,
        rows=rows,
        cells=rows * 40,
        text=rows * 600,
        memory=288 * MEGABYTE,
        wall_seconds=60 + rows / 500,
    )


class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault
    """The file is not taken: a code of `messages.TEXTS`, the place if there is one, and the values for its text."""

    def __init__(
        self, code: str, *, sheet: str = "", row: int | None = None, column: str = "", **params: object
    ) -> None:
        super().__init__(code)
        self.code = code
        self.sheet = sheet
        self.row = row
        self.column = column
        self.params = {key: str(value) for key, value in params.items()}

    def as_dict(self) -> dict[str, object]:
        return {"code": self.code, "sheet": self.sheet, "row": self.row, "column": self.column, "params": self.params}
