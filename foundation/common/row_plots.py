"""Charts as high as a row of a table, standing in it: dot plots, boxes, bars either way, shares of a whole."""

from django.utils.safestring import SafeString, mark_safe

from .html import html_of
from .plots import joined, mark, place_of, svg, word_of

ROW_WIDTH, ROW_HEIGHT, ROW_EDGE = 170, 20, 14


def _across(value, low, high) -> float:
    return round(place_of(value, low, high, ROW_EDGE, ROW_WIDTH - ROW_EDGE), 1)


def dot_row(label, value, low, high, lines=(), previous=None, is_own=False) -> SafeString:
    """One row of a dot plot: the value, a ring for the one before, rules at `lines`; stands in a table's row."""
    rules = [html_of('<path class="rule" d="M{} 0V{}"/>', _across(line, low, high), ROW_HEIGHT) for line in lines]
    y = ROW_HEIGHT / 2
    track = html_of('<path class="grid" d="M{} {}H{}"/>', ROW_EDGE, y, ROW_WIDTH - ROW_EDGE)
    dots = []
    if previous is not None and low <= previous <= high:
        dots += [
            html_of('<path class="move" d="M{} {}H{}"/>', _across(previous, low, high), y, _across(value, low, high)),
            mark(5, _across(previous, low, high), y, "before"),
        ]
    dots.append(mark(1 if is_own else 0, _across(value, low, high), y, "dot flagged" if is_own else "dot own"))
    return svg(ROW_WIDTH, ROW_HEIGHT, "row-chart", label, joined([track, *rules, *dots]))


def row_axis(low, high, figures) -> SafeString:
    """The axis above a column of row charts; decoration, for each row says its own figures."""
    words = [
        html_of('<text class="axis" x="{}" y="13" text-anchor="middle">{}</text>', _across(f, low, high), word_of(f))
        for f in figures
    ]
    return html_of(
        '<svg class="plot row-chart" viewBox="0 0 {} 18" width="{}" height="18" aria-hidden="true">{}</svg>',
        ROW_WIDTH, ROW_WIDTH, joined(words),
    )  # fmt: skip


def box_row(label, spread, low, high, own=None) -> SafeString:
    """Lowest to highest as a line, the middle half as a box, the middle as a rule, the unit in question as a dot."""
    y = ROW_HEIGHT / 2
    first, third = _across(spread.first, low, high), _across(spread.third, low, high)
    parts = [
        html_of('<path class="whisker" d="M{} {}H{}"/>', _across(spread.low, low, high), y, _across(spread.high, low, high)),
        html_of('<rect class="box" x="{}" y="4" width="{}" height="{}"/>', first, round(third - first, 1), ROW_HEIGHT - 8),
        html_of('<path class="middle" d="M{} 2V{}"/>', _across(spread.middle, low, high), ROW_HEIGHT - 2),
    ]  # fmt: skip
    if own is not None:
        parts.append(mark(0, _across(own, low, high), y, "dot own"))
    return svg(ROW_WIDTH, ROW_HEIGHT, "row-chart", label, joined(parts))


def signed_row(label, value, limit, width: int = 130) -> SafeString:
    """A bar to the left (behind) or right (ahead) of a middle line, of at most `limit` either way."""
    middle = width / 2
    x = place_of(value, -limit, limit, 2, width - 2) if limit else middle
    bar = html_of(
        '<rect class="{}" x="{}" y="5" width="{}" height="10"/>',
        "ahead" if value > 0 else "behind",
        round(min(x, middle), 1),
        round(abs(x - middle), 1),
    )
    line = html_of('<path class="middle" d="M{} 0V{}"/>', middle, ROW_HEIGHT)
    return svg(width, ROW_HEIGHT, "row-chart", label, joined([bar, line]))


def stacked_row(label, parts, width: int = 320) -> SafeString:
    """Shares of a whole beside each other, the number in each. `parts`: (word, count), in fixed order."""
    whole = sum(count for _name, count in parts)
    drawn, x = [], 0.0
    for number, (name, count) in enumerate(parts):
        if not count:
            continue
        span = count / whole * width
        drawn.append(
            html_of(
                '<rect class="share share-{}" x="{}" y="0" width="{}" height="20"><title>{}</title></rect>'
                '<text class="share-word share-word-{}" x="{}" y="14" text-anchor="middle">{}</text>',
                number, round(x, 1), round(span, 1), f"{name} {count}", number, round(x + span / 2, 1), count,
            )
        )  # fmt: skip
        x += span
    return svg(width, 20, "row-chart", label, joined(drawn) if drawn else mark_safe(""))
