"""Texts of templates: every word a reader sees goes through gettext, and is English there."""

import re
from collections.abc import Iterator
from pathlib import Path

from .text_calls import CHINESE, text_problems

COMMENT = re.compile(r"{#.*?#}|{% comment\b.*?%}.*?{% endcomment %}|<!--.*?-->", re.DOTALL)
BLOCK = re.compile(r"{%\s*blocktrans(?:late)?\b(.*?)%}(.*?){%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
SINGLE = re.compile(r"""{%\s*trans(?:late)?\s+(?:"([^"]*)"|'([^']*)')""")
PLURAL = re.compile(r"{%\s*plural\s*%}")
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
VERBATIM = re.compile(r"<(script|style|svg|code|kbd)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
ELEMENT = re.compile(r"""<[a-zA-Z/!](?:[^<>"']|"[^"]*"|'[^']*')*>""", re.DOTALL)
SAID = re.compile(r"""\b(?:title|aria-label|placeholder|alt|data-confirm)=(?:"([^"]*)"|'([^']*)')""")
WORD = re.compile(r"[A-Za-z]{2,}")
CLASSES = re.compile(r"{%\s*block (?:bodyclass|coltype|\w*_class)\s*%}.*?{%\s*endblock\b.*?%}", re.DOTALL)  # no words
# What is the same in every language.
NAMES = frozenset({"SHA", "API", "xlsx", "csv", "JSON", "OpenAPI", "nbsp"})
SAME = frozenset({"Authorization: Key"})  # what programs send


def template_problems(root: Path) -> list[str]:
    """Every fault in the templates of a tree with its place."""
    found = []
    for path in sorted((root / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        found += [f"{path.relative_to(root)}:{line} {problem}" for line, problem in _problems(text)]
    return found


def _blank(pattern: re.Pattern, text: str, by: str = " ") -> str:
    """The text without what the pattern finds; line breaks stay, so that places are right."""
    return pattern.sub(lambda hit: by + "\n" * hit.group(0).count("\n"), text)


def _problems(text: str) -> Iterator[tuple[int, str]]:
    text = _blank(CLASSES, _blank(COMMENT, text))
    for line, message in _messages(text):
        for problem in text_problems(message):
            yield line, problem
    rest = _blank(TAG, _blank(BLOCK, text))
    for hit in CHINESE.finditer(rest):
        yield _line(rest, hit.start()), f"Chinese outside of translate: {hit.group()}"
    for hit in SAID.finditer(rest):
        if _said(hit.group(1) or hit.group(2) or ""):
            yield _line(rest, hit.start()), f"a text outside of translate: {hit.group()}"
    plain = _blank(ELEMENT, _blank(VERBATIM, rest))
    for number, line in enumerate(plain.splitlines(), start=1):
        if _said(line):
            yield number, f"a text outside of translate: {line.strip()}"


def _said(text: str) -> bool:
    return text.strip() not in SAME and any(word not in NAMES for word in WORD.findall(text))


def _messages(text: str) -> Iterator[tuple[int, str]]:
    """Everything that is translated, with the line where it stands."""
    for hit in BLOCK.finditer(text):
        for part in PLURAL.split(hit.group(2)):
            yield _line(text, hit.start()), TAG.sub("", part)
    for hit in SINGLE.finditer(text):
        yield _line(text, hit.start()), hit.group(1) or hit.group(2) or ""


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
