"""Several files chosen at once in the browser are one batch; suggestions are taken at once and stay open to change."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation.audit.models import Entry
from foundation.exchange.models import ImportBatch
from foundation.exchange.services.batches import apply
from officials.models import Official, Photo
from tests.factories.people import make_person
from tests.support.people import client_of
from tests.support.queries import assert_query_baseline

from .test_import_photos import picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
FOLDER = Path(__file__).parents[1] / "data" / "lrmx"
ENGLISH = {"accept-language": "en"}


def upload(client, kind, *files):
    chosen = [SimpleUploadedFile(name, data) for name, data in files]
    values = {"kind": kind, "organization": "A", "file": chosen}
    return client.post(reverse("exchange:upload"), values, headers=ENGLISH)


def samples(*names):
    return [(name, (FOLDER / name).read_bytes()) for name in names]


@pytest.fixture
def office(cadre_section):
    return client_of(cadre_section)


def test_many_forms_are_one_batch_and_the_old_format_finds_its_photo(office, cadre_section, tree):
    files = samples("06_old_editor.lrm", "06_old_editor.pic", "03_2025_long_resume.lrmx", "02_hzb_export_nophoto.lrmx")
    assert upload(office, "person_cards", *files).status_code == 302
    batch = ImportBatch.objects.get()
    assert (batch.file_name, batch.counts["rows"]) == ("02_hzb_export_nophoto.lrmx and 3 more.zip", 3)
    apply(batch, actor=cadre_section)
    assert Official.objects.count() == 3
    assert Photo.objects.filter(official__name="梁嘉禾").exists()


def test_the_same_files_in_another_order_are_the_same_batch(office, tree):
    files = samples("03_2025_long_resume.lrmx", "02_hzb_export_nophoto.lrmx")
    upload(office, "person_cards", *files)
    upload(office, "person_cards", *reversed(files))
    assert ImportBatch.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "names", "words"),
    [
        ("roster", ["a.xlsx", "b.xlsx"], "one file at a time"),
        ("person_cards", ["a.lrmx", "b.zip"], "Upload a zip by itself"),
        ("person_cards", ["a.doc"], ".lrmx, .lrm, .zip"),
        ("person_cards", [], "required"),
    ],
)
def test_what_does_not_go_together_is_said_at_the_field(office, tree, kind, names, words):
    page = upload(office, kind, *((name, b"x") for name in names))
    assert page.status_code == 422
    assert any(words in error for error in page.context["form"].errors["file"])


def test_a_single_photo_keeps_its_name(office, tree):
    make_person("何志强", tree.finance, serial=101)
    upload(office, "photos", ("何志强.jpg", picture()))
    row = ImportBatch.objects.get().rows.get()
    assert (row.key, row.has_error) == ("何志强", False)


def test_all_suggestions_are_taken_with_one_entry_and_can_be_decided_otherwise(office, tree):
    people = [make_person(name, tree.finance) for name in ("何志强", "卢小凤")]
    upload(office, "photos", *((f"{person.name}.jpg", picture()) for person in people), ("无名氏.jpg", picture()))
    batch = ImportBatch.objects.get()
    address = reverse("exchange:batch", args=[batch.number])
    page = office.get(address, headers=ENGLISH).content.decode()
    assert "2 rows wait for a decision" in page
    assert "take as a new person" not in page
    with assert_query_baseline("import of photos"):
        office.get(address)
    answer = office.post(reverse("exchange:batch-suggestions", args=[batch.number]), {"back": "rows=ask"})
    assert answer.url == f"{address}?rows=ask#rows"
    assert list(batch.rows.order_by("position").values_list("decision", flat=True)).count("update") == 2
    entry = Entry.objects.get(action="exchange.import.decided")
    assert entry.data["counts"]["all_suggestions"] == 2
    assert "Take all suggestions" not in office.get(address, headers=ENGLISH).content.decode()
    first = batch.rows.filter(decision="update").earliest("position")
    office.post(reverse("exchange:batch-decide", args=[batch.number]), {f"row-{first.position}": "skip"})
    first.refresh_from_db()
    assert first.decision == "skip"


def test_nothing_to_take_changes_nothing_and_writes_no_entry(office, tree):
    make_person("何志强", tree.finance)
    upload(office, "photos", ("何志强.jpg", picture()))
    address = reverse("exchange:batch-suggestions", args=[ImportBatch.objects.get().number])
    office.post(address)
    office.post(address)
    assert Entry.objects.filter(action="exchange.import.decided").count() == 1
