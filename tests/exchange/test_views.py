"""Imports on the screen: upload, preview, apply, undo, and what is said when something is wrong."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation.audit.models import Entry
from foundation.common.actors import SystemActor
from foundation.exchange import selectors
from foundation.exchange.models import BatchStatus, ImportBatch
from foundation.exchange.services.batches import apply, stage
from foundation.organizations.models import Organization
from tests.factories.county import make_small_county
from tests.support.people import client_of
from tests.support.queries import assert_query_baseline, count_queries

from .files import TWO_POSTS, TWO_UNITS, score_book, units

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
ACTOR = SystemActor("test")
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def office(assessment_office):
    """A browser of the assessment office."""
    return client_of(assessment_office)


@pytest.fixture
def batch(tree):
    """Two units of county A, read and not applied."""
    return stage(actor=ACTOR, kind_code="units", data=TWO_UNITS, file_name="units.csv", organization=tree.county_a)


def send(client, data=TWO_UNITS, name="units.csv", **fields):
    """Upload a file by the form."""
    values = {"kind": "units", "organization": "A", "file": SimpleUploadedFile(name, data)} | fields
    return client.post(reverse("exchange:upload"), values, headers=ENGLISH)


def act(client, name, batch, **data):
    return client.post(reverse(f"exchange:{name}", args=[batch.number]), data, headers=ENGLISH)


def preview(client, batch, **query):
    return client.get(reverse("exchange:batch", args=[batch.number]), query, headers=ENGLISH)


def said(answer) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


# --- upload -----------------------------------------------------------------------------------------------------------
def test_an_upload_leads_to_its_preview(office):
    answer = send(office)
    batch = ImportBatch.objects.get()
    assert answer.url == reverse("exchange:batch", args=[batch.number])
    assert not Organization.objects.filter(code="A-W1").exists()
    again = send(office)
    assert again.url == answer.url


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": "units.docx"}, "file"),
        ({"kind": "wishes"}, "kind"),
        ({"organization": "B"}, "organization"),
        ({"organization": "A-FIN"}, "organization"),
        ({"kind": "scores", "name": "a.xlsx"}, "year"),
        ({"kind": "scores", "name": "a.xlsx", "year": "next"}, "year"),
        ({"data": b""}, "file"),
    ],
)
def test_a_wrong_form_says_what_is_wrong_at_the_field(office, fields, field):
    answer = send(office, **fields)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert not ImportBatch.objects.exists()


def test_a_file_that_is_no_workbook_is_refused_at_the_file(office):
    answer = send(office, data=b"PK no workbook", name="a.xlsx", kind="scores", year=2024)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"][0]
    assert not ImportBatch.objects.exists()


def test_kinds_and_places_are_those_in_which_the_user_may_import(office, supervision_section, tree):
    form = office.get(reverse("exchange:upload")).context["form"]
    assert [code for code, _label in form.fields["kind"].choices] == [
        "units", "posts", "schemes", "indicators", "scheme_book", "scores", "tolerance_effects", "cycle",
    ]  # fmt: skip
    assert list(form.fields["organization"].queryset) == [tree.county_a]
    form = client_of(supervision_section).get(reverse("exchange:upload")).context["form"]
    assert [code for code, _label in form.fields["kind"].choices] == ["tolerance_effects"]


# --- preview ----------------------------------------------------------------------------------------------------------
def test_the_preview_shows_counts_rows_and_the_way_on(office, batch):
    shown = preview(office, batch)
    words = shown.content.decode()
    assert [row.key for row in shown.context["page"]] == ["A-W1", "A-W2"]
    assert "甲县水利局" in words
    assert reverse("exchange:batch-apply", args=[batch.number]) in words
    assert batch.sha256 in words


def test_errors_are_shown_with_place_value_and_offers_and_bar_the_way(office, tree):
    wrong = units("A-W1,甲县水利局,水利局,department,A-FIM,2001-13-01,20,GENERAL")
    batch = stage(actor=ACTOR, kind_code="units", data=wrong, file_name="units.csv", organization=tree.county_a)
    shown = preview(office, batch)
    assert {line.level for line in shown.context["findings"]} == {"error"}
    assert {"2001-13-01", "A-FIM"} <= {line.value for line in shown.context["findings"]}
    assert all(line.place and line.text for line in shown.context["findings"])
    words = shown.content.decode()
    assert reverse("exchange:batch-apply", args=[batch.number]) not in words
    assert "errors" in said(act(office, "batch-apply", batch))
    assert ImportBatch.objects.get().status == BatchStatus.STAGED


def test_every_normalised_reading_is_listed_with_its_reason(office, tree):
    county = make_small_county(tree.county_a, units=[tree.health, tree.finance])
    data = score_book(county)
    batch = stage(actor=ACTOR, kind_code="scores", data=data, file_name="a.xlsx", organization=tree.county_a, year=2024)
    tidy = preview(office, batch).context["readings"]
    county.last.name = "甲县财政局 "
    messy = score_book(county)
    batch = stage(
        actor=ACTOR, kind_code="scores", data=messy, file_name="b.xlsx", organization=tree.county_a, year=2024
    )
    shown = preview(office, batch).context["readings"]
    assert len(shown) > len(tidy)
    assert all(line.place and line.why for line in shown)


def test_identity_numbers_are_masked_on_the_screen(office, tree):
    apply(
        stage(actor=ACTOR, kind_code="units", data=TWO_UNITS, file_name="u.csv", organization=tree.county_a),
        actor=ACTOR,
    )
    batch = stage(actor=ACTOR, kind_code="posts", data=TWO_POSTS, file_name="p.csv", organization=tree.county_a)
    words = preview(office, batch).content.decode()
    assert "440784197709059384" not in words
    assert "440784********9384" in words


def test_the_file_is_handed_out_as_it_came_and_that_is_recorded(office, batch):
    answer = office.get(reverse("exchange:batch-file", args=[batch.number]))
    assert b"".join(answer.streaming_content) == TWO_UNITS
    assert answer["Content-Disposition"].startswith("attachment")
    assert Entry.objects.filter(action="exchange.import.downloaded", target_no=batch.number).count() == 1


# --- apply and undo ---------------------------------------------------------------------------------------------------
def test_applying_and_undoing_tell_what_they_did(office, batch):
    answer = act(office, "batch-apply", batch)
    assert answer.url == reverse("exchange:batch", args=[batch.number])
    assert "6 created" in said(answer)
    shown = preview(office, batch).content.decode()
    assert reverse("exchange:batch-undo", args=[batch.number]) in shown
    assert "why the import is undone" in said(act(office, "batch-undo", batch, reason=""))
    assert "undone" in said(act(office, "batch-undo", batch, reason="录错"))
    assert ImportBatch.objects.get().status == BatchStatus.UNDONE
    assert "录错" in preview(office, batch).content.decode()


def test_a_refused_undo_says_why_and_changes_nothing(office, batch):
    apply(batch, actor=ACTOR)
    Organization.objects.filter(code="A-W1").update(staffing=99)
    assert "changed afterwards" in said(act(office, "batch-undo", batch, reason="x"))
    assert ImportBatch.objects.get().status == BatchStatus.APPLIED


# --- lists ------------------------------------------------------------------------------------------------------------
def test_imports_are_listed_the_latest_first_inside_the_scope(office, batch, tree):
    other = stage(actor=ACTOR, kind_code="units", data=TWO_UNITS, file_name="b.csv", organization=tree.county_b)
    later = stage(
        actor=ACTOR,
        kind_code="schemes",
        data=b"year,category\n2024,GENERAL\n",
        file_name="s.csv",
        organization=tree.county_a,
    )
    page = office.get(reverse("exchange:batch-list"), headers=ENGLISH).context["page"]
    assert [each.number for each in page] == [later.number, batch.number]
    assert preview(office, other).status_code == 404


def test_pages_ask_as_often_as_recorded_and_no_more_when_rows_grow(office, tree):
    small = stage(actor=ACTOR, kind_code="units", data=TWO_UNITS, file_name="a.csv", organization=tree.county_a)
    address = reverse("exchange:batch-list")
    office.get(address)
    with assert_query_baseline("import list"):
        office.get(address)
    preview(office, small)
    with assert_query_baseline("import"):
        preview(office, small)
    first = count_queries(lambda: preview(office, small))
    rows = [f"A-X{n},甲县第{n}局,,department,A,,,GENERAL" for n in range(300)]
    large = stage(actor=ACTOR, kind_code="units", data=units(*rows), file_name="b.csv", organization=tree.county_a)
    assert count_queries(lambda: preview(office, large)) <= first
    with assert_query_baseline("import list"):
        office.get(address)


def test_of_a_long_file_errors_are_shown_first_and_everything_is_counted(office, tree, monkeypatch):
    rows = [f"A-X{n},　甲县第{n}局,,department,A,,,GENERAL" for n in range(6)]  # a blank at the edge: a reading each
    wrong = "A-X9,甲县第九局,,department,A-FIM,,,GENERAL"
    batch = stage(
        actor=ACTOR, kind_code="units", data=units(*rows, wrong), file_name="u.csv", organization=tree.county_a
    )
    whole = preview(office, batch).context
    monkeypatch.setattr(selectors, "MOST_TOLD", 3)
    page = preview(office, batch)
    assert [line.level for line in page.context["findings"]] == ["error"]
    assert len(page.context["readings"]) < len(whole["readings"]) == page.context["reading_count"]
    assert page.context["reasons"] == whole["reasons"]
    assert "the first 2 are shown" in page.content.decode()
