"""Charts are drawn on the server: named, without style or script, ranks downwards, lines told apart without colour."""

import re
from decimal import Decimal
from types import SimpleNamespace

import pytest

from foundation.common import plots, row_plots
from foundation.common.plots import Series, column_chart, line_chart, ticks
from foundation.common.templatetags import charts

pytestmark = pytest.mark.unit
SPREAD = SimpleNamespace(low=Decimal(60), first=Decimal(70), middle=Decimal(80), third=Decimal(90), high=Decimal(95))


def every_chart(name):
    """One of each kind."""
    yield line_chart(name, [2023, 2024], [Series(name, [1, 3], ["1", "3"])], [1, 5], is_rank=True)
    yield column_chart(name, [(name, 3, True), ("b", 0, False)])
    yield row_plots.dot_row(name, 80, 60, 100, (90,), 70, True)
    yield row_plots.box_row(name, SPREAD, 0, 100, 85)
    yield row_plots.signed_row(name, Decimal("-1.5"), 2)
    yield row_plots.stacked_row(name, [(name, 2), ("b", 0)])


@pytest.mark.parametrize("chart", list(every_chart("名称")), ids=range(6))
def test_a_chart_has_a_name_and_nothing_that_the_policy_forbids(chart):
    assert 'role="img"' in chart
    assert 'aria-label="名称"' in chart
    assert "style=" not in chart
    assert "<script" not in chart


@pytest.mark.parametrize("chart", list(every_chart('<b>"&')), ids=range(6))
def test_words_in_a_chart_are_escaped(chart):
    assert "<b>" not in chart
    assert "&lt;b&gt;&quot;&amp;" in chart


def heights(svg):
    return [float(y) for y in re.findall(r'<circle class="dot[^"]*" cx="[\d.]+" cy="([\d.]+)"', svg)]


def test_the_first_rank_is_drawn_above_the_last_and_a_higher_total_above_a_lower():
    ranks = heights(line_chart("x", [1, 2], [Series("x", [1, 9])], [1, 9], is_rank=True))
    totals = heights(line_chart("x", [1, 2], [Series("x", [70, 95])], [70, 100]))
    assert ranks[0] < ranks[1]
    assert totals[0] > totals[1]


def test_a_gap_and_a_changed_category_interrupt_the_line():
    def drawn(**options):
        values = options.pop("values", [1, 2, 3, 4])
        return line_chart("x", list("abcd"), [Series("x", values)], [1, 5], **options).count("<polyline")

    assert drawn() == 1
    assert drawn(breaks=[(2, "category")]) == 2
    assert drawn(values=[1, 2, None, 4]) == 1  # a lone point has no line


def test_lines_differ_by_shape_and_the_bottom_is_a_red_square():
    series = [Series(str(number), [number, number], flagged=[False, number == 5]) for number in range(6)]
    svg = line_chart("x", [1, 2], series, [0, 6])
    assert svg.count("flagged") == 1
    shapes = {plots.mark(number, 10, 10, "x").split(" d=")[-1] for number in range(6)}
    assert len(shapes) == 6


def test_names_at_the_ends_of_lines_do_not_lie_on_each_other():
    series = [Series(str(number), [80, 80]) for number in range(6)]
    svg = line_chart("x", [1, 2], series, [70, 100])
    ys = sorted(float(y) for y in re.findall(r'<text class="figure" x="[\d.]+" y="([\d.]+)"', svg))
    assert all(second - first >= 14 for first, second in zip(ys, ys[1:], strict=False))


@pytest.mark.parametrize(("low", "high"), [(0, 1), (70, 71), (61.3, 98.2), (1, 21), (-8, 104), (80, 80)])
def test_figures_of_an_axis_are_few_and_reach_both_ends(low, high):
    found = ticks(low, high)
    assert found[0] <= low
    assert found[-1] >= high
    assert 2 <= len(found) <= 8


def test_shares_fill_the_whole_and_say_their_number():
    svg = row_plots.stacked_row("x", [("a", 3), ("b", 0), ("c", 1)], width=400)
    assert re.findall(r'<rect class="share share-(\d)" x="[\d.]+" y="0" width="([\d.]+)"', svg) == [
        ("0", "300.0"),
        ("2", "100.0"),
    ]


@pytest.mark.parametrize(("value", "icon"), [(3, "arrow-up"), (-2, "arrow-down"), (0, "equal")])
def test_a_change_has_an_arrow_with_a_word(value, icon):
    shown = charts.change(value)
    assert icon in shown
    assert "aria-label" in shown
    assert "-" not in re.sub(r"<[^>]+>", "", shown)


def test_nothing_to_compare_is_a_dash():
    assert "—" in charts.change(None)


class TestRoomForFigures:
    drawn = str(
        line_chart(
            "Rank",
            ["2023", "2024"],
            [Series("A", [18, 1], ["18 / 20", "1 / 21"])],
            [1, 5, 10, 15, 20, 21],
            is_rank=True,
        )
    )

    def test_the_figure_of_the_highest_point_lies_inside(self):
        heights = [float(y) for y in re.findall(r'class="figure" x="[\d.]+" y="([\d.]+)"', self.drawn)]
        assert len(heights) == 2
        assert min(heights) >= 12

    def test_a_figure_of_the_axis_does_not_lie_on_its_end(self):
        told = re.findall(r'class="axis"[^>]*text-anchor="end">(\d+)<', self.drawn)
        assert told == ["1", "5", "10", "15", "21"]
