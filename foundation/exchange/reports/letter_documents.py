"""An official letter as docx, by the measures of GB/T 9704-2012 (see `letters`). Pure."""

from __future__ import annotations

from datetime import datetime

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from .content import Table, cell_text, printable
from .documents import A4, HEAVY, TITLE, as_bytes, set_base_font, write, write_field
from .letters import Letter, Part, signature_indents, width_of, write_pdf

BODY = "仿宋_GB2312"
SONG = "宋体"
SIZE = 16
PITCH = Pt(28.95)
RED = RGBColor(0xD7, 0x00, 0x0F)
TYPE_AREA = 156  # mm
MARK = 44  # pt, smaller for a long name


def write_docx(letter: Letter) -> bytes:
    """The letter as a Word document."""
    document = Document()
    set_base_font(document, BODY, SIZE)
    document.core_properties.title = printable(letter.title)[:255]
    _set_page(document)
    if letter.mark:
        size = min(MARK, int(TYPE_AREA / 25.4 * 72 / max(width_of(letter.mark), 1)))
        mark = _line(document, letter.mark, WD_ALIGN_PARAGRAPH.CENTER, font=TITLE, size=size, colour=RED)
        mark.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        _line(document, "")
    if letter.symbol:
        symbol = _line(document, letter.symbol, WD_ALIGN_PARAGRAPH.CENTER)
        if letter.mark:
            _rule_below(symbol)
        _line(document, "")
    title = _line(document, letter.title, WD_ALIGN_PARAGRAPH.CENTER, font=TITLE, size=22)
    title.paragraph_format.line_spacing = Pt(34)
    _line(document, "")
    if letter.addressee:
        _line(document, letter.addressee)
    for number, paragraph in enumerate(letter.paragraphs):
        heading = paragraph.part == Part.HEADING
        drawn = _line(document, paragraph.text, WD_ALIGN_PARAGRAPH.JUSTIFY, font=HEAVY if heading else "")
        drawn.paragraph_format.first_line_indent = Pt(2 * SIZE)
        drawn.paragraph_format.keep_with_next = heading or number == len(letter.paragraphs) - 1
        if letter.table and number == letter.table_after:
            _write_table(document, letter.table)
    _sign(document, letter)
    if any(letter.foot):
        _write_foot(document, letter.foot)
    return as_bytes(document)


def _set_page(document) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = A4
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    page.footer_distance = Mm(35 - 7 - 5)  # the number stands 7 mm below the type area
    grid = page._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        page._sectPr.append(grid)
    # 22 lines of 28 characters: pitch in twentieths of a point, and what a 16 pt character gives up, in 1/4096 pt
    for name, value in (("type", "linesAndChars"), ("linePitch", "579"), ("charSpace", "-849")):
        grid.set(qn(f"w:{name}"), value)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((page.footer, WD_ALIGN_PARAGRAPH.RIGHT), (page.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
        write(paragraph, "— ", size=14, font=SONG)
        write_field(paragraph, "PAGE", size=14, font=SONG)
        write(paragraph, " —", size=14, font=SONG)


def _line(document, text, align=None, *, font="", size=0.0, colour=None):
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.line_spacing = PITCH
    write(paragraph, text, font=font, size=size, colour=colour)
    return paragraph


def _rule_below(paragraph) -> None:
    """The red line of the head, 4 mm below the number."""
    borders = f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="12" w:space="11" w:color="D7000F"/></w:pBdr>'
    paragraph._p.get_or_add_pPr().insert_element_before(
        parse_xml(borders), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _sign(document, letter: Letter) -> None:
    """Two lines of room for the seal, then who and when, which stay together with the last line; or lines to be signed."""
    if letter.signed_by:
        _line(document, "").paragraph_format.keep_with_next = True
        for text in letter.signed_by:
            line = _line(document, text)
            line.paragraph_format.first_line_indent = Pt(2 * SIZE)
            line.paragraph_format.keep_with_next = text != letter.signed_by[-1]
        return
    for _number in range(2):
        _line(document, "").paragraph_format.keep_with_next = True
    indents = signature_indents(letter.issuer, letter.day)
    for text, indent in zip((letter.issuer, letter.day), indents, strict=True):
        paragraph = _line(document, text, WD_ALIGN_PARAGRAPH.RIGHT)
        paragraph.paragraph_format.right_indent = Pt(indent * SIZE)
        paragraph.paragraph_format.keep_with_next = text != letter.day


def _write_table(document, table: Table) -> None:
    grid = document.add_table(rows=1 + len(table.rows), cols=len(table.columns), style="Table Grid")
    grid.autofit = False
    whole = sum(column.width for column in table.columns)
    lines = [tuple(column.title for column in table.columns)]
    lines += [tuple(cell_text(v, c) for v, c in zip(row.cells, table.columns, strict=True)) for row in table.rows]
    for number, (drawn, texts) in enumerate(zip(grid.rows, lines, strict=True)):
        for cell, text, column in zip(drawn.cells, texts, table.columns, strict=True):
            cell.width = Mm(TYPE_AREA * column.width / whole)
            paragraph = cell.paragraphs[0]
            right = column.is_number and number
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else None if number else WD_ALIGN_PARAGRAPH.CENTER
            write(paragraph, text, font="" if number else HEAVY, size=12)


def _write_foot(document, foot: tuple[str, str, str]) -> None:
    """The foot (版记): a table of lines that floats to the bottom of the last page."""
    copies, printed_by, printed_on = foot
    grid = document.add_table(rows=2 if copies else 1, cols=2)
    grid.autofit = False
    places = f'<w:tblpPr {nsdecls("w")} w:vertAnchor="margin" w:horzAnchor="margin" w:tblpXSpec="center" w:tblpYSpec="bottom"/>'
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="{size}" w:color="000000"/>'
        for edge, size in (("top", 8), ("bottom", 8), ("insideH", 6))
    )
    properties = grid._tbl.tblPr
    style = properties.find(qn("w:tblStyle"))
    position = parse_xml(places)
    if style is not None:
        style.addnext(position)
    else:
        properties.insert(0, position)
    properties.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{edges}</w:tblBorders>"))
    last = grid.rows[-1].cells
    if copies:
        first = grid.rows[0].cells
        write(first[0].merge(first[1]).paragraphs[0], copies, size=14)
    for cell, text, side in zip(last, (printed_by, printed_on), (None, WD_ALIGN_PARAGRAPH.RIGHT), strict=True):
        cell.width = Mm(TYPE_AREA / 2)
        paragraph = cell.paragraphs[0]
        paragraph.alignment = side
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(0)
        write(paragraph, text, size=14)


def write_letter(letter: Letter, ending: str, *, at: datetime) -> bytes:
    """A letter as "pdf" or "docx"; `at`: moment that the PDF bears. Raises DomainError when a PDF cannot be made here."""
    return write_pdf(letter, at=at) if ending == "pdf" else write_docx(letter)
