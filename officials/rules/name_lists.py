"""A pasted list of people (from a document, a mail, a sheet) taken apart: names, identity numbers, their last four. Pure.

Separated by line, comma, 、, semicolon, tab or blank; numbered (1. 1、 （1） ① 一、) or not; two-character names padded
with a blank (张　三). A number on the same line belongs to the one name there: `张三 1234` is the 张三 whose number ends
so. What stands in brackets after a name is a hint (unit, post). Finding the people is the caller's part.
"""

import re
from dataclasses import dataclass, field
from unicodedata import normalize

from .name_readings import surname_table
from .names import DOTS, parts_of

_CIRCLED = re.compile("[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229]")  # ① ⑴ ⒈ ❶ ㈠
_NUMBERING = re.compile(
    r"(?:^|(?<=[\s,，、;；]))\s*[(（]?\d{1,3}[)）.．、:：](?!\d)"
    r"|^\s*[一二三四五六七八九十]{1,3}、"  # only where a line begins: 张 三、李四 is a name
    r"|[(（][一二三四五六七八九十]{1,3}[)）]"
)
_STRONG = re.compile(r"[,，、;；|/\n\r]+")
_BRACKETS = re.compile(r"[(（\[【]([^)）\]】]*)[)）\]】]")
_NUMBER = re.compile(r"(?<![0-9A-Za-z.])(?:[0-9]{17}[0-9X]|[0-9]{15}|[0-9]{3}[0-9X])(?![0-9A-Za-z.])", re.IGNORECASE)
_CJK = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u3007"
_NAME = re.compile(rf"[{_CJK}A-Za-z][{_CJK}A-Za-z{re.escape(DOTS)}]*")
_ONE = re.compile(rf"[{_CJK}]")
_SEXES = {"男", "女"}
_ADDRESS = "同志"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One person looked for. `number` is complete, `ending` its last four characters; X in capitals.

    `place` counts from 1 in the order of the list, `times` how often the same person stands in it, `text` is as pasted.
    """

    place: int
    text: str
    name: str = ""
    number: str = ""
    ending: str = ""
    hint: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class ParsedList:
    """What a pasted list asks for, in its order and each person once, and the pieces that are no name and no number."""

    wanted: tuple[Wanted, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def repeated(self) -> tuple[Wanted, ...]:
        """Those that stand in the list more than once."""
        return tuple(person for person in self.wanted if person.times > 1)


@dataclass(slots=True)
class _Piece:
    """What was recognised between two separators, in order."""

    names: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    hint: str = ""
    unread: list[str] = field(default_factory=list)


def parse_name_list(text: str) -> ParsedList:
    """Take a pasted list apart; nothing in it is an error, what cannot be read is in `unread`."""
    found: dict[tuple, list[Wanted]] = {}
    unread: list[str] = []
    for line in normalize("NFC", text).splitlines():
        for piece_text in _pieces(line):
            piece = _read(piece_text)
            unread += piece.unread
            for values in _people(piece):
                key = (values.get("name", ""), values.get("number", ""), values.get("ending", ""))
                place = len(found) + 1
                found.setdefault(key, []).append(Wanted(place=place, text=piece_text.strip(), **values))
    wanted = (
        Wanted(**{name: getattr(same[0], name) for name in Wanted.__slots__} | {"times": len(same)})
        for same in found.values()
    )
    return ParsedList(tuple(wanted), tuple(dict.fromkeys(unread)))


def _pieces(line: str) -> list[str]:
    """The line between its strong separators; brackets keep theirs."""
    line = _CIRCLED.sub(" , ", line)
    line = _NUMBERING.sub(" , ", line)
    kept: list[str] = []

    def put_aside(match: re.Match) -> str:
        kept.append(match.group(0))
        return f"\ue000{len(kept) - 1}\ue001"

    pieces = _STRONG.split(_BRACKETS.sub(put_aside, line))
    restored = (re.sub("\ue000(\\d+)\ue001", lambda match: kept[int(match.group(1))], piece) for piece in pieces)
    return [piece for piece in restored if piece.strip()]


def _read(text: str) -> _Piece:
    piece = _Piece()
    text = normalize("NFKC", text)
    for inside in _BRACKETS.findall(text):
        numbers = _NUMBER.findall(inside)
        piece.numbers += numbers
        if not numbers and inside.strip():
            piece.hint = inside.strip()
    bare = _BRACKETS.sub(" ", text)
    bare = re.sub(rf"(?<=[{_CJK}])(?=[0-9])|(?<=[0-9Xx])(?=[{_CJK}])", " ", bare)
    piece.numbers += _NUMBER.findall(bare)
    for token in _joined(_NUMBER.sub(" ", bare).split()):
        token = token.strip(".:;'\"“”‘’。：")
        if _NAME.fullmatch(token):
            if token not in _SEXES:
                piece.names.append(_uniform(token))
        elif token and not re.fullmatch(r"[0-9]{1,3}", token):  # a number of a row says nothing
            piece.unread.append(token)
    return piece


def _joined(tokens: list[str]) -> list[str]:
    """Names written apart are put together: 张 三, 欧阳 修."""
    joined: list[str] = []
    open_surname = False
    for token in tokens:
        single = bool(_ONE.fullmatch(token))
        if open_surname and single:
            joined[-1] += token
            open_surname = False
            continue
        joined.append(token)
        open_surname = (single and token not in _SEXES) or (len(token) > 1 and token in surname_table())
    return joined


def _uniform(name: str) -> str:
    name = "·".join(parts_of(name))
    return name[: -len(_ADDRESS)] if name.endswith(_ADDRESS) and len(name) > len(_ADDRESS) + 1 else name


def _people(piece: _Piece) -> list[dict[str, str]]:
    """One person when there is one name with one number at most; otherwise each name and each number by itself."""
    numbers = [_number(number) for number in piece.numbers]
    if len(piece.names) == 1 and len(numbers) <= 2 and len({kind for n in numbers for kind in n}) == len(numbers):
        facts = {"name": piece.names[0], "hint": piece.hint}
        for number in numbers:
            facts |= number
        if "number" in facts:
            facts.pop("ending", None)
        return [facts]
    hint = {"hint": piece.hint} if len(piece.names) == 1 else {}
    return [{"name": name, **hint} for name in piece.names] + numbers


def _number(text: str) -> dict[str, str]:
    return {"ending" if len(text) == 4 else "number": text.upper()}
