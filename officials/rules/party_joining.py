"""The field 入党时间 of the appointment form: a date, democratic parties, or 无党派, in one line. Pure.

Grammar: `[date](；party)*`, `party(；party)*` or `无党派`. The democratic parties have no date here. Older spellings are
read too; what fits nowhere is kept as it stands, with a problem, and printed unchanged.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from .partial_dates import DateUnreadable, PartialDate, parse_partial_date

PARTIES = ("民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "台盟")
_ALIASES = {
    "九三": "九三学社",
    "农工": "农工党",
    "致公": "致公党",
    "中国国民党革命委员会": "民革",
    "中国民主同盟": "民盟",
    "中国民主建国会": "民建",
    "中国民主促进会": "民进",
    "中国农工民主党": "农工党",
    "中国致公党": "致公党",
    "台湾民主自治同盟": "台盟",
}
UNAFFILIATED = "无党派"
_UNAFFILIATED_WORDS = {UNAFFILIATED, "无党派人士", "无党派民主人士"}
PROBATIONARY = "预备党员"
_PROBATIONARY_WORDS = {PROBATIONARY, "中共预备党员", "预备"}
# Say what the date alone says already.
_MEMBER_WORDS = {"中共", "中共党员", "党员", "中国共产党", "中国共产党党员"}
_SPLIT = re.compile(r"[;,、()\s\u200b\ufeff]+")
_WORD_THEN_DATE = re.compile(r"(\D+)(\d.*)", re.ASCII)
_DATE_THEN_WORD = re.compile(r"(\d{4}(?:年?[春夏秋冬初中底](?![^;])|[\d./\-年月日]*))(\D.*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartyJoining:
    """What the line says. `remark` holds the words that fit nowhere, `raw` the line as it stands.

    `problems`: party_words (words that fit nowhere), party_two_dates, party_date_whose (民建2001.08: the date may be
    that of joining the democratic party), party_unaffiliated_member (无党派 beside a date or a party), party_twice.
    """

    joined: PartialDate | None = None
    parties: tuple[str, ...] = ()
    is_unaffiliated: bool = False
    is_probationary: bool = False
    remark: str = ""
    problems: tuple[str, ...] = ()
    raw: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing was said."""
        return not (self.joined or self.parties or self.is_unaffiliated or self.is_probationary or self.remark)

    @property
    def printed(self) -> str:
        """What the form prints: 2002.03, 民盟（2002.03）, （民盟、民革） or 无党派; words that fit nowhere print the line itself."""
        if self.remark:
            return self.raw.strip()
        if self.is_unaffiliated:
            return UNAFFILIATED
        joined = self.joined.printed if self.joined else ""
        parties = "、".join(self.parties)
        if self.parties:
            return f"{parties}（{joined}）" if joined else f"（{parties}）"
        return f"{joined}（{PROBATIONARY}）" if self.is_probationary else joined

    @property
    def exchanged(self) -> str:
        """What an interchange file holds: 200203；民盟."""
        if self.remark:
            return self.raw.strip()
        if self.is_unaffiliated:
            return UNAFFILIATED
        joined = (
            [self.joined.exchanged + (f"（{PROBATIONARY}）" if self.is_probationary else "")] if self.joined else []
        )
        if self.is_probationary and not self.joined:
            joined = [PROBATIONARY]
        return "；".join([*joined, *self.parties])


@lru_cache(maxsize=4096)
def parse_party_joining(text: str) -> PartyJoining:
    """Read the line; never refuses."""
    dates: list[PartialDate] = []
    parties: list[str] = []
    rest: list[str] = []
    problems: list[str] = []
    unaffiliated = probationary = False
    for token in _tokens(text):
        date = _date(token)
        party = _ALIASES.get(token, token)
        if date:
            dates.append(date)
        elif party in PARTIES:
            (problems if party in parties else parties).append("party_twice" if party in parties else party)
        elif token in _UNAFFILIATED_WORDS:
            unaffiliated = True
        elif token in _PROBATIONARY_WORDS:
            probationary = True
        elif token not in _MEMBER_WORDS:
            rest.append(token)
    if rest:
        problems.append("party_words")
    if len(dates) > 1:
        problems.append("party_two_dates")
        rest.extend(date.printed for date in dates[1:])
    if unaffiliated and (dates or parties or probationary):
        problems.append("party_unaffiliated_member")
        rest.append(UNAFFILIATED)
    if dates and parties and _begins_with_word(text):
        problems.append("party_date_whose")
    return PartyJoining(
        joined=dates[0] if dates else None,
        parties=tuple(parties),
        is_unaffiliated=unaffiliated and not rest,
        is_probationary=probationary,
        remark="；".join(rest),
        problems=tuple(dict.fromkeys(problems)),
        raw=text,
    )


def _tokens(text: str) -> list[str]:
    """Words and dates, taken apart where they are written together: 民建2001.08."""
    found: list[str] = []
    for token in _SPLIT.split(unicodedata.normalize("NFKC", text)):
        if not token or _date(token):
            found.extend([token] if token else [])
            continue
        match = _WORD_THEN_DATE.fullmatch(token) or _DATE_THEN_WORD.fullmatch(token)
        parts = match.groups() if match else ()
        split = bool(parts) and any(_date(part) for part in parts)
        found.extend(parts if split else (token,))
    return found


def _date(token: str) -> PartialDate | None:
    try:
        return parse_partial_date(token)
    except DateUnreadable:
        return None


def _begins_with_word(text: str) -> bool:
    bare = unicodedata.normalize("NFKC", text).lstrip(" (;,、\u200b\ufeff")
    return not bare[:1].isdigit() and not bare.startswith(tuple(_MEMBER_WORDS))
