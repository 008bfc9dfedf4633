"""The texts of imports: one per code, saying what was found and what to do. Rendered late, in the reader's language.

The place (sheet, row, column) is told by `where`, so no text repeats it. Codes are written by parsers (`rows.Finding`,
`rows.Reading`) and by the reading of files (`refusals.FileRefused`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .rows import Finding, Reading

FILES: Mapping[str, Any] = {
    "file_empty": _("The file is empty. Please choose the file again."),
    "file_size": _("The file is larger than %(megabytes)s MB. Please remove sheets and pictures that are not needed."),
    "file_kind": _("This is no .xlsx workbook. Please open it in the spreadsheet program and save it as “.xlsx”."),
    "file_old_format": _("This is a workbook in the old .xls format. Please save it as “.xlsx” and upload it again."),
    "file_encrypted": _(
        "The workbook is protected by a password to open it. Please remove the password and save it again."
    ),
    "file_macros": _("The workbook contains macros. Please save it as “.xlsx” without macros and upload it again."),
    "file_damaged": _(
        "The workbook is damaged or was cut off. Please open it, save it again as “.xlsx” and upload it again."
    ),
    "file_unreadable": _(
        "The workbook could not be read. Please save its figures in a new workbook; the administrator was told."
    ),
    "file_too_large": _(
        "Reading the workbook needs more memory than is allowed. Please upload only the sheets that are needed."
    ),
    "file_too_slow": _(
        "Reading the workbook takes longer than is allowed. Please upload only the sheets that are needed."
    ),
    "zip_bomb": _(
        "The workbook unpacks to an extraordinary size and was not read. Please save its figures in a new workbook."
    ),
    "xml_dtd": _(
        "The workbook contains a document type declaration, which workbooks never need. Please save it again as “.xlsx”."
    ),
    "cell_outside": _(
        "There is a filled cell far outside of the table; at most %(rows)s rows and %(columns)s columns are read."
        " Please delete this cell and save the workbook again."
    ),
    "too_many_cells": _(
        "The workbook has more than %(limit)s filled cells. Please upload only the sheets that are needed."
    ),
    "too_many_sheets": _("The workbook has more than %(limit)s sheets. Please upload only the sheets that are needed."),
    "too_much_text": _(
        "The workbook holds more text than is allowed. Please shorten this cell or remove sheets not needed."
    ),
    "csv_kind": _("This is no csv text. Please save the table as csv (utf-8) and upload it again."),
    "csv_encoding": _(
        "The characters of the file are neither utf-8 nor GBK nor utf-16. Please save it as csv (utf-8)."
    ),
    "csv_broken": _("The quotation marks of this row do not match. Please save the table as csv (utf-8) again."),
    "csv_rows": _("The file has more than %(limit)s rows. Please divide it."),
    "csv_no_header": _("The file has no header line. Please put the names of the columns into the first line."),
    "csv_columns_twice": _("The column “%(name)s” occurs twice. Please keep one of them."),
    "csv_columns_missing": _("The columns %(names)s are missing. Please add them, spelled exactly like this."),
}

CELLS: Mapping[str, Any] = {
    "number_text": _("“%(value)s” is no number. Please enter digits only."),
    "number_grouping": _(
        "“%(value)s” has its thousands separators in odd places. Please enter the number without commas."
    ),
    "number_too_long": _("“%(value)s” has more digits than a figure can have. Please check the number."),
    "whole_number": _("“%(value)s” is no whole number from 0 up. Please correct it."),
    "day_text": _("“%(value)s” is no date. Please write it as 2024-12-31."),
    "day_impossible": _("“%(value)s” is a day that does not exist. Please correct it."),
    "cell_is_date": _(
        "This cell holds the date %(value)s where a figure is expected. Please set the cell to a number and enter it again."
    ),
    "cell_is_boolean": _("This cell holds a truth value where a figure is expected. Please enter the figure."),
    "cell_is_error": _("This cell shows the error %(value)s. Please correct its formula or enter the figure."),
    "cell_is_formula": _(
        "The result of this formula is not stored in the file. Please open and save the workbook, or enter the figure."
    ),
    "value_missing": _("“%(name)s” must not be empty. Please fill it in."),
    "value_unknown": _("“%(value)s” is not allowed here. Please use one of: %(allowed)s."),
    "value_too_long": _("This text has more than %(limit)s characters. Please shorten it."),
    "row_too_long": _("This row has more cells than the header. Please check the separators and quotation marks."),
    "row_too_short": _("This row has fewer cells than the header; the missing ones count as empty."),
    "column_ignored": _("The column “%(name)s” is not known and is not read."),
    "line_ignored": _("This line is no row of the table and is not read: “%(value)s”."),
    "data_after_end": _(
        "There are filled cells after the end of the table. Please move them into the table or delete them."
    ),
    "hidden_row": _("This row is hidden in the workbook but is read. Please check it."),
    "hidden_column": _("This column is hidden in the workbook but is read. Please check it."),
    "duplicate_key": _("“%(value)s” occurs again; it is already in row %(first)s. Please keep one of them."),
}

UNITS: Mapping[str, Any] = {
    "unit_unknown": _("There is no unit “%(value)s”. Please correct the name or choose one of the offers."),
    "unit_ambiguous": _("“%(value)s” may be several units. Please write the full name."),
    "unit_missing_name": _("This row has figures but no unit. Please enter the unit."),
    "unit_not_assessed": _("“%(value)s” has no assessment category in %(year)s. Please give it one or remove the row."),
    "unit_wrong_sheet": _("“%(value)s” belongs to %(category)s in %(year)s. Please move the row to that sheet."),
    "unit_twice": _("“%(value)s” has a second row; its first is row %(first)s. Please keep one of them."),
    "unit_row_missing": _("“%(unit)s” belongs to this category in %(year)s and has no row. Please add its row."),
    "root_has_parent": _("A jurisdiction stands at the top and has no parent. Please empty the column parent."),
    "parent_missing": _("The parent is missing. Please enter the code of the unit above."),
    "parent_unknown": _("There is no unit with the code “%(value)s”. Please correct the parent or add its row."),
    "parent_circle": _("Following the parents of this unit leads back to itself. Please correct the parent."),
    "parent_kind": _(
        "A unit of kind %(kind)s cannot stand below one of kind %(parent_kind)s. Please correct the parent or the kind."
    ),
    "name_twice": _("“%(value)s” is already the name of the unit in row %(first)s. Please tell the two apart."),
    "category_not_for_kind": _("The category %(value)s is not for units of kind %(kind)s. Please correct one of them."),
}

SCORES: Mapping[str, Any] = {
    "sheet_missing": _(
        "The sheet “%(name)s” is missing. Please add it; leave its table empty if there is nothing to report."
    ),
    "sheet_unknown": _(
        "“%(value)s” is no assessment category. Please correct the name of the sheet, hide it or remove it."
    ),
    "sheet_twice": _("There is a second sheet for “%(name)s”. Please keep one of them."),
    "sheet_hidden": _("This sheet is hidden and is not read."),
    "sheet_category_absent": _(
        "No unit belongs to the category of this sheet in %(year)s. Please check the categories or remove the sheet."
    ),
    "scheme_missing": _("There is no scheme for “%(category)s” in %(year)s. Please import its indicators first."),
    "header_missing": _("No header line with “单位” was found. Please keep the layout of the form."),
    "targets_missing": _("The block of yearly targets (年度目标值) is missing. Please add it below the figures."),
    "column_missing": _("The column “%(name)s” is missing. Please add it."),
    "year_differs": _(
        "The title is about %(found)s, the import is for %(year)s. Please choose the right year or the right file."
    ),
    "day_outside_year": _("%(value)s does not lie in %(year)s. Please correct the date."),
    "indicator_unknown": _(
        "There is no indicator “%(value)s” in %(year)s. Please correct the name or choose one of the offers."
    ),
    "indicator_not_in_scheme": _(
        "“%(value)s” is not in the %(year)s scheme of this category. Please remove the column or adjust the scheme."
    ),
    "indicator_ambiguous": _("“%(value)s” may be several indicators. Please write it under its group."),
    "indicator_twice": _("“%(value)s” has a second column; its first is column %(first)s. Please keep one of them."),
    "indicator_missing": _("The indicator “%(name)s” of the scheme has no column. Please add it."),
    "target_column_missing": _("The indicator “%(name)s” needs targets and has no column here. Please add it."),
    "target_not_expected": _("“%(value)s” is not scored by a target. Please remove this column."),
    "target_row_missing": _("“%(unit)s” has no row of targets. Please add it."),
    "unit_of_measure_differs": _(
        "The figures are in “%(value)s”, the scheme says “%(expected)s”. Please convert them."
    ),
    "percent_not_expected": _(
        "“%(value)s” is a percentage, but the unit of measure is “%(unit)s”. Please enter the figure in that unit."
    ),
    "looks_like_fraction": _(
        "%(value)s looks like a fraction among percentages. Please check whether %(percent)s is meant."
    ),
    "figure_gap": _(
        "The figure is missing. The calculation will refuse until it is entered or marked 不适用 (%(responsible)s)."
    ),
    "target_gap": _(
        "The target is missing. The calculation will refuse until it is entered or marked 不适用 (%(responsible)s)."
    ),
    "grade_unknown": _("“%(value)s” is no grade of this indicator. Please use one of: %(allowed)s."),
    "direct_range": _("%(value)s does not lie between 0 and 100. Please correct the points."),
    "target_not_positive": _("The target %(value)s is not greater than 0. Please correct it."),
    "not_applicable_target": _("The target is marked 不适用 but there is a figure. Please mark both or neither."),
    "not_applicable_figure": _("The figure is marked 不适用; this target is not used."),
    "heading_read": _("The heading “%(value)s” is read as “%(name)s”."),
    "cell_without_heading": _(
        "“%(value)s” stands in a column without a heading. Please add the heading or delete the cell."
    ),
    "sheet_empty": _("This sheet is empty and is not read."),
    "summary_row": _("The summary row “%(value)s” is no unit and is not read."),
    "remark": _("Remarks are not read: “%(value)s”."),
    "points_zero": _("0 points change nothing. Please enter the points or remove the row."),
    "points_sign": _("%(kind)s with %(value)s points: the sign does not fit. Please correct one of them."),
}

RULES: Mapping[str, Any] = {
    "weights_sum": _(
        "The weights of %(category)s in %(year)s add up to %(sum)s. Please correct them: the sum must be exactly 100."
    ),
    "weight_not_positive": _("The weight %(value)s is not greater than 0. Please correct it."),
    "year_unlikely": _("%(value)s is no year between 2000 and 2100. Please correct it."),
    "params_json": _('The parameters are no JSON object. Please write them like {"cap": "110"}.'),
    "params_unknown": _("The method %(method)s has no parameter “%(name)s”. Please remove it."),
    "params_missing": _("The method %(method)s needs the parameter “%(name)s”. Please add it."),
    "params_number": _("The parameter “%(name)s” is “%(value)s”, which is no number. Please correct it."),
    "params_range": _("The parameter “%(name)s” is %(value)s; it must be %(range)s. Please correct it."),
    "params_bounds": _("The parameters best and worst are given both or neither. Please add the other one."),
    "params_reversed": _(
        "best %(best)s and worst %(worst)s contradict the direction %(direction)s. Please correct them."
    ),
    "params_table": _("The grade table must give every grade a number from 0 to 100. Please correct it."),
    "number_range": _("%(name)s is %(value)s; it must be %(range)s. Please correct it."),
    "lines_order": _("The lines for the grades must not rise from excellent to pass. Please correct them."),
    "tie_breaker_unknown": _(
        '“%(value)s” is no tie-breaker. Please write [{"by": "deduction"}] or [{"by": "group", "group": "…"}].'
    ),
    "target_kind_missing": _("It is not said which item is void. Please fill in target_kind and target."),
    "target_kind_extra": _("Only “void” names a target. Please empty target_kind and target, or correct the effect."),
    "target_unknown": _("%(year)s has no %(kind)s “%(value)s” for this unit. Please correct the target."),
    "outcome_effect": _(
        "The effect “%(effect)s” does not follow from the outcome “%(outcome)s”. Please correct one of them."
    ),
    "subject_not_unit": _(
        "Only decisions about units change an assessment. Please empty assessment_year or correct the subject."
    ),
    "decided_before_accepted": _(
        "The decision of %(decided)s is earlier than its acceptance on %(accepted)s. Please correct the dates."
    ),
    "cycle_format": _(
        "This is no workbook of a whole cycle, or one of another version (%(found)s). Please take the file that a year's page exports."
    ),
    "cycle_county": _(
        "The workbook is about the county %(found)s, the import is for %(expected)s. Please choose the right one."
    ),
    "cycle_engine": _("The workbook was calculated by engine %(found)s; here it is %(here)s. The digest will differ."),
    "cycle_parameters": _(
        "Rules of the year differ from those of the workbook (%(names)s). Results and digest will differ until they agree."
    ),
    "cycle_earlier_years": _(
        "The workbook rests on bottom marks of published years (%(years)s) that differ here. Please import and publish the earlier years first, else streaks and digest will differ."
    ),
    "rows_without_year": _("%(count)s rows name no assessment year and are not read."),
}

TEXTS: dict[str, Any] = {**FILES, **CELLS, **UNITS, **SCORES, **RULES}

WHYS: dict[str, Any] = {
    "spaces": _("spaces removed"),
    "invisible": _("invisible characters removed"),
    "line_feed": _("line feed removed"),
    "full_width": _("full-width characters"),
    "minus": _("other minus sign"),
    "plus": _("plus sign removed"),
    "percent_text": _("percent sign removed"),
    "percent_cell": _("the cell is shown as a percentage"),
    "thousands": _("thousands separators removed"),
    "text_number": _("number stored as text"),
    "formula": _("stored result of a formula"),
    "fifteen_digits": _("rounded to the 15 digits a spreadsheet shows"),
    "ten_places": _("rounded half up to 10 decimal places"),
    "day_written": _("date written differently"),
    "day_cell": _("date cell"),
    "former_name": _("former name of the unit"),
    "not_applicable": _("marked as not applicable"),
    "check_letter": _("check letter in lower case"),
}


_PLAIN_FILES = (".lrmx", ".lrm", ".pic", ".zip", ".jpg", ".jpeg", ".png", ".bmp", ".gif")


def add_texts(texts: Mapping[str, Any], whys: Mapping[str, Any] | None = None) -> None:
    """Make the texts of a room known, when it is set up. ValueError for a code that another room has taken."""
    for known, more in ((TEXTS, texts), (WHYS, whys or {})):
        taken = sorted(code for code, words in more.items() if known.setdefault(code, words) is not words)
        if taken:
            raise ValueError(f"texts told twice: {', '.join(taken)}")


def text(finding: Finding) -> str:
    """What was found and what to do, without the place."""
    return str(TEXTS[finding.code]) % ({"value": finding.value} | finding.params)


def where(finding: Finding) -> str:
    """The place: as much of sheet, row and column as is known; empty when the finding is about the whole file.

    In a file that is no table, the column is a field and the row a line of its text.
    """
    params = {"sheet": finding.sheet, "row": finding.row, "column": finding.column}
    if finding.sheet.lower().endswith(_PLAIN_FILES):
        return _in_file(finding) % params
    if finding.row is None and not finding.column:
        return gettext("Sheet “%(sheet)s”") % params if finding.sheet else ""
    if finding.row is None:
        return gettext("Sheet “%(sheet)s”, column %(column)s") % params
    if not finding.column:
        return gettext("Sheet “%(sheet)s”, row %(row)s") % params
    return gettext("Sheet “%(sheet)s”, row %(row)s, column %(column)s") % params


def _in_file(finding: Finding) -> str:
    if finding.row is None:
        return gettext("File “%(sheet)s”, %(column)s") if finding.column else gettext("File “%(sheet)s”")
    if not finding.column:
        return gettext("File “%(sheet)s”, line %(row)s")
    return gettext("File “%(sheet)s”, %(column)s, line %(row)s")


def sentence(finding: Finding) -> str:
    """Place and text in one line, for lists without columns of their own."""
    place = where(finding)
    return gettext("%(place)s: %(text)s") % {"place": place, "text": text(finding)} if place else text(finding)


def why(reading: Reading) -> str:
    """Why a cell was not taken letter by letter."""
    return why_of(reading.why)


def why_of(code: str) -> str:
    """The reason with this code."""
    return str(WHYS[code])
