"""The workbook of a whole cycle, written. A number stands as a number only where a spreadsheet keeps it to the last digit. Pure."""

import io
from datetime import date
from decimal import Decimal

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.exchange.reports.content import printable
from foundation.exchange.reports.workbooks import A4, FONT, SAFE, write_cell

from ..cycle_sheets import FIELDS

EXACT_DIGITS = 15  # of a double, whatever the number
CAPTIONS = {
    "unit": gettext_lazy("Unit"),
    "unit_name": gettext_lazy("Unit"),
    "code": gettext_lazy("Code"),
    "category": gettext_lazy("Category"),
    "indicator": gettext_lazy("Indicator"),
    "indicator_name": gettext_lazy("Indicator"),
    "group": gettext_lazy("Group of indicators"),
    "weight": gettext_lazy("Weight"),
    "method": gettext_lazy("Method"),
    "figure": gettext_lazy("Raw"),
    "target": gettext_lazy("Target"),
    "responsible_code": gettext_lazy("Responsible department"),
    "number": gettext_lazy("Number"),
    "points": gettext_lazy("Points"),
    "ground": gettext_lazy("Ground"),
    "document_no": gettext_lazy("Document"),
    "year": gettext_lazy("Year"),
    "rank": gettext_lazy("Rank"),
    "total": gettext_lazy("Total"),
    "base": gettext_lazy("Base"),
    "bonus": gettext_lazy("Bonus"),
    "deduction": gettext_lazy("Deduction"),
    "grade": gettext_lazy("Grade"),
    "id_masked": gettext_lazy("identity number"),
    "person": gettext_lazy("Mark of the person"),
}


def as_cell(value):
    """A value as the cell that gives it back to the last digit: days and long numbers as text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | Decimal):
        number = Decimal(value).normalize()
        return number if len(number.as_tuple().digits) <= EXACT_DIGITS else f"{number:f}"
    return None if value in (None, "") else printable(value)


def write_cycle(title: str, rows: dict[str, list[dict]]) -> bytes:
    """The workbook: a sheet for each list, with title, captions and field names above its rows."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, SAFE)
    base = {"font_name": FONT, "font_size": 10}
    styles = {
        "title": book.add_format({**base, "bold": True, "font_size": 14}),
        "caption": book.add_format({**base, "bold": True, "border": 1, "bg_color": "#E3E8EF"}),
        "field": book.add_format({**base, "border": 1, "font_color": "#6B7280", "font_size": 8}),
        "cell": book.add_format(base),
    }
    for name, fields in FIELDS.items():
        sheet = book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_column(0, len(fields) - 1, 14, styles["cell"])
        sheet.write_string(0, 0, printable(f"{title} {name}"), styles["title"])
        for place, field in enumerate(fields):
            sheet.write_string(1, place, str(CAPTIONS.get(field, field)), styles["caption"])
            sheet.write_string(2, place, field, styles["field"])
        sheet.freeze_panes(3, 0)
        sheet.repeat_rows(1, 2)
        sheet.set_footer("&C" + _("Page {page} of {pages}").replace("{page}", "&P").replace("{pages}", "&N"))
        for line, row in enumerate(rows.get(name, []), start=3):
            for place, field in enumerate(fields):
                write_cell(sheet, line, place, as_cell(row.get(field)), styles["cell"])
    book.close()
    return out.getvalue()
