"""Appointment forms taken in: people, families, photos, what only the form says; and taken back."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from foundation.common.actors import SystemActor
from foundation.exchange.services.batches import apply, stage, undo
from foundation.regulations.services.rulebook import rulebook
from officials.imports.lrmx import read_lrmx
from officials.models import FamilyMember, FormDetails, Official, Photo
from officials.reports.lrmx import write_lrmx
from officials.selectors.cards import cards_of
from officials.services.people import identity_values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
FOLDER = Path(__file__).parents[1] / "data" / "lrmx"
OFFICE = SystemActor("test")
LONG = "03_2025_long_resume.lrmx"


def staged(county, name, data=None):
    data = (FOLDER / name).read_bytes() if data is None else data
    return stage(actor=OFFICE, kind_code="person_cards", data=data, file_name=name, organization=county)


def bundle(*names):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name in names:
            made.writestr(name, (FOLDER / name).read_bytes())
    return held.getvalue()


def test_a_form_becomes_a_person_with_family_photo_and_what_only_the_form_says(tree):
    batch = apply(staged(tree.county_a, LONG), actor=OFFICE)
    person = Official.objects.get()
    assert (person.name, batch.counts["created"] > 0) == ("黎晚晴", True)
    assert FamilyMember.objects.filter(official=person).count() == 8
    assert FormDetails.objects.get(official=person).reaches_text
    assert bytes(Photo.objects.get(official=person).image)[:3] == b"\xff\xd8\xff"
    assert (
        person.org_path == tree.county_a.path
    )  # no unit of the register stands in the post: the county keeps the file


def test_the_resume_is_kept_letter_by_letter(tree):
    apply(staged(tree.county_a, LONG), actor=OFFICE)
    card = read_lrmx((FOLDER / LONG).read_bytes(), filename=LONG).card
    assert Official.objects.get().resume_text == card.resume


def test_in_and_out_again_says_the_same(tree):
    apply(staged(tree.county_a, LONG), actor=OFFICE)
    card = read_lrmx((FOLDER / LONG).read_bytes(), filename=LONG).card
    (stored,) = cards_of(Official.objects.all(), rulebook(on=date(2025, 6, 1)), with_numbers=True)
    written = write_lrmx(stored.card, form_2025=True)
    again = read_lrmx(written.data, filename=written.name).card
    assert again.texts == card.texts
    assert (again.family, again.photo, again.unknown) == (card.family, card.photo, card.unknown)


def test_the_number_stands_in_no_staged_row_in_full(tree):
    batch = staged(tree.county_a, LONG)
    number = read_lrmx((FOLDER / LONG).read_bytes(), filename=LONG).card.identity_number
    assert number
    assert number not in str(list(batch.rows.values("key", "raw", "values", "normalised", "findings")))


def test_a_recorded_person_is_found_by_number_and_stays_in_the_own_unit(tree):
    number = read_lrmx((FOLDER / LONG).read_bytes(), filename=LONG).card.identity_number
    known = Official.objects.create(home=tree.finance, health="一般", **identity_values(number, "黎晚晴"))
    apply(staged(tree.county_a, LONG), actor=OFFICE)
    known.refresh_from_db()
    assert (Official.objects.count(), known.home_id, known.version) == (1, tree.finance.pk, 2)
    assert known.resume_text


def test_a_zip_brings_everybody_and_an_unreadable_form_keeps_nobody_out(tree):
    data = io.BytesIO(bundle(LONG, "01_official_utf8bom.lrmx", "02_hzb_export_nophoto.lrmx"))
    with zipfile.ZipFile(data, "a") as made:
        made.writestr("坏.lrmx", b"<Person><XingMing>")
    batch = staged(tree.county_a, "forms.zip", data.getvalue())
    assert (batch.counts["rows"], batch.counts["errors"]) == (4, 1)
    apply(batch, actor=OFFICE, good_rows_only=True)
    assert sorted(Official.objects.values_list("name", flat=True)) == ["梁嘉禾", "罗毅·阿木", "黎晚晴"]


def test_undoing_takes_people_families_and_photos_away_again(tree):
    batch = apply(staged(tree.county_a, "forms.zip", bundle(LONG, "01_official_utf8bom.lrmx")), actor=OFFICE)
    undo(batch, actor=OFFICE, reason="导错县")
    for model in (Official, FamilyMember, FormDetails, Photo):
        assert not model.objects.exists()


def test_undoing_an_update_restores_the_record_as_it_was(tree):
    number = read_lrmx((FOLDER / LONG).read_bytes(), filename=LONG).card.identity_number
    known = Official.objects.create(home=tree.finance, health="一般", **identity_values(number, "黎晚晴"))
    batch = apply(staged(tree.county_a, LONG), actor=OFFICE)
    undo(batch, actor=OFFICE, reason="导错")
    known.refresh_from_db()
    assert (known.health, known.resume_text, known.version) == ("一般", "", 1)
