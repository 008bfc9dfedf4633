"""The zip around a workbook: every claim of its directory is checked before one byte is unpacked.

Runs in the child. Standard library only.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator

from .limits import Limits, Refusal

_CHUNK = 64 * 1024
_END_OF_DIRECTORY = b"PK\x05\x06"
_LOCAL_HEADER = 30
_ENCRYPTED_FLAG = 0x1


class Container:
    """The parts of one workbook, each readable once and never beyond the limits."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.limits = limits
        self._inflated = 0
        self._refuse_large_directory(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, struct.error, UnicodeDecodeError, NotImplementedError) as error:
            raise Refusal("file_damaged") from error
        self._parts = {info.filename.lstrip("/"): info for info in self._zip.infolist()}
        self._check_directory(len(data))

    def _refuse_large_directory(self, data: bytes) -> None:
        """A directory of many thousand entries costs memory before anything can be counted: look at its size first."""
        end = data.rfind(_END_OF_DIRECTORY)
        if end < 0 or len(data) < end + 22:
            raise Refusal("file_damaged")
        size = struct.unpack_from("<L", data, end + 12)[0]
        if size > self.limits.directory:
            raise Refusal("zip_bomb")

    def _check_directory(self, file_size: int) -> None:
        entries = self._zip.infolist()
        if len(entries) > self.limits.parts or len(self._parts) != len(entries):
            raise Refusal("zip_bomb")
        reached = 0
        for info in sorted(entries, key=lambda entry: entry.header_offset):
            if info.flag_bits & _ENCRYPTED_FLAG:
                raise Refusal("file_encrypted")
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise Refusal("file_damaged")
            # Entries that share bytes multiply without any single ratio looking wrong.
            if info.header_offset < reached:
                raise Refusal("zip_bomb")
            reached = info.header_offset + _LOCAL_HEADER + info.compress_size
            if info.file_size > self.limits.ratio_from and info.file_size > self.limits.ratio * max(
                info.compress_size, 1
            ):
                raise Refusal("zip_bomb")
        if reached > file_size:
            raise Refusal("file_damaged")
        if sum(info.file_size for info in entries) > self.limits.inflated:
            raise Refusal("zip_bomb")

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def names(self) -> list[str]:
        return list(self._parts)

    def chunks(self, name: str, *, is_counted: bool = True) -> Iterator[bytes]:
        """The unpacked bytes of a part. Counts what really comes out: the sizes in the directory may lie.

        `is_counted`: False for a part that is read a second time; it is bounded all the same.
        """
        inflated = 0
        if name not in self._parts:
            raise Refusal("file_damaged")
        try:
            with self._zip.open(self._parts[name]) as stream:
                while chunk := stream.read(_CHUNK):
                    inflated += len(chunk)
                    if is_counted:
                        self._inflated += len(chunk)
                    if max(inflated, self._inflated) > self.limits.inflated:
                        raise Refusal("zip_bomb")
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise Refusal("file_damaged") from error


def relations_of(part: str) -> str:
    """The name of the part that lists the relations of `part`."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def resolve(part: str, target: str) -> str:
    """The name of the part that a relation of `part` points to."""
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
