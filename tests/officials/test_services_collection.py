"""The collection workbook taken in: round trip, every fault at once, matching, history, undo, all or nothing."""

import io
from datetime import date

import openpyxl
import pytest
from django.core import serializers
from django.urls import reverse

from foundation.audit.models import Entry
from foundation.common.actors import SystemActor
from foundation.common.results import DomainError
from foundation.exchange.models import Proposal
from foundation.exchange.rows import Finding
from foundation.exchange.services.batches import apply, stage, undo
from foundation.organizations.models import Post
from officials.models import (
    AnnualRating,
    Award,
    Education,
    FamilyMember,
    Official,
    PostHolding,
    ProfessionalTitle,
    RankHolding,
)
from tests.exchange.files import state
from tests.factories.people import make_person, number_of
from tests.support.people import client_of
from tests.support.queries import assert_query_baseline

from .test_collection_exports import book_of, full_person, taken_out

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
OFFICE = SystemActor("test")
SETS = (PostHolding, RankHolding, ProfessionalTitle, Education, Award, AnnualRating, FamilyMember)


def staged(tree, data, name="采集表.xlsx"):
    return stage(actor=OFFICE, kind_code="collection", data=data, file_name=name, organization=tree.county_a)


def saved(book) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def changed(data: bytes, cells: dict[tuple[str, str, int], str]) -> bytes:
    """The workbook with cells changed: (sheet, header, row) → text."""
    book = book_of(data)
    for (sheet, header, row), value in cells.items():
        (column,) = [cell.column for cell in book[sheet][2] if cell.value == header]
        book[sheet].cell(row, column).value = value
    return saved(book)


def findings(batch, level="error"):
    found = [Finding.from_dict(data) for data in batch.findings]
    for row in batch.rows.order_by("position"):
        found += [Finding.from_dict(data) for data in row.findings]
    return [(f.sheet, f.row, f.code) for f in found if f.level == level]


def record_of():
    """Everything that is recorded of people, without keys, times and encrypted bytes."""
    left_out = {"id", "pk", "official", "updated_at", "id_cipher", "phone_cipher", "version", "post"}
    found = {}
    for model in (Official, *SETS):
        rows = serializers.serialize("python", model.objects.order_by("pk"))
        found[model.__name__] = [
            {name: value for name, value in row["fields"].items() if name not in left_out} for row in rows
        ]
    found["titles of posts"] = [
        (holding.post.organization.name, holding.post.title)
        for holding in PostHolding.objects.filter(post__isnull=False).order_by("pk")
    ]
    return found


def forget_people():
    for model in SETS:
        model.objects.all().delete()
    Official.objects.all().delete()


# --- round trip -------------------------------------------------------------------------------------------------------
def test_taken_out_and_in_again_nothing_changes(tree, cadre_section):
    data = taken_out(cadre_section, full_person(tree)).content
    before = record_of(), Post.objects.count()
    batch = staged(tree, data)
    assert (findings(batch), batch.counts["proposals"]) == ([], {"update": 1})
    apply(batch, actor=OFFICE)
    assert (record_of(), Post.objects.count()) == before
    assert (batch.__class__.objects.get().counts["created"], batch.__class__.objects.get().counts["updated"]) == (0, 0)


def test_what_is_read_equals_the_record_it_was_written_from(tree, cadre_section):
    person = full_person(tree, full_education="大学", full_degree="经济学学士", full_school="某大学会计学", full_degree_school="某大学会计学", service_education="研究生", service_school="省委党校", service_degree="管理学硕士", service_degree_school="省委党校", politics="中共党员")  # fmt: skip
    data = taken_out(cadre_section, person).content
    before = record_of()
    forget_people()
    apply(staged(tree, data), actor=OFFICE)
    after = record_of()
    for rows in (before, after):
        for member in rows["Official"] + rows["FamilyMember"] + rows["Education"] + rows["Award"] + rows["ProfessionalTitle"]:  # fmt: skip
            for name, text in member.items():  # dates of the workbook have digits alone
                if name.endswith("_text") and isinstance(text, str) and len(text) < 12:
                    member[name] = text.replace(".", "")
    for kind in before:
        assert after[kind] == before[kind], kind


def test_undo_leaves_the_tables_as_they_were(tree, cadre_section):
    data = taken_out(cadre_section, full_person(tree)).content
    forget_people()
    make_person("何志强的同事", tree.finance, serial=55)
    before = state(data_only=True)
    batch = apply(staged(tree, data), actor=OFFICE)
    assert state(data_only=True) != before
    undo(batch, actor=OFFICE, reason="导错")
    assert state(data_only=True) == before


def test_undoing_a_change_of_a_recorded_person_restores_every_set(tree, cadre_section):
    data = taken_out(cadre_section, full_person(tree)).content
    before = state(data_only=True)
    cells = {
        ("A01人员", "健康状况", 3): "一般",
        ("A02职务", "免职时间", 4): "202401",
        ("A02职务", "任职状态", 4): "已免",
        ("A05职务职级", "职务层次（职级）", 4): "二级主任科员",
        ("A05职务职级", "批准日期", 4): "202403",
        ("A05职务职级", "批准文号", 4): "",
        ("A01人员", "现职级", 3): "二级主任科员",
        ("A01人员", "任现职级时间", 3): "202403",
        ("A08学历学位", "所学专业名称", 4): "公共管理",
        ("A14奖惩", "批准机关", 4): "甲县监委",
        ("A36家庭及社会关系", "工作单位及职务", 3): "甲县二中教师",
        ("A15考核", "考核结论", 4): "优秀",
    }
    batch = apply(staged(tree, changed(data, cells)), actor=OFFICE)
    person = Official.objects.get()
    assert (person.health, person.rank, person.rank_on) == ("一般", "二级主任科员", date(2024, 3, 1))
    assert PostHolding.objects.get(post__title="党组成员、副局长").ends_on == date(2024, 1, 31)
    ranks = RankHolding.objects.filter(is_rank=True).order_by("starts_on").values_list("label", "ends_on")
    assert list(ranks)[1:] == [("三级主任科员", date(2024, 2, 29)), ("二级主任科员", None)]
    assert Education.objects.get(sort=2).subject == "公共管理"
    assert (Award.objects.count(), Award.objects.get(sort=2).approved_by) == (2, "甲县监委")
    assert AnnualRating.objects.get(year=2023).grade == "优秀"
    undo(batch, actor=OFFICE, reason="导错")
    assert state(data_only=True) == before


# --- faults -----------------------------------------------------------------------------------------------------------
def test_every_error_of_every_row_of_every_sheet_is_told_at_once(tree, cadre_section):
    people = [full_person(tree), make_person("陈小明", tree.health, serial=7, birth_text="1980.05")]
    data = taken_out(cadre_section, *people).content
    wrong = {
        ("A01人员", "性别", 3): "女",
        ("A01人员", "出生年月", 3): "198013",
        ("A01人员", "统计关系所在单位", 3): "火星局",
        ("A01人员", "身份证号", 4): "440784198005060",
        ("A01人员", "人员管理状态", 4): "在职吧",
        ("A02职务", "是否破格提拔", 3): "大概",
        ("A02职务", "免职时间", 3): "200912",
        ("A02职务", "任职状态", 5): "在任",
        ("A05职务职级", "类别", 3): "级别",
        ("A06专业技术", "专业技术资格名称", 3): "",
        ("A06专业技术", "专业技术资格代码", 3): "xyz",
        ("A08学历学位", "教育类别", 3): "",
        ("A08学历学位", "学制年限", 4): "四年",
        ("A08学历学位", "学历名称", 4): "",
        ("A08学历学位", "学历代码", 4): "",
        ("A14奖惩", "奖惩名称", 3): "",
        ("A14奖惩", "奖惩名称代码", 3): "",
        ("A15考核", "考核年度", 3): "二〇二四",
        ("A36家庭及社会关系", "称谓", 3): "",
        ("A36家庭及社会关系", "姓名", 4): "何志刚",
        ("A99Z1补充", "录用时间", 3): "2001.7.99",
    }
    batch = staged(tree, changed(data, wrong))
    assert sorted(findings(batch)) == sorted(
        [
            ("A01人员", 3, "roster_id_sex_differs"), ("A01人员", 3, "date_month"), ("A01人员", 3, "roster_unit_unknown"),
            ("A01人员", 4, "id_length"), ("A01人员", 4, "value_unknown"),
            ("A02职务", 3, "value_unknown"), ("A02职务", 3, "collection_ends_before"), ("A02职务", 5, "collection_still_held"),
            ("A05职务职级", 3, "value_unknown"), ("A06专业技术", 3, "collection_code_unknown"), ("A06专业技术", 3, "value_missing"),
            ("A08学历学位", 3, "value_missing"), ("A08学历学位", 4, "number_text"), ("A08学历学位", 4, "value_missing"),
            ("A14奖惩", 3, "value_missing"), ("A15考核", 3, "number_text"),
            ("A36家庭及社会关系", 3, "value_missing"), ("A36家庭及社会关系", 4, "collection_nobody"), ("A99Z1补充", 3, "date_day"),
        ]
    )  # fmt: skip
    with pytest.raises(DomainError, match="errors|错误"):
        apply(batch, actor=OFFICE)


def test_good_people_may_be_taken_without_the_bad_ones(tree, cadre_section):
    people = [full_person(tree), make_person("陈小明", tree.health, serial=7, birth_text="1980.05")]
    data = taken_out(cadre_section, *people).content
    cells = {("A01人员", "性别", 3): "女", ("A01人员", "健康状况", 4): "健康", ("A01人员", "健康状况", 3): "较差"}
    batch = staged(tree, changed(data, cells))
    apply(batch, actor=OFFICE, good_rows_only=True)
    assert list(Official.objects.order_by("pk").values_list("health", flat=True)) == ["", "健康"]


def test_main_posts_of_the_same_days_are_an_error_before_anything_is_applied(tree, cadre_section):
    data = taken_out(cadre_section, full_person(tree)).content
    batch = staged(tree, changed(data, {("A02职务", "主职务", 5): "是"}))
    assert findings(batch) == [("A01人员", 3, "collection_posts_overlap")]
    forget_people()
    again = staged(tree, changed(data, {("A02职务", "主职务", 5): "是", ("A01人员", "备注", 3): "x"}))
    assert findings(again) == [("A01人员", 3, "collection_posts_overlap")]


def test_any_other_workbook_is_refused_with_what_to_do(tree):
    book = openpyxl.Workbook()
    book.active.append(["姓名", "身份证号"])
    batch = staged(tree, saved(book))
    assert findings(batch) == [("Sheet", None, "collection_no_people")]


def test_words_that_no_table_has_are_kept_with_a_warning(tree, cadre_section):
    data = taken_out(cadre_section, full_person(tree)).content
    batch = staged(tree, changed(data, {("A14奖惩", "奖惩名称", 3): "县级劳模", ("A14奖惩", "奖惩名称代码", 3): ""}))
    assert ("A14奖惩", 3, "label_unknown") in findings(batch, "warning")
    apply(batch, actor=OFFICE)
    assert set(Award.objects.values_list("label", flat=True)) == {"嘉奖", "政务警告", "县级劳模"}


# --- whom it is about -------------------------------------------------------------------------------------------------
def test_masked_numbers_are_matched_by_name_and_month_and_wait_for_a_decision(tree, cadre_section):
    person = full_person(tree)
    Official.objects.filter(pk=person.pk).update(id_cipher=b"")
    data = taken_out(cadre_section, person, reason="").content
    batch = staged(tree, data)
    row = batch.rows.get()
    assert (row.proposal, row.target) == (Proposal.ASK, person.pk)
    assert findings(batch, "warning") == [("A01人员", 3, "collection_no_number")]


def test_columns_may_stand_in_any_order_and_headers_carry_blanks(tree, cadre_section):
    data = taken_out(cadre_section, full_person(tree)).content
    book = book_of(data)
    sheet = book["A15考核"]
    for row in sheet.iter_rows(min_row=2):
        row[2].value, row[3].value = row[3].value, row[2].value
    sheet.cell(2, 3).value = " 考核年度 "
    batch = staged(tree, saved(book))
    assert findings(batch) == []
    assert batch.rows.get().values["ratings"] == [{"grade": "优秀", "year": 2024}, {"grade": "称职", "year": 2023}]


def test_the_number_stands_in_no_staged_row_in_full(tree, cadre_section):
    batch = staged(tree, taken_out(cadre_section, full_person(tree)).content)
    number = number_of(date(1980, 5, 6), 101)
    assert number not in str(list(batch.rows.values("key", "raw", "values", "normalised", "findings")))


def test_a_new_person_gets_posts_that_the_register_lacks_only_where_they_are_held_now(tree, cadre_section):
    data = taken_out(cadre_section, full_person(tree)).content
    forget_people()
    Post.objects.all().delete()
    apply(staged(tree, data), actor=OFFICE)
    assert list(Post.objects.values_list("title", "level")) == [("党组成员、副局长", "L10")]
    old = PostHolding.objects.get(title_text="股长")
    assert (old.unit_text, old.starts_on, old.ends_on) == ("甲县财政局预算股", date(2010, 2, 8), date(2019, 2, 28))


def test_applying_is_one_entry_without_names(tree, cadre_section):
    apply(staged(tree, taken_out(cadre_section, full_person(tree)).content), actor=OFFICE)
    entry = Entry.objects.get(action="exchange.import.applied")
    assert entry.data["kind"] == "collection"
    assert "何志强" not in str(entry.data)


def test_the_preview_compares_every_set_line_by_line(tree, cadre_section):
    data = taken_out(cadre_section, full_person(tree)).content
    cells = {
        ("A01人员", "健康状况", 3): "一般",
        ("A02职务", "免职时间", 4): "202401",
        ("A02职务", "任职状态", 4): "已免",
        ("A02职务", "任职文号", 3): "甲财〔2010〕9号",
        ("A05职务职级", "职务层次（职级）", 4): "二级主任科员",
        ("A05职务职级", "批准日期", 4): "202403",
        ("A08学历学位", "所学专业名称", 4): "公共管理",
        ("A36家庭及社会关系", "家庭成员姓名", 4): "何小山",
    }
    batch = staged(tree, changed(data, cells))
    page = client_of(cadre_section).get(reverse("exchange:batch", args=[batch.number]))
    (row,) = page.context["page"].object_list
    assert [(d.label, d.old, d.new) for d in row.compared.differences] == [
        ("健康状况", "", "一般"),
        ("学历学位 在职 研究生 省委党校 所学专业", "", "公共管理"),
        ("家庭成员", "", "父亲 何小山 1941底 （已去世）"),
        ("任职 甲县财政局预算股 股长 文号", "甲财〔2010〕2号", "甲财〔2010〕9号"),
        ("任职 甲县财政局 党组成员、副局长", "2019.03–", "2019.03–2024.01"),
        ("职级（职务层次）任职 二级主任科员", "", "2024.03–"),
        ("职级（职务层次）任职 三级主任科员", "2021.05–", "2021.05–2024.02"),
    ]


def test_the_preview_asks_few_queries(tree, cadre_section):
    data = taken_out(cadre_section, full_person(tree)).content
    batch = staged(tree, changed(data, {("A36家庭及社会关系", "家庭成员姓名", 4): "何小山"}))
    browser = client_of(cadre_section)
    address = reverse("exchange:batch", args=[batch.number])
    browser.get(address)
    with assert_query_baseline("import of a collection workbook"):
        browser.get(address)


def test_dates_of_six_and_eight_digits_are_how_the_workbook_writes_them(tree, cadre_section):
    batch = staged(tree, taken_out(cadre_section, full_person(tree)).content)
    assert batch.rows.get().normalised == []


def test_the_month_since_when_a_post_is_held_stays_though_the_post_knows_its_day(tree, cadre_section):
    person = full_person(tree)
    PostHolding.objects.filter(official=person, ends_on=None).update(starts_on=date(2019, 3, 18))
    batch = apply(staged(tree, taken_out(cadre_section, person).content), actor=OFFICE)
    assert (batch.counts["created"], batch.counts["updated"]) == (0, 0)
    person.refresh_from_db()
    assert person.post_on == date(2019, 3, 1)


def test_a_number_left_out_of_the_front_page_separates_the_lines_and_is_told_once_for_each(tree, cadre_section):
    data = taken_out(cadre_section, full_person(tree)).content
    batch = staged(tree, changed(data, {("A01人员", "身份证号", 3): ""}))
    assert {code for _sheet, _row, code in findings(batch)} == {"collection_nobody"}
    assert ("A01人员", 3, "collection_no_number") in findings(batch, "warning")


def test_the_preview_says_that_units_are_compared_and_not_set_up(tree, cadre_section):
    data = changed(taken_out(cadre_section, full_person(tree)).content, {("B01单位", "机构名称", 3): "甲县火星局"})
    batch = staged(tree, data)
    told = {(each["level"], each["code"]): each["params"] for each in batch.findings}
    assert told["info", "collection_units_compared"] == {"count": "2"}
    assert ("warning", "collection_unit_unknown") in told
    page = client_of(cadre_section).get(reverse("exchange:batch", args=[batch.number])).content.decode()
    assert "只按名称与机构表核对" in page
    assert "采集表导入不新设机构" in page
