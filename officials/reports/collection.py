"""The collection workbook V2017.01 (信息采集表) written: all its sheets, drop-down lists, every cell a text. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from foundation.exchange.reports.long_sheets import LongSheet, write_long

from ..rules.collection_columns import NO, NOTES_SHEET, SHEETS, VERSION, YES, CollectionColumn, CollectionSheet
from ..rules.labels import LabelTable
from ..rules.partial_dates import DateUnreadable, parse_partial_date

NOTES = (
    "一、第1行为标题，第2行为表头，自第3行起填写；不得增删、改名或移动工作表和列。",
    "二、各表以姓名和身份证号对应同一人，两项须与“A01人员”一致。",
    "三、单元格一律为文本格式；日期填6位或8位数字，如198507、19850715。",
    "四、有代码表的项目填名称（见本表各列及下拉列表），不填代码。",
    "五、是否类项目填“是”或“否”；空白表示不涉及，导入时不改动已有内容。",
    "六、一次不超过2000人；照片另行打包（姓名身份证号.jpg）。",
)
Tables = Mapping[str, LabelTable]
_ENDS = {"ends"}


def write_collection(lines: Mapping[str, Iterable[Mapping[str, Any]]], tables: Tables, *, as_of: str = "") -> bytes:
    """The workbook. `lines`: values by column for each set; `tables`: the code tables whose labels are offered."""
    lists = [(YES + NO, (YES, NO)), *((name, tuple(tables[name].labels.values())) for name in sorted(tables))]
    ranges = {
        name: f"='{NOTES_SHEET}'!${letter}$3:${letter}${2 + len(words)}"
        for (name, words), letter in zip(lists, (xl_col_to_name(place) for place in range(2, 99)), strict=False)
    }
    made = [_notes(lists)]
    for sheet in SHEETS:
        columns = sheet.columns
        choices = {
            place: ranges[column.table or YES + NO] for place, column in enumerate(columns) if _is_chosen(column)
        }
        made.append(
            LongSheet(
                sheet.name,
                sheet.name.removeprefix(sheet.code),
                [column.header for column in columns],
                [column.width + 1 for column in columns],
                _rows(sheet, lines.get(sheet.set_name, ()), tables),
                as_of,
                choices,
            )
        )
    return write_long(made)


def _notes(lists: Sequence[tuple[str, Sequence[str]]]) -> LongSheet:
    """填报说明: the version, how to fill in, and the lists that cells may be chosen from."""
    columns = [(VERSION,), NOTES, *(words for _name, words in lists)]
    rows = [
        [column[place] if place < len(column) else "" for column in columns] for place in range(max(map(len, columns)))
    ]
    headings = ["版本", "填写说明", "是否", *(_heading(name) for name, _words in lists[1:])]
    return LongSheet(NOTES_SHEET, NOTES_SHEET, headings, [10, 60, *(16 for _ in lists)], rows)


def _heading(table: str) -> str:
    """Headers of the columns that a list is for."""
    found = (c.header for sheet in SHEETS for c in sheet.columns if c.table == table and c.kind != "code")
    return "、".join(dict.fromkeys(found))


def _is_chosen(column: CollectionColumn) -> bool:
    return column.kind == "flag" or (column.kind == "label" and bool(column.table))


def _rows(sheet: CollectionSheet, lines, tables: Tables):
    readers: list[Callable[[Mapping[str, Any]], str]] = [_reader(sheet, column, tables) for column in sheet.columns]
    for line in lines:
        yield [read(line) for read in readers]


def _reader(sheet: CollectionSheet, column: CollectionColumn, tables: Tables) -> Callable[[Mapping[str, Any]], str]:
    if column.kind == "code":
        table, source = tables[column.table], column.name.removesuffix("_code")
        return lambda line: _code(table, line.get(source) or "", is_sanction=bool(line.get("is_sanction")))
    if sheet.set_name == "units" and column.table:
        labels = tables[column.table].labels
        return lambda line: labels.get(line.get(column.name) or "", line.get(column.name) or "")
    if column.name in _ENDS:
        return lambda line: last_day_text(line.get(column.name))
    if column.kind == "day":
        return lambda line: day_text(line.get(column.name))
    return lambda line: written(line.get(column.name))


def _code(table: LabelTable, label: str, *, is_sanction: bool) -> str:
    """The code of a label; a sanction that the list does not have bears the code of all sanctions."""
    return table.match(label).code or ("02" if is_sanction and label else "")


def written(value: Any) -> str:
    """A value as the workbook has it: 是 and 否, dates in six or eight digits, a date that is no date as it stands."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, date):
        return f"{value:%Y%m}" if value.day == 1 else f"{value:%Y%m%d}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def day_text(value: date | str | None) -> str:
    """A date in six or eight digits, as far as it is known; a text that is none stays as it is."""
    if not isinstance(value, str) or not value:
        return written(value)
    try:
        return parse_partial_date(value).exchanged
    except DateUnreadable:
        return value


def last_day_text(value: date | None) -> str:
    """The last day of something: the month alone, when it ended with the month."""
    if value is None:
        return ""
    return f"{value:%Y%m}" if (value + timedelta(days=1)).day == 1 else f"{value:%Y%m%d}"
