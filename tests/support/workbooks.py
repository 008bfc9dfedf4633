"""Workbooks written part by part: ordinary ones, and hostile ones that no spreadsheet program would write."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from foundation.exchange.sandbox.places import column_letter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")

Cells = Sequence[Sequence[object]]


def cell_xml(row: int, column: int, value: object) -> str:
    """One cell; (value, style) gives a style, a text that begins with "=" is a formula without a stored result."""
    style = 0
    if isinstance(value, tuple):
        value, style = value
    place = f'r="{column_letter(column)}{row}" s="{style}"'
    if value is None:
        return f"<c {place}/>"
    if isinstance(value, bool):
        return f'<c {place} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str) and value.startswith("#"):
        return f'<c {place} t="e"><v>{escape(value)}</v></c>'
    if isinstance(value, str) and value.startswith("="):
        return f"<c {place}><f>{escape(value[1:])}</f><v></v></c>"
    if isinstance(value, str):
        return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f"<c {place}><v>{value}</v></c>"


def sheet_xml(rows: Cells, *, merged: Iterable[str] = (), hidden_rows: Iterable[int] = (), columns: str = "") -> str:
    """A worksheet part with these rows from A1 on."""
    hidden = set(hidden_rows)
    lines = []
    for number, cells in enumerate(rows, start=1):
        mark = ' hidden="1"' if number in hidden else ""
        body = "".join(cell_xml(number, column, value) for column, value in enumerate(cells, start=1))
        lines.append(f'<row r="{number}"{mark}>{body}</row>')
    ranges = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    merges = f"<mergeCells>{ranges}</mergeCells>" if ranges else ""
    return worksheet("".join(lines), before=columns, after=merges)


def worksheet(rows: str, *, before: str = "", after: str = "") -> str:
    return f'{XML}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def styles_xml(formats: Sequence[str]) -> str:
    """Style 0 is General, style n the nth of these formats."""
    own = "".join(f'<numFmt numFmtId="{164 + i}" formatCode={quoteattr(f)}/>' for i, f in enumerate(formats))
    used = "".join(f'<xf numFmtId="{164 + i}"/>' for i in range(len(formats)))
    head = f"<numFmts>{own}</numFmts>" if own else ""
    return f'{XML}<styleSheet xmlns="{MAIN}">{head}<cellXfs><xf numFmtId="0"/>{used}</cellXfs></styleSheet>'


def shared_xml(texts: Iterable[str]) -> str:
    return f'{XML}<sst xmlns="{MAIN}">' + "".join(f"<si><t>{escape(text)}</t></si>" for text in texts) + "</sst>"


def parts_of(
    sheets: Mapping[str, str],
    *,
    hidden: Iterable[str] = (),
    formats: Sequence[str] = (),
    shared: Sequence[str] = (),
    workbook_pr: str = "",
) -> dict[str, bytes]:
    """Name → bytes of all parts of a workbook with these sheet parts."""
    entries, links = [], []
    for number, name in enumerate(sheets, start=1):
        state = ' state="hidden"' if name in set(hidden) else ""
        entries.append(f'<sheet name={quoteattr(name)} sheetId="{number}"{state} r:id="rId{number}"/>')
        links.append(_link(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml"))
    links += [_link("rIdS", "styles", "styles.xml"), _link("rIdT", "sharedStrings", "sharedStrings.xml")]
    parts = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": _links(_link("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{RELS}">{workbook_pr}<sheets>{"".join(entries)}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _links(*links),
        "xl/styles.xml": styles_xml(formats),
        "xl/sharedStrings.xml": shared_xml(shared),
    }
    for number, body in enumerate(sheets.values(), start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = body
    return {name: text.encode() for name, text in parts.items()}


def _link(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{RELS}/{kind}" Target="{target}"/>'


def _links(*links: str) -> str:
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{"".join(links)}</Relationships>'


def zipped(parts: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def workbook(sheets: Mapping[str, Cells], *, merged: Iterable[str] = (), **options) -> bytes:
    """An ordinary workbook of these rows."""
    return zipped(parts_of({name: sheet_xml(rows, merged=merged) for name, rows in sheets.items()}, **options))


def small() -> bytes:
    """The smallest good workbook."""
    return workbook({"表": [["单位", 1]]})


def with_part(name: str, data: bytes) -> bytes:
    """A good workbook in which one part has these bytes."""
    return zipped(parts_of({"表": sheet_xml([["单位", 1]])}) | {name: data})


# ---- hostile ---------------------------------------------------------------------------------------------------------


def zip_bomb(megabytes: int = 600) -> bytes:
    """A sheet that unpacks to hundreds of megabytes of zeros."""
    out = io.BytesIO()
    parts = parts_of({"表": ""})
    del parts["xl/worksheets/sheet1.xml"]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
        with archive.open("xl/worksheets/sheet1.xml", "w") as stream:
            for _ in range(megabytes):
                stream.write(bytes(1024 * 1024))
    return out.getvalue()


def lying_bomb(megabytes: int = 200) -> bytes:
    """The same, but the directory claims a small size."""
    data = bytearray(zip_bomb(megabytes))
    size = struct.pack("<L", megabytes * 1024 * 1024)
    for signature, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = data.rfind(signature) if signature == b"PK\x01\x02" else data.find(b"PK\x03\x04", 0)
        while start >= 0:
            if data[start + at : start + at + 4] == size:
                data[start + at : start + at + 4] = struct.pack("<L", 4_000)
            if signature == b"PK\x01\x02":
                break
            start = data.find(signature, start + 4)
    return bytes(data)


def overlapping_bomb(copies: int = 1_000) -> bytes:
    """Many directory entries that share the bytes of one part: no single ratio is high."""
    parts = parts_of({"表": sheet_xml([["单位", 1]])}) | {"xl/media/a.bin": bytes(900_000)}
    data = zipped(parts)
    end = data.rfind(b"PK\x05\x06")
    count, size, start = struct.unpack_from("<HLL", data, end + 10)
    entry_at = data.find(b"xl/media/a.bin", start) - 46
    entry = data[entry_at : entry_at + 46 + len("xl/media/a.bin")]
    extra = b"".join(entry.replace(b"a.bin", f"{number:05}".encode()) for number in range(copies))
    total = count + copies
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, total, total, size + len(extra), start, 0)
    return data[:end] + extra + tail


def crowded_directory(entries: int = 60_000) -> bytes:
    """A directory of very many entries."""
    return zipped({f"xl/{number}": b"" for number in range(entries)}, zipfile.ZIP_STORED)


def doctype(part: str, declaration: str) -> bytes:
    """A good workbook in which one part begins with a document type declaration."""
    parts = parts_of({"表": sheet_xml([["单位", 1]])})
    text = parts[part].decode().removeprefix(XML)
    return zipped(parts | {part: f"{XML}{declaration}{text}".encode()})


XXE = '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    '<!DOCTYPE worksheet [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "&a;" * 10}">' for i in range(9))
    + "]>"
)


def far_cell(reference: str, row: int) -> bytes:
    """A small table and one filled cell far away from it."""
    rows = f'<row r="1">{cell_xml(1, 1, "单位")}</row><row r="{row}"><c r="{reference}"><v>1</v></c></row>'
    return zipped(parts_of({"综合管理类": worksheet(rows)}))


def many_cells(count: int) -> bytes:
    columns = 100
    rows = "".join(
        f'<row r="{row}">' + "".join(cell_xml(row, column, 1) for column in range(1, columns + 1)) + "</row>"
        for row in range(1, count // columns + 2)
    )
    return zipped(parts_of({"表": worksheet(rows)}))


def shared_flood(cells: int = 5_000, length: int = 30_000) -> bytes:
    """One long shared text, shown in thousands of cells."""
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, cells + 1))
    return zipped(parts_of({"表": worksheet(rows)}, shared=["长" * length]))


def empty_rows(count: int = 2_200_000) -> bytes:
    """Nothing but row elements: no cell to count, much to read. The ratio is kept low by numbering them at random."""
    noise = "".join(f'<row r="{1 + number * 7919 % 9973}"/>' for number in range(count))
    return zipped(parts_of({"表": worksheet(noise)}))


def deep_markup(depth: int = 200_000) -> bytes:
    return zipped(parts_of({"表": worksheet("<x>" * depth + "</x>" * depth)}))


def ole2(*, encrypted: bool) -> bytes:
    """The head of a compound file: an encrypted workbook or an old .xls."""
    name = "EncryptedPackage" if encrypted else "Workbook"
    return OLE2 + bytes(1_500) + name.encode("utf-16-le") + bytes(2_000)
