"""The collection workbook V2017.01 (信息采集表): its sheets, their headers in order, and what each column means. Pure.

Reader and writer share this description. Row 1 is a title, row 2 the headers, data begin in row 3. Values are labels, dates
have six or eight digits, a yes is 是. Every sheet about people begins with name and identity number.
"""

from __future__ import annotations

from dataclasses import dataclass

VERSION = "V2017.01"
NOTES_SHEET = "填报说明"
MOST_PEOPLE = 2000
YES, NO = "是", "否"


@dataclass(frozen=True, slots=True)
class CollectionColumn:
    """One column: header, name of the value, kind, code table of its labels, longest text, width on the sheet.

    `kind`: text, lines (several lines), day (a date as far as it is known), label (of `table`), code (of `table`, filled
    in beside a label), flag (是 or 否), number (whole) or decimal.
    """

    header: str
    name: str
    kind: str = "text"
    table: str = ""
    longest: int = 120
    width: int = 12


@dataclass(frozen=True, slots=True)
class CollectionSheet:
    """One sheet: the code its name begins with, its name, the information set, and the columns behind the key."""

    code: str
    name: str
    set_name: str
    own_columns: tuple[CollectionColumn, ...]

    @property
    def columns(self) -> tuple[CollectionColumn, ...]:
        """All columns; a sheet about people begins with their key."""
        return self.own_columns if self.code == "B01" else (*KEY, *self.own_columns)


C = CollectionColumn
KEY = (C("姓名", "name", longest=60, width=9), C("身份证号", "id_number", longest=18, width=20))


def _day(header: str, name: str) -> CollectionColumn:
    return C(header, name, "day", longest=20, width=9)


def _flag(header: str, name: str) -> CollectionColumn:
    return C(header, name, "flag", longest=2, width=6)


def _number(header: str, name: str) -> CollectionColumn:
    return C(header, name, "number", longest=6, width=6)


_UNITS = CollectionSheet(
    "B01",
    "B01单位",
    "units",
    (
        C("机构名称", "name", width=24), C("机构简称", "short_name", width=14), C("机构编码", "code"),
        C("所在政区", "division"), C("隶属关系", "affiliation", "label", "org_affiliation_zb87"),
        C("机构级别", "level", "label", "org_level_zb03"), C("机构类别", "nature", "label", "org_type_zb04_2017"),
        C("法人单位标识", "unit_kind", "label", "org_kind_b0194"), _number("行政编制数", "administrative"),
        _number("事业编制数（参照）", "reference"), _number("事业编制数（非参照）", "institution"),
        _number("工勤编制数", "logistics"), _number("其他编制数", "other"),
        _day("参照公务员法管理审批时间", "reference_approved"), C("参照公务员法管理审批文号", "reference_document"),
        _number("内设机构领导职数", "section_leaders"), _number("正职领导职数", "principals"),
        _number("副职领导职数", "deputies"), C("备注", "remark"), _number("同级排序号", "sort"),
    ),
)  # fmt: skip
PEOPLE = CollectionSheet(
    "A01",
    "A01人员",
    "people",
    (
        C("性别", "sex", "label", "sex_gbt2261_1", 10, 5), _day("出生年月", "birth"),
        C("籍贯", "native_place", longest=60, width=10), C("出生地", "birth_place", longest=60, width=10),
        C("成长地", "raised_in", longest=60, width=10), C("民族", "ethnicity", "label", "ethnic_gbt3304", 18, 7),
        C("健康状况", "health", longest=60, width=8), _day("参加工作时间", "work"),
        C("入党时间文字", "party_text", longest=100, width=14),
        C("政治面貌", "politics", "label", "political_gb4762_short", 18, 9), _day("入党时间", "party_on"),
        C("第二党派", "second_party", "label", "political_gb4762_short", 18, 9),
        C("第三党派", "third_party", "label", "political_gb4762_short", 18, 9),
        C("人员类别", "category", "label", "person_category_zb125_2017", 40),
        C("人员管理状态", "status", "label", "person_status_zb126_2017", 20, 10),
        C("管理类别", "managed_by", "label", "manage_category_zb130", 40),
        C("熟悉专业有何特长", "speciality", longest=220, width=16),
        C("现工作单位及职务全称", "post_text", longest=1000, width=30),
        C("现工作单位及职务简称", "post_short", longest=500, width=20),
        C("现职务层次", "level", "label", "post_level_zb09_2017", 40), _day("任现职务层次时间", "level_since"),
        C("现职级", "rank", "label", "rank_zb148", 40), _day("任现职级时间", "rank_since"),
        C("专业技术职务", "title_text"), _flag("是否具有两年以上基层工作经历", "has_grassroots_years"),
        C("统计关系所在单位", "home", width=24), C("简历", "resume_text", "lines", longest=8000, width=40),
        C("奖惩综述", "awards_text", "lines", longest=2000, width=24),
        C("年度考核结果综述", "ratings_text", "lines", longest=2000, width=24),
        C("级别", "salary_grade", "label", "salary_grade_zb134", 40),
        C("编制类型", "establishment", "label", "establishment_zb135", 40),
        C("专业技术类公务员任职资格", "technical_rank", "label", "tech_civil_qual_zb139", 60),
        _day("公务员登记时间", "registered_on"), C("备注", "remark", longest=500),
    ),
)  # fmt: skip
POSTS = CollectionSheet(
    "A02",
    "A02职务",
    "posts",
    (
        C("任职机构名称", "unit", longest=200, width=24), _flag("是否领导成员", "is_team_member"),
        C("成员类别", "member_kind", "label", "team_member_zb129", 20), C("职务名称", "title", longest=80, width=18),
        C("是否领导职务", "is_leader", "flag", "leader_post_zb42", 8),
        _number("职务排序", "order_in_person"), _number("集体内排序", "team_order"), _day("任职时间", "starts"),
        C("任职文号", "document_no", longest=80), C("选拔任用方式", "method", "label", "appoint_method_zb122", 40),
        _flag("是否破格提拔", "is_exceptional"), C("任职状态", "state", "label", "post_state_zb14", 4, 6),
        _day("免职时间", "ends"), C("免职文号", "end_document_no", longest=80),
        C("职务变动原因综述", "change_reason"), _flag("职务输出标识", "is_shown"), _flag("主职务", "is_main"),
    ),
)  # fmt: skip
RANKS = CollectionSheet(
    "A05",
    "A05职务职级",
    "ranks",
    (
        C("类别", "kind", longest=6, width=8), C("职务层次（职级）", "label", longest=40),
        _day("批准日期", "starts"), C("批准文号", "document_no", longest=80), _day("终止日期", "ends"),
        C("状态", "state", "label", "post_state_zb14", 4, 6),
    ),
)  # fmt: skip
TITLES = CollectionSheet(
    "A06",
    "A06专业技术",
    "titles",
    (
        C("专业技术资格代码", "title_code", "code", "pro_title_gb8561", 8),
        C("专业技术资格名称", "title", "label", "pro_title_gb8561", 60, 16), _day("获得资格日期", "acquired_text"),
        C("取得资格途径", "route", "label", "qual_route_zb24", 40), C("评委会或考试名称", "body", longest=100, width=20),
        _flag("输出标识", "is_shown"),
    ),
)  # fmt: skip
EDUCATION = CollectionSheet(
    "A08",
    "A08学历学位",
    "education",
    (
        C("学历名称", "education", "label", "education_zb64", 60), C("学历代码", "education_code", "code", "education_zb64", 8),
        C("学位名称", "degree", "label", "degree_gbt6864", 60), C("学位代码", "degree_code", "code", "degree_gbt6864", 8),
        _day("入学时间", "starts_text"), _day("毕（肄）业时间", "ends_text"), _day("学位授予时间", "degree_text"),
        C("学校（单位）名称", "school", width=20), C("所学专业名称", "subject", longest=60, width=16),
        C("所学专业类别", "subject_kind", longest=40), C("教育类别", "mode", "label", "edu_type_zb123", 8, 8),
        C("学制年限", "years", "decimal", longest=4, width=6), _flag("输出标识", "is_shown"),
    ),
)  # fmt: skip
AWARDS = CollectionSheet(
    "A14",
    "A14奖惩",
    "awards",
    (
        C("奖惩名称", "label", "label", "reward_punish_zb65", 80, 16),
        C("奖惩名称代码", "label_code", "code", "reward_punish_zb65", 8), _day("批准日期", "approved_text"),
        C("批准机关", "approved_by", longest=60, width=18),
        C("批准机关级别", "approver_level", "label", "org_level_zb03", 40),
        C("受奖惩时职务层次", "level_then", "label", "post_level_zb09_2017", 40), _day("撤销日期", "revoked_text"),
        C("批准机关性质", "approver_nature", "label", "org_nature_approver_zb128", 40),
    ),
)  # fmt: skip
RATINGS = CollectionSheet(
    "A15",
    "A15考核",
    "ratings",
    (C("考核结论", "grade", "label", "assess_zb18", 40), C("考核年度", "year", "number", longest=4, width=8)),
)
FAMILY = CollectionSheet(
    "A36",
    "A36家庭及社会关系",
    "family",
    (
        C("家庭成员姓名", "member_name", longest=36, width=10),
        C("称谓", "relation", "label", "family_gb4761_editor", 18, 8), _day("出生日期", "birth_text"),
        C("政治面貌", "politics", "label", "political_gb4762_short", 18, 9),
        C("工作单位及职务", "work", longest=200, width=30), _number("排序", "sort"),
    ),
)  # fmt: skip
EXTRA = CollectionSheet(
    "A99Z1",
    "A99Z1补充",
    "extra",
    (
        _flag("是否考录", "is_recruited_by_exam"), _day("录用时间", "recruited_on"),
        _flag("是否选调生", "is_selected_graduate"), _day("进入选调生时间", "selected_on"),
    ),
)  # fmt: skip
UNITS = _UNITS
SHEETS = (UNITS, PEOPLE, POSTS, RANKS, TITLES, EDUCATION, AWARDS, RATINGS, FAMILY, EXTRA)
"""In the order of the workbook, behind 填报说明."""
RANK_KINDS = {True: "职级", False: "职务层次"}
"""A05 类别 by `RankHolding.is_rank`."""
TABLES = frozenset(column.table for sheet in SHEETS for column in sheet.columns if column.table)
SANCTION_ROOT = "02"
"""Codes of ZB65 that begin so are sanctions (惩戒)."""
LEADER_WORDS = {True: "领导职务", False: "非领导职务"}
