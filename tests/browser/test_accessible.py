"""What the examination of pages itself would notice, with Tab through the frame and without."""

import pytest

from .accessible import keyboard_faults, serious_faults

PAGE = """<!doctype html><html lang="zh"><title>页</title>
<style>:focus-visible { outline: 2px solid #024 }</style>
<body><nav><a href="/a">甲</a> <a href="/b">乙</a></nav><main><h1>页</h1><a href="/c">丙</a> %s</main>
<footer><a href="/d">丁</a></footer></body></html>"""
FAULTS = {
    "covered": ('<p style="position: fixed; inset: 0 0 auto; height: 3em; background: #fff">盖</p>', "covered when it has the focus"),
    "no ring": ('<a href="/x" style="outline: none">无框</a>', "does not show the focus"),
    "order": ('<a href="/x" tabindex="5">先</a>', "Tab"),
    "trap": ('<input aria-label="困" onkeydown="event.preventDefault()">', "Tab does not reach"),
    "table": ("<table><tr><th>名<td>值</table>", "a table without a caption"),
}  # fmt: skip
KNOWN = pytest.mark.parametrize("known_frame", [False, True])


@pytest.fixture
def blank(browser):
    """A window without a site behind it."""
    opened = browser.new_page()
    yield opened
    opened.close()


@KNOWN
def test_a_good_page_has_no_fault(blank, known_frame):
    blank.set_content(PAGE % "")
    assert keyboard_faults(blank, known_frame=known_frame) == []


@KNOWN
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(blank, fault, known_frame):
    planted, words = FAULTS[fault]
    blank.set_content(PAGE % planted)
    assert words in " ".join(keyboard_faults(blank, known_frame=known_frame))


def test_axe_finds_what_is_faint(blank):
    blank.set_content(PAGE % '<p style="color: #bbb; background: #fff">看不清</p>')
    assert "color-contrast" in " ".join(serious_faults(blank))
