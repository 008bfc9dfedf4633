"""Score workbooks with faults: each is told with sheet, row, column and value, and all of them at once."""

from datetime import date, datetime

import pytest

from foundation.exchange.messages import sentence
from tests.support import heshan

GENERAL, ECONOMIC, TOWNS, ADJUSTMENTS, VETOES = "综合管理类", "经济管理类", "重点开发区", "加分扣分", "一票否决"


def put(*place_and_value):
    """An edit: sheet, place, value and perhaps a number format of one cell."""
    return place_and_value


def told(result, code: str) -> list:
    return [f for f in result.all_findings() if f.code == code]


# Edit of the workbook of 2024 → what is told: code, sheet, row, column, value.
FAULTS = [
    # figures
    (put(GENERAL, "C6", "约四十"), "number_text", GENERAL, 6, "C", "约四十"),
    (put(GENERAL, "C6", "41项"), "number_text", GENERAL, 6, "C", "41项"),
    (put(GENERAL, "K6", "454,07"), "number_grouping", GENERAL, 6, "K", "454,07"),
    (put(GENERAL, "K6", "9" * 20), "number_too_long", GENERAL, 6, "K", "9" * 20),
    (put(GENERAL, "C6", date(2024, 4, 1), "yyyy-mm-dd"), "cell_is_date", GENERAL, 6, "C", "2024-04-01"),
    (put(GENERAL, "C6", True), "cell_is_boolean", GENERAL, 6, "C", "1"),
    (put(GENERAL, "C6", "#DIV/0!"), "cell_is_error", GENERAL, 6, "C", "#DIV/0!"),
    (put(GENERAL, "C6", "=A6+1"), "cell_is_formula", GENERAL, 6, "C", ""),
    (put(GENERAL, "C6", "—"), "number_text", GENERAL, 6, "C", "—"),
    (put(GENERAL, "C6", "41%"), "percent_not_expected", GENERAL, 6, "C", "41%"),
    (put(GENERAL, "E6", 0.954, "0.0%"), "percent_not_expected", GENERAL, 6, "E", "0.954"),
    (put(GENERAL, "E6", 100.01), "direct_range", GENERAL, 6, "E", "100.01"),
    (put(GENERAL, "E6", -1), "direct_range", GENERAL, 6, "E", "-1"),
    (put(GENERAL, "H6", "优秀"), "grade_unknown", GENERAL, 6, "H", "优秀"),
    (put(GENERAL, "H6", 95), "grade_unknown", GENERAL, 6, "H", "95"),
    # targets
    (put(GENERAL, "C30", -40), "target_not_positive", GENERAL, 30, "C", "-40"),
    (put(GENERAL, "C30", 0), "target_not_positive", GENERAL, 30, "C", "0"),
    (put(GENERAL, "C30", "四十"), "number_text", GENERAL, 30, "C", "四十"),
    (put(GENERAL, "C30", "/"), "not_applicable_target", GENERAL, 30, "C", "/"),
    (put(GENERAL, "E29", "调研成果转化数（篇）"), "target_not_expected", GENERAL, 29, "E", "调研成果转化数（篇）"),
    (put(GENERAL, "D29", "备注"), "target_column_missing", GENERAL, 29, "", "三公经费支出"),
    (put(GENERAL, "D29", "三公经费支出（万元）"), "unit_of_measure_differs", GENERAL, 29, "D", "万元"),
    (put(GENERAL, "A28", "二、说明"), "targets_missing", GENERAL, 26, "", ""),
    # units
    (put(GENERAL, "B6", "市纪委"), "unit_unknown", GENERAL, 6, "B", "市纪委"),
    (put(GENERAL, "B6", None), "unit_missing_name", GENERAL, 6, "A", "1"),
    (put(GENERAL, "B7", "市纪委监委机关"), "unit_twice", GENERAL, 7, "B", "市纪委监委机关"),
    (put(GENERAL, "B31", "市纪委监委机关"), "unit_twice", GENERAL, 31, "B", "市纪委监委机关"),
    (put(GENERAL, "B6", "市财政局"), "unit_wrong_sheet", GENERAL, 6, "B", "市财政局"),
    (put(GENERAL, "B6", "政工人事股"), "unit_not_assessed", GENERAL, 6, "B", "政工人事股"),
    (put(GENERAL, "B6", "鹤山市"), "unit_not_assessed", GENERAL, 6, "B", "鹤山市"),
    (put(GENERAL, "B7", "市府办"), "unit_row_missing", GENERAL, 3, "B", "市委办公室"),
    (put(GENERAL, "B31", "市府办"), "target_row_missing", GENERAL, 29, "B", "市委办公室"),
    # headings
    (put(GENERAL, "C4", "年度重点任务数"), "indicator_unknown", GENERAL, 4, "C", "年度重点任务数"),
    (put(GENERAL, "C4", "年度重点任务数"), "indicator_missing", GENERAL, 3, "", "年度重点任务完成数"),
    (put(GENERAL, "C4", "群众满意度测评得分"), "indicator_not_in_scheme", GENERAL, 4, "C", "群众满意度测评得分"),
    (put(GENERAL, "D4", "年度重点任务完成数"), "indicator_twice", GENERAL, 4, "D", "年度重点任务完成数"),
    (put(ECONOMIC, "D5", "亿元"), "unit_of_measure_differs", ECONOMIC, 5, "D", "亿元"),
    (put(GENERAL, "P6", "多余"), "cell_without_heading", GENERAL, 6, "P", "多余"),
    (put(GENERAL, "B3", "部门"), "header_missing", GENERAL, None, "", ""),
    # title, date, rows after the end
    (put(GENERAL, "A1", "鹤山市2023年度差异化考核指标完成情况表"), "year_differs", GENERAL, 1, "A", "鹤山市2023年度差异化考核指标完成情况表"),
    (put(GENERAL, "A2", "数据截至：2025年1月5日"), "day_outside_year", GENERAL, 2, "A", "2025年1月5日"),
    (put(GENERAL, "A2", "数据截至：2024年2月30日"), "day_impossible", GENERAL, 2, "A", "2024年2月30日"),
    (put(VETOES, "B7", "市教育局"), "data_after_end", VETOES, 7, "B", "市教育局"),
    # adjustments
    (put(ADJUSTMENTS, "B3", "市融媒体"), "unit_unknown", ADJUSTMENTS, 3, "B", "市融媒体"),
    (put(ADJUSTMENTS, "C3", "奖励"), "value_unknown", ADJUSTMENTS, 3, "C", "奖励"),
    (put(ADJUSTMENTS, "C3", None), "value_missing", ADJUSTMENTS, 3, "C", ""),
    (put(ADJUSTMENTS, "E3", "半分"), "number_text", ADJUSTMENTS, 3, "E", "半分"),
    (put(ADJUSTMENTS, "E3", None), "value_missing", ADJUSTMENTS, 3, "E", ""),
    (put(ADJUSTMENTS, "E3", 0), "points_zero", ADJUSTMENTS, 3, "E", "0"),
    (put(ADJUSTMENTS, "E3", -0.5), "points_sign", ADJUSTMENTS, 3, "E", "-0.5"),
    (put(ADJUSTMENTS, "E19", "1"), "points_sign", ADJUSTMENTS, 19, "E", "1"),
    (put(ADJUSTMENTS, "E3", 0.00001), "number_too_long", ADJUSTMENTS, 3, "E", "0.00001"),
    (put(ADJUSTMENTS, "E3", "5%"), "percent_not_expected", ADJUSTMENTS, 3, "E", "5%"),
    (put(ADJUSTMENTS, "F3", "长" * 301), "value_too_long", ADJUSTMENTS, 3, "F", "长" * 301),
    (put(ADJUSTMENTS, "F3", "#REF!"), "cell_is_error", ADJUSTMENTS, 3, "F", "#REF!"),
    (put(ADJUSTMENTS, "H4", "J2024-01"), "duplicate_key", ADJUSTMENTS, 4, "H", "J2024-01"),
    (put(ADJUSTMENTS, "H3", None), "value_missing", ADJUSTMENTS, 3, "H", ""),
    (put(ADJUSTMENTS, "H2", "号码"), "column_missing", ADJUSTMENTS, 2, "", "编号"),
    # vetoes
    (put(VETOES, "C3", None), "value_missing", VETOES, 3, "C", ""),
    (put(VETOES, "F4", "F2024-1"), "duplicate_key", VETOES, 4, "F", "F2024-1"),
    (put(VETOES, "B3", "国家统计局"), "unit_unknown", VETOES, 3, "B", "国家统计局"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code", "sheet", "row", "column", "value"), FAULTS, ids=lambda v: v if isinstance(v, str) else ""
)
def test_a_fault_is_told_with_its_place_and_its_value(change, code, sheet, row, column, value):
    result = heshan.with_cell(*change)
    assert (code, sheet, row, column, value) in [(f.code, f.sheet, f.row, f.column, f.value) for f in result.errors]
    assert not result.is_applicable
    for finding in result.all_findings():
        assert sentence(finding)
        assert "%(" not in sentence(finding)


def test_all_faults_of_all_sheets_are_told_at_once():
    def change(book):
        for sheet, place, value in (
            (GENERAL, "C6", "多"),
            (GENERAL, "B7", "无此单位"),
            (GENERAL, "C7", "少"),
            (TOWNS, "C6", "x"),
        ):
            book[sheet][place] = value
        book[ADJUSTMENTS]["E3"] = "y"

    errors = [(f.sheet, f.row, f.column) for f in heshan.edited(change).errors if f.code != "unit_row_missing"]
    wanted = [(GENERAL, 6, "C"), (GENERAL, 7, "B"), (GENERAL, 7, "C"), (TOWNS, 6, "C"), (ADJUSTMENTS, 3, "E")]
    assert sorted(errors, key=str) == sorted(wanted, key=str)


@pytest.mark.parametrize("written", ["市纪委监委", "中共鹤山市纪委监委机关", "市纪监委机关"])
def test_an_unknown_unit_comes_with_at_most_five_offers_the_likest_first(written):
    finding = told(heshan.with_cell(*put(GENERAL, "B6", written)), "unit_unknown")[0]
    assert finding.candidates[0].code == "HS-D01"
    assert finding.candidates[0].name == "市纪委监委机关"
    assert len(finding.candidates) <= 5


def test_an_unknown_heading_comes_with_offers_of_its_own_scheme():
    finding = told(heshan.with_cell(*put(GENERAL, "C4", "年度重点任务数")), "indicator_unknown")[0]
    assert finding.candidates[0].code == "G01"


def test_a_name_that_resembles_nothing_has_no_offers():
    assert told(heshan.with_cell(*put(GENERAL, "B6", "Ωmega")), "unit_unknown")[0].candidates == ()


# ---- sheets ----------------------------------------------------------------------------------------------------------


def rename(old: str, new: str):
    def change(book):
        book[old].title = new

    return change


@pytest.mark.parametrize("name", [GENERAL, ADJUSTMENTS, VETOES])
def test_a_missing_sheet_is_named(name):
    result = heshan.edited(lambda book: book.remove(book[name]))
    assert [(f.code, f.sheet) for f in result.errors] == [("sheet_missing", name)]


def test_a_sheet_of_no_category_is_refused_with_offers():
    result = heshan.edited(rename(GENERAL, "综合类"))
    unknown = told(result, "sheet_unknown")[0]
    assert (unknown.sheet, unknown.candidates[0].code) == ("综合类", "GENERAL")
    assert [f.sheet for f in told(result, "sheet_missing")] == [GENERAL]


def test_a_category_on_a_hidden_sheet_is_not_read_and_counts_as_missing():
    def change(book):
        book[GENERAL].sheet_state = "hidden"

    result = heshan.edited(change)
    assert [f.sheet for f in result.errors] == [GENERAL]
    assert not any(row.sheet == GENERAL for row in result.rows)


def test_an_empty_sheet_left_behind_by_the_program_does_no_harm():
    result = heshan.edited(lambda book: book.create_sheet("Sheet1"))
    assert result.is_applicable
    assert [f.sheet for f in told(result, "sheet_empty")] == ["Sheet1"]


def test_a_second_sheet_of_a_category_is_refused():
    result = heshan.edited(lambda book: setattr(book.copy_worksheet(book[GENERAL]), "title", f"{GENERAL} "))
    assert [(f.code, f.sheet) for f in result.errors] == [("sheet_twice", f"{GENERAL} ")]


def test_a_workbook_of_another_year_is_refused_in_every_sheet():
    result = heshan.parse((heshan.DEMO / "scores-2023.xlsx").read_bytes(), 2024)
    assert len(told(result, "year_differs")) == 9


# ---- what is told without being an error -----------------------------------------------------------------------------


def warned(change) -> list:
    return [(f.code, f.sheet, f.row, f.column) for f in heshan.with_cell(*change).warnings]


def test_an_empty_cell_is_a_gap_and_no_error():
    assert warned(put(GENERAL, "C6", None)) == [("figure_gap", GENERAL, 6, "C")]
    assert warned(put(GENERAL, "C6", " \u3000")) == [("figure_gap", GENERAL, 6, "C")]
    assert warned(put(GENERAL, "C30", None)) == [("target_gap", GENERAL, 30, "C")]


def test_hidden_rows_and_columns_are_read_with_a_warning():
    def change(book):
        book[GENERAL].row_dimensions[8].hidden = True
        book[GENERAL].column_dimensions["E"].hidden = True

    found = [(f.code, f.sheet, f.row, f.column) for f in heshan.edited(change).warnings]
    assert sorted(found) == [("hidden_column", GENERAL, 4, "E"), ("hidden_row", GENERAL, 8, "B")]


def test_a_fraction_among_percentages_is_doubted_but_not_changed():
    result = heshan.with_cell(*put(GENERAL, "D6", 0.988))
    assert [(f.code, f.row, f.column, f.params["percent"]) for f in result.warnings] == [
        ("looks_like_fraction", 6, "D", "98.8%")
    ]
    row = next(r for r in result.of_kind("score") if (r.row, r.column, r.sheet) == (6, "D", GENERAL))
    assert row.values["figure"] == "0.988"


def test_small_growth_rates_are_not_doubted():
    assert warned(put(TOWNS, "C6", 0.6)) == []


def test_a_figure_that_does_not_apply_needs_no_target():
    def change(book):
        book[GENERAL]["C6"] = "不适用"
        book[GENERAL]["C30"] = None

    result = heshan.edited(change)
    assert result.is_applicable
    assert result.warnings == ()


def test_a_target_of_a_figure_that_does_not_apply_is_told_and_not_used():
    result = heshan.with_cell(*put(GENERAL, "C6", "不适用"))
    assert [(f.level, f.row) for f in told(result, "not_applicable_figure")] == [("info", 30)]
    score = next(r for r in result.of_kind("score") if r.key == "HS-D01/G01")
    assert (score.values["target"], score.values["gaps"]) == (None, [])


def test_remarks_and_further_columns_are_told_because_they_are_not_read():
    def change(book):
        book[GENERAL]["N6"] = "数据待核"
        book[ADJUSTMENTS]["I2"] = "联系人"

    findings = heshan.edited(change).findings
    assert ("remark", "数据待核") in [(f.code, f.value) for f in findings]
    assert ("column_ignored", "联系人") in [(f.code, f.value) for f in findings]


def test_a_date_column_of_adjustments_is_read_and_must_lie_in_the_year():
    def change(book):
        sheet = book[ADJUSTMENTS]
        sheet["I2"] = "日期"
        for row in range(3, 37):
            sheet.cell(row, 9, "2024年6月1日")
        sheet["I4"] = datetime(2024, 7, 2)
        sheet["I5"] = "2023-12-31"
        sheet["I6"] = "六月"

    result = heshan.edited(change)
    days = {row.row: row.values["date"] for row in result.of_kind("adjustment")}
    assert (days[3], days[4]) == ("2024-06-01", "2024-07-02")
    assert [(f.code, f.row, f.column) for f in result.errors] == [("day_outside_year", 5, "I"), ("day_text", 6, "I")]


def test_signatures_and_stray_lines_are_no_units():
    def change(book):
        book[GENERAL]["A60"] = "填表人：张三"
        book[GENERAL]["F60"] = "审核人：李四"
        book[ADJUSTMENTS]["A41"] = "审核人：李四"

    assert heshan.edited(change).is_applicable


def test_a_year_without_vetoes_says_so_with_an_empty_list():
    def change(book):
        book[VETOES].delete_rows(3, 2)

    result = heshan.edited(change)
    assert result.is_applicable
    assert result.of_kind("veto") == ()
