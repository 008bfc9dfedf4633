"""A form as docx: a table of exact columns and rows on each page, every size as the form decided it. Pure."""

from __future__ import annotations

import io

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt

from .content import printable
from .documents import A4, BODY, TITLE, as_bytes, set_base_font, write
from .grids import Align, Cell, Form, Page, Passage, inset_of

_ALIGNS = {
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}


def write_docx(form: Form) -> bytes:
    """The form as a Word document with as many pages as it has."""
    document = Document()
    set_base_font(document, BODY, 12)
    document.styles["Normal"].font.name = BODY  # digits half as wide as a character: that is how lines were counted
    document.core_properties.title = printable(form.name)[:255]
    document._body.clear_content()
    for number, page in enumerate(form.pages):
        section = document.add_section(WD_SECTION.NEW_PAGE) if number else document.sections[0]
        _set_page(section, page)
        if page.title:
            _write_title(document, page)
        _write_grid(document, form, page)
        for words in page.below:
            paragraph = _paragraph(document.add_paragraph(), 12, 1)
            paragraph.paragraph_format.space_before = Pt(6)
            write(paragraph, words, size=12)
    return as_bytes(document)


def _set_page(section, page: Page) -> None:
    top, bottom, left, right = page.margins
    section.page_width, section.page_height = A4
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.header_distance = section.footer_distance = Mm(5)


def _write_title(document, page: Page) -> None:
    paragraph = _paragraph(document.add_paragraph(), page.title_height * 72 / 25.4, 1)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = write(paragraph, page.title, font=TITLE, size=24)
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), "120")  # twentieths of a point
    run._element.get_or_add_rPr().append(spacing)


def _paragraph(paragraph, size: float, leading: float):
    """A paragraph whose lines stand exactly so far apart."""
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(round(size * leading, 2))
    properties = paragraph._p.get_or_add_pPr()
    for name in ("autoSpaceDE", "autoSpaceDN"):  # no blank between Chinese and Latin: the lines were counted without
        switch = OxmlElement(f"w:{name}")
        switch.set(qn("w:val"), "0")
        properties.insert_element_before(
            switch, "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
        )
    return paragraph


def _write_grid(document, form: Form, page: Page) -> None:
    table = document.add_table(rows=len(page.rows), cols=len(page.columns))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    _set_borders(table, form)
    for column, width in zip(table.columns, page.columns, strict=True):
        column.width = Mm(width)
    places = []
    for row, height in zip(table.rows, page.rows, strict=True):
        row.height_rule, row.height = WD_ROW_HEIGHT_RULE.EXACTLY, Mm(height)
        places.append(list(row.cells))
        for cell, width in zip(places[-1], page.columns, strict=True):
            cell.width = Mm(width)
    for cell in page.cells:
        drawn = places[cell.row][cell.column]
        if cell.down > 1 or cell.across > 1:
            drawn = drawn.merge(places[cell.row + cell.down - 1][cell.column + cell.across - 1])
        _write_cell(drawn, form, page, cell)


def _set_borders(table, form: Form) -> None:
    found = table._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        weight = form.inner if side.startswith("inside") else form.outer
        borders.append(_border(side, weight))
    found.append(borders)
    indent = OxmlElement("w:tblInd")  # the rule stands on the margin, not the text
    indent.set(qn("w:w"), "0")
    indent.set(qn("w:type"), "dxa")
    found.append(indent)


def _border(side: str, weight: float):
    border = OxmlElement(f"w:{side}")
    for name, value in (("val", "single" if weight else "nil"), ("sz", str(int(weight * 8))), ("space", "0"), ("color", "000000")):  # fmt: skip
        border.set(qn(f"w:{name}"), value)
    return border


def _write_cell(drawn, form: Form, page: Page, cell: Cell) -> None:
    drawn.vertical_alignment = WD_ALIGN_VERTICAL.TOP if cell.at_top else WD_ALIGN_VERTICAL.CENTER
    _set_edges(drawn, cell)
    first = drawn.paragraphs[0]
    for paragraph in drawn.paragraphs[1:]:  # merging leaves an empty one for every cell
        paragraph._element.getparent().remove(paragraph._element)
    if cell.is_picture:
        _write_picture(first, form, page, cell)
        return
    for number, passage in enumerate(cell.passages or (Passage("", ()),)):
        paragraph = _paragraph(first if not number else drawn.add_paragraph(), cell.size, form.leading)
        _write_passage(paragraph, passage, cell)


def _set_edges(drawn, cell: Cell) -> None:
    properties = drawn._element.get_or_add_tcPr()
    if cell.joins_above or cell.joins_below:
        edges = OxmlElement("w:tcBorders")
        edges.append(_border("top" if cell.joins_above else "bottom", 0))
        properties.append(edges)
    margins = OxmlElement("w:tcMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(int(inset_of(cell.align) / 25.4 * 1440)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    # The schema wants borders and margins before the vertical alignment.
    last = properties.find(qn("w:vAlign"))
    properties.append(margins)
    if last is not None:
        properties.remove(last)
        properties.append(last)


def _write_passage(paragraph, passage: Passage, cell: Cell) -> None:
    paragraph.alignment = _ALIGNS[cell.align]
    shape = paragraph.paragraph_format
    if passage.hang:
        indent = Pt(passage.hang * cell.size)
        shape.left_indent, shape.first_line_indent = indent, -indent
        shape.tab_stops.add_tab_stop(indent)
    words = f"{passage.head}\t{passage.text}" if passage.hang else passage.text
    write(paragraph, words, size=cell.size)


def _write_picture(paragraph, form: Form, page: Page, cell: Cell) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if not form.picture:
        write(paragraph, "照\n片", size=12)
        return
    wide = sum(page.columns[cell.column : cell.column + cell.across]) - 1
    high = sum(page.rows[cell.row : cell.row + cell.down]) - 1
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
    drawn = paragraph.add_run().add_picture(io.BytesIO(form.picture))
    scale = min(Mm(wide) / drawn.width, Mm(high) / drawn.height)
    drawn.width, drawn.height = Emu(int(drawn.width * scale)), Emu(int(drawn.height * scale))
    for side in "TBLR":  # where nothing is said LibreOffice keeps 3 mm free on each side
        drawn._inline.set(f"dist{side}", "0")
