"""Words of informers in answers, however they are written there: plain, escaped, encoded, packed into a workbook."""

import base64
import contextlib
import io
import re
import unicodedata
import zipfile
import zlib
from html import unescape
from urllib.parse import unquote_to_bytes

from .sheltered import INFORMERS

ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
PDF_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
PACKED_DEPTH = 3
WIDE_ENTITY, WIDE_QUOTED = re.compile(r"&#(x[0-9a-fA-F]{4}|\d{5})"), re.compile(r"%[89a-fA-F][0-9a-fA-F]")
JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


def words() -> list[str]:
    """Everything that would give one of the planted informers away."""
    return [value for one in INFORMERS for value in one.values.values() if value]


def spelled() -> list[str]:
    """Their names in Latin letters, together and apart."""
    return ["ouyangruonan", "yuchiyanqiu", "linghujingcheng"]


def _apart(word: str) -> re.Pattern:
    """The word, also where spaces, dots or hyphens stand between its signs."""
    return re.compile(r"[\W_]{0,3}".join(map(re.escape, word)))


LOOKED_FOR = {word: _apart(word) for word in [*words(), *spelled()]}
PACKED = {
    form: word
    for word in LOOKED_FOR
    for form in (
        word.encode().hex().encode(),
        base64.b64encode(word.encode()),
        base64.urlsafe_b64encode(word.encode()).rstrip(b"="),
    )
}


def body_of(answer) -> bytes:
    """What was sent, headers too, except what the asker sent: no address of the request."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content + b"\n" + "\n".join(f"{name}: {value}" for name, value in answer.headers.items()).encode()


def parts_of(data: bytes, depth: int = PACKED_DEPTH) -> list[bytes]:
    """The bytes, and what is packed in them: members of archives (workbooks, documents), streams of PDF files."""
    found = [data]
    start = data.find(b"PK\x03\x04")
    if depth and start >= 0:
        with contextlib.suppress(zipfile.BadZipFile):  # else four bytes of another kind of file, searched as they are
            with zipfile.ZipFile(io.BytesIO(data[start:])) as archive:
                for name in archive.namelist():
                    found += [name.encode(), *parts_of(archive.read(name), depth - 1)]
    for stream in PDF_STREAM.findall(data) if data.startswith(b"%PDF") else ():
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            found.append(stream)
    return found


def texts_of(data: bytes) -> list[str]:
    """The bytes as text, in each way in which they can be read: by encoding, with escapes of HTML, JSON and addresses undone."""
    try:
        found = [data.decode()]
    except UnicodeDecodeError:
        found = [data.decode(encoding, "ignore") for encoding in ENCODINGS]
    for text in list(found):
        if WIDE_ENTITY.search(text):
            found.append(unescape(text))
        if "\\u" in text:
            found.append(JSON_ESCAPE.sub(lambda hit: chr(int(hit[1], 16)), text))
        if WIDE_QUOTED.search(text):
            raw = unquote_to_bytes(text)
            found += [raw.decode("utf-8", "ignore"), raw.decode("gb18030", "ignore")]
    return [unicodedata.normalize("NFKC", text).lower() for text in found]


def leaks_in(data: bytes) -> set[str]:
    """Which words of the planted informers the bytes give away."""
    found = set()
    for part in parts_of(data):
        found |= {word for form, word in PACKED.items() if form in part}
        for text in texts_of(part):
            found |= {word for word, looked_for in LOOKED_FOR.items() if looked_for.search(text)}
    return found
