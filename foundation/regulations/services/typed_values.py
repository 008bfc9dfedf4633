"""Values of rules as a clerk types them: in words instead of codes, one entry a line. Reading is the way back.

A table is `name = value`, a list one word a line; a record inside of a line is `name：value；name：value`, a list inside
of one `word / word`. Words may be typed as they are shown, in either language, or as codes.
"""

import re
from functools import cached_property
from typing import Any

from ..models import Rule
from ..rules.values import TABLES
from .codes import codes

OWN_WORDS = "rule_word"
_ENTRIES, _NAME, _LIST = re.compile(r"[；;]"), re.compile(r"[：:]"), re.compile(r"\s/\s|／")
_WHOLE = re.compile(r"-?\d+")


class LineRefused(ValueError):
    """A line that is not built as it should be; `line` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


class TypedValue:
    """Shows and reads values of one rule; `pattern` is the stored value that stands now, after which others are built."""

    def __init__(self, rule: Rule, pattern: Any) -> None:
        self.rule, self.pattern = rule, pattern

    @cached_property
    def _tables(self) -> list:
        return [codes(name) for name in (*self.rule.words, OWN_WORDS)]

    def word(self, code: Any) -> str:
        """A code in the reader's language; numbers and what no table has stand for themselves."""
        row = next((table[code] for table in self._tables if code in table), None) if isinstance(code, str) else None
        return row.label() if row else str(code)

    @cached_property
    def _codes(self) -> tuple[dict[str, str], dict[str, str]]:
        """Words of both languages → code, of names and of entries: of two codes with one word the one in use counts."""
        names, entries = _words_in(self.pattern)
        return self._known(names), self._known([*entries, *self.rule.choices])

    def _known(self, used: list[str]) -> dict[str, str]:
        rows = [(code, table[code]) for code in used for table in self._tables if code in table]
        rows += [(code, row) for table in self._tables for code, row in table.items()]
        found: dict[str, str] = {}
        for code, row in rows:
            for word in (code, row.label_zh, row.label_en):
                found.setdefault(word, code)
        return found

    def name(self, text: str) -> str:
        """The code of a name; one that no table has stands for itself."""
        return self._codes[0].get(text.strip(), text.strip())

    def code(self, text: str) -> str:
        """The code of an entry; a word that no table has stands for itself."""
        return self._codes[1].get(text.strip(), text.strip())

    def allowed(self) -> list[str]:
        """Words that may stand in the value, where they are few and known."""
        found = self.rule.choices or [code for name in self.rule.words for code in codes(name)]
        return [self.word(code) for code in found]

    def shown(self, stored: Any) -> str:
        """The lines of a list, table or record."""
        kind = self.rule.value_type
        if kind == "text_list":
            return "\n".join(map(self.word, stored))
        if kind == "rows":
            return "\n".join(map(self._inside, stored))
        pairs = stored if kind in TABLES else stored.items()
        return "\n".join(f"{self.word(name)} = {self._inside(entry)}" for name, entry in pairs)

    def _inside(self, entry: Any) -> str:
        if isinstance(entry, dict):
            return "；".join(f"{self.word(name)}：{self._inside(value)}" for name, value in entry.items())
        return " / ".join(map(self.word, entry)) if isinstance(entry, list) else self.word(entry)

    def read(self, text: str) -> Any:
        """What the lines say, with codes for words. Raises LineRefused; whether it fits the rule is asked elsewhere."""
        lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
        kind = self.rule.value_type
        if kind == "text_list":
            return [self.code(line) for _number, line in lines]
        if kind == "rows":
            like = self.pattern[0] if self.pattern else {}
            return [self._record(line, like, number) for number, line in lines]
        found: dict[str, Any] = {}
        for number, line in lines:
            name, equals, entry = (part.strip() for part in line.replace("＝", "=").partition("="))
            key = self.name(name)
            if not equals or not name or not entry or key in found:
                raise LineRefused(number)
            found[key] = self._entry(key, entry, number)
        return found

    def _entry(self, key: str, text: str, number: int) -> Any:
        if self.rule.value_type == "record":
            return self._like((self.pattern or {}).get(key), text, number)
        return self.code(text)

    def _like(self, like: Any, text: str, number: int) -> Any:
        """The value of an entry, built as the one that stands there now."""
        if isinstance(like, dict):
            return self._record(text, like, number)
        if isinstance(like, list):
            return [self.code(part) for part in _LIST.split(text) if part.strip()]
        is_whole = isinstance(like, int) and not isinstance(like, bool) and _WHOLE.fullmatch(text)
        return int(text) if is_whole else self.code(text)

    def _record(self, text: str, like: dict, number: int) -> dict:
        found: dict[str, Any] = {}
        for part in filter(str.strip, _ENTRIES.split(text)):
            words = [word.strip() for word in _NAME.split(part, maxsplit=1)]
            key = self.name(words[0])
            if len(words) < 2 or not all(words) or key in found:
                raise LineRefused(number)
            found[key] = self._like(like.get(key), words[1], number)
        return found


def _words_in(stored: Any) -> tuple[list[str], list[str]]:
    """Names and entries of a value that are words."""
    if isinstance(stored, dict):
        stored = [[name, entry] for name, entry in stored.items()]
    elif not isinstance(stored, list):
        return [], [stored] if isinstance(stored, str) else []
    names, entries = [], []
    for each in stored:
        is_pair = isinstance(each, list) and len(each) == 2
        if is_pair:
            names += [each[0]] if isinstance(each[0], str) else []
        more = _words_in(each[1] if is_pair else each)
        names, entries = names + more[0], entries + more[1]
    return names, entries
