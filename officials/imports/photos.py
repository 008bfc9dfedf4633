"""Photos of interchange files: known by their first bytes, kept as they are, and made again as a small JPEG of 4:5.

The picture is made anew from its pixels, so nothing else that a file may hold (places, programs, other pictures) is kept
in what pages show. Sizes are looked at before a single pixel is unpacked.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import struct
from dataclasses import dataclass

from PIL import Image, ImageOps

WIDTH, HEIGHT = 400, 500
LARGEST = 5 * 1024 * 1024  # bytes the editor takes
_PIXELS = 24_000_000
_QUALITY = 90
_FORMATS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"BM": "BMP", b"GIF8": "GIF"}
_ADDRESS = re.compile(r"data:[\w/+.\-]{0,60}(?:;[\w=\-]{0,40})*,", re.ASCII | re.IGNORECASE)
_RATIO_TOLERANCE = 0.06


class PhotoRefused(ValueError):
    """No picture: `code` is a key of the import texts (photo_text, photo_kind, photo_damaged, photo_pixels)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Portrait:
    """The picture for pages and forms: JPEG of 4:5 within 400×500. `was_padded`: the original has another ratio."""

    jpeg: bytes
    width: int
    height: int
    was_padded: bool


def decode_photo(text: str) -> bytes:
    """The bytes of base64 text, with or without line breaks and a data: address. Raises PhotoRefused("photo_text")."""
    bare = "".join(text.split())
    if match := _ADDRESS.match(bare):
        bare = bare[match.end() :]
    bare = bare.rstrip("=")
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise PhotoRefused("photo_text") from error


def photo_format(data: bytes) -> str | None:
    """JPEG, PNG, BMP or GIF by the first bytes; None for anything else, whatever its name says."""
    return next((name for magic, name in _FORMATS.items() if data.startswith(magic)), None)


def prepare_portrait(data: bytes) -> Portrait:
    """Make the picture. Upright, on white, padded to 4:5 so that nothing of the face is cut; never enlarged.

    Raises PhotoRefused.
    """
    kind = photo_format(data)
    if kind is None:
        raise PhotoRefused("photo_kind")
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as picture:
            picture.draft("RGB", (WIDTH * 2, HEIGHT * 2))  # a large JPEG is unpacked at a fraction of its size
            if picture.width * picture.height > _PIXELS:
                raise PhotoRefused("photo_pixels")
            picture.load()
            return _made(picture)
    except PhotoRefused:
        raise
    except Image.DecompressionBombError as error:
        raise PhotoRefused("photo_pixels") from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error) as error:
        # what Pillow raises for broken pictures, depending on the format
        raise PhotoRefused("photo_damaged") from error


def _made(picture: Image.Image) -> Portrait:
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        layers = upright.convert("RGBA")
        flat = Image.new("RGB", layers.size, "white")
        flat.paste(layers, mask=layers.getchannel("A"))
    else:
        flat = upright.convert("RGB")
    ratio = flat.width / flat.height
    flat.thumbnail((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    # the smallest frame of exactly 4:5 that holds the picture
    unit = max(-(-flat.width // 4), -(-flat.height // 5), 1)
    frame = Image.new("RGB", (unit * 4, unit * 5), "white")
    frame.paste(flat, ((frame.width - flat.width) // 2, (frame.height - flat.height) // 2))
    out = io.BytesIO()
    frame.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return Portrait(out.getvalue(), frame.width, frame.height, abs(ratio / (WIDTH / HEIGHT) - 1) > _RATIO_TOLERANCE)
