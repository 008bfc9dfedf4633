"""Papers of the assessment: what stands on them, who takes out what, and that it is recorded."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from urllib.parse import unquote

import openpyxl
import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from docx import Document

from assessments.models import Cycle, RunUnit
from assessments.services.exports import export_letters, export_ranking, export_score_sheet
from foundation.accounts.models import User
from foundation.audit.models import Entry
from foundation.common.results import DomainError
from foundation.exchange.reports.letter_heads import Heading
from foundation.organizations.models import Organization
from tests.factories.county import make_small_county
from tests.support.fonts import PDF
from tests.support.heshan import expected
from tests.support.people import client_of, make_persona
from tests.support.queries import count_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heshan_database")]
COUNTY = "440784"
HEADING = Heading("中共鹤山市委组织部", "鹤组通", 2025, date(2025, 1, 20))


@pytest.fixture
def office():
    """The assessment office of the demo county."""
    return User.objects.get(username="kaohe")


@pytest.fixture
def cycle():
    """The demo county's published year."""
    return Cycle.objects.select_related("jurisdiction", "published_run").get(year=2024)


@pytest.fixture
def run(cycle):
    """Its run in force."""
    cycle.published_run.cycle = cycle
    return cycle.published_run


def result(run, code) -> RunUnit:
    """A unit's result."""
    row = RunUnit.objects.select_related("unit").get(run=run, unit__code=code)
    row.run = run
    return row


def fetched(user, name, *args, query="", status=200):
    """A file as the user's browser gets it."""
    answer = client_of(user).get(reverse(f"assessments:{name}", args=args) + query)
    assert answer.status_code == status
    return answer


def table_of(sheet) -> list[dict]:
    """Rows of the first table by its headings, in whatever language."""
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    start = next(place for place, line in enumerate(lines) if line[0] in ("Rank", "名次"))
    rows = []
    for line in lines[start + 1 :]:
        if not isinstance(line[0], int):
            break
        rows.append(
            dict(zip(("rank", "unit", "total", "base", "bonus", "deduction", "vetoes", "grade"), line, strict=False))
        )
    return rows


# --- rankings ---------------------------------------------------------------------------------------------------------
def test_the_workbook_of_all_categories_holds_the_expected_year(office, run):
    book = openpyxl.load_workbook(io.BytesIO(export_ranking(actor=office, run=run, ending="xlsx").content))
    wanted = expected("expected-2024.csv")
    assert len(book.sheetnames) == len({row["category"] for row in wanted})
    names = dict(Organization.objects.values_list("code", "name"))
    found = {row["unit"]: row for sheet in book for row in table_of(sheet)}
    assert len(found) == len(wanted)
    for line in wanted:
        row = found[names[line["unit"]]]
        assert row["rank"] == int(line["rank"]), line
        assert Decimal(str(row["total"])) == Decimal(line["total"]), line
        assert row["grade"] == line["grade"], line


def test_a_category_alone_is_named_and_counted_in_the_record(office):
    answer = fetched(office, "ranking-file", COUNTY, 2024, "xlsx", query="?category=KEY")
    assert "KEY" not in answer["Content-Disposition"]
    assert unquote(answer["Content-Disposition"]).endswith("重点开发区.xlsx")
    assert answer["Cache-Control"] == "private, no-store"
    entry = Entry.objects.order_by("pk").last()
    assert (entry.action, entry.actor_id, entry.target_no) == (
        "assessments.ranking.exported",
        office.pk,
        "440784-2024-01",
    )
    assert entry.data == {"format": "xlsx", "categories": ["KEY"], "units": 4}


@pytest.mark.parametrize("ending", ["docx", PDF])
def test_word_and_pdf_hold_every_unit(office, run, ending):
    content = export_ranking(actor=office, run=run, ending=ending).content
    if ending == "docx":
        words = "".join(cell.text for table in Document(io.BytesIO(content)).tables for cell in table._cells)
    else:
        words = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    words = "".join(words.split())
    names = RunUnit.objects.filter(run=run).values_list("unit__name", flat=True)
    assert len(names) == 70
    assert [name for name in names if name not in words] == []


def test_a_liaison_takes_out_the_own_unit_only(run):
    liaison = User.objects.get(username="caizheng")
    book = openpyxl.load_workbook(io.BytesIO(export_ranking(actor=liaison, run=run, ending="xlsx").content))
    assert [row["unit"] for sheet in book for row in table_of(sheet)] == ["鹤山市财政局"]
    preview = fetched(liaison, "ranking-file", COUNTY, 2025, "xlsx")  # opened to the units: to each its own result
    book = openpyxl.load_workbook(io.BytesIO(preview.content))
    assert [row["unit"] for sheet in book for row in table_of(sheet)] == ["鹤山市财政局"]
    with pytest.raises(PermissionDenied):
        export_score_sheet(actor=liaison, row=result(run, "HS-T05"), ending="xlsx")
    assert not Entry.objects.filter(actor_id=liaison.pk, action="assessments.scores.exported").exists()


def test_who_sees_nothing_of_a_category_is_told_so(run):
    liaison = User.objects.get(username="caizheng")
    with pytest.raises(DomainError, match="take out|导出"):
        export_ranking(actor=liaison, run=run, category="KEY", ending="xlsx")
    fetched(liaison, "ranking-file", COUNTY, 2024, "xlsx", query="?category=KEY", status=302)


@pytest.mark.parametrize("ending", ["exe", "zip", "xls"])
def test_an_ending_that_is_none_is_not_found(office, ending):
    fetched(office, "ranking-file", COUNTY, 2024, ending, status=404)


def test_a_preview_says_that_it_is_none(office):
    book = openpyxl.load_workbook(io.BytesIO(fetched(office, "ranking-file", COUNTY, 2025, "xlsx").content))
    assert "预览" in book.worksheets[0]["A1"].value


# --- score sheets -----------------------------------------------------------------------------------------------------
def test_a_score_sheet_says_how_the_score_came(office, run):
    content = export_score_sheet(actor=office, row=result(run, "HS-T05"), ending="xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    wanted = [row for row in expected("expected-2024-points.csv") if row["unit"] == "HS-T05"]
    found = {line[0]: line for line in lines if line[0] in {row["indicator"] for row in wanted}}
    assert len(found) == len(wanted)
    for row in wanted:
        line = found[row["indicator"]]
        assert line[5] == pytest.approx(float(row["p"]), abs=1e-9), row
        assert line[8] == pytest.approx(float(row["contribution"]), abs=1e-9), row
    text = "\n".join(str(cell) for line in lines for cell in line if cell is not None)
    total = next(row["total"] for row in expected("expected-2024.csv") if row["unit"] == "HS-T05")
    assert total in text
    assert "÷" in text


@pytest.mark.parametrize("ending", ["docx", PDF, "xlsx"])
def test_every_units_score_sheet_can_be_made(office, run, ending):
    for code in ("HS-T01", "HS-T05"):
        assert export_score_sheet(actor=office, row=result(run, code), ending=ending).content[:2] in (b"PK", b"%P")


# --- letters ----------------------------------------------------------------------------------------------------------
def letters(office, cycle, **values):
    """Letters with the usual heading."""
    given = {"heading": HEADING, "first_number": 12, "ending": "docx"} | values
    return export_letters(actor=office, cycle=cycle, **given)


def words_of(content) -> str:
    """Text of a letter with its tables."""
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_a_letter_tells_result_rank_and_grade_in_chinese_whoever_asks(office, cycle, settings):
    settings.LANGUAGE_CODE = "en"
    line = next(row for row in expected("expected-2024.csv") if row["unit"] == "HS-T05")
    words = words_of(letters(office, cycle, unit="HS-T05").content)
    for text in ("鹤组通〔2025〕12号", f"{line['name']}：", f"考核总分{line['total']}分", f"列第{line['rank']}名", f"等次为{line['grade']}", "2025年1月20日"):  # fmt: skip
        assert text in words, text


@pytest.mark.parametrize("step", ["reminder_talk", "admonishment", "post_adjustment"])
def test_a_flagged_units_letter_names_the_step_and_that_approval_comes_first(office, cycle, step):
    word = {"reminder_talk": "谈话提醒", "admonishment": "诫勉谈话", "post_adjustment": "岗位调整"}[step]
    lines = [row for row in expected("expected-2024.csv") if row["step"] == step and row["flagged"] == "1"]
    for line in lines[:1]:
        words = words_of(letters(office, cycle, unit=line["unit"]).content)
        assert "列本类末位" in words
        assert word in words
        assert "审批后方可实施" in words


def test_a_shielded_units_letter_proposes_nothing(office, cycle):
    row = RunUnit.objects.filter(run=cycle.published_run, flagged=True, shielded=True).select_related("unit").first()
    words = words_of(letters(office, cycle, unit=row.unit.code).content)
    assert "容错认定" in words
    assert "诫勉谈话" not in words


def test_units_that_are_not_last_read_nothing_about_measures(office, cycle):
    line = next(row for row in expected("expected-2024.csv") if row["flagged"] == "0")
    assert "末位" not in words_of(letters(office, cycle, unit=line["unit"]).content)


def test_letters_of_all_units_are_one_zip_numbered_on_and_recorded_once(office, cycle):
    before = Entry.objects.count()
    archive = zipfile.ZipFile(io.BytesIO(letters(office, cycle).content))
    assert len(archive.namelist()) == len(set(archive.namelist())) == 70
    texts = [words_of(archive.read(name)) for name in archive.namelist()]
    assert all(f"〔2025〕{number}号" in text for number, text in enumerate(texts, 12))
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.order_by("pk").last()
    assert entry.action == "assessments.letters.exported"
    assert entry.data["units"] == 70
    assert entry.data["numbers"] == ["鹤组通〔2025〕12号", "鹤组通〔2025〕81号"]


def test_seventy_letters_ask_as_often_as_three(office, cycle):
    letters(office, cycle, unit="HS-T05")
    small = count_queries(lambda: letters(office, cycle, category="OPTIMISED"))
    assert count_queries(lambda: letters(office, cycle)) == small


def test_an_unpublished_year_has_no_letters(office):
    with pytest.raises(DomainError) as refused:
        letters(office, Cycle.objects.select_related("jurisdiction", "published_run").get(year=2025))
    assert refused.value.code == "NOT_PUBLISHED"


def test_only_who_holds_the_county_writes_its_letters(cycle):
    with pytest.raises(PermissionDenied):
        letters(User.objects.get(username="caizheng"), cycle, unit="HS-D02")


def test_the_form_keeps_what_was_typed_and_remembers_the_issuer(office):
    client = client_of(office)
    address = reverse("assessments:letters", args=[COUNTY, 2024])
    typed = {"recipients": "unit:HS-T05", "issuer": "甲部", "word": "", "number_year": "2025", "issued_on": "2025-01-20", "ending": "docx"}  # fmt: skip
    refused = client.post(address, typed)
    assert refused.status_code == 422
    assert "甲部" in refused.content.decode()
    answer = client.post(address, typed | {"word": "甲组", "first_number": "3"})
    assert answer.status_code == 200
    assert "甲组〔2025〕3号" in words_of(answer.content)
    assert 'value="甲组"' in client.get(address).content.decode()


def test_names_that_look_like_formulas_or_paths_stay_texts(tree):
    """A unit whose name is a formula, and one whose name is a path."""
    tree.finance.name, tree.health.name = '=HYPERLINK("http://x","y")', "../../etc/passwd:*?"
    tree.finance.save()
    tree.health.save()
    county = make_small_county(tree.county_a, units=[tree.finance, tree.health])
    run = county.published(2024)
    office = make_persona("assessment_office", tree.county_a)
    sheet = openpyxl.load_workbook(io.BytesIO(export_ranking(actor=office, run=run, ending="xlsx").content)).active
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells if cell.value == tree.finance.name} == {"s"}
    found = letters(
        office, Cycle.objects.select_related("jurisdiction", "published_run").get(jurisdiction=tree.county_a)
    )
    for name in zipfile.ZipFile(io.BytesIO(found.content)).namelist():
        assert "/" not in name
        assert ":" not in name
