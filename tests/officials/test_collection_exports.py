"""The collection workbook written: sheets and headers as the interchange describes them, texts alone, numbers masked."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from foundation.audit.models import Entry
from foundation.organizations.models import Post
from officials.models import AnnualRating, Award, Education, FamilyMember, PostHolding, ProfessionalTitle, RankHolding
from officials.services.roster_exports import SheetOrder, export_sheet
from tests.factories.people import make_person, number_of
from tests.support.people import client_of, key_client_of
from tests.support.queries import count_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
SHEETS = ["填报说明", "B01单位", "A01人员", "A02职务", "A05职务职级", "A06专业技术", "A08学历学位", "A14奖惩", "A15考核", "A36家庭及社会关系", "A99Z1补充"]  # fmt: skip
HEADERS = {
    "B01单位": "机构名称 机构简称 机构编码 所在政区 隶属关系 机构级别 机构类别 法人单位标识 行政编制数 事业编制数（参照） 事业编制数（非参照） 工勤编制数 其他编制数 参照公务员法管理审批时间 参照公务员法管理审批文号 内设机构领导职数 正职领导职数 副职领导职数 备注 同级排序号",
    "A01人员": "姓名 身份证号 性别 出生年月 籍贯 出生地 成长地 民族 健康状况 参加工作时间 入党时间文字 政治面貌 入党时间 第二党派 第三党派 人员类别 人员管理状态 管理类别 熟悉专业有何特长 现工作单位及职务全称 现工作单位及职务简称 现职务层次 任现职务层次时间 现职级 任现职级时间 专业技术职务 是否具有两年以上基层工作经历 统计关系所在单位 简历 奖惩综述 年度考核结果综述 级别 编制类型 专业技术类公务员任职资格 公务员登记时间 备注",
    "A02职务": "姓名 身份证号 任职机构名称 是否领导成员 成员类别 职务名称 是否领导职务 职务排序 集体内排序 任职时间 任职文号 选拔任用方式 是否破格提拔 任职状态 免职时间 免职文号 职务变动原因综述 职务输出标识 主职务",
    "A05职务职级": "姓名 身份证号 类别 职务层次（职级） 批准日期 批准文号 终止日期 状态",
    "A06专业技术": "姓名 身份证号 专业技术资格代码 专业技术资格名称 获得资格日期 取得资格途径 评委会或考试名称 输出标识",
    "A08学历学位": "姓名 身份证号 学历名称 学历代码 学位名称 学位代码 入学时间 毕（肄）业时间 学位授予时间 学校（单位）名称 所学专业名称 所学专业类别 教育类别 学制年限 输出标识",
    "A14奖惩": "姓名 身份证号 奖惩名称 奖惩名称代码 批准日期 批准机关 批准机关级别 受奖惩时职务层次 撤销日期 批准机关性质",
    "A15考核": "姓名 身份证号 考核结论 考核年度",
    "A36家庭及社会关系": "姓名 身份证号 家庭成员姓名 称谓 出生日期 政治面貌 工作单位及职务 排序",
    "A99Z1补充": "姓名 身份证号 是否考录 录用时间 是否选调生 进入选调生时间",
}
"""As files-and-forms §5.2 lists them."""


def book_of(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def lines(book, sheet):
    """Data rows of a sheet by header; empty cells left out."""
    _title, headers, *rows = book[sheet].iter_rows(values_only=True)
    return [{header: value for header, value in zip(headers, row, strict=True) if value} for row in rows]


def full_person(tree, **fields):
    """A person with something in every information set."""
    values = {
        "birth_text": "1980.05", "work_text": "2001.07", "work_on": date(2001, 7, 1), "party_text": "200206；民盟",
        "party_on": date(2002, 6, 15), "native_place": "广东鹤山", "level": "乡科级副职", "level_on": date(2019, 3, 1),
        "rank": "三级主任科员", "rank_on": date(2021, 5, 1), "post_text": "甲县财政局党组成员、副局长",
        "post_on": date(2019, 3, 1), "post_since_text": "2019.03", "resume_text": "1998.09--2001.07  某大学\n2001.07--         甲县财政局科员\n                  续行",
        "awards_text": "2015年获嘉奖", "has_grassroots_years": False, "is_recruited_by_exam": True,
        "recruited_on": date(2001, 7, 9), "is_selected_graduate": False, "registered_on": date(2006, 7, 1),
        "team_order": 3, "remark": "=1+1",
    } | fields  # fmt: skip
    person = make_person("何志强", tree.finance, born=date(1980, 5, 6), serial=101, **values)
    old = Post.objects.create(organization=tree.finance_section, title="股长", sort=1)
    now = Post.objects.create(organization=tree.finance, title="党组成员、副局长", is_team_member=True, sort=2)
    PostHolding.objects.create(official=person, post=old, starts_on=date(2010, 2, 8), ends_on=date(2019, 2, 28), document_no="甲财〔2010〕2号")  # fmt: skip
    PostHolding.objects.create(
        official=person, post=now, starts_on=date(2019, 3, 1), is_leader=True, is_team_member=True,
        member_kind="副职", method="选任", is_exceptional=True, document_no="甲组〔2019〕3号", order_in_person=1,
    )  # fmt: skip
    PostHolding.objects.create(
        official=person, unit_text="乙省丙市某局", title_text="挂职副局长", is_main=False, starts_on=date(2016, 4, 1),
        ends_on=date(2017, 4, 12), is_shown=False, change_reason="挂职期满",
    )  # fmt: skip
    RankHolding.objects.create(official=person, label="四级主任科员", starts_on=date(2019, 6, 1), ends_on=date(2021, 4, 30))  # fmt: skip
    RankHolding.objects.create(official=person, label="三级主任科员", starts_on=date(2021, 5, 1), document_no="甲组〔2021〕8号")  # fmt: skip
    RankHolding.objects.create(official=person, label="乡科级副职", is_rank=False, starts_on=date(2019, 3, 1))
    ProfessionalTitle.objects.create(official=person, title="会计师", acquired_text="2012.10", body="全国统考", sort=1)
    Education.objects.create(official=person, mode="全日制", education="大学", degree="经济学学士", school="某大学", subject="会计学", starts_text="1998.09", ends_text="2001.07", years=Decimal("4.0"), sort=1)  # fmt: skip
    Education.objects.create(official=person, mode="在职", education="研究生", school="省委党校", sort=2)
    Education.objects.create(official=person, mode="在职", degree="管理学硕士", school="省委党校", sort=3)
    Award.objects.create(official=person, label="嘉奖", approved_text="2015.02", approved_by="中共甲县委", sort=1)
    Award.objects.create(official=person, label="政务警告", is_sanction=True, approved_text="201601", revoked_text="201607", sort=2)  # fmt: skip
    AnnualRating.objects.create(official=person, year=2024, grade="优秀", sort=1)
    AnnualRating.objects.create(official=person, year=2023, grade="称职", sort=2)
    FamilyMember.objects.create(official=person, relation="妻子", name="卢小芳", birth_text="1982.02", politics="群众", work="甲县一中教师", sort=1)  # fmt: skip
    FamilyMember.objects.create(official=person, relation="父亲", name="何大山", birth_text="1941底", work="（已去世）", sort=2)  # fmt: skip
    return person


def taken_out(actor, *people, reason="换届考察"):
    return export_sheet(actor=actor, keys=[p.pk for p in people], order=SheetOrder("collection", reason=reason))


def test_sheets_and_headers_stand_in_the_order_of_the_interchange(tree, cadre_section):
    book = book_of(taken_out(cadre_section, full_person(tree)).content)
    assert book.sheetnames == SHEETS
    assert "V2017.01" in [cell.value for row in book["填报说明"].iter_rows() for cell in row]
    for sheet, headers in HEADERS.items():
        assert [cell.value for cell in book[sheet][2]] == headers.split(), sheet


def test_every_information_set_is_written_with_labels_and_digits(tree, cadre_section):
    person = full_person(tree)
    book = book_of(taken_out(cadre_section, person).content)
    (front,) = lines(book, "A01人员")
    assert (front["身份证号"], front["出生年月"], front["入党时间文字"], front["入党时间"]) == (
        number_of(date(1980, 5, 6), 101), "198005", "200206；民盟", "20020615",
    )  # fmt: skip
    assert (front["性别"], front["人员管理状态"], front["是否具有两年以上基层工作经历"]) == ("男", "现职人员", "否")
    assert front["统计关系所在单位"] == "甲县财政局"
    assert front["简历"] == person.resume_text
    posts = lines(book, "A02职务")
    assert [(p["任职机构名称"], p["职务名称"], p["任职时间"], p["任职状态"], p["主职务"]) for p in posts] == [
        ("甲县财政局预算股", "股长", "20100208", "已免", "是"),
        ("甲县财政局", "党组成员、副局长", "201903", "在任", "是"),
        ("乙省丙市某局", "挂职副局长", "201604", "已免", "否"),
    ]
    assert [p.get("免职时间") for p in posts] == ["201902", None, "20170412"]
    assert (posts[1]["集体内排序"], posts[1]["职务排序"], posts[1]["是否领导职务"]) == ("3", "1", "领导职务")
    assert [(r["类别"], r["职务层次（职级）"], r["状态"]) for r in lines(book, "A05职务职级")] == [
        ("职级", "四级主任科员", "已免"), ("职级", "三级主任科员", "在任"), ("职务层次", "乡科级副职", "在任"),
    ]  # fmt: skip
    assert lines(book, "A06专业技术")[0]["专业技术资格代码"].isdigit()
    assert [(e.get("学历代码"), e.get("学位名称"), e["教育类别"]) for e in lines(book, "A08学历学位")] == [
        ("21", "经济学学士", "全日制"), ("11", None, "在职"), (None, "管理学硕士", "在职"),
    ]  # fmt: skip
    assert [(a["奖惩名称"], a["奖惩名称代码"]) for a in lines(book, "A14奖惩")] == [
        ("嘉奖", "01115"),
        ("政务警告", "02110"),
    ]
    assert [(r["考核年度"], r["考核结论"]) for r in lines(book, "A15考核")] == [("2024", "优秀"), ("2023", "称职")]
    assert [f["出生日期"] for f in lines(book, "A36家庭及社会关系")] == ["198202", "1941底"]
    assert lines(book, "A99Z1补充")[0]["录用时间"] == "20010709"
    assert lines(book, "B01单位")[0]["机构名称"] == "甲县财政局"


def test_every_cell_is_a_text_and_none_begins_a_formula(tree, cadre_section):
    book = book_of(taken_out(cadre_section, full_person(tree)).content)
    cells = [cell for sheet in book for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"} or {cell.data_type for cell in cells} == {"inlineStr", "s"}
    assert lines(book, "A01人员")[0]["备注"] == "=1+1"
    assert {cell.number_format for cell in book["A01人员"][3]} == {"@"}


def test_labels_are_offered_where_a_table_has_them(tree, cadre_section):
    book = book_of(taken_out(cadre_section, full_person(tree)).content)
    offered = {str(rule.sqref): rule.formula1 for rule in book["A01人员"].data_validations.dataValidation}
    letter, last = offered["C3:C5000"].partition("!")[2].split(":")
    sheet = book["填报说明"]
    assert {"男", "女"} <= {cell.value for row in sheet[f"{letter}:{last}".replace("$", "")] for cell in row}


def test_without_a_reason_numbers_are_masked_in_every_sheet(tree, cadre_section):
    person = full_person(tree)
    book = book_of(taken_out(cadre_section, person, reason="").content)
    for sheet in SHEETS[2:]:
        assert {line["身份证号"] for line in lines(book, sheet)} == {person.id_masked}, sheet
    entry = Entry.objects.get(action="officials.roster.exported")
    assert (entry.data["kind"], entry.data["masked"], entry.data["people"]) == ("collection", True, 1)


def test_the_dialog_and_the_api_hand_it_out(tree, cadre_section):
    person = full_person(tree)
    page = client_of(cadre_section).post(reverse("officials:export"), {"ids": str(person.pk), "what": "collection"})
    assert book_of(page.content).sheetnames == SHEETS
    answer = key_client_of(cadre_section).get(reverse("v1:people-sheet"), {"ids": str(person.pk), "kind": "collection"})
    assert book_of(answer.content).sheetnames == SHEETS


def test_more_people_ask_no_more_of_the_database(tree, cadre_section):
    people = [full_person(tree), make_person("陈小明", tree.health, serial=7)]
    taken_out(cadre_section, *people)
    one = count_queries(lambda: taken_out(cadre_section, people[0]))
    assert count_queries(lambda: taken_out(cadre_section, *people)) <= one
