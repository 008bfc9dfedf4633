"""Many forms at once: zips with names of every kind, pairs of `.lrm` and `.pic`, doubles, bombs."""

import io
import struct
import zipfile

import pytest

from foundation.exchange.refusals import FileRefused
from officials.imports import card_bundles
from officials.imports.card_bundles import entry_name, read_files, read_zip

from .lrmx_files import codes, form, sample

pytestmark = pytest.mark.unit
UTF8 = 0x800


def zipped(entries: dict[str, bytes], *, names: str = "utf-8", flag: bool = True, method=zipfile.ZIP_DEFLATED) -> bytes:
    """A zip whose names are written in an encoding, saying so or not, as other systems pack it."""
    out, places = io.BytesIO(), {}
    with zipfile.ZipFile(out, "w", method) as made:
        for number, (name, data) in enumerate(entries.items()):
            raw = name.encode(names)
            # zipfile writes no other encoding: a name of the same length, which the real one replaces below
            place = name if name.isascii() else f"{number:@>{len(raw)}d}"
            places[place.encode()] = raw
            made.writestr(place, data)
    found = out.getvalue()
    for place, raw in places.items():
        found = found.replace(place, raw) if place != raw else found
    if flag:
        found = flagged(found, UTF8)
    return found


def flagged(data: bytes, bits: int) -> bytes:
    """The zip with bits set in the flags of every header."""
    found = bytearray(data)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = found.find(magic)
        while at >= 0:
            struct.pack_into("<H", found, at + offset, struct.unpack_from("<H", found, at + offset)[0] | bits)
            at = found.find(magic, at + 4)
    return bytes(found)


def person(name: str, inner: str = "") -> bytes:
    return f"<Person><XingMing>{name}</XingMing>{inner}</Person>".encode()


def read(data: bytes):
    return list(read_zip(data, filename="forms.zip"))


@pytest.mark.parametrize(("names", "flag"), [("utf-8", True), ("utf-8", False), ("gbk", False), ("gb18030", False)])
def test_names_are_read_whatever_they_are_written_in(names, flag):
    data = zipped({"1_梁嘉禾.lrmx": person("梁嘉禾"), "组织部/2_沈星.lrmx": person("沈星")}, names=names, flag=flag)
    assert [(found.name, found.card.name) for found in read(data)] == [
        ("1_梁嘉禾.lrmx", "梁嘉禾"),
        ("组织部/2_沈星.lrmx", "沈星"),
    ]


def test_a_name_in_the_extra_field_prevails():
    info = zipfile.ZipInfo("??.lrmx")
    info.flag_bits = 0
    name = "梁嘉禾.lrmx".encode()
    info.extra = struct.pack("<HHBI", 0x7075, len(name) + 5, 1, 0) + name
    assert entry_name(info) == "梁嘉禾.lrmx"


def test_an_old_file_finds_its_photo_in_the_same_folder_only():
    lrm, pic = sample("06_old_editor.lrm"), sample("06_old_editor.pic")
    found = read(zipped({"a/梁嘉禾.lrm": lrm, "a/梁嘉禾.PIC": pic, "b/沈星.pic": pic, "b/梁嘉禾.pic": pic}))
    assert found[0].card.photo == pic
    assert [(one.name, codes(one)) for one in found[1:]] == [
        ("b/沈星.pic", ["photo_alone"]),
        ("b/梁嘉禾.pic", ["photo_alone"]),
    ]


def test_a_file_that_cannot_be_read_keeps_no_other_out():
    found = read(
        zipped(
            {
                "1.lrmx": b"<Person><XingMing>",
                "2.lrmx": person("沈星"),
                "3.lrm": b"x",
                "4.lrmx": b"",
                "5.LRMX": person("甲"),
            }
        )
    )
    assert [(one.name, one.card.name if one.card else None, codes(one)) for one in found] == [
        ("1.lrmx", None, ["card_damaged"]),
        ("2.lrmx", "沈星", []),
        ("3.lrm", None, ["card_kind"]),
        ("4.lrmx", None, ["file_empty"]),
        ("5.LRMX", "甲", []),
    ]
    assert all(finding.sheet == one.name for one in found for finding in one.findings)


def test_what_is_no_form_is_told_and_what_systems_leave_behind_is_not():
    found = read(
        zipped(
            {
                "沈星.lrmx": person("沈星"),
                "沈星.docx": b"x",
                "__MACOSX/._沈星.lrmx": b"x",
                "Thumbs.db": b"x",
                "a/.DS_Store": b"x",
            }
        )
    )
    assert [(one.name, codes(one)) for one in found] == [("沈星.lrmx", []), ("沈星.docx", ["bundle_not_read"])]


def test_doubles_are_told_with_the_first_file():
    number = "<ShenFenZheng>440784198503129994</ShenFenZheng>"
    birth = "<ChuShengNianYue>{}</ChuShengNianYue>"
    found = read(
        zipped(
            {
                "1.lrmx": person("梁嘉禾", number),
                "2.lrmx": person("梁嘉禾", number),
                "3.lrmx": person("梁佳禾", number),
                "4.lrmx": person("沈星", birth.format("199002")),
                "5.lrmx": person("沈星", birth.format("1990.2")),
                "6.lrmx": person("沈星", birth.format("199003")),
            }
        )
    )  # fmt: skip
    assert [(codes(one), [f.params["first"] for f in one.findings]) for one in found] == [
        ([], []),
        (["card_same_bytes"], ["1.lrmx"]),
        (["card_same_number"], ["1.lrmx"]),
        ([], []),
        (["card_same_name"], ["4.lrmx"]),
        ([], []),
    ]


def test_files_of_a_folder_are_read_like_a_zip():
    files = [
        ("梁嘉禾.pic", sample("06_old_editor.pic")),
        ("梁嘉禾.lrm", sample("06_old_editor.lrm")),
        ("沈星.lrmx", person("沈星")),
    ]
    found = list(read_files(files))
    assert [one.card.name for one in found] == ["梁嘉禾", "沈星"]
    assert found[0].portrait is not None


def test_forms_are_read_one_at_a_time(monkeypatch):
    opened = []
    real = card_bundles.read_lrmx

    def watched(data, **options):
        opened.append(options["filename"])
        return real(data, **options)

    monkeypatch.setattr(card_bundles, "read_lrmx", watched)
    forms = read_zip(zipped({f"{number}.lrmx": person("沈星", str(number)) for number in range(3)}), filename="a.zip")
    next(forms)
    assert opened == ["0.lrmx"]


def lying(data: bytes, size: int) -> bytes:
    """The zip whose directory says that its entries unpack to this size."""
    found = bytearray(data)
    at = found.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<L", found, at + 24, size)
        at = found.find(b"PK\x01\x02", at + 4)
    return bytes(found)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"no zip", "bundle_damaged"),
        (zipped({"a.lrmx": form()})[:-30], "bundle_damaged"),
        (zipped({"a.txt": b"x"}), "bundle_empty"),
        (zipped({}), "bundle_empty"),
        (flagged(zipped({"a.lrmx": form()}), 1), "bundle_encrypted"),
        (zipped({"a.lrmx": b" " * 30_000_000}), "bundle_bomb"),
        (zipped({f"{number}.lrmx": b"" for number in range(8_001)}, method=zipfile.ZIP_STORED), "bundle_bomb"),
        (lying(zipped({"a.lrmx": form()}), 400 * 1024 * 1024), "bundle_bomb"),
    ],
    ids=["words", "cut", "other", "empty", "encrypted", "ratio", "many", "size"],
)
def test_a_zip_that_is_none_or_means_harm_is_refused_whole(data, code):
    with pytest.raises(FileRefused) as refused:
        read(data)
    assert refused.value.code == code


def test_one_entry_above_the_size_of_a_form_is_refused_alone():
    noise = bytes(range(256)) * 90_000  # 23 MB that hardly shrink below the ratio that is looked at
    data = zipped({"a.lrmx": noise, "b.lrmx": person("沈星")}, method=zipfile.ZIP_STORED)
    found = read(data)
    assert [codes(one) for one in found] == [["card_size"], []]


def test_one_entry_that_is_damaged_is_refused_alone():
    data = zipped({"a.lrmx": person("梁嘉禾"), "b.lrmx": person("沈星")}, method=zipfile.ZIP_STORED)
    found = read(data.replace("梁嘉禾".encode(), "梁嘉木".encode()))
    assert [codes(one) for one in found] == [["bundle_damaged"], []]
