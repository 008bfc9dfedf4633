"""The bytes of a batch's file. A large one is kept in parts, so that no process of the web holds it as a whole."""

import hashlib
from typing import BinaryIO

from foundation.common.crypto import open_bytes, seal_bytes

from ..models import ImportBatch, ImportPart

PART_BYTES = 1024 * 1024


def digest_of(file: BinaryIO) -> str:
    """SHA-256 of a file, read bit by bit."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


def keep_parts(batch: ImportBatch, file: BinaryIO) -> None:
    """Keep the file in sealed parts (one statement for each); a batch that has its bytes keeps them."""
    if batch.parts.exists() or len(batch.content):
        return
    file.seek(0)
    position = 0
    while some := file.read(PART_BYTES):
        position += 1
        ImportPart.objects.create(batch=batch, position=position, content=seal_bytes(some))


def content_of(batch: ImportBatch) -> bytes:
    """The bytes of the file as they were uploaded (2 queries); the batch itself does not hold them afterwards."""
    whole = ImportBatch.objects.system().filter(pk=batch.pk).values_list("content", flat=True).get()
    if len(whole):
        return open_bytes(whole)
    parts = batch.parts.order_by("position").values_list("content", flat=True)
    return b"".join(open_bytes(part) for part in parts.iterator(chunk_size=8))
