"""Lists of people: what goes on them, in which order, how they are joined, who changes them."""

import pytest
from django.core.exceptions import PermissionDenied

from foundation.audit.models import Entry
from foundation.common.results import DomainError
from officials.models import SavedList
from officials.rules.questions import parse_question
from officials.selectors.lists import members_of
from officials.services import lists
from tests.factories.people import make_person
from tests.support.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(tree):
    """Keys of three people of the county and one of another."""
    homes = (tree.finance, tree.health, tree.finance, tree.other_department)
    return [make_person(f"人{n}", home, serial=n).pk for n, home in enumerate(homes)]


@pytest.fixture
def made(cadre_section, people):
    """A list of the first two, in turned order."""
    return lists.create_list(actor=cadre_section, name="名单", people=[people[1], people[0]])


def on(saved):
    """Who is on it, in order."""
    return list(saved.members.order_by("position").values_list("official_id", flat=True))


def test_people_stand_in_the_order_given_each_once_and_only_those_in_scope(cadre_section, made, people):
    assert lists.append(made, actor=cadre_section, people=[people[2], people[0], people[3]]) == 1
    assert on(made) == [people[1], people[0], people[2]]


def test_taking_off_and_moving_keep_the_order_of_the_others(cadre_section, made, people):
    lists.append(made, actor=cadre_section, people=[people[2]])
    lists.move(made, actor=cadre_section, person=people[2], place=1)
    assert on(made) == [people[2], people[1], people[0]]
    assert lists.remove(made, actor=cadre_section, people=[people[1]]) == 1
    assert on(made) == [people[2], people[0]]
    with pytest.raises(DomainError) as refused:
        lists.move(made, actor=cadre_section, person=people[1], place=1)
    assert refused.value.code == "LIST_MEMBER"


@pytest.mark.parametrize(("operation", "left"), [("union", [1, 0, 2]), ("intersect", [0]), ("minus", [1])])
def test_two_lists_are_joined_into_a_third(cadre_section, made, people, operation, left):
    second = [people[0], people[2]]
    new = lists.combine(actor=cadre_section, operation=operation, first=on(made), second=second, name=operation)
    assert on(new) == [people[place] for place in left]
    assert on(made) == [people[1], people[0]]


def test_an_unknown_operation_and_an_empty_name_are_refused(cadre_section, made):
    with pytest.raises(DomainError):
        lists.combine(actor=cadre_section, operation="xor", first=[], second=[], name="x")
    with pytest.raises(DomainError):
        lists.create_list(actor=cadre_section, name="  ")


def test_one_name_stands_once_in_a_folder(cadre_section, made):
    with pytest.raises(DomainError) as refused:
        lists.create_list(actor=cadre_section, name="名单")
    assert refused.value.code == "LIST_TWICE"
    lists.create_list(actor=cadre_section, name="名单", folder="2025")
    lists.trash_list(made, actor=cadre_section)
    lists.create_list(actor=cadre_section, name="名单")
    with pytest.raises(DomainError):
        lists.restore_list(made, actor=cadre_section)


def test_nobody_is_put_on_a_live_list_by_hand(cadre_section, people):
    live = lists.create_list(actor=cadre_section, name="动态", question=parse_question({"groups": [{"sex": ["1"]}]}))
    with pytest.raises(DomainError) as refused:
        lists.append(live, actor=cadre_section, people=people)
    assert refused.value.code == "LIST_LIVE"


def test_a_change_meanwhile_is_told(cadre_section, made):
    made.refresh_from_db()
    given = {"name": "新名", "folder": "", "note": "", "expected_version": made.version}
    lists.change_list(made, actor=cadre_section, **given)
    with pytest.raises(DomainError) as refused:
        lists.change_list(made, actor=cadre_section, **given)
    assert refused.value.code == "LIST_CHANGED"


def test_sharing_needs_its_permission_and_a_role(cadre_section, assessment_office, made):
    with pytest.raises(PermissionDenied):
        lists.share(made, actor=assessment_office, role="assessment_office")
    with pytest.raises(DomainError):
        lists.share(made, actor=cadre_section, role="nobody")
    lists.share(made, actor=cadre_section, role="assessment_office")
    read = SavedList.objects.visible_to(assessment_office, "officials.view_official")
    assert list(read) == [made]
    assert list(read.changeable_by(assessment_office)) == []
    lists.unshare(made, actor=cadre_section, role="assessment_office")
    assert list(SavedList.objects.visible_to(assessment_office, "officials.view_official")) == []


def test_a_share_reaches_no_role_elsewhere(cadre_section, other_county_office, made):
    lists.share(made, actor=cadre_section, role="assessment_office")
    assert list(SavedList.objects.visible_to(other_county_office, "officials.view_official")) == []


def test_a_reader_sees_of_a_list_only_people_of_the_own_scope(cadre_section, unit_liaison, made, people, tree):
    from_here = make_person("本局", tree.finance_section, serial=77).pk
    lists.append(made, actor=cadre_section, people=[from_here])
    seen = members_of(unit_liaison, made, None)
    assert people[1] not in seen
    assert from_here in seen


def test_who_has_no_home_unit_keeps_no_list(tree):
    with pytest.raises(DomainError) as refused:
        lists.create_list(actor=make_user("homeless"), name="x")
    assert refused.value.code == "LIST_UNIT"


def test_every_act_leaves_its_entry(cadre_section, made, people):
    lists.remove(made, actor=cadre_section, people=people[:1])
    lists.trash_list(made, actor=cadre_section)
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True)) == [
        "officials.list.created",
        "officials.list.removed",
        "officials.list.trashed",
    ]
