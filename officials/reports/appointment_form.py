"""The appointment form (干部任免审批表) on two A4 pages, in the layout of 2003 and that of 2025: a card becomes a grid. Pure.

Columns and rows are those of the form's templates, in millimetres; sizes follow its printing rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foundation.exchange.reports.grids import INSET, Align, Cell, Form, Page, Passage, inset_of
from foundation.exchange.rows import Finding, Level

from ..rules import form_wording as wording
from ..rules.form_resume import HANG, FittedResume, fit_resume
from ..rules.party_joining import parse_party_joining
from ..rules.person_card import PersonCard
from ..rules.text_fit import LEADING, Fitted, columns_of, fit, wrap
from .appointment_form_family import second_page

TITLE, TITLE_HEIGHT = "干部任免审批表", 15.0
A4_HEIGHT = 297.0
MARGINS = (11.1, 12.0, 22.0, 20.0)
COLUMNS = (13.8, 4.2, 23.0, 18.7, 23.0, 23.2, 23.5, 36.3)
ROWS = (12.5, 12.2, 12.0, 12.5, 6.1, 6.1, 6.1, 6.1)
POST_ROW, RESUME_ROW = 12.5, 125.8
SLACK = 1.0
"""Left free at the foot of a page, so that no rounding makes a third page."""
POST_COLUMNS, POST_LINES, POST_SMALLEST = 26, 3, 9.0


@dataclass(frozen=True, slots=True)
class FilledForm:
    """The form, and what its reader must be told: a text too long for its place."""

    form: Form
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """The text of a post, broken, and the height its row takes in mm."""

    passage: Passage
    size: float
    height: float


def appointment_form(card: PersonCard, *, form_2025: bool, today: date, portrait: bytes = b"") -> FilledForm:
    """The form of a card. `portrait`: the photo as JPEG of 4:5. `today` counts ages where the card names no day."""
    first, resume = _first_page(card, form_2025, today)
    second, narrow = second_page(card, today)
    findings = [Finding(Level.WARNING, "form_text_small", card.name, None, label) for label in narrow]
    if resume.overflows:
        findings.insert(0, Finding(Level.WARNING, "form_resume_small", card.name, None, "简历"))
    return FilledForm(Form(f"{TITLE} {card.name}", (first, second), LEADING, picture=portrait), tuple(findings))


def post(text: str) -> Post:
    """26 characters a line; up to 3 lines the row grows at 12 pt; then the size goes down to 9 pt; then the row grows on."""
    said = text.strip()
    for half in range(24, int(POST_SMALLEST * 2) - 1, -1):
        size = half / 2
        lines = tuple(wrap(said, 2 * int(POST_COLUMNS * 12 / size)))
        if len(lines) <= POST_LINES:
            break
    needed = len(lines) * size * LEADING * 25.4 / 72 + 1.5
    return Post(Passage(said, lines), size, max(POST_ROW, needed))


def passages(fitted: Fitted) -> tuple[Passage, ...]:
    """Lines that were broken by rule, each a paragraph of its own: Word must not break them anew."""
    return tuple(Passage(line, (line,)) for line in fitted.lines)


def label(row: int, column: int, *lines: str, down: int = 1, across: int = 1) -> Cell:
    """A printed label."""
    return Cell(row, column, down, across, tuple(Passage(line, (line,)) for line in lines))


def fitted_cell(row: int, column: int, texts: Iterable[str], width: float, height: float, **where) -> Cell:
    """A cell whose texts are set as large as they fit in it (mm)."""
    said = tuple(text for text in texts if text)
    room = width - 2 * inset_of(where.get("align", Align.CENTRE))
    fitted = fit(said or ("",), room, height - 1)
    broken = tuple(Passage(text, tuple(wrap(text, columns_of(room, fitted.size)))) for text in said)
    return Cell(row, column, passages=broken, size=fitted.size, **where)


def _short(row: int, column: int, text: str) -> Cell:
    fitted = wording.short_text(text)
    align = Align.LEFT if len(fitted.lines) > 1 else Align.CENTRE
    return Cell(row, column, passages=passages(fitted), size=fitted.size, align=align)


def _first_page(card: PersonCard, form_2025: bool, today: date) -> tuple[Page, FittedResume]:
    at = wording.counted_at(card, today)
    name = wording.name_lines(card.name)
    party = parse_party_joining(card.party_joined).printed
    cells = [
        label(0, 0, "姓　名", across=2),
        Cell(0, 2, passages=passages(name), size=name.size),
        label(0, 3, "性　别"),
        _short(0, 4, card.sex),
        label(0, 5, "出生年月", "（　岁）"),
        fitted_cell(0, 6, wording.birth_lines(card.birth, at), COLUMNS[6], ROWS[0]),
        Cell(0, 7, down=4, is_picture=True),
        label(1, 0, "民　族", across=2),
        _short(1, 2, card.ethnicity),
        label(1, 3, "籍　贯"),
        _short(1, 4, card.native_place),
        label(1, 5, "出 生 地"),
        _short(1, 6, card.birth_place),
        label(2, 0, "入　党", "时　间", across=2),
        fitted_cell(2, 2, (party,), COLUMNS[2], ROWS[2]),
        label(2, 3, "参加工", "作时间"),
        fitted_cell(2, 4, (wording.printed_date(card.work_started),), COLUMNS[4], ROWS[2]),
        *(_rows_of_2025(card) if form_2025 else _rows_of_2003(card)),
        *_education(card),
    ]
    posts = [post(text) for text in (card.current_post, card.proposed_post, card.post_to_leave)]
    for place, (words, found) in enumerate(zip(("现 任 职 务", "拟 任 职 务", "拟 免 职 务"), posts, strict=True)):
        cells.append(label(8 + place, 0, words, across=3))
        cells.append(Cell(8 + place, 3, 1, 5, (found.passage,), found.size, Align.LEFT))
    heights = [found.height for found in posts]
    left = A4_HEIGHT - MARGINS[0] - MARGINS[1] - TITLE_HEIGHT - SLACK - sum(ROWS) - sum(heights)
    height = min(RESUME_ROW, left)
    resume = fit_resume(card.resume, sum(COLUMNS[1:]) - 2 * INSET, height - 2)
    cells += [label(11, 0, "简", "", "历"), _resume(resume)]
    return Page(MARGINS, COLUMNS, (*ROWS, *heights, height), tuple(cells), TITLE, TITLE_HEIGHT), resume


def _rows_of_2003(card: PersonCard) -> tuple[Cell, ...]:
    wide = COLUMNS[2] + COLUMNS[3], COLUMNS[5] + COLUMNS[6]
    return (
        label(2, 5, "健康状况"),
        _short(2, 6, card.health),
        label(3, 0, "专业技", "术职务", across=2),
        fitted_cell(3, 2, (card.professional_title,), wide[0], ROWS[3], across=2),
        label(3, 4, "熟悉专业", "有何专长"),
        fitted_cell(3, 5, (card.speciality,), wide[1], ROWS[3], across=2),
    )


def _rows_of_2025(card: PersonCard) -> tuple[Cell, ...]:
    reached = wording.reaching_lines(card.reaching_month, card.birth)
    return (
        label(2, 5, "到龄时间"),
        fitted_cell(2, 6, reached, COLUMNS[6], ROWS[2]),
        label(3, 0, "健　康", "状　况", across=2),
        _short(3, 2, card.health),
        label(3, 3, "专业技", "术职务"),
        fitted_cell(3, 4, (card.professional_title,), COLUMNS[4], ROWS[3]),
        label(3, 5, "熟悉专业", "有何专长"),
        fitted_cell(3, 6, (card.speciality,), COLUMNS[6], ROWS[3]),
    )


def _education(card: PersonCard) -> Iterable[Cell]:
    """学历 above 学位, each with its school; one alone stands in the middle, one school for both is printed once."""
    yield label(4, 0, "学　历", "学　位", down=4, across=2)
    kinds = (
        (4, ("全日制", "教　育"), "full_time"),
        (6, ("在　职", "教　育"), "in_service"),
    )
    for row, words, kind in kinds:
        education, degree = getattr(card, f"{kind}_education"), getattr(card, f"{kind}_degree")
        schools = getattr(card, f"{kind}_education_school"), getattr(card, f"{kind}_degree_school")
        height = ROWS[row] * 2
        yield label(row, 2, *words, down=2)
        yield fitted_cell(row, 3, (education, degree), sum(COLUMNS[3:5]), height, down=2, across=2)
        yield label(row, 5, "毕业院校", "系及专业", down=2)
        once = tuple(dict.fromkeys(schools))
        yield fitted_cell(row, 6, once, sum(COLUMNS[6:8]), height, down=2, across=2, align=Align.LEFT)


def _resume(fitted: FittedResume) -> Cell:
    found = tuple(
        Passage(entry.text, lines, entry.head, 0 if entry.is_free else HANG / 2)
        for entry, lines in zip(fitted.entries, fitted.lines, strict=True)
    )
    return Cell(11, 1, 1, 7, found, fitted.size, Align.LEFT, at_top=True)
