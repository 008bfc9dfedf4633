"""Number formats: which cells are dates, and how a stored number is read exactly. Standard library only."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal

# ECMA-376 part 1, 18.8.30: the formats a workbook names by number only; 27-36 and 50-58 are the Chinese date formats.
BUILTIN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"',
    29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    34: 'h"时"mm"分"', 35: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0",
    48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 55: 'h"时"mm"分"', 56: 'h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip

# Quoted text, escaped or padded characters, colours, locales and conditions say nothing about the kind of the number.
_NOISE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[ymdhs]", re.IGNORECASE)
_SIGNIFICANT = 15


def is_date_format(number_format: str) -> bool:
    """True when numbers with this format are shown as a day or a time."""
    if number_format in ("General", "@"):
        return False
    bare = _NOISE.sub("", number_format.split(";")[0])
    return bool(_DATE_LETTERS.search(bare.replace("General", "")))


def is_percent_format(number_format: str) -> bool:
    """True when numbers with this format are shown a hundred times as large with a percent sign."""
    return "%" in _NOISE.sub("", number_format.split(";")[0])


def exact(text: str) -> tuple[str, bool]:
    """The number a spreadsheet shows for the stored text, written plainly, and whether digits beyond the 15th were dropped.

    Workbooks store binary fractions: 0.985 as 0.98499999999999999 and 0.1+0.2 as 0.30000000000000004. Spreadsheets
    count 15 significant digits, which is every digit a person can have typed. ValueError for no finite number.
    """
    number = float(text)
    shown = Decimal(format(number, f".{_SIGNIFICANT}g"))
    if not shown.is_finite():
        raise ValueError(text)
    return plain(shown), Decimal(repr(number)) != shown


def plain(number: Decimal) -> str:
    """Without exponent, without superfluous zeros, without a negative zero: the same number is always the same text."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def day_or_time(serial: str, *, since_1904: bool) -> str:
    """The ISO text of a stored day number: `2024-12-31`, or `2024-12-31T08:30:00` when it has a time of day.

    Day 60 of the 1900 system is the 29 February 1900 that never was; days before it count one less.
    """
    days = float(serial)
    if since_1904:
        moment = datetime(1904, 1, 1) + timedelta(days=days)
    elif days < 60:
        moment = datetime(1899, 12, 31) + timedelta(days=days)
    else:
        moment = datetime(1899, 12, 30) + timedelta(days=days)
    moment = (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
    return moment.date().isoformat() if moment.time() == datetime.min.time() else moment.isoformat()
