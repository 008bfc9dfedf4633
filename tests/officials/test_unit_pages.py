"""Pages of units: the team on a day, the acts with their preview, posts and numbers."""

from datetime import date

import pytest
from django.urls import reverse

from foundation.organizations.models import ApprovedNumbers, Organization, OrganizationName, Post, Reorganisation
from foundation.organizations.services.numbers import set_numbers
from officials.models import PostHolding

from ..support.people import client_of
from ..support.queries import assert_query_baseline
from .test_reorganise import DAY, held, person, post, team  # noqa: F401 - the fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def office(cadre_section):
    """A browser of the cadre section."""
    return client_of(cadre_section)


def page_of(client, code="A-FIN", **query):
    return client.get(reverse("organizations:unit", args=[code]), query, headers=ENGLISH)


def lines(page):
    return [(line.post["title"], [held.name for held in line.holders]) for line in page.context["team"]]


def act(client, unit, act_kind, /, **data):
    return client.post(reverse("organizations:unit-act", args=[unit, act_kind]), data, headers=ENGLISH)


# --- the unit on a day ------------------------------------------------------------------------------------------------
def test_the_team_stands_by_rank_of_post_on_the_day_looked_at(office, tree, team, cadre_section):  # noqa: F811
    made, people = team
    PostHolding.objects.filter(official=people["乙"]).update(ends_on=date(2025, 3, 31))
    held(person(7, "安庚", tree.finance), made["deputy"], date(2025, 4, 1))
    post(tree.finance, "总会计师", seats=2)
    assert lines(page_of(office, on="2025-03-31")) == [("局长", ["陈甲"]), ("副局长", ["李乙"]), ("总会计师", [])]
    page = page_of(office)
    assert lines(page) == [("局长", ["陈甲"]), ("副局长", ["安庚"]), ("总会计师", [])]
    assert page.context["team"][2].seats.vacant == 2
    assert "2 vacant" in page.content.decode()


def test_numbers_are_those_of_the_day_with_principals_and_deputies_apart(office, tree, team, cadre_section):  # noqa: F811
    terms = {"actor": cadre_section, "unit": tree.finance, "document_no": "x"}
    set_numbers(starts_on=date(2024, 1, 1), principals=1, deputies=2, **terms)
    set_numbers(starts_on=DAY, leaders=1, principals=1, deputies=0, staffing=1, **terms)
    before, now = page_of(office, on="2025-06-30").context["fill"], page_of(office, on="2025-07-01").context["fill"]
    assert (before.leaders.approved, before.leaders.vacant, before.deputies.vacant) == (3, 1, 1)
    assert (now.leaders.over, now.principals.over, now.deputies.over, now.staff.over) == (1, 0, 1, 1)


def test_a_name_of_the_past_stands_on_the_page_of_the_past(office, tree):
    OrganizationName.objects.create(organization=tree.finance, name="甲县财政办", ends_on=date(2019, 1, 31))
    assert page_of(office, on="2019-01-31").context["name_then"] == "甲县财政办"
    assert page_of(office, on="2019-02-01").context["name_then"] == "甲县财政局"


def test_a_liaison_sees_the_own_team_and_no_act(tree, team, unit_liaison):  # noqa: F811
    page = page_of(client_of(unit_liaison)).content.decode()
    assert "副局长" in page
    assert "陈甲" in page
    assert reverse("organizations:unit-act", args=["A-FIN", "merge"]) not in page


def test_the_page_asks_as_often_as_recorded(office, tree, team):  # noqa: F811
    page_of(office)
    with assert_query_baseline("unit page"):
        page_of(office)


# --- acts -------------------------------------------------------------------------------------------------------------
TERMS = {"effective_on": "2025.07.01", "document_no": "鹤机编〔2025〕12号"}


def test_an_act_is_shown_first_and_done_when_it_is_confirmed_as_shown(office, tree, team):  # noqa: F811
    data = {"name": "甲县财政和国资局", "short_name": "财资局", **TERMS}
    shown = act(office, "A-FIN", "rename", step="preview", **data)
    assert shown.status_code == 200
    assert "甲县财政局 → 甲县财政和国资局" in shown.content.decode()
    assert not Reorganisation.objects.exists()
    done = act(office, "A-FIN", "rename", step="confirm", seen=shown.context["seen"], **data)
    number = Reorganisation.objects.get().number
    assert (done.status_code, done.url) == (302, reverse("organizations:act", args=[number]))
    page = office.get(done.url, headers=ENGLISH).content.decode()
    assert "甲县财政局 → 甲县财政和国资局" in page
    undone = office.post(reverse("organizations:act-undo", args=[number]), {"reason": "文件有误"})
    assert undone.status_code == 302
    tree.finance.refresh_from_db()
    assert tree.finance.name == "甲县财政局"
    assert "The act was undone" in office.get(done.url, headers=ENGLISH).content.decode()


def test_what_was_not_shown_is_not_confirmed(office, tree, team):  # noqa: F811
    shown = act(office, "A-FIN", "rename", step="preview", name="一", short_name="", **TERMS)
    other = act(
        office, "A-FIN", "rename", step="confirm", seen=shown.context["seen"], name="二", short_name="", **TERMS
    )
    assert other.status_code == 200
    assert other.context["changed"]
    assert not Reorganisation.objects.exists()


def test_a_merger_first_asks_where_posts_go_then_shows_then_is_done(office, tree, team):  # noqa: F811
    made, people = team
    data = {"others": ["A-HEA"], "into": "new", "code": "A-NEW", "name": "甲县财政卫健局", **TERMS}
    asked = act(office, "A-FIN", "merge", step="preview", **data)
    form = asked.context["form"]
    assert asked.context["asks_places"]
    assert form.errors == {}
    assert {bound.name for bound in form.post_fields} == {f"post_{each.pk}" for each in made.values()}
    goals = {bound.html_name: bound.value() for bound in form.post_fields}
    assert goals[f"post_{made['head'].pk}"] == "A-NEW|局长"
    assert goals[f"post_{made['doctor'].pk}"] == "ends", "a second head is not made by itself"
    shown = act(office, "A-FIN", "merge", step="preview", **data, **goals)
    assert [each.name for each in shown.context["found"].without_post] == ["张丙"]
    done = act(office, "A-FIN", "merge", step="confirm", seen=shown.context["seen"], **data, **goals)
    assert done.status_code == 302
    new = Organization.objects.get(code="A-NEW")
    assert {each.home_id for each in map(_fresh, people.values())} == {new.pk}


def _fresh(row):
    row.refresh_from_db()
    return row


def test_a_split_asks_for_posts_people_and_units_below(office, tree, team):  # noqa: F811
    made, people = team
    clerk = person(8, "钱辛", tree.finance)
    data = {"code": "A-TAX", "name": "甲县国资中心", **TERMS}
    asked = act(office, "A-FIN", "split", step="preview", **data)
    names = {bound.name for bound in asked.context["form"].post_fields}
    assert names == {
        f"post_{made['head'].pk}",
        f"post_{made['deputy'].pk}",
        f"person_{clerk.pk}",
        f"child_{tree.finance_section.pk}",
    }
    goals = dict.fromkeys(names, "stays") | {
        f"post_{made['deputy'].pk}": "A-TAX|副局长",
        f"person_{clerk.pk}": "A-TAX",
        f"child_{tree.finance_section.pk}": "A-TAX",
    }
    shown = act(office, "A-FIN", "split", step="preview", **data, **goals)
    act(office, "A-FIN", "split", step="confirm", seen=shown.context["seen"], **data, **goals)
    assert (
        _fresh(clerk).home.code == _fresh(people["乙"]).home.code == _fresh(tree.finance_section).parent.code == "A-TAX"
    )
    assert _fresh(people["甲"]).home.code == "A-FIN"


def test_what_stands_against_a_closing_is_said_and_nothing_typed_is_lost(office, tree, team):  # noqa: F811
    goals = {f"post_{each.pk}": "ends" for each in team[0].values() if each.organization_id == tree.finance.pk}
    page = act(office, "A-FIN", "close", step="preview", reason="机构改革", **TERMS, **goals)
    text = page.content.decode()
    assert page.status_code == 422
    assert "甲县财政局预算股" in text
    assert "陈甲" in text
    assert "机构改革" in text


def test_the_county_itself_is_no_unit_to_merge_with_or_to_send_people_to(office, tree):
    def offered(kind, field):
        form = office.get(reverse("organizations:unit-act", args=["A-FIN", kind])).context["form"]
        return {value for value, _label in form.fields[field].choices}

    for kind, field in (("merge", "others"), ("merge", "into"), ("close", "rest")):
        assert "A-HEA" in offered(kind, field)
        assert "A" not in offered(kind, field), (kind, field)
    assert "A" in offered("move", "parent") & offered("close", "below")


@pytest.mark.parametrize("kind", ["found", "rename", "move", "merge", "split", "close"])
def test_every_form_opens(office, tree, kind):
    assert office.get(reverse("organizations:unit-act", args=["A-FIN", kind])).status_code == 200


def test_an_unknown_act_is_not_found(office, tree):
    assert office.get(reverse("organizations:unit-act", args=["A-FIN", "sell"])).status_code == 404


def test_a_unit_is_founded_and_moved(office, tree):
    data = {"code": "A-FIN-2", "name": "甲县财政局国库股", "what": "section", **TERMS}
    shown = act(office, "A-FIN", "found", step="preview", **data)
    act(office, "A-FIN", "found", step="confirm", seen=shown.context["seen"], **data)
    assert Organization.objects.get(code="A-FIN-2").parent == tree.finance
    shown = act(office, "A-FIN-2", "move", step="preview", parent="A-HEA", **TERMS)
    act(office, "A-FIN-2", "move", step="confirm", seen=shown.context["seen"], parent="A-HEA", **TERMS)
    assert Organization.objects.get(code="A-FIN-2").parent == tree.health


def test_the_preview_of_a_move_says_what_goes_along(office, tree, team):  # noqa: F811
    shown = act(office, "A-FIN", "move", step="preview", parent="A-HEA", **TERMS)
    assert [line[3:] for line in shown.context["found"].moved] == [(1, 2)]  # the section below; 陈甲 and 李乙
    assert "with 2 people, whose posts stay as they are" in shown.content.decode()


# --- posts and numbers ------------------------------------------------------------------------------------------------
def test_posts_are_kept_on_their_pages(office, tree, team):  # noqa: F811
    made, _people = team
    data = {
        "title": "总会计师",
        "is_team_member": "on",
        "counts_quota": "on",
        "seats": "1",
        "starts_on": "2025年7月1日",
    }
    address = reverse("organizations:unit-posts", args=["A-FIN"])
    assert office.post(address, data).status_code == 302
    third = Post.objects.get(title="总会计师")
    keys = [made["head"].pk, made["deputy"].pk, third.pk]
    places = {f"place_{third.pk}": "1", f"place_{made['head'].pk}": "2", f"place_{made['deputy'].pk}": ""}
    office.post(reverse("organizations:unit-posts-order", args=["A-FIN"]), {"key": keys, **places})
    assert list(tree.finance.posts.order_by("sort").values_list("title", flat=True)) == ["总会计师", "局长", "副局长"]
    one = reverse("organizations:unit-post", args=["A-FIN", third.pk])
    assert office.get(one).status_code == 200
    assert office.post(one, {"title": "总工程师", "is_team_member": "on"}).status_code == 302
    assert _fresh(third).title == "总工程师"
    end = reverse("organizations:unit-post-end", args=["A-FIN", made["deputy"].pk])
    refused = office.post(end, {"effective_on": "2025-07-01", "document_no": "x"}, headers=ENGLISH)
    assert (refused.status_code, "李乙" in refused.content.decode()) == (422, True)
    assert (
        office.post(
            reverse("organizations:unit-post-end", args=["A-FIN", third.pk]),
            {"effective_on": "2025-08-01", "document_no": "x"},
        ).status_code
        == 302
    )
    assert _fresh(third).ends_on == date(2025, 7, 31)


def test_numbers_are_entered_and_a_contradiction_is_said(office, tree):
    address = reverse("organizations:unit-numbers", args=["A-FIN"])
    data = {
        "principals": "1",
        "deputies": "3",
        "staffing": "20",
        "starts_on": "202501",
        "document_no": "鹤编〔2025〕3号",
    }
    wrong = office.post(address, data, headers=ENGLISH)
    assert wrong.status_code == 422, "a month is no day"
    data["starts_on"] = "2025.01.01"
    wrong = office.post(address, data | {"leaders": "3"}, headers=ENGLISH)
    assert "fewer than principal and deputy leaders" in wrong.content.decode()
    assert office.post(address, data).status_code == 302
    assert list(ApprovedNumbers.objects.values_list("leaders", "staffing")) == [(4, 20)]


def test_units_below_are_put_in_order(office, tree):
    address = reverse("organizations:unit-order", args=["A"])
    assert office.get(address).status_code == 200
    office.post(address, {"key": ["A-FIN", "A-HEA"], "place_A-FIN": "2", "place_A-HEA": "1"})
    rows = Organization.objects.filter(parent=tree.county_a).in_tree_order()
    assert list(rows.values_list("code", flat=True)) == ["A-HEA", "A-FIN"]
