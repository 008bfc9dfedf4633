"""Forms and interchange files taken out of the record: round trip, scope, numbers, one entry each."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied

from foundation.audit.models import Entry
from foundation.common.results import DomainError
from foundation.regulations.services.rulebook import rulebook
from officials.imports.lrmx import read_lrmx
from officials.models import AnnualRating, Award, FamilyMember, FormDetails, Official, Photo
from officials.rules.card_columns import FORM_COLUMNS, MEMBER_COLUMNS, PERSON_COLUMNS, SEX_CODES
from officials.selectors.cards import cards_of
from officials.services.exports import Order, export_forms, people_to_export
from officials.services.people import identity_values
from tests.officials.lrmx_files import SAMPLES, sample
from tests.support.fonts import prints_pdf
from tests.support.people import make_persona
from tests.support.queries import count_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
DAY = date(2026, 1, 5)


def store(found, home, number="") -> Official:
    """A card in the tables, as an import of it writes it."""
    card = found.card
    person = Official.objects.create(
        **{**identity_values(card.identity_number or number, card.name)},
        **{column: getattr(card, field) for field, column in PERSON_COLUMNS.items() if field != "name"},
        sex=SEX_CODES.get(card.sex, ""),
        home=home,
    )
    FormDetails.objects.create(
        official=person,
        **{column: getattr(card, field) for field, column in FORM_COLUMNS.items()},
        unknown_tags=[element.as_dict() for element in card.unknown],
    )
    for sort, member in enumerate(card.family):
        values = {column: getattr(member, field) for field, column in MEMBER_COLUMNS.items()}
        FamilyMember.objects.create(official=person, sort=sort, **values)
    if found.portrait:
        Photo.objects.create(official=person, image=found.portrait.jpeg, original=card.photo, sha256="x")
    return Official.objects.get(pk=person.pk)


@pytest.fixture
def stored(tree):
    """The person of the long résumé."""
    return store(read_lrmx(sample("03_"), filename="a.lrmx"), tree.finance)


def other(tree, number="440784199001019990", **values) -> Official:
    """Another person."""
    facts = identity_values(number, "梁嘉禾") | {"home": tree.finance} | values
    return Official.objects.get(pk=Official.objects.create(**facts).pk)


@pytest.mark.parametrize("name", [name for name in SAMPLES if not name.startswith("05")])
def test_a_stored_form_comes_out_as_it_went_in(tree, cadre_section, name):
    found = read_lrmx(sample(name), filename=name)
    person = store(found, tree.finance, "440784199001019990")
    paper = export_forms(actor=cadre_section, people=[person], order=Order("lrmx", True, "换届考察"))
    back = read_lrmx(paper.content, filename=paper.name).card
    sexed = found.card.sex if found.card.sex in SEX_CODES else ""
    wanted = replace(found.card, sex=sexed, identity_number=found.card.identity_number or "440784199001019990")
    changed = {"version"} if not found.card.version.startswith("3.") else set()
    changed |= {"reaching_month"} if not found.card.reaching_month else set()  # read off the limit where it is empty
    assert {k: v for k, v in back.texts.items() if k not in changed} == {
        k: v for k, v in wanted.texts.items() if k not in changed
    }
    assert (back.family, back.photo, back.unknown) == (wanted.family, wanted.photo, wanted.unknown)


def test_empty_texts_are_read_off_the_rows(tree, cadre_section):
    person = other(tree, birth_on=date(1990, 1, 1), none_declared=["awards"])
    for year, grade in ((2021, "称职"), (2022, "优秀"), (2023, "称职"), (2024, "优秀")):
        AnnualRating.objects.create(official=person, year=year, grade=grade)
    (found,) = cards_of([person], rulebook(on=date(2024, 12, 31)))
    assert found.card.birth == "199001"
    assert found.card.annual_assessments == "2022年年度考核优秀；2023年年度考核称职；2024年年度考核优秀。"
    assert found.card.rewards_and_sanctions == "无"
    Award.objects.create(official=person, label="嘉奖", approved_text="200803", approved_by="甲县委")
    (found,) = cards_of([person], rulebook(on=date(2024, 12, 31)))
    assert found.card.rewards_and_sanctions == "2008年3月，经甲县委批准，嘉奖。"


def test_many_cards_take_no_more_queries_than_one(tree, stored):
    book = rulebook(on=DAY)
    people = [stored, other(tree)]
    assert count_queries(lambda: cards_of(people, book)) == count_queries(lambda: cards_of(people[:1], book)) <= 8


def test_without_a_reason_no_number_leaves_and_the_entry_says_so(stored, cadre_section):
    paper = export_forms(actor=cadre_section, people=[stored], order=Order("lrmx"))
    assert read_lrmx(paper.content, filename="a").card.identity_number == ""
    entry = Entry.objects.get(action="officials.forms.exported")
    assert entry.data == {"format": "lrmx", "layout": "2025", "remarks": 0, "people": 1, "keys": [stored.pk], "masked": True}  # fmt: skip
    assert (entry.target_no, entry.org_path) == (str(stored.pk), stored.org_path)


def test_numbers_need_their_own_permission(tree, stored):
    exporter = make_persona("cadre_section", tree.county_a)
    held = exporter.scope_for
    exporter.scope_for = lambda perm: held("no.such" if perm == "officials.unmask_official" else perm)
    with pytest.raises(PermissionDenied):
        export_forms(actor=exporter, people=[stored], order=Order("lrmx", None, "考察"))
    assert not Entry.objects.filter(action="officials.forms.exported").exists()


def test_whom_the_actor_does_not_reach_is_refused(tree, stored, cadre_section, other_county_office):
    foreign = other(tree, home=tree.county_b)
    with pytest.raises(DomainError) as refused:
        people_to_export(cadre_section, [stored.pk, foreign.pk])
    assert refused.value.code == "EXPORT_OUT_OF_REACH"
    with pytest.raises(PermissionDenied):
        export_forms(actor=cadre_section, people=[foreign], order=Order("docx"))
    with pytest.raises(PermissionDenied):
        export_forms(actor=other_county_office, people=[stored], order=Order("docx"))


def test_people_keep_the_order_in_which_they_were_chosen(tree, stored, cadre_section):
    second = other(tree)
    assert people_to_export(cadre_section, [second.pk, stored.pk, second.pk]) == [second, stored]


def test_several_forms_come_in_a_zip_and_people_of_one_name_are_told_apart(tree, stored, cadre_section):
    people = [stored, other(tree), other(tree, "440784199001019886")]
    paper = export_forms(actor=cadre_section, people=people, order=Order("docx", False))
    names = zipfile.ZipFile(io.BytesIO(paper.content)).namelist()
    assert names == ["黎晚晴干部任免审批表.docx", "梁嘉禾干部任免审批表.docx", "梁嘉禾干部任免审批表(2).docx"]
    entry = Entry.objects.get(action="officials.forms.exported")
    assert (entry.data["people"], entry.data["layout"], entry.org_path) == (3, "2003", stored.org_path)


def test_nobody_and_too_many_are_refused_in_words(stored, cadre_section):
    for people, code in (([], "NOTHING_TO_EXPORT"), ([stored] * 201, "EXPORT_TOO_MANY")):
        with pytest.raises(DomainError) as refused:
            export_forms(actor=cadre_section, people=people, order=Order("docx"))
        assert refused.value.code == code


@prints_pdf
def test_the_form_of_a_stored_person_is_two_pages(stored, cadre_section):
    paper = export_forms(actor=cadre_section, people=[stored], order=Order("pdf"))
    assert paper.name == "黎晚晴干部任免审批表.pdf"
    assert len(pypdfium2.PdfDocument(paper.content)) == 2
    said = pypdfium2.PdfDocument(paper.content)[0].get_textpage().get_text_range()
    assert "到龄时间" in said
    assert "440784" not in said
