"""Photos: what they are by their bytes, made again as JPEG of 4:5; hostile ones are refused before they are unpacked."""

import base64
import io
import struct
import zlib

import pytest
from PIL import Image

from officials.imports.photos import PhotoRefused, decode_photo, photo_format, prepare_portrait

pytestmark = pytest.mark.unit


def picture(kind="JPEG", size=(400, 500), mode="RGB", colour="red", **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "GIF"])
def test_every_kind_becomes_a_jpeg(kind):
    data = picture(kind)
    assert photo_format(data) == kind
    portrait = prepare_portrait(data)
    assert portrait.jpeg.startswith(b"\xff\xd8\xff")
    assert (portrait.width, portrait.height, portrait.was_padded) == (400, 500, False)


@pytest.mark.parametrize(
    ("size", "made", "padded"),
    [
        ((800, 1000), (400, 500), False),
        ((80, 100), (80, 100), False),
        ((376, 470), (376, 470), False),
        ((413, 579), (400, 500), True),  # 35 × 49 mm at 300 dpi: 357 × 500, on 400 × 500
        ((1000, 100), (400, 500), True),
        ((1, 1), (4, 5), True),
        ((6000, 4000), (400, 500), True),
    ],
)
def test_a_picture_is_never_cut_nor_enlarged(size, made, padded):
    portrait = prepare_portrait(picture(size=size))
    assert ((portrait.width, portrait.height), portrait.was_padded) == (made, padded)
    with Image.open(io.BytesIO(portrait.jpeg)) as shown:
        assert shown.size == made
        assert shown.getpixel((made[0] // 2, made[1] // 2))[0] > 200


def test_what_is_clear_becomes_white():
    portrait = prepare_portrait(picture("PNG", (40, 50), "RGBA", (255, 0, 0, 0)))
    with Image.open(io.BytesIO(portrait.jpeg)) as shown:
        assert min(shown.getpixel((20, 25))) > 250


def test_a_picture_for_print_is_read():
    assert prepare_portrait(picture(mode="CMYK", colour=(0, 0, 0, 0))).width == 400


def test_a_picture_that_lies_on_its_side_is_set_upright_and_says_no_more_where_it_was_taken():
    marks = Image.Exif()
    marks[0x0112] = 6
    marks[0x010F] = "a maker"
    portrait = prepare_portrait(picture(size=(500, 400), exif=marks))
    assert (portrait.width, portrait.height, portrait.was_padded) == (400, 500, False)
    assert b"a maker" not in portrait.jpeg


@pytest.mark.parametrize(
    "wrapped", ["{}", "data:image/png;base64,{}", "data:image/jpeg;charset=utf-8;base64,{}", "\r\n {}\n "]
)
def test_base64_is_read_with_everything_around_it(wrapped):
    data = picture("PNG", (4, 5))
    text = base64.encodebytes(data).decode()
    assert decode_photo(wrapped.format(text)) == data
    assert decode_photo(wrapped.format(text.replace("=", ""))) == data


@pytest.mark.parametrize("text", ["好", "a", "!!!!", "data:image/png;base64,*"])
def test_text_that_is_no_base64_is_refused(text):
    with pytest.raises(PhotoRefused, match="photo_text"):
        decode_photo(text)


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is huge and holds almost nothing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "photo_kind"),
        (b"%PDF-1.7", "photo_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo_kind"),
        (b"%!PS-Adobe-3.0 EPSF", "photo_kind"),
        (picture()[:200], "photo_damaged"),
        (b"\xff\xd8\xff" + b"\0" * 100, "photo_damaged"),
        (b"BM" + b"\xff" * 100, "photo_damaged"),
        (b"GIF89a", "photo_damaged"),
        (png_of(30_000, 30_000), "photo_pixels"),
        (png_of(5_000, 5_000), "photo_pixels"),
    ],
)
def test_what_is_no_portrait_is_refused(data, code):
    with pytest.raises(PhotoRefused) as refused:
        prepare_portrait(data)
    assert refused.value.code == code
