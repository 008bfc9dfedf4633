"""What stands in a file (汉, 党员, 大学本科, 广东省鹤山市) against the labels of a code table. Pure: the table is passed in.

Files carry labels, not codes, and every office abbreviates in its own way. In this order: the label itself; an alias of
`data/label_aliases.csv`; the label with the ending that the table's labels have (汉 → 汉族); a place without 省/市/县; the
code itself, where the caller says that codes may stand there. What fits several codes is never chosen silently: the codes
are offered. Aliases say the same thing in other words; nothing that would need judgement is one (配偶 is neither 丈夫 nor 妻子).
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from unicodedata import normalize

ALIASES = Path(__file__).resolve().parent / "data" / "label_aliases.csv"
MOST_OFFERS = 8
MOST_KNOWN = 10_000
"""Texts of a table whose match is kept: the columns of a long file repeat few."""
_PUNCTUATION = re.compile(r"[\s\"'“”‘’、,，.。;；:：()（）\[\]【】《》]+")
_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
_PLACE_WORDS = re.compile(r"维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|自治县|特别行政区|省|市|县|区|地区|盟|旗")
ENDINGS = {"ethnic_gbt3304": "族", "assess_zb18": "等次", "sex_gbt2261_1": "性"}
PLACES = {"native_place_editor_zb01", "gb2260_provinces", "gb2260_guangdong"}


class How(StrEnum):
    """By which way a label was recognised."""

    LABEL = "label"
    ALIAS = "alias"
    ENDING = "ending"
    PLACE = "place"
    CODE = "code"
    SEVERAL = "several"
    UNKNOWN = "unknown"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """`code` is set when exactly one code fits; `offers` holds (code, label) of what might be meant."""

    how: How
    code: str = ""
    label: str = ""
    offers: tuple[tuple[str, str], ...] = ()


def label_key(text: str) -> str:
    """What two spellings of a label have in common: width, blanks and punctuation do not count."""
    return _PUNCTUATION.sub("", normalize("NFKC", text)).casefold()


@cache
def aliases(table: str) -> dict[str, str]:
    """Key of the other word → label, for a code table; empty for a table without aliases."""
    with ALIASES.open(encoding="utf-8", newline="") as file:
        return {label_key(row["alias"]): row["label"] for row in csv.DictReader(file) if row["table"] == table}


class LabelTable:
    """One code table, prepared for many look-ups. `rows` are (code, label), in the table's order."""

    def __init__(self, table: str, rows: Iterable[tuple[str, str]], *, takes_codes: bool = False):
        self.table, self.takes_codes = table, takes_codes
        self.labels = dict(rows)
        self._ways = self._built()
        self._keys = [(code, label_key(label)) for code, label in self.labels.items()]
        self._known: dict[str, LabelMatch] = {}
        self._short: dict[str, list[str]] = defaultdict(list)
        for code, label in self.labels.items():
            if (bare := label_key(_BRACKETS.sub("", label))) != label_key(label):
                self._short[bare].append(code)

    def match(self, text: str) -> LabelMatch:
        """The code that a text means, or what it may mean."""
        found = self._known.get(text)
        if found is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            found = self._known[text] = self._match(text)
        return found

    def _match(self, text: str) -> LabelMatch:
        key = label_key(text)
        if not key:
            return LabelMatch(How.EMPTY)
        for how, look in self._ways:
            codes = look(key)
            if len(codes) == 1:
                return LabelMatch(how, codes[0], self.labels[codes[0]])
            if codes:
                return LabelMatch(How.SEVERAL, offers=self._offers(codes))
        return LabelMatch(How.UNKNOWN, offers=self._offers(self._similar(key)))

    def _built(self):
        by_label: dict[str, list[str]] = defaultdict(list)
        for code, label in self.labels.items():
            by_label[label_key(label)].append(code)
        others, ending = aliases(self.table), ENDINGS.get(self.table, "")
        ways = [
            (How.LABEL, lambda key: by_label.get(key, [])),
            (How.ALIAS, lambda key: by_label.get(label_key(others.get(key, "")), [])),
        ]
        if ending:
            ways.append(
                (How.ENDING, lambda key: by_label.get(key + ending, []) or by_label.get(key.removesuffix(ending), []))
            )
        if self.table in PLACES:
            by_place: dict[str, list[str]] = defaultdict(list)
            for code, label in self.labels.items():
                by_place[_place(label)].append(code)
            ways.append((How.PLACE, lambda key: by_place.get(_place(key), []) or self._shorter(by_place, key)))
        if self.takes_codes:
            by_code = {code.casefold(): [code] for code in self.labels}
            ways.append((How.CODE, lambda key: by_code.get(key, [])))
        return ways

    @staticmethod
    def _shorter(by_place: dict[str, list[str]], key: str) -> list[str]:
        """广东省江门市鹤山市 is 广东鹤山: the province and the last part, when the middle one is a city."""
        parts = [part for part in _PLACE_WORDS.split(key) if part]
        return by_place.get(parts[0] + parts[-1], []) if len(parts) > 2 else []

    def _similar(self, key: str) -> list[str]:
        if key in self._short:
            return self._short[key]
        return [code for code, label in self._keys if key in label or label in key] if len(key) > 1 else []

    def _offers(self, codes: Iterable[str]) -> tuple[tuple[str, str], ...]:
        return tuple((code, self.labels[code]) for code in list(codes)[:MOST_OFFERS])


def _place(label: str) -> str:
    """Name of a place without the words of its kind; 沙市, where the word belongs to the name, keeps it."""
    key = label_key(label)
    parts = [part for part in _PLACE_WORDS.split(key) if part]
    return "".join(parts) if all(len(part) > 1 for part in parts) else key
