"""Photos for recorded people: whose they are by the file's name, what is no picture, taken back exactly."""

import io
import zipfile
from datetime import date

import pytest
from PIL import Image

from foundation.common.actors import SystemActor
from foundation.common.results import DomainError
from foundation.exchange.models import Proposal
from foundation.exchange.packing import pack
from foundation.exchange.rows import Finding
from foundation.exchange.services.batches import apply, stage, undo
from foundation.exchange.services.decisions import decide, take_suggestions
from officials.imports.photo_files import whose
from officials.models import Official, Photo
from tests.exchange.files import state
from tests.factories.people import make_person, number_of

ACTOR = SystemActor("test")
database = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


def picture(color="navy", size=(40, 50), kind="JPEG") -> bytes:
    held = io.BytesIO()
    Image.new("RGB", size, color).save(held, kind)
    return held.getvalue()


def packed(files) -> bytes:
    held = io.BytesIO()
    pack([(name, io.BytesIO(data)) for name, data in files], held)
    return held.getvalue()


def take(tree, files, name="照片.zip"):
    return stage(actor=ACTOR, kind_code="photos", data=packed(files), file_name=name, organization=tree.county_a)


def told(batch):
    return [
        (row.sheet, Finding.from_dict(each).code, str(Finding.from_dict(each).level))
        for row in batch.rows.order_by("position")
        for each in row.findings
    ]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("name", "person", "number"),
    [
        ("何志强.jpg", "何志强", ""),
        ("Photos/何志强440784198005061015.jpg", "何志强", "440784198005061015"),
        ("44078419800506101x.png", "", "44078419800506101X"),
        ("3_何志强.jpg", "何志强", ""),
        ("012、何 志强-免冠照.JPG", "何志强", ""),
        ("罗毅·阿木.jpeg", "罗毅·阿木", ""),
        ("何志强(440784198005061015).jpg", "何志强", "440784198005061015"),
    ],
)
def test_a_file_name_says_whose_photo_it_is(name, person, number):
    assert whose(name) == (person, number)


@pytest.mark.unit
def test_the_same_files_make_the_same_bytes_and_names_are_kept_apart():
    files = [("b.jpg", b"2"), ("a.jpg", b"1"), ("a.jpg", b"3")]
    assert packed(files) == packed(list(reversed(files)))
    with zipfile.ZipFile(io.BytesIO(packed(files))) as made:
        assert {name: made.read(name) for name in made.namelist()} == {"a.jpg": b"3", "a (2).jpg": b"1", "b.jpg": b"2"}


class TestTaken:
    pytestmark = database

    def test_a_number_settles_it_a_name_is_a_suggestion(self, tree):
        one = make_person("何志强", tree.finance, serial=101)
        two = make_person("陈小明", tree.health, serial=103)
        batch = take(tree, [(f"何志强{number_of(date(1980, 5, 6), 101)}.jpg", picture()), ("陈小明.png", picture(kind="PNG"))])  # fmt: skip
        rows = list(batch.rows.order_by("position"))
        assert {(r.proposal, r.target) for r in rows} == {(Proposal.UPDATE, one.pk), (Proposal.ASK, two.pk)}
        with pytest.raises(DomainError, match="1"):
            apply(batch, actor=ACTOR)
        assert take_suggestions(batch, actor=ACTOR) == 1
        apply(batch, actor=ACTOR)
        assert set(Photo.objects.values_list("official", flat=True)) == {one.pk, two.pk}
        assert bytes(Photo.objects.get(official=two).original) == picture(kind="PNG")
        assert bytes(Photo.objects.get(official=two).image)[:3] == b"\xff\xd8\xff"

    def test_what_is_no_picture_is_a_warning_and_changes_nothing(self, tree):
        person = make_person("何志强", tree.finance, serial=101)
        batch = take(tree, [("何志强.jpg", b"not a picture")])
        assert told(batch) == [("何志强.jpg", "photo_kind", "warning")]
        decide(batch, actor=ACTOR, decisions={1: "update"})
        apply(batch, actor=ACTOR)
        assert not Photo.objects.filter(official=person).exists()

    def test_nobody_several_and_twice_are_told_each_and_the_good_ones_may_be_taken(self, tree):
        make_person("何志强", tree.finance, serial=101)
        make_person("陈小明", tree.health, serial=103)
        make_person("陈小明", tree.finance, serial=105)
        make_person("罗毅", tree.other_department, serial=107)
        number = number_of(date(1980, 5, 6), 101)
        files = {
            "何志强.jpg": "red",
            f"{number}.jpg": "blue",
            "陈小明.jpg": "red",
            "罗毅.jpg": "red",
            "无名氏.jpg": "red",
        }
        batch = take(tree, [(name, picture(color)) for name, color in files.items()])
        assert {(name, code) for name, code, _level in told(batch)} == {
            ("何志强.jpg", "photo_twice"), ("陈小明.jpg", "photo_several"), ("罗毅.jpg", "photo_nobody"),
            ("无名氏.jpg", "photo_nobody"),
        }  # fmt: skip
        apply(batch, actor=ACTOR, good_rows_only=True)
        assert Photo.objects.count() == 1
        assert bytes(Photo.objects.get().original) == picture("blue")

    def test_nobody_new_comes_from_a_photo(self, tree):
        make_person("何志强", tree.finance, serial=101)
        batch = take(tree, [("何志强.jpg", picture())])
        with pytest.raises(DomainError):
            decide(batch, actor=ACTOR, decisions={1: "new"})
        assert Official.objects.count() == 1

    def test_a_number_that_belongs_to_another_name_is_a_warning(self, tree):
        make_person("何志强", tree.finance, serial=101)
        batch = take(tree, [(f"陈小明{number_of(date(1980, 5, 6), 101)}.jpg", picture())])
        assert [code for _name, code, _level in told(batch)] == ["photo_other_name"]

    def test_undo_brings_the_former_photo_back(self, tree):
        person = make_person("何志强", tree.finance, serial=101)
        Photo.objects.create(official=person, image=picture("red"), original=picture("red"), sha256="x")
        before = state(data_only=True)
        batch = take(tree, [(f"{number_of(date(1980, 5, 6), 101)}.jpg", picture("blue"))])
        apply(batch, actor=ACTOR)
        assert bytes(Photo.objects.get().original) == picture("blue")
        undo(batch, actor=ACTOR, reason="导错")
        assert state(data_only=True) == before

    def test_numbers_in_file_names_stand_nowhere_in_full(self, tree):
        make_person("何志强", tree.finance, serial=101)
        number = number_of(date(1980, 5, 6), 101)
        batch = take(tree, [(f"{number}.jpg", picture())], name=f"{number}.zip")
        assert number not in str(list(batch.rows.values("key", "sheet", "raw", "values", "findings"))) + batch.file_name

    def test_a_zip_without_pictures_is_refused(self, tree):
        with pytest.raises(DomainError, match="jpg"):
            take(tree, [("a.txt", b"x")])
