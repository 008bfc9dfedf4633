"""Leaf pieces of pages."""

import re
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from foundation.common.results import Cite
from foundation.common.templatetags import charts, ui

pytestmark = pytest.mark.unit


def render(source, request=None, **context):
    return Template("{% load ui charts form_fields %}" + source).render(Context({"request": request, **context}))


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (Decimal("70.705"), 2, "70.71"),
        (Decimal("-1.725"), 2, "\N{MINUS SIGN}1.73"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("1E+2"), 2, "100.00"),
        (0.125, 2, "0.13"),
        (0, 2, "0.00"),
    ],
)
def test_figures_are_rounded_half_up(value, places, shown):
    assert ui.rounded(value, places) == shown


def test_a_rounded_figure_keeps_its_full_digits_in_the_title():
    assert render("{% num v 2 %}", v=Decimal("98.8811094395")) == '<span title="98.8811094395">98.88</span>'
    assert render("{% num v 2 %}", v=Decimal("98.8800000000")) == "98.88"


def test_no_figure_is_a_dash_and_a_word_stays_a_word():
    assert "—" in render("{% num v 2 %}", v=None)
    assert render("{% num v 2 %}", v="<不适用>") == "&lt;不适用&gt;"


def test_dates_are_written_as_the_trade_writes_them():
    assert ui.ym(date(1985, 7, 2)) == "1985.07"
    assert ui.ymd(date(1985, 7, 2)) == "1985.07.02"
    assert ui.ymd_hm(datetime(2025, 1, 1, 17, 5, tzinfo=UTC)) == "2025.01.02 01:05"
    assert ui.ym(None) == ui.ymd(None) == ui.ymd_hm(None) == ui.long_date(None) == ""


def test_the_long_date_speaks_the_language():
    with override("zh-hans"):
        assert ui.long_date(date(2025, 11, 2)) == "2025年11月2日"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (46, "46 seconds"),
        (75, "1 min 15 s"),
        (timedelta(hours=2, minutes=3), "2 h 3 min"),
        (None, ""),
        (0, "0 seconds"),
    ],
)
def test_spans_have_at_most_two_units(span, words):
    with override("en"):
        assert ui.duration(span) == words


def test_a_badge_has_colour_icon_and_word():
    html = render('{% badge "red" %}')
    assert "tag-red" in html
    assert "<svg" in html
    assert re.sub(r"<[^>]+>", "", html).strip()


def test_a_badge_escapes_its_text_and_refuses_unknown_kinds():
    assert "&lt;b&gt;" in render('{% badge "blue" text %}', text="<b>")
    with pytest.raises(KeyError):
        render('{% badge "purple" %}')


def test_a_thousand_badges_cost_little():
    source = Template('{% load ui %}{% for n in rows %}{% badge "red" n %}{% endfor %}')
    context = Context({"rows": range(1000)})
    source.render(context)
    best = min(_timed(source, context) for _ in range(3))
    assert best < 0.25


def _timed(source, context):
    begun = time.perf_counter()
    source.render(context)
    return time.perf_counter() - begun


def test_values_from_memory_are_marked_and_verified_ones_are_not():
    assert "tag-unverified" in render("{% unverified cite %}", cite=Cite("L", "1", "recalled"))
    assert render("{% unverified cite %}", cite=Cite("L", "1", "verified")) == ""


def test_a_heading_sorts_up_then_down_and_keeps_the_other_filters():
    request = RequestFactory().get("/?grade=a&page=3&sort=total")
    html = render('{% sort_th "total" "Total" "num" %}{% sort_th "rank" "Rank" %}', request)
    assert 'aria-sort="ascending"' in html
    assert "?grade=a&amp;sort=-total" in html
    assert "?grade=a&amp;sort=rank" in html
    assert "page=3" not in html


def test_an_explanation_names_formula_data_article_and_version():
    html = render(
        '{% explain label="Total" formula="a + b" data="1 + 2" cite=cite version="3f9a02c41b77aa" %}',
        cite=Cite("办法", "第十二条", "recalled"),
    )
    for part in ("a + b", "1 + 2", "办法 第十二条", "3f9a02c41b", "tag-unverified"):
        assert part in html


def test_a_bar_stays_inside_its_track():
    assert 'width="100.00"' in charts.bar(120, 100)
    assert 'width="0.00"' in charts.bar(-3, 100)
    assert charts.bar(None, 100) == charts.bar(3, 0) == ""
    assert "bar-mark" in charts.bar(50, 100, mark=True)


def test_a_line_speaks_its_figures_and_leaves_gaps():
    html = charts.sparkline([("2022", 90), ("2023", None), ("2024", Decimal("95.5"))], "Total")
    assert html.count("<polyline") == 2
    assert "2022: 90.00; 2024: 95.50" in html
    assert charts.sparkline([("2022", None)]) == ""
