"""Forms of other counties: small workbooks written for one question each."""

import pytest

from assessments.imports.lookups import IndicatorFacts, ScoreLookups, UnitFacts
from assessments.imports.score_workbook import parse_score_workbook
from foundation.exchange.sandbox.reader import read_workbook
from tests.support import workbooks as made

CATEGORIES = {"GENERAL": "综合管理类", "SOCIAL": "社会管理类"}
UNITS = (
    UnitFacts("A", "某县甲局", "甲局", ("甲委员会",), "GENERAL"),
    UnitFacts("B", "某县乙局", "乙局", (), "GENERAL"),
)
INDICATORS = (
    IndicatorFacts("GENERAL", "G1", "任务数", "工作", "项", "completion"),
    IndicatorFacts("GENERAL", "G2", "得分", "党建", "分", "direct"),
)
FIGURES = [["序号", "单位", "任务数", "得分"], [1, "甲局", 3, 90], [2, "乙局", 4, 91]]
TARGETS = [["二、年度目标值"], ["序号", "单位", "任务数（项）"], [1, "甲局", 3], [2, "乙局", 4]]
EMPTY_LISTS = {
    "加分扣分": [["序号", "单位", "类别", "分值", "事由", "文号", "编号"], ["以下空白"]],
    "一票否决": [["序号", "单位", "否决事项", "编号"], ["以下空白"]],
}


def parse(rows=None, *, units=UNITS, indicators=INDICATORS, merged=(), sheets=None):
    sheets = sheets or {"综合管理类": rows}
    content = read_workbook(made.workbook(sheets | EMPTY_LISTS, merged=merged), filename="scores.xlsx")
    return parse_score_workbook(content, ScoreLookups(2024, CATEGORIES, units, indicators))


def codes(result) -> list:
    return [(f.code, f.row, f.column) for f in result.errors]


def figures(result) -> dict:
    return {row.key: row.values["figure"] for row in result.of_kind("score")}


def test_the_plainest_form_with_one_line_of_headings_is_read():
    result = parse(FIGURES + TARGETS)
    assert codes(result) == []
    assert figures(result) == {"A/G1": "3", "A/G2": "90", "B/G1": "4", "B/G2": "91"}
    assert [row.values["target"] for row in result.of_kind("target")] == ["3", "4"]


def test_headings_on_two_levels_without_merged_cells_are_read():
    rows = [["序号", "单位", "工作", "党建"], [None, None, "任务数", "得分"], *FIGURES[1:], *TARGETS]
    assert figures(parse(rows)) == {"A/G1": "3", "A/G2": "90", "B/G1": "4", "B/G2": "91"}


def test_columns_and_rows_may_stand_in_another_order():
    rows = [
        ["单位", "得分", "任务数"],
        ["乙局", 91, 4],
        ["甲局", 90, 3],
        ["二、年度目标值"],
        ["单位", "任务数"],
        ["乙局", 4],
        ["甲局", 3],
    ]
    assert figures(parse(rows)) == {"A/G1": "3", "A/G2": "90", "B/G1": "4", "B/G2": "91"}


def test_a_former_name_is_read_and_listed():
    result = parse([FIGURES[0], [1, "甲委员会", 3, 90], FIGURES[2], *TARGETS])
    assert codes(result) == []
    assert [(r.raw, r.value, r.why) for _, r in result.readings] == [("甲委员会", "甲局", "former_name")]


def test_one_name_of_two_units_is_never_decided():
    both = (*UNITS[:1], UnitFacts("B", "某县乙局", "甲局", (), "GENERAL"))
    finding = parse(FIGURES + TARGETS, units=both).errors[0]
    assert (finding.code, finding.row, finding.column) == ("unit_ambiguous", 2, "B")
    assert [c.code for c in finding.candidates] == ["A", "B"]


TWINS = (
    IndicatorFacts("GENERAL", "G1", "得分", "工作", "分", "direct"),
    IndicatorFacts("GENERAL", "G2", "得分", "党建", "分", "direct"),
)


def test_indicators_of_one_name_are_told_apart_by_their_groups():
    rows = [["序号", "单位", "工作", "党建"], [None, None, "得分", "得分"], *FIGURES[1:]]
    merged = ["A1:A2", "B1:B2"]
    rows[2] = [1, "甲局", 30, 90]
    assert figures(parse(rows, indicators=TWINS, merged=merged))["A/G1"] == "30"


def test_indicators_of_one_name_without_groups_are_never_decided():
    result = parse([["序号", "单位", "得分"], [1, "甲局", 3], [2, "乙局", 4]], indicators=TWINS)
    assert ("indicator_ambiguous", 1, "C") in codes(result)


def test_a_sheet_of_a_category_without_units_is_refused():
    result = parse(sheets={"综合管理类": FIGURES + TARGETS, "社会管理类": FIGURES})
    assert [(f.code, f.sheet) for f in result.errors] == [("sheet_category_absent", "社会管理类")]


def test_a_sheet_of_a_category_without_a_scheme_is_refused():
    assert [f.code for f in parse(FIGURES, indicators=()).errors] == ["scheme_missing"]


def test_a_form_without_targets_is_fine_when_no_indicator_needs_one():
    assert codes(parse([["单位", "得分"], ["甲局", 90], ["乙局", 91]], indicators=INDICATORS[1:])) == []


def test_targets_of_figures_that_do_not_apply_may_be_left_out():
    rows = [FIGURES[0], [1, "甲局", "/", 90], FIGURES[2], TARGETS[0], TARGETS[1], TARGETS[3]]
    result = parse(rows)
    assert codes(result) == []
    assert result.of_kind("score")[0].values["is_applicable"] is False


@pytest.mark.parametrize("summary", ["平均", "平 均", "合计", "平均值"])
def test_summary_rows_are_no_units_wherever_they_stand(summary):
    for row in ([None, summary, 3.5, 90.5], [summary, None, 3.5, 90.5]):
        assert codes(parse([*FIGURES, row, *TARGETS])) == []


def test_figures_below_the_notes_are_told():
    assert codes(parse([*FIGURES, *TARGETS, ["注：以上"], [3, "丙局", 5, 92]])) == [("data_after_end", 9, "A")]


def test_figures_under_a_section_title_without_headings_are_told():
    result = parse([*FIGURES, *TARGETS, ["三、补充"], [3, "甲局", 5, 92]])
    assert codes(result) == [("data_after_end", 9, "A")]


def test_stored_results_of_formulas_are_read_and_listed():
    sheet = made.sheet_xml(FIGURES + TARGETS).replace(
        '<c r="C2" s="0"><v>3</v></c>', '<c r="C2"><f>1+2</f><v>3</v></c>'
    )
    parts = made.parts_of({"综合管理类": sheet} | {name: made.sheet_xml(rows) for name, rows in EMPTY_LISTS.items()})
    content = read_workbook(made.zipped(parts), filename="scores.xlsx")
    result = parse_score_workbook(content, ScoreLookups(2024, CATEGORIES, UNITS, INDICATORS))
    assert [(r.column, r.why) for _, r in result.readings] == [("C", "formula")]


@pytest.mark.parametrize("title", ["一票否决 ", "一票　否决"])
def test_names_of_sheets_are_read_without_their_spaces(title):
    sheets = {"综合管理类": FIGURES + TARGETS, "加分扣分": EMPTY_LISTS["加分扣分"], title: EMPTY_LISTS["一票否决"]}
    content = read_workbook(made.workbook(sheets), filename="scores.xlsx")
    assert codes(parse_score_workbook(content, ScoreLookups(2024, CATEGORIES, UNITS, INDICATORS))) == []
