"""Units are renamed, moved, merged, split and closed in one act each, and people's records follow."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from foundation.audit.models import Entry
from foundation.common.results import DomainError
from foundation.organizations.models import (
    ApprovedNumbers,
    Organization,
    OrganizationName,
    Post,
    Reorganisation,
    Succession,
    UnitCategory,
)
from foundation.organizations.rules.plans import NewUnit, PostGoal
from foundation.organizations.services.numbers import order_units, set_numbers
from officials.models import Official, PostHolding
from officials.services import reorganise
from officials.services.people import identity_values
from officials.services.unit_posts import abolish_post, add_post, change_post, order_posts

from ..support.people import give, make_unit

pytestmark = pytest.mark.django_db
DAY, BEFORE = date(2025, 7, 1), date(2025, 6, 30)
TERMS = {"effective_on": DAY, "document_no": "鹤机编〔2025〕12号"}


def person(number: int, name: str, home) -> Official:
    return Official.objects.create(home=home, **identity_values(f"44078419800101{number:04}", name))


def post(unit, title, **fields) -> Post:
    return Post.objects.create(
        organization=unit, title=title, is_team_member=True, sort=unit.posts.count() + 1, **fields
    )


def held(official, at, starts_on=date(2020, 1, 1), **fields) -> PostHolding:
    return PostHolding.objects.create(official=official, post=at, starts_on=starts_on, **fields)


def spells(official) -> list:
    rows = official.holdings.order_by("starts_on", "pk")
    return [(r.post.organization.code, r.post.title, r.starts_on, r.ends_on) for r in rows]


@pytest.fixture
def team(tree):
    """Finance with head and deputy, health with head; one clerk without post at health."""
    made = {
        "head": post(tree.finance, "局长", is_principal=True),
        "deputy": post(tree.finance, "副局长"),
        "doctor": post(tree.health, "局长", is_principal=True),
    }
    people = {
        "甲": person(1, "陈甲", tree.finance),
        "乙": person(2, "李乙", tree.finance),
        "丙": person(3, "张丙", tree.health),
        "丁": person(4, "王丁", tree.health),
    }
    held(people["甲"], made["head"])
    held(people["乙"], made["deputy"])
    held(people["丙"], made["doctor"])
    return made, people


def fresh(row):
    row.refresh_from_db()
    return row


# --- rename -----------------------------------------------------------------------------------------------------------
def test_a_renamed_unit_keeps_its_old_name_with_its_days(tree, cadre_section):
    act = reorganise.rename_unit(
        actor=cadre_section, unit=tree.finance, name="甲县财政和国资局", short_name="财资局", **TERMS
    )
    names = list(
        OrganizationName.objects.filter(organization=tree.finance)
        .order_by("pk")
        .values_list("name", "starts_on", "ends_on")
    )
    assert names == [("甲县财政局", None, BEFORE), ("甲县财政和国资局", DAY, None)]
    assert fresh(tree.finance).name == "甲县财政和国资局"
    entry = Entry.objects.get(action="organizations.unit.reorganised")
    assert (entry.basis, entry.data["act"], entry.target_no) == ("鹤机编〔2025〕12号", act.number, "A-FIN")


def test_a_name_that_a_neighbour_bears_is_refused(tree, cadre_section):
    with pytest.raises(DomainError) as error:
        reorganise.rename_unit(actor=cadre_section, unit=tree.finance, name="甲县卫生健康局", short_name="", **TERMS)
    assert [reason.code for reason in error.value.reasons] == ["NAME_TAKEN"]


# --- move -------------------------------------------------------------------------------------------------------------
def test_a_subtree_moves_as_a_whole_and_scope_follows_the_place(tree, cadre_section, unit_liaison):
    give(cadre_section, "auditor", tree.health)
    reorganise.move_unit(actor=cadre_section, unit=tree.finance, parent=tree.health, **TERMS)
    finance, section = fresh(tree.finance), fresh(tree.finance_section)
    assert finance.parent == tree.health
    assert finance.path.startswith(tree.health.path)
    assert section.path == finance.path + "000001"
    seen = Organization.objects.visible_to(cadre_section, "audit.verify").values_list("code", flat=True)
    assert set(seen) == {"A-HEA", "A-FIN", "A-FIN-1"}
    unit_liaison.forget_grants()
    own = Organization.objects.visible_to(unit_liaison, "organizations.view_organization")
    assert set(own.values_list("code", flat=True)) == {"A-FIN", "A-FIN-1"}, "the grant hangs on the unit"


@pytest.mark.parametrize(
    ("unit", "parent", "code"),
    [
        ("finance", "finance_section", "INTO_ITSELF"),
        ("finance", "county_a", "THERE_ALREADY"),
        ("county_a", "finance", "ROOT_STAYS"),
    ],
)
def test_what_cannot_move_is_refused(tree, cadre_section, unit, parent, code):
    with pytest.raises(DomainError) as error:
        reorganise.move_unit(actor=cadre_section, unit=getattr(tree, unit), parent=getattr(tree, parent), **TERMS)
    assert code in [reason.code for reason in error.value.reasons]


def test_nobody_reorganises_outside_of_the_own_county(tree, cadre_section, assessment_office):
    with pytest.raises(PermissionDenied):
        reorganise.move_unit(actor=cadre_section, unit=tree.finance, parent=tree.other_department, **TERMS)
    with pytest.raises(PermissionDenied):
        reorganise.rename_unit(actor=assessment_office, unit=tree.finance, name="x", short_name="", **TERMS)


def test_people_stand_where_their_unit_stands_after_a_move_and_after_its_undoing(tree, team, cadre_section):
    clerk = person(9, "郑壬", tree.finance_section)
    act = reorganise.move_unit(actor=cadre_section, unit=tree.finance, parent=tree.health, **TERMS)
    for each in (clerk, team[1]["甲"]):
        assert fresh(each).org_path == fresh(each.home).path
    assert fresh(clerk).org_path.startswith(tree.health.path)
    reorganise.undo(actor=cadre_section, act=act, reason="x")
    assert fresh(clerk).org_path == fresh(tree.finance_section).path
    order_units(actor=cadre_section, parent=tree.county_a, codes=["A-HEA"])
    assert fresh(clerk).org_path == fresh(tree.finance_section).path


def test_a_county_is_not_closed_like_a_unit(tree, cadre_section):
    plan = reorganise.close_plan(tree.county_a, **TERMS)
    with pytest.raises(DomainError) as error:
        reorganise.preview(actor=cadre_section, plan=plan)
    assert [reason.code for reason in error.value.reasons] == ["ROOT_STAYS"]


# --- merge ------------------------------------------------------------------------------------------------------------
def merge(actor, tree, team, **details):
    made, _people = team
    goals = (
        PostGoal(made["head"].pk, "A-NEW", "局长"),
        PostGoal(made["deputy"].pk, "A-NEW", "副局长"),
        PostGoal(made["doctor"].pk),
    )
    new = NewUnit("A-NEW", "甲县财政卫健局", "department", "A", like="A-FIN")
    return reorganise.merge_units(
        actor=actor, units=[tree.finance, tree.health], into="A-NEW", new=new, posts=goals, **TERMS, **details
    )


def test_a_merger_takes_posts_people_sections_and_category_over(tree, team, cadre_section):
    UnitCategory.objects.create(organization=tree.finance, year=2025, category="ECONOMIC")
    made, people = team
    merge(cadre_section, tree, team)
    new = Organization.objects.get(code="A-NEW")
    assert fresh(tree.finance).ends_on == fresh(tree.health).ends_on == BEFORE
    assert spells(people["甲"]) == [("A-FIN", "局长", date(2020, 1, 1), BEFORE), ("A-NEW", "局长", DAY, None)]
    assert spells(people["乙"])[-1] == ("A-NEW", "副局长", DAY, None)
    assert spells(people["丙"]) == [("A-HEA", "局长", date(2020, 1, 1), BEFORE)]
    assert {fresh(each).home.code for each in people.values()} == {"A-NEW"}
    assert fresh(tree.finance_section).parent == new
    assert fresh(tree.finance_section).path.startswith(new.path)
    assert list(new.categories.values_list("year", "category")) == [(2025, "ECONOMIC")]
    assert {fresh(each).ends_on for each in made.values()} == {BEFORE}
    taken = Post.objects.get(organization=new, title="局长")
    assert (taken.is_principal, taken.is_team_member, taken.starts_on) == (True, True, DAY)
    assert set(Succession.objects.values_list("predecessor__code", "successor__code", "kind")) == {
        ("A-FIN", "A-NEW", "merge"),
        ("A-HEA", "A-NEW", "merge"),
    }
    assert Entry.objects.filter(action="organizations.unit.reorganised").count() == 1


def test_a_unit_takes_another_in_and_uses_its_own_posts(tree, team, cadre_section):
    made, people = team
    goals = (PostGoal(made["doctor"].pk, "A-FIN", "副局长"),)
    reorganise.merge_units(actor=cadre_section, units=[tree.health], into="A-FIN", posts=goals, **TERMS)
    assert spells(people["丙"])[-1] == ("A-FIN", "副局长", DAY, None)
    assert spells(people["丙"])[-1][1] == made["deputy"].title
    assert Post.objects.filter(organization=tree.finance).count() == 2
    assert fresh(people["丁"]).home == tree.finance
    assert fresh(tree.finance).ends_on is None


def test_the_preview_says_what_happens_and_changes_nothing(tree, team, cadre_section, unit_liaison):
    made, people = team
    before = (Organization.objects.count(), PostHolding.objects.count(), Entry.objects.count())
    new = NewUnit("A-NEW", "甲县财政卫健局", "department", "A")
    goals = tuple(
        PostGoal(each.pk, "A-NEW", "局长") if each.is_principal else PostGoal(each.pk) for each in made.values()
    )
    plan = reorganise.merge_plan([tree.finance, tree.health], "A-NEW", DAY, "文", new=new, posts=goals)
    seen = reorganise.preview(actor=cadre_section, plan=plan)
    assert [unit.code for unit in seen.founded] == ["A-NEW"]
    assert {unit.code for unit in seen.closed} == {"A-FIN", "A-HEA"}
    assert [each.name for each in seen.without_post] == ["李乙"]
    assert {(each.person.name, each.new.title if each.new else None) for each in seen.people} == {
        ("陈甲", "局长"),
        ("张丙", "局长"),
        ("李乙", None),
    }
    assert [(unit.code, old, new) for unit, old, new, *_counts in seen.moved] == [
        ("A-FIN-1", "甲县财政局", "甲县财政卫健局")
    ]
    assert {each.name for each, _old, _new in seen.homes} == {"陈甲", "李乙", "张丙", "王丁"}
    assert [grant.user for grant in seen.grants] == [unit_liaison]
    assert (Organization.objects.count(), PostHolding.objects.count(), Entry.objects.count()) == before
    assert Reorganisation.objects.count() == 0


def test_who_took_the_post_up_on_the_day_itself_goes_over_whole(tree, team, cadre_section):
    made, people = team
    PostHolding.objects.filter(official=people["丙"]).update(starts_on=date(2025, 7, 15))
    reorganise.merge_units(
        actor=cadre_section,
        units=[tree.health],
        into="A-FIN",
        posts=(PostGoal(made["doctor"].pk, "A-FIN", "副局长"),),
        **TERMS,
    )
    assert spells(people["丙"]) == [("A-FIN", "副局长", date(2025, 7, 15), None)]


# --- split ------------------------------------------------------------------------------------------------------------
def test_a_unit_splits_one_off_and_goes_on(tree, team, cadre_section):
    made, people = team
    clerk = person(5, "赵戊", tree.finance)
    new = NewUnit("A-TAX", "甲县国资中心", "department", "A", like="A-FIN")
    reorganise.split_unit(
        actor=cadre_section,
        unit=tree.finance,
        new=[new],
        posts=(PostGoal(made["deputy"].pk, "A-TAX", "主任"),),
        homes=((clerk.pk, "A-TAX"),),
        below=(("A-FIN-1", "A-TAX"),),
        **TERMS,
    )
    assert spells(people["乙"])[-1] == ("A-TAX", "主任", DAY, None)
    assert fresh(people["乙"]).home.code == fresh(clerk).home.code == "A-TAX"
    assert fresh(people["甲"]).home == tree.finance
    assert spells(people["甲"]) == [("A-FIN", "局长", date(2020, 1, 1), None)]
    assert fresh(tree.finance).ends_on is None
    assert fresh(tree.finance_section).parent.code == "A-TAX"


# --- close ------------------------------------------------------------------------------------------------------------
def test_a_unit_with_anything_left_is_not_closed(tree, team, cadre_section):
    with pytest.raises(DomainError) as error:
        reorganise.close_unit(actor=cadre_section, unit=tree.finance, **TERMS)
    assert [reason.code for reason in error.value.reasons] == ["POSTS_HELD"]
    goals = tuple(PostGoal(each.pk) for each in team[0].values() if each.organization_id == tree.finance.pk)
    with pytest.raises(DomainError) as error:
        reorganise.close_unit(actor=cadre_section, unit=tree.finance, posts=goals, **TERMS)
    assert [reason.code for reason in error.value.reasons] == ["CHILDREN_REMAIN", "PEOPLE_REMAIN"]
    assert fresh(tree.finance).ends_on is None


def test_a_unit_closes_when_the_act_says_where_everything_goes(tree, team, cadre_section):
    goals = tuple(PostGoal(each.pk) for each in team[0].values() if each.organization_id == tree.finance.pk)
    reorganise.close_unit(actor=cadre_section, unit=tree.finance, posts=goals, rest="A-HEA", below="A-HEA", **TERMS)
    assert fresh(tree.finance).ends_on == BEFORE
    assert fresh(team[1]["甲"]).home == tree.health
    assert spells(team[1]["甲"]) == [("A-FIN", "局长", date(2020, 1, 1), BEFORE)]


def test_a_closed_unit_takes_part_in_nothing_any_more(tree, cadre_section):
    reorganise.close_unit(actor=cadre_section, unit=tree.finance_section, **TERMS)
    with pytest.raises(DomainError) as error:
        reorganise.rename_unit(actor=cadre_section, unit=tree.finance_section, name="x", short_name="", **TERMS)
    assert [reason.code for reason in error.value.reasons] == ["UNIT_CLOSED"]


def test_an_act_of_a_later_day_or_without_document_is_refused(tree, cadre_section):
    with pytest.raises(DomainError) as error:
        reorganise.rename_unit(
            actor=cadre_section,
            unit=tree.finance,
            name="x",
            short_name="",
            effective_on=date(2999, 1, 1),
            document_no=" ",
        )
    assert {reason.code for reason in error.value.reasons} == {"ACT_IN_FUTURE", "ACT_WITHOUT_DOCUMENT"}


# --- undo -------------------------------------------------------------------------------------------------------------
def rows_of_everything():
    models = (Organization, OrganizationName, Post, PostHolding, Official, Succession, UnitCategory)
    return {model: list(model._base_manager.order_by("pk").values()) for model in models}


def test_who_left_the_county_stays_with_the_unit_they_left_from(tree, team, cadre_section):
    gone = person(9, "郑壬", tree.finance)
    Official.objects.filter(pk=gone.pk).update(left_note="调出")
    merge(cadre_section, tree, team)
    assert fresh(gone).home == tree.finance


def test_an_undone_merger_leaves_everything_as_it_was(tree, team, cadre_section):
    UnitCategory.objects.create(organization=tree.finance, year=2025, category="ECONOMIC")
    before = rows_of_everything()
    act = merge(cadre_section, tree, team)
    assert rows_of_everything() != before
    undone = reorganise.undo(actor=cadre_section, act=act, reason="文件有误")
    assert rows_of_everything() == before
    assert undone.undoes == fresh(act)
    assert [
        each.data["undoes"] for each in Entry.objects.filter(action="organizations.unit.reorganised").order_by("id")
    ] == ["", act.number]
    with pytest.raises(DomainError, match="ALREADY_UNDONE"):
        reorganise.undo(actor=cadre_section, act=act, reason="x")


@pytest.mark.parametrize("act", ["rename", "move", "split"])
def test_every_kind_of_act_is_undone(tree, team, cadre_section, act):
    before = rows_of_everything()
    if act == "rename":
        done = reorganise.rename_unit(actor=cadre_section, unit=tree.finance, name="x", short_name="", **TERMS)
    elif act == "move":
        done = reorganise.move_unit(actor=cadre_section, unit=tree.finance, parent=tree.health, **TERMS)
    else:
        new = NewUnit("A-TAX", "甲县国资中心", "department", "A")
        goals = (PostGoal(team[0]["deputy"].pk, "A-TAX", "主任"),)
        done = reorganise.split_unit(actor=cadre_section, unit=tree.finance, new=[new], posts=goals, **TERMS)
    reorganise.undo(actor=cadre_section, act=done, reason="x")
    assert rows_of_everything() == before


def test_an_act_on_which_something_rests_is_not_undone(tree, team, cadre_section):
    act = merge(cadre_section, tree, team)
    new = Organization.objects.get(code="A-NEW")
    held(person(9, "周己", new), Post.objects.get(organization=new, title="副局长"))
    after = rows_of_everything()
    with pytest.raises(DomainError, match="ACT_IN_USE"):
        reorganise.undo(actor=cadre_section, act=act, reason="x")
    assert rows_of_everything() == after


def test_an_act_whose_rows_were_changed_is_not_undone(tree, team, cadre_section):
    act = merge(cadre_section, tree, team)
    PostHolding.objects.filter(official=team[1]["甲"], ends_on=None).update(ends_on=date(2025, 9, 1))
    with pytest.raises(DomainError, match="ACT_CHANGED_SINCE"):
        reorganise.undo(actor=cadre_section, act=act, reason="x")


# --- numbers, order, posts --------------------------------------------------------------------------------------------
def test_numbers_hold_from_their_day_and_sums_are_made(tree, cadre_section):
    set_numbers(
        actor=cadre_section, unit=tree.finance, starts_on=date(2024, 1, 1), document_no="a", principals=1, deputies=3
    )
    row = set_numbers(
        actor=cadre_section,
        unit=tree.finance,
        starts_on=DAY,
        document_no="b",
        leaders=5,
        administrative=20,
        logistics=2,
    )
    assert (row.leaders, row.staffing) == (5, 22)
    assert list(ApprovedNumbers.objects.holding_on(BEFORE).values_list("leaders", flat=True)) == [4]
    with pytest.raises(DomainError, match="LEADERS_BELOW_PARTS"):
        set_numbers(
            actor=cadre_section, unit=tree.finance, starts_on=DAY, document_no="b", leaders=1, principals=1, deputies=1
        )


def test_siblings_are_put_in_order_with_everything_below_them(tree, cadre_section):
    make_unit("A-3", parent=tree.county_a)
    assert order_units(actor=cadre_section, parent=tree.county_a, codes=["A-3", "A-HEA"]) == 4
    rows = Organization.objects.below(tree.county_a).in_tree_order().values_list("code", flat=True)
    assert list(rows) == ["A", "A-3", "A-HEA", "A-FIN", "A-FIN-1"]
    assert order_units(actor=cadre_section, parent=tree.county_a, codes=["A-3"]) == 0


def test_posts_are_set_up_changed_ordered_and_abolished(tree, team, cadre_section):
    third = add_post(actor=cadre_section, unit=tree.finance, starts_on=DAY, title="总会计师", is_team_member=True)
    change_post(actor=cadre_section, post=third, title="总会计师（副科级）", seats=1)
    order_posts(actor=cadre_section, unit=tree.finance, posts=[third.pk])
    titles = Post.objects.filter(organization=tree.finance).in_team_order().values_list("title", flat=True)
    assert list(titles) == ["局长", "总会计师（副科级）", "副局长"]
    with pytest.raises(DomainError, match="TITLE_TAKEN"):
        add_post(actor=cadre_section, unit=tree.finance, starts_on=DAY, title="局长")
    with pytest.raises(DomainError, match="POST_HELD"):
        abolish_post(actor=cadre_section, post=team[0]["deputy"], effective_on=DAY, document_no="x")
    abolish_post(actor=cadre_section, post=third, effective_on=date(2025, 9, 1), document_no="x")
    again = add_post(actor=cadre_section, unit=tree.finance, starts_on=date(2025, 10, 1), title="总会计师（副科级）")
    assert again.pk != third.pk
