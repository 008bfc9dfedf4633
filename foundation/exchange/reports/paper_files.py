"""Finished papers as files: name, bytes, type; several of them in a zip. Pure."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "lrmx": "application/xml",
}


@dataclass(frozen=True)
class Paper:
    """A file to hand out; `remarks` are what its reader must be told."""

    name: str
    content: bytes
    remarks: tuple = ()

    @property
    def content_type(self) -> str:
        """MIME type by the ending."""
        return TYPES[self.name.rpartition(".")[2]]


def file_name(*parts: str, ending: str) -> str:
    """A file's name without what file systems forbid."""
    name = re.sub(r'[\x00-\x1f/\\:*?"<>|]+', " ", "-".join(part for part in parts if part)).strip(" .")
    return f"{name[:100]}.{ending}"


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Files in a zip; of files of one name the later ones are numbered: 梁嘉禾(2).pdf."""
    out, taken = io.BytesIO(), {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            taken[name] = taken.get(name, 0) + 1
            stem, _dot, ending = name.rpartition(".")
            archive.writestr(name if taken[name] == 1 else f"{stem}({taken[name]}).{ending}", content)
    return out.getvalue()
