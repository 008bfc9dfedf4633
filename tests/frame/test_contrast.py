"""Text on its ground reaches 4.5:1 (WCAG 2.1, 1.4.3) for every pair of colours the look uses."""

import re
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.unit
SHEET = (Path(settings.BASE_DIR) / "static" / "app.css").read_text("utf-8")
VARIABLES = dict(re.findall(r"(--[a-z-]+):\s*(#[0-9a-f]{3,6})\b", SHEET))
RULES = re.findall(r"([^{}]+){([^{}]*)}", SHEET)
ON_PAPER = ("--ink", "--quiet", "--accent", "--accent-dark", "--rank-red")
GROUNDS = ("--paper", "--ground", "--head")


def colour(value):
    """Red, green, blue of a hexadecimal colour or a variable."""
    value = VARIABLES[value.removeprefix("var(").removesuffix(")")] if value.startswith("var(") else value
    digits = value.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    return [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]


def luminance(value):
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour(value))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def pairs():
    """(rule, ink, ground) of every rule that sets both."""
    for selector, body in RULES:
        ground = re.search(r"(?:^|[;\s])background:\s*(#[0-9a-f]{3,6}|var\(--[a-z-]+\))", body)
        ink = re.search(r"(?:^|[;\s])color:\s*(#[0-9a-f]{3,6}|var\(--[a-z-]+\))", body)
        if ground and ink:
            yield selector.strip(), ink[1], ground[1]


def test_contrast_is_computed_as_the_standard_says():
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("selector", "ink", "ground"), list(pairs()))
def test_rules_that_set_both_colours(selector, ink, ground):
    assert contrast(ink, ground) >= 4.5, selector


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", ON_PAPER)
def test_inks_on_the_grounds_of_pages(ink, ground):
    assert contrast(f"var({ink})", f"var({ground})") >= 4.5
