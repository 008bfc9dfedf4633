"""Text for spreadsheet programs, which run what looks like a formula."""

import csv
from collections.abc import Iterable, Iterator

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as GBK


def harmless(value) -> str:
    """The value as cell text that no spreadsheet program runs: an apostrophe goes before what could be a formula.

    Numbers keep their minus sign: they are no text.
    """
    text = "" if value is None else str(value)
    if isinstance(value, int | float):
        return text
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


class _Echo:
    """A file that hands back what is written."""

    def write(self, value):
        """Return the line."""
        return value


def csv_lines(header: Iterable, rows: Iterable[Iterable]) -> Iterator[str]:
    """A csv file line by line, for streaming: byte order mark, header, rows; every cell harmless."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow([harmless(cell) for cell in header])
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])
