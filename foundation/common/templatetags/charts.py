"""Charts as inline SVG, one hue, no script and no style attribute. The table always stands beside the chart."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from .ui import rounded

register = template.Library()
WIDTH, HEIGHT, EDGE = 100, 24, 3


@register.simple_tag
def bar(value, maximum, label="", mark=False):
    """A horizontal bar of `value` out of `maximum`; `mark` highlights the unit in question, the rest stay grey."""
    if value is None or not maximum:
        return mark_safe("")
    share = max(0.0, min(100.0, float(value) / float(maximum) * 100))
    return format_html(
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
    return format_html(
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
