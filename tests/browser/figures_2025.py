"""The figures of 2025 that the finance department of Heshan answers for, cut out of the office's files."""

import csv
import io

from tests.support import heshan

FINANCE, BUREAU = "市财政局", "市司法局"
OWN = {"GENERAL": "G09", "SOCIAL": "S04", "OPTIMISED": "T03", "KEY": "T03", "ECOLOGICAL": "T03"}
OWN_NAMES = {"三公经费支出", "民生实事完成投资", "一般公共预算收入"}
SLIPS = {("市委党校", "G09"): "85670.4", (BUREAU, "S04"): "448.2"}  # typed for 856704, which is noticed, and for 4482


def lines_of(name, keep) -> bytes:
    """Those lines of one of the demo's tables that `keep` wants."""
    with (heshan.DEMO / name).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(row for row in rows if keep(row))
    return out.getvalue().encode()


def own_figures():
    """Figure and target of the finance department by category and unit, as the office's workbook has them."""
    names, found = heshan.units(), {category: {} for category in OWN}
    for row in heshan.scores("scores-2025.xlsx", 2025).rows:
        v = row.values
        if row.kind == "score" and OWN.get(v["category"]) == v["indicator"]:
            typed = (v["figure"], v["target"]) if v["is_applicable"] else ("不适用：该单位无此项任务", "")
            found[v["category"]][names[v["unit"]]] = typed
    return found


def without_finance(sheet):
    """Empty the columns of the finance department in a sheet of the workbook, figures and targets."""
    cells = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    heads = [cell for cell in cells if cell.value.replace("\n", "").partition("（")[0] in OWN_NAMES]
    for head in heads:
        for row in range(head.row + 1, sheet.max_row + 1):
            if isinstance(sheet.cell(row, 1).value, int):
                sheet.cell(row, head.column).value = None
            elif sheet.cell(row, 2).value != "计量单位":
                break
