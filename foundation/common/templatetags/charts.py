"""Charts as inline SVG, one hue, no script and no style attribute. The table always stands beside the chart."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from .. import row_plots
from ..html import html_of
from .ui import DASH, icon_svg, rounded

register = template.Library()
WIDTH, HEIGHT, EDGE = 100, 24, 3


@register.simple_tag
def bar(value, maximum, label="", mark=False):
    """A horizontal bar of `value` out of `maximum`; `mark` highlights the unit in question, the rest stay grey."""
    if value is None or not maximum:
        return mark_safe("")
    share = max(0.0, min(100.0, float(value) / float(maximum) * 100))
    return html_of(
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect class="bar-track" width="100" height="8"/><rect class="{}" width="{}" height="8"/></svg>',
        label or rounded(value, 2),
        "bar-fill bar-mark" if mark else "bar-fill",
        f"{share:.2f}",
    )


@register.simple_tag
def sparkline(points, label=""):
    """A small line of (name, value) pairs, oldest first; a value of None leaves a gap. Spoken as a list of figures."""
    points = list(points)
    known = [float(value) for _name, value in points if value is not None]
    if not known:
        return mark_safe("")
    low, spread = min(known), (max(known) - min(known)) or 1.0
    step = (WIDTH - 2 * EDGE) / max(len(points) - 1, 1)
    runs, run = [], []
    for index, (_name, value) in enumerate(points):
        if value is None:
            runs, run = [*runs, run], []
        else:
            height = HEIGHT - EDGE - (float(value) - low) / spread * (HEIGHT - 2 * EDGE)
            run.append((f"{EDGE + index * step:.1f}", f"{height:.1f}"))
    runs = [run for run in [*runs, run] if run]
    lines = format_html_join(
        "", '<polyline class="spark-line" points="{}"/>', ((" ".join(f"{x},{y}" for x, y in run),) for run in runs)
    )
    last_x, last_y = runs[-1][-1]
    spoken = "; ".join(f"{name}: {rounded(value, 2)}" for name, value in points if value is not None)
    return html_of(
        '<svg class="spark" viewBox="0 0 {} {}" role="img" aria-label="{}"><title>{}</title>{}'
        '<circle class="spark-last" cx="{}" cy="{}" r="2.5"/></svg>',
        WIDTH,
        HEIGHT,
        f"{label} {spoken}".strip(),
        f"{label} {spoken}".strip(),
        lines,
        last_x,
        last_y,
    )


@register.simple_tag
def dots(label, value, axis, previous=None, is_marked=False):
    """A value as a dot in its row, the one before as a ring; `axis`: `low`, `high`, `lines`. See `row_plots.dot_row`."""
    before = None if previous == "" else previous  # a template gives an empty text for what is not there
    return row_plots.dot_row(label, value, axis.low, axis.high, axis.lines, before, is_marked)


@register.simple_tag
def dots_axis(axis):
    """The figures above a column of `dots` or `box`: ends of the axis and its lines."""
    return row_plots.row_axis(axis.low, axis.high, axis.figures)


@register.simple_tag
def box(label, spread, axis, own=None):
    """Lowest, quarters, middle, highest of a set of figures in a row, and the one in question as a dot."""
    return row_plots.box_row(label, spread, axis.low, axis.high, own)


@register.simple_tag
def signed(label, value, limit):
    """A bar to the left or the right of a middle line, at most `limit` long."""
    return row_plots.signed_row(label, value, limit)


@register.simple_tag
def shares(label, parts):
    """Shares of a whole in a row; `parts`: (word, count) in fixed order."""
    return row_plots.stacked_row(label, parts)


@register.simple_tag
def change(value, places=0):
    """A change with arrow and word, positive is better (a rank gained, a total risen); a dash for nothing to compare."""
    if value is None:
        return DASH
    if not value:
        return html_of('<span class="quiet">{}</span>', icon_svg("equal", gettext("unchanged")))
    css, symbol, word = ("up", "arrow-up", gettext("up")) if value > 0 else ("down", "arrow-down", gettext("down"))
    return html_of('<span class="{}">{}{}</span>', css, icon_svg(symbol, word), rounded(abs(value), places))
