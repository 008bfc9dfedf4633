"""A made-up roster (名册) of one county: 30 columns of text as an office sends it, with shared texts as spreadsheet programs
write them.

    python -m bench.rosters ROWS FILE    writes the workbook in a process of its own
"""

import sys
from collections.abc import Iterator
from datetime import date, timedelta

import xlsxwriter

from officials.rules.identity_number import check_character

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢翟单仇解查区盖"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰志远小红大海建国文晓东春梅"
UNITS = [f"第{number}{kind}局" for number in range(1, 31) for kind in ("财政", "教育", "水利")]
HEADER = (
    "序号 姓名 性别 民族 出生年月 籍贯 出生地 入党时间 参加工作时间 健康状况 专业技术职务 全日制学历 全日制学位 全日制毕业院校及专业 "
    "在职学历 在职学位 在职毕业院校及专业 工作单位及现任职务 任现职时间 职务层次 任现职务层次时间 职级 任现职级时间 身份证号 手机号码 "
    "人员类别 编制类型 公务员登记时间 年度考核结果 备注"
).split()
POSTS = (
    "党组书记、局长",
    "党组成员、副局长",
    "办公室主任",
    "一级科员",
    "人事股股长",
    "四级主任科员",
    "二级主任科员",
    "三级主任科员",
)
RANKS = (
    "三级调研员",
    "四级调研员",
    "一级主任科员",
    "二级主任科员",
    "三级主任科员",
    "四级主任科员",
    "一级科员",
    "二级科员",
)
SCHOOLS = ("中山大学", "暨南大学", "五邑大学", "华南师范大学", "华南农业大学")
SUBJECTS = ("会计学", "法学", "汉语言文学", "土木工程", "农学", "公共管理", "水利水电工程")
FIRST = date(1966, 1, 1)
BIRTHS = 12_000


def _month(day: date) -> str:
    return f"{day.year}.{day.month:02d}"


def person(place: int) -> tuple[str, ...]:
    """The cells of one person; no two have one number."""
    born = FIRST + timedelta(days=place * 7919 % BIRTHS)
    order = 100 + place // BIRTHS
    body = f"440784{born:%Y%m%d}{order:03d}"
    grown = born + timedelta(days=8000 + place * 31 % 900)
    post = date(2012, 1, 1) + timedelta(days=place * 104729 % 4500)
    name = SURNAMES[place % len(SURNAMES)] + GIVEN[place * 17 % len(GIVEN)] + GIVEN[place * 29 % len(GIVEN)]
    school = SCHOOLS[place % 5] + SUBJECTS[place % 7] + "专业"
    return (
        str(place + 1), name, "男" if order % 2 else "女", "汉族" if place % 17 else "瑶族", _month(born), "广东新会", "广东新会",
        _month(grown + timedelta(days=700)) if place % 9 else "", _month(grown), "健康", "" if place % 6 else "会计师",
        ("大学", "大专", "研究生", "中专")[place % 4], ("", "法学学士", "管理学硕士")[place % 3], school,
        "" if place % 3 else "大学", "", "" if place % 3 else SCHOOLS[place % 4] + SUBJECTS[place % 6] + "专业",
        UNITS[place % len(UNITS)] + POSTS[place % 8], _month(post), ("县处级副职", "乡科级正职", "乡科级副职", "科员")[place % 4],
        _month(post), RANKS[place % 8], _month(post + timedelta(days=60)), body + check_character(body),
        f"138{place * 7907 % 10**8:08d}", "公务员", "行政编制", _month(grown + timedelta(days=400)),
        "2023年称职，2024年优秀" if place % 5 else "2024年称职", "" if place % 11 else f"第{place}号档案待核",
    )  # fmt: skip


def people(rows: int) -> Iterator[tuple[str, ...]]:
    """So many people, always the same."""
    return (person(place) for place in range(rows))


def write_workbook(path: str, rows: int) -> None:
    """The roster as a workbook."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("名册")
    sheet.write_string(0, 0, "干部名册（截止时间：2025年12月31日）")
    for row, cells in enumerate([tuple(HEADER), *people(rows)], start=1):
        for column, text in enumerate(cells):
            if text:
                sheet.write_string(row, column, text)
    book.close()


if __name__ == "__main__":
    write_workbook(sys.argv[2], int(sys.argv[1]))
