"""What importing a roster costs at the least: the floors that `bench.import_people` sets the product against.

`bare`: calamine reads the cells, COPY puts them as text into a table without keys, checks or history.
`finished`: calamine reads the cells, one compiled rule looks at each, and COPY puts the finished rows of all sets (posts,
people, posts held, ranks, education) into the product's own tables, one COPY a table: its keys, indexes, checks, history
and triggers work as they do for the product. It keeps no rows for a preview and no list of changes for an undo.
"""

import io
import re
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

from bench.nation import _untriggered
from bench.recording import Cost, costing
from officials.rules.identity_number import check_character

TABLES = (
    "organizations_post", "officials_official", "officials_postholding", "officials_rankholding", "officials_education",
)  # fmt: skip
"""What a roster fills, in the order of the foreign keys."""
_MONTH = re.compile(r"(?:\d{4}\.\d\d)?", re.ASCII)
_TEXT = re.compile(r"[^\x00-\x1f]{0,200}")
_NUMBER = re.compile(r"\d{17}[\dX]", re.ASCII)
_PHONE = re.compile(r"1\d{10}", re.ASCII)
_MONTHS = ("出生年月", "入党时间", "参加工作时间", "任现职时间", "任现职务层次时间", "任现职级时间", "公务员登记时间")


def read(path: Path) -> list[list]:
    """The rows of the sheet with their header, by calamine."""
    from python_calamine import CalamineWorkbook  # only a benchmark needs it

    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[1:]


def _rule(header: str) -> Callable[[str], object]:
    if header == "身份证号":
        return lambda text: _NUMBER.fullmatch(text) and text[17] == check_character(text[:17])
    if header == "手机号码":
        return _PHONE.fullmatch
    return _MONTH.fullmatch if header in _MONTHS else _TEXT.fullmatch


def check(rows: list[list]) -> None:
    """One compiled rule a cell."""
    header, *people = rows
    rules = [_rule(name) for name in header]
    for row in people:
        for rule, text in zip(rules, row, strict=True):
            if not rule(text):
                raise SystemExit(f"not a good cell: {text}")


def copy_bare(rows: list[list]) -> None:
    """The cells as text in a table of its own."""
    with transaction.atomic(), connection.cursor() as cursor:
        columns = ", ".join(f"c{place} text" for place in range(len(rows[0])))
        cursor.execute(f"CREATE TEMP TABLE bare ({columns}) ON COMMIT DROP")
        lines = io.StringIO("\n".join("\t".join(map(str, row)) for row in rows[1:]) + "\n")
        cursor.copy_expert("COPY bare FROM STDIN", lines)


@contextmanager
def finished_rows():
    """The rows that stand in the tables, taken out as COPY takes them in; the tables are empty meanwhile and afterwards."""
    taken = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(
                "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM information_schema.columns"
                " WHERE table_name = %s AND is_generated = 'NEVER'",
                [table],
            )
            (names,) = cursor.fetchone()
            taken[table, names] = lines = io.StringIO()
            ask = f"COPY (SELECT {names} FROM {table} ORDER BY id) TO STDOUT"  # noqa: S608 - our own tables
            cursor.copy_expert(ask, lines)
            lines.seek(0)
        with _untriggered(cursor, TABLES):
            cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
    yield taken


def copy_finished(taken: dict) -> None:
    """Each table in one COPY, all in one transaction, as one county's import is."""
    with transaction.atomic(), connection.cursor() as cursor:
        for (table, names), lines in taken.items():
            cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", lines)


def floors(path: Path) -> dict[str, Cost]:
    """What each step costs. The record must hold what the product made of this file; it is emptied for it."""
    with costing() as reading:
        rows = read(path)
    with costing() as checking:
        check(rows)
    with costing() as bare:
        copy_bare(rows)
    with finished_rows() as taken, costing() as finished:
        copy_finished(taken)
    return {"bare": reading + bare, "finished": reading + checking + finished}
