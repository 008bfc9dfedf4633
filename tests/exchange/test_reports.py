"""Papers opened again: what a report says stands in each format, and nothing that a user typed becomes a formula or markup."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pypdfium2
import pytest
from docx import Document

from foundation.common.results import DomainError
from foundation.exchange.reports import documents, letter_documents, prints, typeset, workbooks
from foundation.exchange.reports.content import Column, Look, Report, Row, Section, Table, cell_text, unique_names
from foundation.exchange.reports.letters import Letter, Paragraph, Part, signature_indents, width_of, write_pdf
from tests.support.fonts import prints_pdf

pytestmark = pytest.mark.unit
MADE_AT = datetime(2025, 1, 10, tzinfo=UTC)
HOSTILE = ("=1+1", "+1", "-1+2", "@SUM(A1)", "=HYPERLINK(\"http://x\",\"x\")", "#panic()", "*x* $y$ [z]", "https://x.cn")  # fmt: skip
COLUMNS = (Column("名次", 5, 0), Column("单位", 20), Column("总分", 8, 2))


def report(*names, sections=1, rows=None) -> Report:
    """A report with a row per name."""
    found = rows or tuple(Row((place, name, Decimal("85.005"))) for place, name in enumerate(names, 1))
    each = tuple(
        Section(f"类别{n}", f"第{n}张表", (Table(COLUMNS, found),), (("计算", "X-1"),), ("附注",))
        for n in range(sections)
    )
    return Report("排名", each, "截至2025年1月10日", "第 {page} 页 共 {pages} 页", ("制表单位（盖章）：",), "甲县")


def pdf_text(content: bytes) -> list[str]:
    """Text of each page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]


# --- xlsx -------------------------------------------------------------------------------------------------------------
def test_numbers_are_numbers_and_texts_texts_whatever_they_begin_with():
    sheet = openpyxl.load_workbook(io.BytesIO(workbooks.write_report(report(*HOSTILE)))).active
    cells = [cell for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert [cell.hyperlink for cell in cells if cell.hyperlink] == []
    texts = [cell.value for cell in cells if cell.data_type == "s"]
    assert set(HOSTILE) <= set(texts)
    totals = [cell for cell in cells if cell.value == 85.005]
    assert {(cell.data_type, cell.number_format) for cell in totals} == {("n", "0.00")}


def test_a_sheet_prints_on_a4_landscape_with_its_heading_on_every_page():
    sheet = openpyxl.load_workbook(io.BytesIO(workbooks.write_report(report("甲局")))).active
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0  # one page wide, as many long as it takes
    heading = next(cell.row for line in sheet.iter_rows() for cell in line if cell.value == "名次")
    assert sheet.freeze_panes == f"A{heading + 1}"
    assert sheet.print_title_rows == f"${heading}:${heading}"
    assert "截至2025年1月10日" in sheet.oddFooter.left.text
    assert sheet.cell(2, 1).value == "截至2025年1月10日"


def test_names_of_sheets_are_shortened_cleaned_and_told_apart():
    assert unique_names(["a/b:c", "长" * 40, "长" * 40, "", "'q'"]) == ["a b c", "长" * 31, "长" * 29 + " 2", "-", "q"]


# --- docx -------------------------------------------------------------------------------------------------------------
def test_a_document_holds_the_same_cells_and_repeats_its_heading():
    document = Document(io.BytesIO(documents.write_report(report(*HOSTILE, sections=2))))
    assert len(document.tables) == 2
    grid = document.tables[0]
    assert [cell.text for cell in grid.rows[0].cells] == ["名次", "单位", "总分"]
    assert [row.cells[1].text for row in grid.rows[1:]] == list(HOSTILE)
    assert {row.cells[2].text for row in grid.rows[1:]} == {"85.01"}
    assert "w:tblHeader" in grid.rows[0]._tr.xml
    assert document.sections[0].page_width > document.sections[0].page_height
    foot = document.sections[0].footer.paragraphs[0]._p.xml
    assert "PAGE" in foot
    assert "NUMPAGES" in foot


# --- PDF --------------------------------------------------------------------------------------------------------------
@prints_pdf
def test_a_print_holds_the_same_cells_on_counted_pages():
    pages = pdf_text(prints.write_report(report(*HOSTILE, *["乙局"] * 70), at=MADE_AT))
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert f"第 {number} 页 共 {len(pages)} 页" in page
        assert "名次" in page
    for text in HOSTILE:
        assert text in pages[0]
    assert "85.01" in pages[0]


@prints_pdf
def test_a_long_name_stays_inside_its_cell():
    name = "鹤山市某某办公室（某某局、某某中心）" * 8
    document = pypdfium2.PdfDocument(prints.write_report(report(name, "A" * 60), at=MADE_AT))
    width = document[0].get_width()
    words = document[0].get_textpage()
    boxes = [words.get_rect(n) for n in range(words.count_rects())]
    assert max(box[2] for box in boxes) < width
    assert "".join(words.get_text_range().split()).count("鹤山市某某办公室") == 8


def test_without_chinese_fonts_it_says_what_to_install():
    with pytest.raises(DomainError) as refused:
        typeset.usable_stacks(["DejaVu Sans", "Libertinus Serif"])
    assert refused.value.code == "PDF_FONTS_MISSING"
    assert "fonts-noto-cjk" in str(refused.value.message)


def test_the_offices_own_fonts_go_before_the_delivered_ones():
    found = typeset.usable_stacks(["FangSong_GB2312", "Noto Serif CJK SC", "Noto Sans CJK SC"])
    assert found["fang"] == ["FangSong_GB2312", "Noto Serif CJK SC"]
    assert found["title"] == ["Noto Serif CJK SC"]


@pytest.mark.parametrize("write", [workbooks.write_report, documents.write_report])
def test_characters_that_no_file_can_hold_are_left_out(write):
    assert write(report("甲\x00\x0b\ud800局"))


def test_figures_are_rounded_half_up_with_a_true_minus():
    column = Column("分", 8, 2)
    assert cell_text(Decimal("85.005"), column) == "85.01"
    assert cell_text(Decimal("-3"), column) == "\N{MINUS SIGN}3.00"
    assert cell_text(None, column) == ""


def test_rows_that_stand_out_are_marked_in_every_format():
    rows = (Row((1, "甲局", Decimal(1)), Look.GROUP), Row((2, "乙局", Decimal(1)), Look.MARKED))
    sheet = openpyxl.load_workbook(io.BytesIO(workbooks.write_report(report(rows=rows)))).active
    looks = {cell.value: cell.font for line in sheet.iter_rows() for cell in line}
    assert looks["甲局"].bold
    assert looks["乙局"].color.rgb == "FFB3242B"
    document = Document(io.BytesIO(documents.write_report(report(rows=rows))))
    assert document.tables[0].rows[1].cells[1].paragraphs[0].runs[0].bold


# --- letters ----------------------------------------------------------------------------------------------------------
def letter(**values) -> Letter:
    """A letter of one paragraph and a heading."""
    given = {
        "mark": "中共甲县委组织部文件",
        "symbol": "甲组通〔2025〕12号",
        "title": "2024年度考核结果通知书",
        "addressee": "甲县财政局：",
        "paragraphs": (Paragraph("现通知如下："), Paragraph("一、结果", Part.HEADING), Paragraph("特此通知。")),
        "issuer": "中共甲县委组织部",
        "issued_on": date(2025, 1, 5),
    }
    return Letter(**(given | values))


@prints_pdf
def test_a_letter_has_its_parts_in_their_order_and_a_numbered_page():
    (page,) = pdf_text(write_pdf(letter(copies="县政府办。", printed_by="组织部"), at=MADE_AT))
    parts = ["文件", "〔2025〕12", "通知书", "财政局：", "现通知如下", "一、结果", "特此通知。", "2025年1月5日", "抄送：", "印发", "— 1 —"]  # fmt: skip
    flat = page.replace(" ", "")
    places = [flat.find(part.replace(" ", "")) for part in parts]
    assert -1 not in places, flat
    assert places[:8] == sorted(places[:8])


def test_the_letters_page_has_the_measures_of_the_standard():
    document = Document(io.BytesIO(letter_documents.write_docx(letter())))
    page = document.sections[0]
    sides = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert texts == [
        "中共甲县委组织部文件", "甲组通〔2025〕12号", "2024年度考核结果通知书", "甲县财政局：", "现通知如下：", "一、结果", "特此通知。",
        "中共甲县委组织部", "2025年1月5日",
    ]  # fmt: skip
    body = next(paragraph for paragraph in document.paragraphs if paragraph.text == "现通知如下：")
    assert body.paragraph_format.first_line_indent.pt == 32
    assert 'w:linePitch="579"' in page._sectPr.xml
    assert "仿宋_GB2312" in document.styles["Normal"].element.xml


def test_the_issuer_is_centred_above_the_day_and_never_leaves_the_page():
    assert width_of("2025年1月5日") == 6.0
    assert signature_indents("甲县委", "2025年1月5日") == (5.5, 4)
    issuer, day = signature_indents("甲" * 20, "2025年1月5日")
    assert (issuer, day) == (0.0, 7.0)


@prints_pdf
def test_a_signature_never_stands_alone_on_a_page():
    for lines in range(8, 16):
        paragraphs = (*(Paragraph("正文。") for _ in range(lines)), Paragraph("特此通知。"))
        last = pdf_text(write_pdf(letter(paragraphs=paragraphs), at=MADE_AT))[-1]
        assert "特此通知" in last
