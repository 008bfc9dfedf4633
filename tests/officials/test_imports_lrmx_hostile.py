"""Files that mean harm, and files that are merely broken: a message each, never a crash, never a word from elsewhere."""

import random

import pytest

from foundation.exchange.refusals import FileRefused
from officials.imports.lrm import read_lrm
from officials.imports.lrmx import read_lrmx
from officials.reports.lrmx import write_lrmx

from .lrmx_files import SAMPLES, form, sample

pytestmark = pytest.mark.unit

XXE = '<!DOCTYPE Person [<!ENTITY x SYSTEM "file:///etc/passwd">]><Person><XingMing>&x;</XingMing></Person>'
LAUGHS = (
    '<!DOCTYPE Person [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><Person><XingMing>&j;</XingMing></Person>"
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b" \r\n", "file_empty"),
        (XXE.encode(), "card_dtd"),
        (b'<?xml version="1.0"?>' + XXE.encode(), "card_dtd"),
        (XXE.encode("utf-16"), "card_dtd"),
        (XXE.replace("&x;", "&y; & z").encode(), "card_dtd"),
        (b'<!DOCTYPE Person SYSTEM "http://localhost/x.dtd"><Person/>', "card_dtd"),
        (b'<!DOCTYPE Person [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]><Person/>', "card_dtd"),
        (LAUGHS.encode(), "card_dtd"),
        (b"<!DOCTYPE Person><Person/>", "card_dtd"),
        (b"<html><body>404</body></html>", "card_root"),
        (b"<Persons><Person/></Persons>", "card_root"),
        (b"<Person>" + b"<a>" * 100_000, "card_deep"),
        (b"<Person>" + b"<a/>" * 100_000 + b"</Person>", "card_deep"),
        (b"<Person><XingMing>x</XingMing>", "card_damaged"),
        (b"<Person></Person><Person></Person>", "card_damaged"),
        (b"words", "card_damaged"),
        (b"<", "card_damaged"),
        (b"<?xml version='1.0'?>", "card_damaged"),
        (b"PK\x03\x04rest", "card_kind"),
        (b"%PDF-1.7", "card_kind"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "card_kind"),
        (b"<Person>" + b" " * (20 * 1024 * 1024) + b"</Person>", "card_size"),
    ],
    ids=range(23),
)
def test_what_is_no_form_or_means_harm_is_refused(data, code):
    with pytest.raises(FileRefused) as refused:
        read_lrmx(data, filename="a.lrmx")
    assert refused.value.code == code
    assert "a.lrmx" in refused.value.finding.params["file"]
    assert refused.value.message


def test_a_long_text_of_one_kind_takes_no_longer_than_its_length():
    for inner in ("<JianLi>" + "（2001.01--2002.02" * 50_000 + "</JianLi>", "<RuDangShiJian>" + "民革1" * 100_000 + "</RuDangShiJian>",
                  "<JiGuan>" + "省" * 500_000 + "</JiGuan>", "<ZhaoPian>" + "A" * 4_000_000 + "</ZhaoPian>",
                  "<ChuShengNianYue>" + "1" * 500_000 + "</ChuShengNianYue>", "&" * 500_000):  # fmt: skip
        assert read_lrmx(form(inner), filename="a.lrmx").card.name == "梁嘉禾"


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The file with a few bytes changed, taken out, doubled, or moved; or cut off."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(found))
        until = min(at + chance.choice((1, 2, 7, 40, 400)), len(found))
        what = chance.randrange(6)
        if what == 0:
            found[at] = chance.randrange(256)
        elif what == 1:
            del found[at:until]
        elif what == 2:
            found[at:at] = found[at:until]
        elif what == 3:
            found[at:at] = chance.choice(
                (b"<", b">", b"&", b"\0", b"</", b"]]>", b"<!--", b"\xff", "（".encode(), b"\xef\xbb\xbf")
            )
        elif what == 4:
            found[at:until] = bytes(chance.randrange(256) for _ in range(until - at))
        elif len(found) > 100:
            del found[chance.randrange(50, len(found)) :]
    return bytes(found)


def read_or_none(data: bytes, name: str):
    """The card, or None when the file was refused with a message; whatever else is raised fails the test."""
    reader = read_lrm if name.endswith(".lrm") else read_lrmx
    message = ""
    try:
        return reader(data, filename=name).card
    except FileRefused as refused:
        message = refused.message
    assert message
    return None


@pytest.mark.parametrize("name", [*SAMPLES, "06_old_editor.lrm"])
def test_forty_files_with_scattered_faults_give_a_card_or_a_message(name):
    chance = random.Random(name)  # noqa: S311 - the same faults every time
    refused = 0
    for _ in range(40):
        data = mutated(sample(name), chance)
        card = read_or_none(data, name)
        if card is None:
            refused += 1
            continue
        again = read_lrmx(write_lrmx(card, form_2025=True).data, filename="again.lrmx").card
        assert again.texts == card.texts | {"version": again.version}
        assert again.photo == card.photo
    assert refused < 40
