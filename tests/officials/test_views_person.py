"""The person page, the editing of a record and the API of a record, as the cadre section and others use them."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from foundation.organizations.models import Post
from officials.models import FamilyMember, Official, PostHolding
from officials.services.people import identity_values
from tests.support.people import client_of, key_client_of, make_persona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
NUMBER = "44078419780506911X"
TABS = ("overview", "education", "family", "awards", "movements", "changes")


@pytest.fixture
def person(tree):
    made = Official.objects.create(
        home=tree.finance, resume_text="2001.07--2005.08  甲县财政局科员\n2006.01--         甲县财政局副局长",
        **identity_values(NUMBER, "曾启辉"),
    )  # fmt: skip
    post = Post.objects.create(organization=tree.finance, title="副局长", is_team_member=True)
    PostHolding.objects.create(official=made, post=post, starts_on=date(2006, 1, 1), document_no="甲组干〔2006〕1号")
    return made


@pytest.fixture
def section(tree):
    return client_of(make_persona("cadre_section", tree.county_a))


def page(client, person, tab="overview"):
    return client.get(reverse("officials:person", args=[person.pk]) + f"?tab={tab}")


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens_in_ten_statements_with_the_number_masked(section, person, tab, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        answer = page(section, person, tab)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "440784********911X" in text
    assert NUMBER not in text


def test_the_resume_stands_letter_by_letter_with_its_gap_named(section, person):
    answer = page(section, person)
    assert "2006.01--         甲县财政局副局长" in answer.content.decode()
    (gap,) = answer.context["resume"]["problems"]
    assert "2005" in gap  # nothing is said of the time between August and January


def test_the_post_stands_on_the_time_line_with_its_document(section, person):
    text = page(section, person).content.decode()
    assert "甲组干〔2006〕1号" in text
    assert "<rect" in text


def test_saving_a_section_leads_back_and_shows_in_the_changes(section, person):
    address = reverse("officials:section-edit", args=[person.pk, "identity"])
    typed = {"name": "曾启辉", "birth_text": "1978.05", "ethnicity": "汉族", "version": 1, "reason": "档案核实"}
    assert section.post(address, typed).status_code == 302
    text = page(section, person, "changes").content.decode()
    assert "档案核实" in text
    assert "汉族" in text


def test_a_wrong_date_is_told_at_its_field_and_what_was_typed_stays(section, person):
    address = reverse("officials:section-edit", args=[person.pk, "identity"])
    answer = section.post(
        address, {"name": "曾启辉", "birth_text": "1978.13", "ethnicity": "汉族", "version": 1, "reason": "x"}
    )
    assert answer.status_code == 422
    assert "birth_text" in answer.context["form"].errors
    assert 'value="1978.13"' in answer.content.decode()


def test_the_second_editor_sees_the_typed_values_and_may_save_again(section, person):
    address = reverse("officials:section-edit", args=[person.pk, "identity"])
    typed = {"name": "曾启辉", "health": "健康", "version": 1, "reason": "x"}
    section.post(address, typed)
    answer = section.post(address, typed | {"health": "一般"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="一般"' in text
    assert 'name="version" value="2"' in text


def rows(**cells):
    return {
        "rows-TOTAL_FORMS": 2, "rows-INITIAL_FORMS": 0, "rows-MIN_NUM_FORMS": 0, "rows-MAX_NUM_FORMS": 60,
        "version": 1, "reason": "本人申报",
    } | {f"rows-0-{name}": value for name, value in cells.items()}  # fmt: skip


def test_rows_are_saved_from_the_grid_and_empty_ones_are_none(section, person):
    address = reverse("officials:rows-edit", args=[person.pk, "family"])
    assert section.post(address, rows(relation="妻子", name="何某", birth_text="1980.01")).status_code == 302
    assert FamilyMember.objects.get().name == "何某"
    assert "何某" in page(section, person, "family").content.decode()


def test_a_row_without_what_it_needs_is_told_in_its_cell(section, person):
    answer = section.post(reverse("officials:rows-edit", args=[person.pk, "family"]), rows(name="何某"))
    assert answer.status_code == 422
    assert "relation" in answer.context["rows"].forms[0].errors
    assert not FamilyMember.objects.exists()


def test_the_number_is_shown_once_to_who_says_why(section, person):
    address = reverse("officials:person-unmask", args=[person.pk])
    assert NUMBER not in section.post(address, {"reason": ""}).content.decode()
    answer = section.post(address, {"reason": "上报任免"})
    assert NUMBER in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_a_new_person_is_entered_and_a_contradiction_to_the_number_refused(section, tree):
    address = reverse("officials:person-create")
    typed = {"organization": tree.health.pk, "id_number": NUMBER, "name": "某甲", "sex": "2", "birth_text": "1978.05"}
    answer = section.post(address, typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["sex"]
    assert section.post(address, typed | {"sex": "1"}).status_code == 302
    made = Official.objects.get()
    assert (made.name, made.org_path, made.birth_on) == ("某甲", tree.health.path, date(1978, 5, 6))


def test_a_liaison_sees_the_own_people_and_asks_instead_of_editing(person, tree):
    liaison = client_of(make_persona("unit_liaison", tree.finance))
    text = page(liaison, person).content.decode()
    assert reverse("officials:correction-ask", args=[person.pk, "identity"]) in text
    assert reverse("officials:section-edit", args=[person.pk, "identity"]) not in text
    neighbour = client_of(make_persona("unit_liaison", tree.health))
    assert page(neighbour, person).status_code == 404


def test_programs_read_a_record_with_posts_and_sets_masked(person, tree):
    FamilyMember.objects.create(official=person, relation="妻子", name="何某")
    client = key_client_of(make_persona("cadre_section", tree.county_a), "officials.view_official")
    found = client.get(reverse("v1:official", args=[person.pk])).json()
    assert (found["number"], found["unit"], found["posts_held"][0]["title"]) == (
        "440784********911X",
        "A-FIN",
        "副局长",
    )
    assert found["sets"]["family"][0]["name"] == "何某"


def test_the_feed_names_what_changed_since_and_what_went_to_the_trash(person, tree, section):
    user = make_persona("department_leader", tree.county_a)
    client = key_client_of(user, "officials.view_official")
    before = Official.objects.get().updated_at
    section.post(reverse("officials:person-trash", args=[person.pk]), {"reason": "重复"})
    address = reverse("v1:official-changes") + "?" + urlencode({"modified_after": before.isoformat()})
    # one transaction holds the whole test, and the database's clock stands still in it
    assert client.get(address).json()["results"] == []
    (row,) = client.get(reverse("v1:official-changes")).json()["results"]
    assert (row["id"], row["version"]) == (person.pk, 2)
    assert row["removed_at"]
