"""What an uploaded paper really is: told by its bytes, not by its name. Pure; nothing is unpacked."""

import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

_END_OF_DIRECTORY = b"PK\x05\x06"
_LARGEST_DIRECTORY = 1024 * 1024  # bytes; a directory of more entries costs memory before anything can be said about it


@dataclass(frozen=True)
class FileType:
    """A type by its ending: what browsers are told, and whether some bytes are of it."""

    content_type: str
    fits: Callable[[bytes], bool]


def _starts(*beginnings: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(beginnings)


def _package(*parts: str) -> Callable[[bytes], bool]:
    return lambda data: set(parts) <= _names(data)


def _names(data: bytes) -> set[str]:
    """Names in the directory of a zip; empty for what is no readable zip."""
    end = data.rfind(_END_OF_DIRECTORY)
    if end < 0 or len(data) < end + 22 or struct.unpack_from("<L", data, end + 12)[0] > _LARGEST_DIRECTORY:
        return set()
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return set(package.namelist())
    except (zipfile.BadZipFile, struct.error, UnicodeDecodeError, NotImplementedError):
        return set()


_OFFICE = "application/vnd.openxmlformats-officedocument"
_CONTENT = "[Content_Types].xml"
KNOWN = {
    "pdf": FileType("application/pdf", lambda data: b"%PDF-" in data[:1024]),
    "jpg": FileType("image/jpeg", _starts(b"\xff\xd8\xff")),
    "jpeg": FileType("image/jpeg", _starts(b"\xff\xd8\xff")),
    "png": FileType("image/png", _starts(b"\x89PNG\r\n\x1a\n")),
    "docx": FileType(f"{_OFFICE}.wordprocessingml.document", _package(_CONTENT, "word/document.xml")),
    "xlsx": FileType(f"{_OFFICE}.spreadsheetml.sheet", _package(_CONTENT, "xl/workbook.xml")),
    "pptx": FileType(f"{_OFFICE}.presentationml.presentation", _package(_CONTENT, "ppt/presentation.xml")),
    "ofd": FileType("application/ofd", _package("OFD.xml")),
    "zip": FileType("application/zip", lambda data: bool(_names(data))),
}


def ending_of(name: str) -> str:
    """The ending of a file's name in small letters, empty when it has none."""
    return name.rpartition(".")[2].lower() if "." in name else ""
