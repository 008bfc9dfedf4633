"""The appointment form on paper: measures, two A4 pages in PDF and docx, and what stands where."""

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from docx import Document
from docx.shared import Mm
from PIL import Image

from foundation.exchange.reports.grid_documents import write_docx
from foundation.exchange.reports.grid_prints import draw_pages, write_pdf
from officials.reports.appointment_form import appointment_form, post
from officials.rules.person_card import FamilyMember, PersonCard
from tests.officials.lrmx_files import read
from tests.support.fonts import prints_pdf

pytestmark = pytest.mark.unit
TODAY = date(2026, 1, 5)
AT = datetime(2026, 1, 5, tzinfo=UTC)


def filled(name="03_", *, form_2025=True, **changes):
    """The form of a sample."""
    found = read(name)
    card = replace(found.card, **changes)
    return appointment_form(
        card, form_2025=form_2025, today=TODAY, portrait=found.portrait.jpeg if found.portrait else b""
    )


def texts(page):
    """Texts of the cells of a page, by row and column."""
    return {(cell.row, cell.column): "".join(p.head + p.text for p in cell.passages) for cell in page.cells}


def labels(form):
    """All texts of the first page."""
    return list(texts(form.form.pages[0]).values())


# --- measures ---------------------------------------------------------------------------------------------------------
def test_columns_and_rows_are_those_of_the_template():
    first, second = filled().form.pages
    assert first.columns == (13.8, 4.2, 23.0, 18.7, 23.0, 23.2, 23.5, 36.3)
    assert first.rows == (12.5, 12.2, 12.0, 12.5, 6.1, 6.1, 6.1, 6.1, 12.5, 12.5, 12.5, 125.8)
    assert (first.margins, second.margins) == ((11.1, 12.0, 22.0, 20.0), (27.8, 10.0, 22.5, 20.0))
    assert second.columns == (13.1, 19.3, 22.5, 10.1, 17.8, 1.7, 13.8, 67.9)
    rows = appointment_form(PersonCard(name="某"), form_2025=False, today=TODAY).form.pages[1].rows
    assert rows == (25.0, 18.0, 24.0, 11.4, *(12.3,) * 7, 23.5, 13.0, 22.6, 13.0)
    assert sum(rows[-2:]) == pytest.approx(35.6)


def test_every_place_of_the_grid_belongs_to_exactly_one_cell():
    for form_2025 in (True, False):
        for page in filled(form_2025=form_2025).form.pages:
            taken = [
                (cell.row + down, cell.column + across)
                for cell in page.cells
                for down in range(cell.down)
                for across in range(cell.across)
            ]
            assert len(taken) == len(set(taken))
            assert set(taken) == {(r, c) for r in range(len(page.rows)) for c in range(len(page.columns))}


@pytest.mark.parametrize(
    ("characters", "lines", "size", "height"),
    [(26, 1, 12.0, 12.5), (52, 2, 12.0, 12.5), (53, 3, 12.0, 17.375), (78, 3, 12.0, 17.375), (79, 3, 11.5, 16.714)],
)
def test_a_post_takes_26_characters_a_line_then_the_row_grows_then_the_type_shrinks(characters, lines, size, height):
    found = post("职" * characters)
    assert (len(found.passage.lines), found.size) == (lines, size)
    assert found.height == pytest.approx(height, abs=0.01)


def test_a_post_beyond_nine_points_makes_the_row_grow_and_the_resume_give_way():
    found = post("职" * 324)
    assert found.size == 9.0
    assert len(found.passage.lines) == 10  # 34 characters a line
    page = filled(current_post="职" * 324, proposed_post="职" * 324, post_to_leave="职" * 324).form.pages[0]
    assert page.rows[11] < 125.8
    assert 11.1 + 12 + page.title_height + sum(page.rows) <= 297


# --- what stands where ------------------------------------------------------------------------------------------------
def test_the_layout_of_2025_has_the_reaching_month_and_that_of_2003_has_not():
    new, old = filled().form.pages[0], filled(form_2025=False).form.pages[0]
    assert texts(new)[2, 5] == "到龄时间"
    assert texts(new)[2, 6] == "2027.01（55岁5个月）"
    assert texts(new)[3, 0] == "健　康状　况"
    assert texts(old)[2, 5] == "健康状况"
    assert not any("到龄" in text for text in texts(old).values())


def test_facts_are_worded_as_the_form_wants_them():
    found = texts(filled().form.pages[0])
    assert found[0, 6] == "1971.08（54岁）"
    assert found[2, 2] == "民进（1993.06）"
    assert found[2, 4] == "1991.07"
    assert found[6, 3] == "大学公共管理硕士"


def test_one_school_for_education_and_degree_is_printed_once():
    page = filled(
        in_service_education_school="甲大学法学院法学专业", in_service_degree_school="甲大学法学院法学专业"
    ).form.pages[0]
    assert texts(page)[6, 6] == "甲大学法学院法学专业"


def test_family_has_ages_but_for_the_dead():
    found = texts(filled().form.pages[1])
    ages = {found[row, 1]: found[row, 3] for row in range(4, 12)}
    assert ages == {
        "丈夫": "55",
        "女儿": "29",
        "儿子": "22",
        "父亲": "",
        "母亲": "",
        "公公": "",
        "婆婆": "83",
        "哥哥": "57",
    }


@pytest.mark.parametrize(("members", "rows"), [(0, 7), (7, 7), (8, 8), (10, 10), (12, 10)])
def test_rows_are_added_beyond_seven_members_up_to_ten(members, rows):
    family = tuple(FamilyMember("侄子", f"某{n}", "199001", "群众", "甲县某镇某村居民" * 3) for n in range(members))
    page = filled(family=family).form.pages[1]
    assert len(page.rows) == 4 + rows + 4
    assert 27.8 + 10 + sum(page.rows) + 8 <= 297


def test_a_text_that_cannot_be_read_is_told():
    resume = "\n".join(f"{1960 + n}.01--{1960 + n}.12  甲局科员" for n in range(60))
    found = filled(resume=resume, reason="理" * 3000)
    assert [(finding.code, finding.column) for finding in found.findings] == [
        ("form_resume_small", "简历"),
        ("form_text_small", "任免理由"),
    ]
    assert filled().findings == ()


# --- formats ----------------------------------------------------------------------------------------------------------
HARD = {
    "current_post": "职" * 324,
    "resume": "\n".join(f"{1960 + n}.01--{1960 + n}.12  {'甲局科员' * 9}" for n in range(60)),
    "rewards_and_sanctions": "奖" * 552,
    "family": tuple(
        FamilyMember("侄子", "阿卜杜热西提·阿卜杜热合", "199001", "九三学社", "居" * 124) for _ in range(10)
    ),
}


@prints_pdf
@pytest.mark.parametrize("name", ["01", "02", "03_", "03b", "04"])
@pytest.mark.parametrize("form_2025", [True, False])
def test_a_pdf_has_exactly_two_a4_pages(name, form_2025):
    document = pypdfium2.PdfDocument(write_pdf(filled(name, form_2025=form_2025).form, at=AT))
    assert [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document] == [(210, 297)] * 2


@prints_pdf
def test_the_longest_form_still_has_two_pages_and_all_its_words():
    document = pypdfium2.PdfDocument(write_pdf(filled(**HARD).form, at=AT))
    assert len(document) == 2
    said = "".join(document[0].get_textpage().get_text_range().split())
    assert said.count("职") >= 324
    assert said.count("甲局科员") == 60 * 9


@prints_pdf
def test_words_of_a_user_are_never_markup():
    found = filled(proposed_post="#panic() *a* $x$ [y]", reporting_unit="<b>=1+1</b>")
    said = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(write_pdf(found.form, at=AT))]
    assert "#panic() *a* $x$ [y]" in said[0]
    assert "<b>=1+1</b>" in said[1]


@prints_pdf
def test_pages_are_drawn_for_the_screen():
    pages = draw_pages(filled().form)
    assert len(pages) == 2
    assert all(page.startswith(b"<svg") for page in pages)


def test_a_document_has_the_same_measures():
    document = Document(io.BytesIO(write_docx(filled().form)))
    assert [len(table.rows) for table in document.tables] == [12, 16]
    first = document.tables[0]
    assert first.rows[11].height == pytest.approx(Mm(125.8), abs=400)
    assert [round(column.width / 36000, 1) for column in first.columns] == [
        13.8,
        4.2,
        23.0,
        18.7,
        23.0,
        23.2,
        23.5,
        36.3,
    ]
    margins = [(round(s.top_margin / 36000, 1), round(s.left_margin / 36000, 1)) for s in document.sections]
    assert margins == [(11.1, 22.0), (27.8, 22.5)]
    xml = first._tbl.xml
    assert 'w:top w:val="single" w:sz="12"' in xml
    assert 'w:insideH w:val="single" w:sz="8"' in xml
    line = first.rows[11].cells[1].paragraphs[0]
    assert line.text == "1988.09--1991.07\t青溪师范学校普师专业学习"
    assert line.paragraph_format.first_line_indent.pt == pytest.approx(-9 * 11)


def test_the_photo_stands_in_the_middle_of_its_cell_whole_and_without_room_around_it():
    tall = io.BytesIO()
    Image.new("RGB", (295, 413)).save(tall, "JPEG")  # two inches: 35.3 mm wide it would be higher than its four rows
    document = Document(io.BytesIO(write_docx(replace(filled().form, picture=tall.getvalue()))))
    (drawn,) = document.inline_shapes
    assert (drawn.width / drawn.height) == pytest.approx(295 / 413, abs=0.001)
    assert drawn.height / 36000 <= 12.5 + 12.2 + 12.0 + 12.5 - 1
    assert drawn.width / 36000 <= 36.3 - 2 * 0.4
    assert [drawn._inline.get(f"dist{side}") for side in "TBLR"] == ["0"] * 4


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice here")
@pytest.mark.parametrize("changes", [{}, HARD], ids=["sample", "hard"])
def test_libreoffice_lays_the_document_out_on_two_pages(tmp_path, changes):
    (tmp_path / "a.docx").write_bytes(write_docx(filled(**changes).form))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert len(pypdfium2.PdfDocument((tmp_path / "a.pdf").read_bytes())) == 2
