"""A report as docx: A4 landscape, heading rows repeated, page numbers as fields. Pure."""

from __future__ import annotations

import io

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from .content import Look, Report, Section, Table, cell_text, printable

TITLE, HEAVY, BODY = "方正小标宋简体", "黑体", "宋体"
LATIN = "Times New Roman"
A4 = (Mm(210), Mm(297))
MARGIN = Mm(15)
_COLOURS = {Look.MARKED: RGBColor(0xB3, 0x24, 0x2B), Look.QUIET: RGBColor(0x6B, 0x72, 0x80)}
_FILLS = {Look.GROUP: "EEF1F5", Look.TOTAL: "F5F7FA"}


def write_report(report: Report) -> bytes:
    """The report as a Word document; every section begins on a new page."""
    document = Document()
    set_base_font(document, BODY, 9)
    page = document.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, A4[1], A4[0]
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    document.core_properties.title = printable(report.title)[:255]
    document.core_properties.author = printable(report.author)[:255]
    _write_footer(page, report)
    for number, section in enumerate(report.sections):
        if number:
            document.add_page_break()
        _write_section(document, report, section)
    return as_bytes(document)


def as_bytes(document) -> bytes:
    """The document's bytes."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def set_base_font(document, name: str, size: float) -> None:
    """Font of everything that names none, for Chinese and for Latin letters."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = LATIN, Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), name)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)


def write(paragraph, text: str, *, font: str = "", size: float = 0, bold: bool = False, colour=None):
    """Text in a paragraph; line feeds become line breaks."""
    run = paragraph.add_run(printable(text))
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    if colour is not None:
        run.font.color.rgb = colour
    if font:
        run.font.name = LATIN
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def write_field(paragraph, code: str, *, size: float = 0, font: str = "") -> None:
    """A field that Word computes: PAGE, NUMPAGES."""
    run = write(paragraph, "", size=size, font=font)
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.set(qn("xml:space"), "preserve")
            element.text = f" {text} "
        run._element.append(element)


def _write_footer(page, report: Report) -> None:
    page.footer_distance = Mm(8)
    paragraph = page.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, _mark, rest = report.page_words.partition("{page}")
    middle, _mark, after = rest.partition("{pages}")
    write(paragraph, f"{report.as_of}    {before}", size=8)
    write_field(paragraph, "PAGE", size=8)
    write(paragraph, middle, size=8)
    write_field(paragraph, "NUMPAGES", size=8)
    write(paragraph, after, size=8)


def _write_section(document, report: Report, section: Section) -> None:
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(4)
    write(title, section.title, font=TITLE, size=18)
    day = document.add_paragraph()
    day.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    write(day, report.as_of, size=9)
    if section.facts:
        facts = document.add_paragraph()
        facts.paragraph_format.space_after = Pt(4)
        write(facts, report.facts_line(section))
    for table in section.tables:
        if table.caption:
            caption = document.add_paragraph()
            caption.paragraph_format.space_before = Pt(8)
            caption.paragraph_format.keep_with_next = True
            write(caption, table.caption, font=HEAVY, size=11)
        _write_table(document, table)
    for note in section.notes:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(2)
        write(paragraph, note, size=8, colour=_COLOURS[Look.QUIET])
    for place, words in enumerate(report.seal):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.space_before = Pt(0 if place else 18)
        write(paragraph, words, size=10.5)


def _write_table(document, table: Table) -> None:
    room = A4[1] - 2 * MARGIN
    whole = sum(column.width for column in table.columns)
    widths = [int(room * column.width / whole) for column in table.columns]
    grid = document.add_table(rows=1 + len(table.rows), cols=len(table.columns), style="Table Grid")
    grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    lines = iter(grid.rows)  # a row's cells are looked up once: asking the table for each cell is quadratic
    head = next(lines)
    _repeat(head)
    for cell, column, width in zip(head.cells, table.columns, widths, strict=True):
        cell.width = width
        _fill(cell, "E3E8EF")
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        write(cell.paragraphs[0], column.title, font=HEAVY)
    for drawn, line in zip(lines, table.rows, strict=True):
        _keep_together(drawn)
        for cell, column, value, width in zip(drawn.cells, table.columns, line.cells, widths, strict=True):
            cell.width = width
            if line.look in _FILLS:
                _fill(cell, _FILLS[line.look])
            paragraph = cell.paragraphs[0]
            if column.is_number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            heavy = line.look in _FILLS
            write(paragraph, cell_text(value, column), bold=heavy, colour=_COLOURS.get(line.look))


def _fill(cell, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._element.get_or_add_tcPr().append(shade)


def _repeat(row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_together(row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
