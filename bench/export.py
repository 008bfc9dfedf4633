"""`./dev bench export`: taking out 50,000 people × 20 columns as xlsx, against openpyxl in the same run.

The product's figure is its whole way: a question, the keys of who answers, their rows, the file, the entry in the audit.
Floors get the very texts of that file as lists in memory and only write them: openpyxl as it is used commonly and in its
write-only mode, both with the one format in every cell, and without any format. The writer alone stands beside.
"""

import argparse
import io
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cadremgmt.settings.try_out")
django.setup()

import openpyxl  # noqa: E402 - after setup
from django.utils import timezone  # noqa: E402
from openpyxl.cell import WriteOnlyCell  # noqa: E402
from openpyxl.styles import Alignment, Border, Font, Side  # noqa: E402

from bench.people import generate  # noqa: E402
from bench.recording import write  # noqa: E402
from foundation.common.actors import SystemActor  # noqa: E402
from foundation.exchange.reports.long_sheets import LongSheet, write_long  # noqa: E402
from officials.models import Official  # noqa: E402
from officials.rules.questions import EVERYBODY, parse_question  # noqa: E402
from officials.selectors.roster import people_for  # noqa: E402
from officials.services.roster_exports import SheetOrder, export_sheet  # noqa: E402

PEOPLE = 50_000
TIMES = 5.0
ACTOR = SystemActor("bench")
COLUMNS = (
    "name", "unit", "post_text", "sex", "ethnicity", "birth", "age", "native_place", "politics", "party", "work",
    "full_education", "full_school", "service_education", "service_school", "post_since", "level", "rank", "rank_since",
    "id_number",
)  # fmt: skip


def whole_way() -> bytes:
    """As the page does it: question, keys in the roster's order, file."""
    question = parse_question({"status": [EVERYBODY]})
    people = people_for(ACTOR, question, today=timezone.localdate()).in_team_order()
    keys = list(people.values_list("pk", flat=True)[:PEOPLE])
    return export_sheet(actor=ACTOR, keys=keys, order=SheetOrder(columns=COLUMNS)).content


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


def writer_alone(rows) -> bytes:
    """The sheet as exports write it, its rows in memory."""
    return write_long([LongSheet("名册", "名册", COLUMNS, [12] * len(COLUMNS), rows)])


def seconds(make) -> tuple[float, bytes]:
    """Time of one run by the clock, and the file."""
    began = time.perf_counter()
    made = make()
    return time.perf_counter() - began, made


def _most_memory() -> int:
    """The most memory that this process has held, in kilobytes; Linux only (`ru_maxrss` would count the parent's)."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text("ascii"))[1])


def memory() -> None:
    """Print the megabytes that one export adds to a process of its own."""
    Official.objects.system().first()
    before = _most_memory()
    whole_way()
    print((_most_memory() - before) // 1024)


def main() -> int:
    """Generate, measure, say what misses the goal. Exit status 1 when it is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="take out people of an earlier run")
    parser.add_argument("--memory", action="store_true", help="only print the megabytes of one export")
    options = parser.parse_args()
    if options.memory:
        memory()
        return 0
    if not options.keep:
        generate(PEOPLE)
    whole, made = min((seconds(whole_way) for _ in range(3)), key=lambda run: run[0])
    sheet = openpyxl.load_workbook(io.BytesIO(made), read_only=True).worksheets[0]
    rows = [[value or "" for value in row] for row in sheet.iter_rows(min_row=3, values_only=True)]
    if (len(rows), len(rows[0])) != (PEOPLE, len(COLUMNS)):
        raise SystemExit(f"The file holds {len(rows)} × {len(rows[0])}.")
    alone = min(seconds(lambda: writer_alone(rows))[0] for _ in range(3))
    print(f"whole way                 {whole:6.2f} s {len(made) / 1e6:6.1f} MB")
    print(f"writer alone              {alone:6.2f} s")
    found = {}
    for name, make in (
        ("openpyxl", lambda: by_openpyxl(rows, streamed=False)),
        ("openpyxl, write-only", lambda: by_openpyxl(rows, streamed=True)),
        ("openpyxl, write-only, bare", lambda: plain_openpyxl(rows)),
    ):
        found[name], floor_file = seconds(make)
        ratio = found[name] / whole
        print(
            f"{name:25} {found[name]:6.2f} s {len(floor_file) / 1e6:6.1f} MB {ratio:5.1f} × {found[name] / alone:5.1f} ×"
        )
    asked = subprocess.run(
        [sys.executable, "-m", "bench.export", "--memory"], capture_output=True, text=True, check=True
    )
    ratios = {name: round(taken / whole, 1) for name, taken in found.items()}
    write("export", whole=round(whole, 2), alone=round(alone, 2), times=ratios, megabytes=int(asked.stdout))
    return 0 if found["openpyxl"] >= TIMES * whole else 1


if __name__ == "__main__":
    raise SystemExit(main())
