"""Pages of the roster: search, conditions, ways of showing, lists, comparison, pasted names."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import Entry
from officials.models import FormDetails, Restriction, SavedList
from officials.services.lists import append, create_list, share
from tests.factories.people import make_person, number_of
from tests.support.people import client_of, make_persona
from tests.support.queries import assert_query_baseline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
ROSTER = "/officials/"


@pytest.fixture
def people(tree):
    """Four people of county A, two of them with one name."""
    return [
        make_person("翟志远", tree.finance, post_text="甲县财政局局长", team_order=1, rank="一级主任科员", sex="1"),
        make_person("单小红", tree.finance, born=date(1986, 2, 1), sex="2", politics="群众", team_order=2),
        make_person("张晓明", tree.health, born=date(1980, 1, 2), post_text="甲县卫生健康局局长"),
        make_person("张晓明", tree.finance_section, born=date(1990, 7, 2), post_text="甲县财政局预算股科员"),
    ]


@pytest.fixture
def browser(cadre_section):
    """干部科 at the screen."""
    return client_of(cadre_section)


def names_of(answer):
    """Names on the page, in order."""
    return [person["name"] for person in answer.context["people"]]


def test_the_roster_is_ordered_by_unit_and_post(browser, people):
    assert names_of(browser.get(ROSTER)) == ["翟志远", "单小红", "张晓明", "张晓明"]


def test_the_right_initials_find_a_surname_of_several_readings(browser, people):
    assert names_of(browser.get(ROSTER, {"q": "zzy"})) == ["翟志远"]
    assert names_of(browser.get(ROSTER, {"q": "sxh"})) == ["单小红"]
    assert names_of(browser.get(ROSTER, {"q": "dxh"})) == []


def test_conditions_stand_in_the_address_and_groups_are_joined(browser, people):
    asked = {"g1-sex": "2", "g2-born_from": "1990"}
    assert set(names_of(browser.get(ROSTER, asked))) == {"单小红", "张晓明"}
    assert names_of(browser.get(ROSTER, asked | {"between": "all"})) == []


def test_a_condition_that_cannot_be_read_says_how_to_write_it_and_asks_nothing(browser, people):
    answer = browser.get(ROSTER, {"g1-age_to": "jung", "g1-sex": "2"})
    assert names_of(answer) == ["单小红"]
    assert "35.06" in answer.content.decode()


def test_the_end_of_the_influence_period_is_asked_for_in_the_address_by_who_may_see_it(browser, people, tree):
    Restriction.objects.create(
        official=people[0], kind="GOV_WARN", starts_on=date(2025, 9, 30), ends_on=date(2026, 3, 31),
        source_kind="handling", source_no="P-1", blocks=["POST"],
    )  # fmt: skip
    asked = {"g1-period_ends_from": "2026-03-01", "g1-period_ends_to": "2026-03-31"}
    answer = browser.get(ROSTER, asked)
    assert names_of(answer) == ["翟志远"]
    assert 'name="g1-period_ends_to" value="2026-03-31"' in answer.content.decode()
    assert "g1-period_ends_from=2026-03-01" in answer.context["kept"]
    assert names_of(browser.get(ROSTER, asked | {"g1-period_ends_to": "2026-03-30"})) == []
    wrong = browser.get(ROSTER, {"g1-period_ends_from": "31.3.2026"})
    assert len(names_of(wrong)) == 4
    assert "2026-03-31" in wrong.content.decode()
    liaison = client_of(make_persona("unit_liaison", tree.finance)).get(ROSTER, asked)
    assert "翟志远" in names_of(liaison)
    assert len(names_of(liaison)) == 3
    assert "period_ends_from" in answer.context["form"].groups[0].fields
    assert "period_ends_from" not in liaison.context["form"].groups[0].fields


@pytest.mark.parametrize("asked", ["groups=99", "groups=x", "as_of=never", "g1-rank=nonsense", "cursor=x", "size=7",
                                   "view=x", "sort=x", "col=x", "status=x"])  # fmt: skip
def test_no_address_breaks_the_page(browser, people, asked):
    assert browser.get(f"{ROSTER}?{asked}").status_code == 200


@pytest.mark.parametrize("mode", ["table", "brief", "photos"])
def test_every_way_of_showing_has_everybody(browser, people, mode):
    answer = browser.get(ROSTER, {"view": mode})
    assert answer.content.decode().count("张晓明") >= 2
    assert "翟志远" in answer.content.decode()


def test_columns_are_chosen_in_the_address(browser, people):
    answer = browser.get(ROSTER, {"col": ["rank", "number"]})
    assert [column.code for column in answer.context["columns"]] == ["rank", "number"]
    assert people[0].id_masked in answer.content.decode()


def test_the_whole_number_is_never_on_the_page(browser, people):
    number = number_of(date(1980, 5, 6), 0)
    for asked in ({}, {"col": "number"}, {"view": "brief"}):
        assert number not in browser.get(ROSTER, asked).content.decode()


def test_the_trash_is_shown_to_who_may_restore(browser, people, department_leader, tree):
    make_person("废志远", tree.finance, trashed_at="2025-01-01T00:00:00Z", trash_reason="重复")
    assert names_of(browser.get(ROSTER, {"trash": "1"})) == ["废志远"]
    assert "废志远" not in names_of(client_of(department_leader).get(ROSTER, {"trash": "1"}))


def test_suggestions_tell_two_of_one_name_apart(browser, people):
    shown = browser.get(reverse("officials:suggestions"), {"q": "zxm"}).content.decode()
    assert "1980.01" in shown
    assert "甲县卫生健康局局长" in shown
    assert "1990.07" in shown
    assert "甲县财政局预算股科员" in shown


def test_a_pasted_list_is_answered_line_by_line(browser, people):
    text = "1. 翟志远\n张晓明（财政局）\n李四\n@@"
    answer = browser.post(reverse("officials:paste"), {"names": text})
    answers = answer.context["answers"]
    assert [(each.wanted.name, len(each.people)) for each in answers] == [
        ("翟志远", 1), ("张晓明", 1), ("李四", 0),
    ]  # fmt: skip
    (several,) = browser.post(reverse("officials:paste"), {"names": "张晓明"}).context["answers"]
    assert several.is_ambiguous
    assert len(several.people) == 2
    assert "@@" in answer.content.decode()


def test_people_of_another_county_are_not_found_by_a_pasted_list(browser, people, tree):
    make_person("乙县人", tree.other_department)
    answer = browser.post(reverse("officials:paste"), {"names": "乙县人"})
    assert answer.context["missing"] == 1


def test_comparison_marks_what_differs(browser, people):
    answer = browser.get(reverse("officials:compare"), {"pk": [people[0].pk, people[1].pk]})
    lines = {str(line.label): line for line in answer.context["lines"]}
    assert [person.name for person in answer.context["people"]] == ["翟志远", "单小红"]
    assert any(line.differs and line.values == ["男", "女"] for line in lines.values())
    assert any(not line.differs and line.values == ["汉族", "汉族"] for line in lines.values())


def test_comparison_says_years_in_post_and_the_month_of_retirement_where_it_can_be_told(browser, people):
    today = timezone.localdate()
    people[0].post_on = date(today.year - 2, 1, 1)
    people[0].birth_on = date(1985, 3, 1)
    people[0].save()
    answer = browser.get(reverse("officials:compare"), {"pk": [people[0].pk, people[1].pk]})
    lines = {line.label: line.values for line in answer.context["lines"]}
    assert lines["任现职时间"][0] == f"{today.year - 2}.01（2 年）"
    assert lines["到龄年月"] == ["2048.03", ""], "a woman's limit must be stated: it is not told by the sex alone"
    FormDetails.objects.create(official=people[1], limit_before_reform="改革前任职年龄界限为55岁")
    answer = browser.get(reverse("officials:compare"), {"pk": [people[0].pk, people[1].pk]})
    born = people[1].birth_on
    assert {line.label: line.values for line in answer.context["lines"]}["到龄年月"][
        1
    ] > f"{born.year + 55}.{born.month:02}"


def test_only_who_is_visible_is_compared_and_at_most_four(browser, people, tree):
    far = make_person("外", tree.other_department)
    answer = browser.get(reverse("officials:compare"), {"pk": [far.pk, *[p.pk for p in people], people[0].pk, "x"]})
    assert "外" not in [person.name for person in answer.context["people"]]
    assert len(answer.context["people"]) <= 4


def test_chosen_people_go_on_a_new_list_in_their_order(browser, people):
    chosen = [people[2].pk, people[0].pk]
    assert browser.post(reverse("officials:list-choose"), {"pk": chosen}).status_code == 200
    answer = browser.post(reverse("officials:list-add"), {"pk": chosen, "new_name": "考察对象"}, follow=True)
    assert names_of(answer) == ["张晓明", "翟志远"]
    assert Entry.objects.filter(action="officials.list.created").count() == 1


def test_a_list_without_a_name_keeps_the_choice(browser, people):
    answer = browser.post(reverse("officials:list-add"), {"pk": people[0].pk, "new_name": " "})
    assert answer.status_code == 422
    assert answer.context["people"] == [people[0].pk]
    assert not SavedList.objects.exists()


def test_the_question_of_the_roster_is_kept_as_a_live_list(browser, people, tree):
    browser.post(reverse("officials:list-keep"), {"kept": "g1-sex=2", "new_name": "女干部"})
    saved = SavedList.objects.get()
    assert names_of(browser.get(reverse("officials:list", args=[saved.pk]))) == ["单小红"]
    make_person("区小红", tree.health, sex="2")
    assert names_of(browser.get(reverse("officials:list", args=[saved.pk]))) == ["单小红", "区小红"]


def test_a_reader_of_a_shared_list_sees_its_people_of_the_own_scope(people, cadre_section, department_leader, tree):
    saved = create_list(actor=cadre_section, name="名单", people=[person.pk for person in people])
    address = reverse("officials:list", args=[saved.pk])
    leader = client_of(department_leader)
    assert leader.get(address).status_code == 404
    share(saved, actor=cadre_section, role="department_leader")
    assert len(names_of(leader.get(address))) == 4
    assert leader.post(reverse("officials:list-trash", args=[saved.pk])).status_code == 404
    share(saved, actor=cadre_section, role="department_leader", may_change=True)
    assert leader.post(reverse("officials:list-trash", args=[saved.pk])).status_code == 302


def test_ready_lists_count_what_they_open(browser, people):
    answer = browser.get(reverse("officials:list-index"))
    tiles = answer.context["tiles"]
    assert len(tiles) > 15
    for tile in tiles:
        assert browser.get(tile["url"]).context["count"] == tile["count"], tile["label"]
    assert [tile["count"] for tile in tiles if tile["label"] == "女干部"] == [1]


def test_pages_ask_few_questions(browser, people, cadre_section):
    saved = create_list(actor=cadre_section, name="名单", people=[people[0].pk])
    append(saved, actor=cadre_section, people=[people[1].pk])
    pages = {
        "roster": f"{ROSTER}?q=财政局 张&unit=A-FIN&g1-sex=1&g2-position=member",
        "roster of another day": f"{ROSTER}?as_of=2024-01-01&view=photos",
        "lists": reverse("officials:list-index"),
        "one list": reverse("officials:list", args=[saved.pk]),
        "comparison": f"{reverse('officials:compare')}?pk={people[0].pk}&pk={people[1].pk}",
        "suggestions": f"{reverse('officials:suggestions')}?q=财政局 张",
    }
    for address in pages.values():
        browser.get(address)
    with assert_query_baseline("roster"):
        browser.get(pages["roster"])
    with assert_query_baseline("roster of another day"):
        browser.get(pages["roster of another day"])
    with assert_query_baseline("lists"):
        browser.get(pages["lists"])
    with assert_query_baseline("one list"):
        browser.get(pages["one list"])
    with assert_query_baseline("comparison"):
        browser.get(pages["comparison"])
    with assert_query_baseline("suggestions"):
        browser.get(pages["suggestions"])
