"""The roster of the demo county, small rosters made of it, and what reading them needs, without a database."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache

from foundation.exchange.sandbox.limits import LARGE
from foundation.exchange.sandbox.reader import read_workbook
from officials.imports.roster import RosterFacts, parse_roster
from officials.imports.roster_people import LABELS
from officials.imports.unit_posts import UnitFinder, UnitNames
from officials.rules.identity_number import check_character
from officials.rules.labels import LabelTable
from tests.support.heshan import CODES, DEMO
from tests.support.workbooks import workbook

TODAY = date(2026, 11, 28)
HEADER = (
    "序号",
    "姓名",
    "性别",
    "民族",
    "出生年月",
    "入党时间",
    "参加工作时间",
    "工作单位及现任职务",
    "任现职时间",
    "职级",
    "任现职级时间",
    "身份证号",
)
TITLE = (("干部名册",), ("填报单位：组织部    截止时间：2025年12月31日",))


@cache
def tables() -> dict[str, LabelTable]:
    names = {"sex_gbt2261_1", "education_zb64", "degree_gbt6864", *(table for table, _longest in LABELS.values())}
    found = {}
    for name in names:
        with (CODES / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            found[name] = LabelTable(name, [(row["code"], row["label_zh"]) for row in csv.DictReader(stream)])
    return found


@cache
def finder() -> UnitFinder:
    with (DEMO / "units.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return UnitFinder(UnitNames(u["code"], u["name"], u["short_name"], u["kind"], u["parent"]) for u in rows)


def read(data: bytes, **facts):
    """A workbook as the importer reads it."""
    known = RosterFacts(finder=finder(), tables=tables(), today=TODAY, **facts)
    return parse_roster(read_workbook(data, filename="roster.xlsx", limits=LARGE), known)


@cache
def heshan():
    """The roster of the county, read once."""
    return read((DEMO / "roster.xlsx").read_bytes())


def number(birth: str = "19800101", order: str = "901", region: str = "440784") -> str:
    """A number with a right check character; the last digit of `order` is odd for a man."""
    body = f"{region}{birth}{order}"
    return body + check_character(body)


def person(**other) -> dict:
    """The cells of one good row by header."""
    cells = dict.fromkeys(HEADER, "") | {
        "序号": 1, "姓名": "何志强", "性别": "男", "民族": "汉族", "出生年月": "1980.01", "入党时间": "2002.06",
        "参加工作时间": "2001.07", "工作单位及现任职务": "鹤山市水利局党组成员、副局长", "任现职时间": "2019.03",
        "职级": "三级主任科员", "任现职级时间": "2021.05", "身份证号": number(),
    }  # fmt: skip
    return cells | other


def roster(*people: dict, header=HEADER, title=TITLE, after=()) -> bytes:
    """A workbook with these people."""
    rows = [tuple(each.get(name, "") for name in header) for each in people]
    return workbook({"名册": [*title, tuple(header), *rows, *after]})
