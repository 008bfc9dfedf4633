"""What the preview of a file about people says: every fact once, in the order of a form, and no day that nobody stated."""

import pytest
from django.urls import reverse

from foundation.exchange.services.batches import apply, stage
from officials.services.import_printing import shown_values
from tests.support.people import client_of, make_persona, make_tree

from .roster_files import person, roster


def test_a_date_is_shown_as_its_words_and_not_again_as_a_day():
    values = {
        "birth": "1980-01-01", "birth_text": "1980.01", "party_on": "2002-06-01", "party_text": "2002.06",
        "work_on": "2001-07-01", "work_text": "200107",
    }  # fmt: skip
    assert shown_values(values) == {"birth_text": "1980.01", "party_text": "2002.06", "work_text": "2001.07"}


def test_a_month_stays_a_month_and_a_stated_day_a_day():
    values = {
        "post_since": "2019-03",
        "rank_since": "2021-05-14",
        "registered_on": "2006-09-01",
        "work_on": "2001-07-16",
    }
    assert shown_values(values) == {
        "work_on": "2001.07.16", "post_since": "2019.03", "rank_since": "2021.05.14", "registered_on": "2006.09",
    }  # fmt: skip


def test_lines_of_a_person_show_their_months_too():
    lines = [{"unit": "HS-D25", "title": "副局长", "starts": "2019-03", "ends": ""}]
    assert shown_values({"posts": lines}) == {
        "posts": [{"unit": "HS-D25", "title": "副局长", "starts": "2019.03", "ends": ""}]
    }


def test_unit_and_post_stand_for_the_cell_they_were_read_from_and_schooling_for_its_lines():
    values = {
        "education": [{"mode": "全日制", "education": "大学"}], "full_education": "大学",
        "post_text": "鹤山市水利局副局长", "post": "副局长", "unit": "HS-D25",
    }  # fmt: skip
    assert shown_values(values) == {"full_education": "大学", "unit": "HS-D25", "post": "副局长"}


def test_a_cell_that_was_not_told_apart_is_shown_as_it_stands():
    assert shown_values({"post_text": "外县某局副局长", "post": "", "unit": ""})["post_text"] == "外县某局副局长"


@pytest.mark.django_db
@pytest.mark.usefixtures("ruled_database")
def test_a_date_that_changes_is_one_difference_in_months():
    tree = make_tree()
    office = make_persona("cadre_section", tree.county_a)
    staged = {"actor": office, "kind_code": "roster", "file_name": "名册.xlsx", "organization": tree.county_a}
    cells = {"工作单位及现任职务": "甲县财政局副局长"}
    apply(stage(data=roster(person(**cells)), **staged), actor=office)
    batch = stage(data=roster(person(**cells, 参加工作时间="2001.09", 任现职时间="2019.05")), **staged)
    page = client_of(office).get(reverse("exchange:batch", args=[batch.number]))
    (line,) = page.context["page"].object_list
    assert [(each.old, each.new) for each in line.compared.differences] == [
        ("2001.07", "2001.09"),
        ("2019.03", "2019.05"),
    ]
