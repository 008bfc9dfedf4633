"""Print centre, export dialog, sheets and their API: what is shown, refused, written down."""

import io

import openpyxl
import pytest
from django.urls import reverse

from foundation.audit.models import Entry
from foundation.common.crypto import encrypt
from officials.export_columns import COLUMNS
from officials.imports.lrmx import read_lrmx
from officials.services.roster_exports import SheetOrder, export_sheet
from tests.officials.lrmx_files import sample
from tests.officials.test_services_exports import other, store
from tests.support.fonts import prints_pdf
from tests.support.people import client_of, key_client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


@pytest.fixture
def people(tree):
    """The person of the long résumé in finance, another one in health."""
    first = store(read_lrmx(sample("03_"), filename="a.lrmx"), tree.finance)
    return [first, other(tree, home=tree.health, post_text="=1+1", phone_cipher=encrypt("13800001111"), phone_masked="138****1111")]  # fmt: skip


def sheet_of(content):
    """The first sheet of a workbook."""
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def values(sheet):
    """Texts by row."""
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_print_centre_shows_the_form_and_says_what_does_not_fit(people, cadre_section):
    person = people[0]
    type(person).objects.filter(pk=person.pk).update(
        resume_text="\n".join(f"{1950 + n}.01--{1951 + n}.01  某局科员" for n in range(70))
    )
    answer = client_of(cadre_section).get(
        reverse("officials:person-form", args=[person.pk]), headers={"accept-language": "en"}
    )
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "too long for the form" in text
    assert text.count('class="paper-page"') == 2
    assert 'aria-current="page">Layout of 2025' in text


@prints_pdf
def test_pages_are_pictures_and_a_third_page_does_not_exist(people, cadre_section):
    browser = client_of(cadre_section)
    page = browser.get(reverse("officials:person-form-page", args=[people[0].pk, 2]) + "?layout=2003")
    assert (page.status_code, page["Content-Type"]) == (200, "image/svg+xml")
    assert browser.get(reverse("officials:person-form-page", args=[people[0].pk, 3])).status_code == 404


def test_files_of_a_person_are_taken_out_by_post_alone(people, cadre_section):
    address = reverse("officials:person-form-file", args=[people[0].pk, "lrmx"])
    browser = client_of(cadre_section)
    assert browser.get(address).status_code == 405
    answer = browser.post(address, {"layout": "2025", "reason": "换届考察"})
    assert read_lrmx(answer.content, filename="a").card.identity_number.startswith("440784")
    assert "no-store" in answer["Cache-Control"]
    entry = Entry.objects.get(action="officials.forms.exported")
    assert (entry.reason, entry.data["masked"]) == ("换届考察", False)


def test_a_selection_is_taken_out_in_the_order_chosen(people, cadre_section):
    answer = client_of(cadre_section).post(
        reverse("officials:export"),
        {"ids": f"{people[1].pk},{people[0].pk}", "what": "columns", "columns": ["name", "post_text", "id_number"]},
    )
    rows = values(sheet_of(answer.content))
    assert [row[0] for row in rows[2:]] == ["梁嘉禾", "黎晚晴"]
    assert rows[2][1] == "=1+1"
    assert rows[2][2] == "440784********9990"
    entry = Entry.objects.get(action="officials.roster.exported")
    assert entry.data["columns"] == ["name", "post_text", "id_number"]
    assert (entry.data["people"], entry.data["masked"]) == (2, True)


def test_the_ticks_of_the_roster_and_its_question_open_the_dialog(people, cadre_section):
    browser = client_of(cadre_section)
    ticked = browser.post(reverse("officials:export"), {"pk": [p.pk for p in people], "kept": ""})
    asked = browser.get(reverse("officials:export"), {"kept": "q=黎晚晴"})
    assert (ticked.status_code, asked.status_code) == (200, 200)
    assert [p.name for p in ticked.context["people"]] == ["黎晚晴", "梁嘉禾"]
    assert [p.name for p in asked.context["people"]] == ["黎晚晴"]


def test_what_is_missing_is_said_and_nothing_typed_is_lost(people, cadre_section):
    answer = client_of(cadre_section).post(
        reverse("officials:export"), {"ids": people[0].pk, "what": "columns", "reason": "考察"}
    )
    assert answer.status_code == 422
    assert 'value="考察"' in answer.content.decode()
    assert not Entry.objects.filter(action__endswith=".exported").exists()


def test_numbers_and_phones_in_full_need_a_reason(people, cadre_section):
    order = SheetOrder("columns", ("name", "id_number", "phone"), "核对信息")
    rows = values(sheet_of(export_sheet(actor=cadre_section, keys=[people[1].pk], order=order).content))
    assert rows[2] == ["梁嘉禾", "440784199001019990", "13800001111"]
    assert Entry.objects.get(action="officials.roster.exported").reason == "核对信息"


@pytest.mark.parametrize("kind", ["by-unit", "lines", "overview"])
def test_rosters_have_their_headings_and_hold_no_formula(people, cadre_section, kind):
    paper = export_sheet(actor=cadre_section, keys=[p.pk for p in people], order=SheetOrder(kind))
    sheet = sheet_of(paper.content)
    found = values(sheet)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.print_title_rows) == (
        "landscape",
        9,
        "$3:$4",
    )
    assert "截至日期" in found[1][0]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    flat = [value for row in found for value in row]
    assert {"姓名", "现任职务", "黎晚晴", "=1+1", "1971.08"} <= set(flat)
    if kind == "by-unit":
        assert [row[0] for row in found[4:]] == ["甲县财政局", "黎晚晴", "甲县卫生健康局", "梁嘉禾"]
        assert sheet.row_dimensions[6].height == pytest.approx(23 / 25.4 * 72, abs=0.5)
    if kind == "overview":
        assert len(sheet._images) == 1


def test_every_column_can_be_read(people, cadre_section):
    order = SheetOrder("columns", tuple(COLUMNS))
    rows = values(sheet_of(export_sheet(actor=cadre_section, keys=[people[0].pk], order=order).content))
    assert len(rows[2]) == len(COLUMNS)
    assert "民进（1993.06）" in rows[2]


def test_the_api_gives_the_same_files(people, cadre_section):
    api = key_client_of(cadre_section, "officials.export_officials")
    form = api.get(reverse("v1:person-form-file", args=[people[0].pk]), {"ending": "lrmx"})
    assert read_lrmx(form.content, filename="a").card.name == "黎晚晴"
    sheet = api.get(reverse("v1:people-sheet"), {"ids": f"{people[0].pk}", "columns": "name,birth"})
    assert values(sheet_of(sheet.content))[2] == ["黎晚晴", "1971.08"]
    assert api.get(reverse("v1:people-sheet"), {"ids": "x"}).status_code == 400
    assert api.get(reverse("v1:people-sheet"), {"ids": "999999"}).status_code == 404
