"""Calls of gettext in Python code: what is translated is a literal, its placeholders are named, its language English."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOMS = ("cadremgmt", "assessments", "tolerance", "supervision", "officials", "foundation")
# function of django.utils.translation → places of the texts among its arguments
TEXTS = {
    "gettext": (0,), "gettext_lazy": (0,), "gettext_noop": (0,), "pgettext": (0, 1), "pgettext_lazy": (0, 1),
    "ngettext": (0, 1), "ngettext_lazy": (0, 1), "npgettext": (0, 1, 2), "npgettext_lazy": (0, 1, 2),
}  # fmt: skip
CHINESE = re.compile(r"[㐀-鿿]+")
BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
UNNAMED = re.compile(r"(?<!%)(?:%%)*%[#0\- +]*\d*(?:\.\d+)?[sdifgr]")
# Terms of art that stand in English sentences as they stand in the office's papers; others stand behind in brackets.
TERMS = frozenset({"优秀", "良好", "一般", "较差", "不适用", "加分扣分", "一票否决", "单位", "春节"})


def text_problems(text: str) -> Iterator[str]:
    """Faults of a text that is translated."""
    strange = [word for word in CHINESE.findall(BRACKETED.sub("", text)) if word not in TERMS]
    if strange or (CHINESE.search(text) and not re.search(r"[A-Za-z]{2}", text)):
        yield f"Chinese in the text itself ({' '.join(strange) or text}): write English, a term of art in brackets behind"
    if UNNAMED.search(text):
        yield "unnamed placeholder: write %(name)s"


def code_problems(root: Path, rooms=ROOMS) -> list[str]:
    """Every fault in the Python code of the rooms with its place."""
    found = []
    for room in rooms:
        for path in sorted((root / room).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            tree = ast.parse(path.read_text(encoding="utf-8"))
            problems = [*_strange_names(tree), *_calls(tree)]
            found += [f"{path.relative_to(root)}:{line} {problem}" for line, problem in problems]
    return found


def _names(tree: ast.Module) -> dict[str, str]:
    """Local names of gettext's functions."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in TEXTS
    }


def _strange_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Functions under a name of one's own: what they translate is not collected, so it would stay English for good."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for alias in node.names:
                if alias.name in TEXTS and alias.asname not in (None, "_"):
                    yield node.lineno, f"{alias.name} is called {alias.asname}: gettext's programs look for _ only"


def _calls(tree: ast.Module) -> Iterator[tuple[int, str]]:
    names = _names(tree)
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names):
            continue
        for place in TEXTS[names[node.func.id]]:
            argument = node.args[place] if place < len(node.args) else None
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                for problem in text_problems(argument.value):
                    yield node.lineno, problem
            else:
                yield node.lineno, _why_not(argument)


def _why_not(argument: ast.AST | None) -> str:
    if argument is None:
        return "the text is given by name: gettext's programs do not find it"
    if isinstance(argument, ast.JoinedStr):
        return "an f-string is translated: fill in after translating, %(name)s"
    if isinstance(argument, ast.BinOp):
        return "the text is put together before it is translated"
    if isinstance(argument, ast.Call) and isinstance(argument.func, ast.Attribute) and argument.func.attr == "format":
        return "the text is formatted before it is translated"
    return "what is translated is no literal: gettext's programs do not find it"
