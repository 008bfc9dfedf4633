"""Charts laid out as SVG: axes, lines, columns, boxes. No script and no style attribute; looks come from the style sheet.

Drawn on the server, so that they print, need no script under the content security policy, and are tested as text
(decision 0010). Every chart carries a name; the table with its figures stands beside it.
"""

from dataclasses import dataclass, field

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from .html import html_of

WIDTH, HEIGHT = 620, 230
LEFT, RIGHT, TOP, BOTTOM = 46, 96, 26, 28  # the figure of the highest point stands above it
LETTERS = 12  # height of a figure: those nearer to the end of an axis would lie on its
MARKS = 6  # shapes by which lines of a chart differ, beside their step of the hue


@dataclass(frozen=True)
class Series:
    """One line: a name, a value per place of the axis (None: a gap) and the words of each point; `is_own` highlights it."""

    name: str
    values: list
    words: list = field(default_factory=list)
    flagged: list = field(default_factory=list)
    is_own: bool = True


def svg(width, height, css, label, body) -> SafeString:
    """A chart with its name for those who do not see it."""
    return html_of(
        '<svg class="plot {}" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">{}</svg>',
        css, width, height, width, height, label, body,
    )  # fmt: skip


def joined(parts) -> SafeString:
    """Pieces of a drawing, one after the other."""
    return format_html_join("", "{}", ((part,) for part in parts))


def place_of(value, low, high, start, end) -> float:
    """Where a value lies between two edges; the middle when the axis has no length."""
    if high == low:
        return (start + end) / 2
    return start + (float(value) - float(low)) / (float(high) - float(low)) * (end - start)


def ticks(low, high, most: int = 5) -> list:
    """Round figures between two values for an axis, both ends reached."""
    low, high = float(low), float(high)
    steps = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
    step = next((step for step in steps if (high - low) / step <= most), steps[-1])
    first, last = int(low // step), -int(-high // step)
    return [round(number * step, 4) for number in range(first, max(last, first + 1) + 1)]


def word_of(value) -> str:
    """A figure of an axis."""
    return f"{float(value):g}".replace("-", "\N{MINUS SIGN}")


def mark(shape: int, x: float, y: float, css: str, title: str = "") -> SafeString:
    """A point of a line; the shapes tell lines apart without colour: circle, square, triangle, diamond, cross, ring."""
    x, y = round(x, 1), round(y, 1)
    paths = {
        1: f"M{x - 4} {y - 4}h8v8h-8z",
        2: f"M{x} {y - 5}l5 9h-10z",
        3: f"M{x} {y - 5}l5 5l-5 5l-5 -5z",
        4: f"M{x - 4} {y - 1.5}h2.5v-2.5h3v2.5h2.5v3h-2.5v2.5h-3v-2.5h-2.5z",
    }
    said = html_of("<title>{}</title>", title) if title else ""
    if shape in paths:
        return html_of('<path class="{}" d="{}">{}</path>', css, paths[shape], said)
    css = f"{css} ring" if shape == 5 else css
    return html_of('<circle class="{}" cx="{}" cy="{}" r="4.5">{}</circle>', css, x, y, said)


def line_chart(label: str, names: list, series: list[Series], scale: list, *, is_rank=False, breaks=()) -> SafeString:
    """Lines over named places (years). `scale`: figures of the axis; ranks count downwards, the first on top.

    `breaks` are (place, word): a dashed rule before that place, where what came before is not to be compared.
    """
    low, high = (max(scale), min(scale)) if is_rank else (min(scale), max(scale))
    right, bottom = WIDTH - (RIGHT if len(series) > 1 else LEFT // 2), HEIGHT - BOTTOM
    step = (right - LEFT) / max(len(names), 1)
    xs = [LEFT + step * (number + 0.5) for number in range(len(names))]

    def height(value):
        return place_of(value, low, high, bottom, TOP)

    parts = [
        html_of(
            '<path class="grid" d="M{} {}H{}"/><text class="axis" x="{}" y="{}" text-anchor="end">{}</text>',
            LEFT, round(height(tick), 1), right, LEFT - 6, round(height(tick) + 4, 1), word_of(tick),
        )
        for tick in scale
        if tick in (low, high) or min(abs(height(tick) - end) for end in (bottom, TOP)) >= LETTERS
    ]  # fmt: skip
    parts += [
        html_of('<text class="axis" x="{}" y="{}" text-anchor="middle">{}</text>', round(x, 1), HEIGHT - 8, name)
        for x, name in zip(xs, names, strict=True)
    ]
    for place, word in breaks:
        x = round(xs[place] - step / 2, 1)
        parts.append(html_of('<path class="break" d="M{} {}V{}"><title>{}</title></path>', x, TOP, bottom, word))
    ends: list = []
    for number, line in enumerate(series):
        parts.append(_line(number, line, xs, height, {place for place, _word_ in breaks}))
        last = next((place for place in reversed(range(len(xs))) if line.values[place] is not None), None)
        if last is not None and len(series) > 1:
            ends.append((height(line.values[last]), xs[last], line))
    parts += _end_names(ends)
    return svg(WIDTH, HEIGHT, "lines", label, joined(parts))


def _line(number, line: Series, xs, height, breaks) -> SafeString:
    css = f"own series-{number}" if line.is_own else f"other series-{number}"
    parts, run = [], []
    for place, (x, value) in enumerate(zip(xs, line.values, strict=True)):
        if value is None or place in breaks:
            parts.append(run)
            run = []
        if value is not None:
            run.append(f"{x:.1f},{height(value):.1f}")
    drawn = [
        html_of('<polyline class="line {}" points="{}"/>', css, " ".join(run)) for run in (*parts, run) if len(run) > 1
    ]
    for place, (x, value) in enumerate(zip(xs, line.values, strict=True)):
        if value is None:
            continue
        is_flagged = bool(line.flagged) and line.flagged[place]
        word = line.words[place] if line.words else ""
        drawn.append(
            mark(
                1 if is_flagged else number % MARKS,
                x,
                height(value),
                "dot flagged" if is_flagged else f"dot {css}",
                word,
            )
        )
        if word and number == 0 and line.is_own:
            drawn.append(
                html_of('<text class="figure" x="{}" y="{}" text-anchor="middle">{}</text>',
                            round(x, 1), round(height(value) - 9, 1), word)
            )  # fmt: skip
    return joined(drawn)


def _end_names(ends) -> list:
    """Names of the lines at their ends, pushed apart where they would lie on each other."""
    placed, lowest = [], -100.0
    for y, x, line in sorted(ends, key=lambda end: end[0]):
        lowest = max(y + 4, lowest + 14)
        css = "figure" if line.is_own else "axis"
        placed.append(html_of('<text class="{}" x="{}" y="{}">{}</text>', css, x + 10, round(lowest, 1), line.name))
    return placed


def column_chart(label: str, columns: list) -> SafeString:
    """A histogram. `columns`: (words below the column, count, is the unit in question in it)."""
    right, bottom = WIDTH - 16, HEIGHT - BOTTOM
    scale = [tick for tick in ticks(0, max((count for _name, count, _own in columns), default=1)) if tick == int(tick)]
    step = (right - LEFT) / max(len(columns), 1)
    parts = [
        html_of(
            '<path class="grid" d="M{} {}H{}"/><text class="axis" x="{}" y="{}" text-anchor="end">{}</text>',
            LEFT, y, right, LEFT - 6, y + 4, word_of(tick),
        )
        for tick, y in ((tick, round(place_of(tick, 0, max(scale), bottom, TOP + 10), 1)) for tick in scale)
    ]  # fmt: skip
    for number, (name, count, is_own) in enumerate(columns):
        x, y = LEFT + step * number, place_of(count, 0, max(scale), bottom, TOP + 10)
        if count:
            parts.append(
                html_of(
                    '<rect class="column{}" x="{}" y="{}" width="{}" height="{}"/>'
                    '<text class="figure" x="{}" y="{}" text-anchor="middle">{}</text>',
                    " own" if is_own else "", round(x + 2, 1), round(y, 1), round(step - 4, 1), round(bottom - y, 1),
                    round(x + step / 2, 1), round(y - 4, 1), count,
                )
            )  # fmt: skip
        parts.append(
            html_of('<text class="axis" x="{}" y="{}" text-anchor="middle">{}</text>',
                        round(x + step / 2, 1), HEIGHT - 8, name)
        )  # fmt: skip
    return svg(WIDTH, HEIGHT, "columns-chart", label, joined(parts))
