"""The parts of a workbook beside its sheets: the list of sheets, number formats, shared texts. Runs in the child."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from .container import Container, relations_of, resolve
from .formats import BUILTIN, is_date_format
from .limits import Refusal
from .markup import Attributes, local, read_xml, unescape

_MACROS = "vbaProject.bin"


class Texts:
    """Shared texts, packed: a roster of 200,000 people has millions, and an object each would not fit the child's memory."""

    def __init__(self) -> None:
        self._bytes, self._ends = bytearray(), array("Q", [0])

    def append(self, text: str) -> None:
        self._bytes += text.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._bytes))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, place: int) -> str:
        return self._bytes[self._ends[place] : self._ends[place + 1]].decode("utf-8", "surrogatepass")


@dataclass(slots=True)
class Book:
    """What the workbook part says: its sheets in order (name, hidden, part), the date system, the styles."""

    sheets: list[tuple[str, bool, str]] = field(default_factory=list)
    since_1904: bool = False
    formats: list[str] = field(default_factory=list)
    dates: list[bool] = field(default_factory=list)
    texts: Texts = field(default_factory=Texts)


def read_book(container: Container) -> Book:
    """Everything but the cells. Refuses what is no workbook, and workbooks with macros."""
    book = Book()
    part = _main_part(container)
    relations = _relations(container, part)
    _read_sheet_list(container, part, {key: target for key, (target, _) in relations.items()}, book)
    by_kind = {kind: target for target, kind in relations.values()}
    if "styles" in by_kind:
        _read_formats(container, by_kind["styles"], book)
    if "sharedStrings" in by_kind:
        _read_texts(container, by_kind["sharedStrings"], book)
    return book


def _main_part(container: Container) -> str:
    if any(name.endswith(_MACROS) for name in container.names()):
        raise Refusal("file_macros")
    if "_rels/.rels" not in container:
        raise Refusal("file_kind")
    for target, kind in _relations(container, "").values():
        if kind == "officeDocument":
            if not target.endswith("workbook.xml"):
                raise Refusal("file_kind")
            return target
    raise Refusal("file_kind")


def _relations(container: Container, part: str) -> dict[str, tuple[str, str]]:
    """Id → (part, last word of the relation's type)."""
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: Attributes) -> None:
        if local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            target = resolve(part, attributes.get("Target", ""))
            found[attributes.get("Id", "")] = (target, attributes.get("Type", "").rpartition("/")[2])

    read_xml(container.chunks(relations_of(part)), start=start)
    return found


def _read_sheet_list(container: Container, part: str, targets: dict[str, str], book: Book) -> None:
    def start(name: str, attributes: Attributes) -> None:
        tag = local(name)
        if tag == "workbookPr":
            book.since_1904 = attributes.get("date1904", "0") in ("1", "true")
        elif tag == "sheet":
            key = next((value for key, value in attributes.items() if local(key) == "id"), "")
            hidden = attributes.get("state", "visible") != "visible"
            if key not in targets:
                raise Refusal("file_damaged")
            book.sheets.append((unescape(attributes.get("name", "")), hidden, targets[key]))
            if len(book.sheets) > container.limits.sheets:
                raise Refusal("too_many_sheets", limit=container.limits.sheets)

    read_xml(container.chunks(part), start=start)
    if not book.sheets:
        raise Refusal("file_damaged")


def _read_formats(container: Container, part: str, book: Book) -> None:
    own: dict[int, str] = {}
    inside = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal inside
        tag = local(name)
        if tag == "cellXfs":
            inside = True
        elif tag == "numFmt":
            own[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "General")
        elif tag == "xf" and inside:
            number = _number(attributes.get("numFmtId", "0"))
            book.formats.append(own.get(number) or BUILTIN.get(number, "General"))
            if len(book.formats) > container.limits.styles:
                raise Refusal("too_many_cells", limit=container.limits.cells)

    def end(name: str) -> None:
        nonlocal inside
        if local(name) == "cellXfs":
            inside = False

    read_xml(container.chunks(part), start=start, end=end)
    book.dates = [is_date_format(text) for text in book.formats]


def _read_texts(container: Container, part: str, book: Book) -> None:
    """Shared texts; the runs of a rich text are joined, its reading aids (phonetic runs) left out."""
    pieces: list[str] = []
    collect = phonetic = False

    def start(name: str, _: Attributes) -> None:
        nonlocal collect, phonetic
        tag = local(name)
        if tag == "si":
            pieces.clear()
        elif tag == "rPh":
            phonetic = True
        elif tag == "t":
            collect = not phonetic

    def end(name: str) -> None:
        nonlocal collect, phonetic
        tag = local(name)
        if tag == "t":
            collect = False
        elif tag == "rPh":
            phonetic = False
        elif tag == "si":
            book.texts.append(unescape("".join(pieces)))

    def text(data: str) -> None:
        if collect:
            pieces.append(data)

    read_xml(container.chunks(part), start=start, end=end, text=text)


def _number(text: str | None) -> int:
    try:
        return int(text or "")
    except ValueError as error:
        raise Refusal("file_damaged") from error
