"""Where a user may do something: path, subtree, days, union of grants, one query."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from foundation.accounts.backends import RoleGrantBackend
from foundation.accounts.models import User
from foundation.accounts.services.scope import holders_of, scope_for
from foundation.common.scoping import Scope
from foundation.organizations.models import Organization

from ..support.people import give, make_persona, make_user

SEE = "organizations.view_organization"


def codes(user):
    return set(Organization.objects.visible_to(user, SEE).values_list("code", flat=True))


def test_a_grant_covers_the_unit_and_everything_below(tree, unit_liaison):
    assert codes(unit_liaison) == {"A-FIN", "A-FIN-1"}


def test_a_grant_without_subtree_covers_the_unit_alone(tree):
    user = make_persona("unit_liaison", tree.finance, include_subtree=False)
    assert scope_for(user, SEE) == Scope(exact=(tree.finance.path,))
    assert codes(user) == {"A-FIN"}


def test_a_grant_without_unit_covers_everything(tree, auditor):
    assert scope_for(auditor, SEE) == Scope(everything=True)
    assert codes(auditor) == {"A", "A-FIN", "A-FIN-1", "A-HEA", "B", "B-FIN"}


def test_scopes_of_several_grants_are_united(tree):
    user = make_persona("unit_liaison", tree.finance)
    give(user, "unit_liaison", tree.other_department)
    assert codes(user) == {"A-FIN", "A-FIN-1", "B-FIN"}


def test_a_sibling_whose_path_begins_alike_is_not_covered(tree, unit_liaison):
    assert not scope_for(unit_liaison, SEE).covers(tree.health.path)
    assert not scope_for(unit_liaison, SEE).covers(tree.county_a.path)


def test_no_grant_means_nothing(tree, stranger):
    assert scope_for(stranger, SEE) == Scope()
    assert codes(stranger) == set()


def test_a_role_gives_only_its_own_permissions(tree, unit_liaison):
    assert not scope_for(unit_liaison, "assessments.publish_run")
    assert unit_liaison.has_perm("assessments.edit_score")
    assert not unit_liaison.has_perm("assessments.publish_run")


@pytest.mark.parametrize(
    ("first", "last", "day", "holds"),
    [
        (date(2025, 3, 1), date(2025, 3, 31), date(2025, 2, 28), False),
        (date(2025, 3, 1), date(2025, 3, 31), date(2025, 3, 1), True),
        (date(2025, 3, 1), date(2025, 3, 31), date(2025, 3, 31), True),
        (date(2025, 3, 1), date(2025, 3, 31), date(2025, 4, 1), False),
        (date(2025, 3, 1), None, date(2099, 1, 1), True),
    ],
)
def test_both_ends_of_a_grant_belong_to_it(tree, first, last, day, holds):
    user = make_persona("unit_liaison", tree.finance, valid_from=first, valid_to=last)
    assert bool(scope_for(user, SEE, on=day)) is holds


def test_an_ended_grant_gives_nothing_from_the_day_of_its_end(tree):
    user = make_persona("unit_liaison", tree.finance, ended_at=timezone.now())
    today = timezone.localdate()
    assert not scope_for(user, SEE)
    assert not scope_for(user, SEE, on=today + timedelta(days=30))
    assert scope_for(user, SEE, on=today - timedelta(days=1))


def test_a_locked_account_holds_nothing(tree, unit_liaison):
    unit_liaison.is_active = False
    assert not scope_for(unit_liaison, SEE)
    assert unit_liaison.get_all_permissions() == set()


def test_all_grants_of_a_user_cost_one_query(tree, unit_liaison, django_assert_num_queries):
    user = User.objects.get(pk=unit_liaison.pk)
    with django_assert_num_queries(1):
        scope_for(user, SEE)
        scope_for(user, "assessments.edit_score", on=date(2024, 1, 1))
        assert user.has_perm("assessments.view_result")
        assert user.has_module_perms("assessments")
        assert not user.is_staff
        assert user.role_codes == ("unit_liaison",)
        assert user.get_all_permissions()


def test_a_session_loads_its_user_with_grants_in_one_query(tree, unit_liaison, django_assert_num_queries):
    give(unit_liaison, "cadre_section", tree.health)
    with django_assert_num_queries(1):
        user = RoleGrantBackend().get_user(unit_liaison.pk)
        assert (user, user.role_codes) == (unit_liaison, ("unit_liaison", "cadre_section"))
        assert user.scope_for(SEE).covers(tree.finance.path)
        assert user.home_path == unit_liaison.home_path


def test_a_session_of_nobody_loads_nobody(tree, unit_liaison, stranger):
    backend = RoleGrantBackend()
    User.objects.filter(pk=unit_liaison.pk).update(is_active=False)
    assert backend.get_user(unit_liaison.pk) is None
    assert backend.get_user(0) is None
    assert backend.get_user(stranger.pk) == stranger
    assert backend.get_user(stranger.pk).role_codes == ()


def test_a_changed_role_counts_for_the_next_request(tree, stranger):
    assert not User.objects.get(pk=stranger.pk).has_perm(SEE)
    grant = give(stranger, "unit_liaison", tree.finance)
    assert User.objects.get(pk=stranger.pk).has_perm(SEE)
    grant.ended_at = timezone.now()
    grant.save()
    assert not User.objects.get(pk=stranger.pk).has_perm(SEE)


def test_one_door_finds_own_rows(tree, unit_liaison):
    found = Organization.objects.get_visible(user=unit_liaison, perm=SEE, code="A-FIN-1")
    assert found == tree.finance_section


@pytest.mark.parametrize("code", ["A-HEA", "B-FIN", "no-such-unit"])
def test_one_door_makes_foreign_and_missing_rows_look_alike(tree, unit_liaison, code):
    with pytest.raises(Http404):
        Organization.objects.get_visible(user=unit_liaison, perm=SEE, code=code)


def test_one_door_refuses_who_holds_the_permission_nowhere(tree, stranger):
    with pytest.raises(PermissionDenied):
        Organization.objects.get_visible(user=stranger, perm=SEE, code="A-FIN")


def test_holders_are_found_by_place_role_and_day(tree, assessment_office, other_county_office, unit_liaison, auditor):
    make_persona("unit_liaison", tree.finance, username="over", valid_to=date(2021, 1, 1))
    edit = "assessments.edit_score"
    assert holders_of(edit, tree.finance.path) == [assessment_office, unit_liaison]
    assert holders_of(edit, tree.health.path) == [assessment_office]
    assert holders_of(edit, tree.other_department.path) == [other_county_office]
    assert auditor in holders_of(SEE, tree.county_b.path)


def test_holders_leave_out_locked_accounts_and_grants_of_the_unit_alone(tree):
    above = make_persona("unit_liaison", tree.finance, include_subtree=False)
    locked = make_user("locked", is_active=False)
    give(locked, "unit_liaison", tree.finance)
    edit = "assessments.edit_score"
    assert holders_of(edit, tree.finance.path) == [above]
    assert holders_of(edit, tree.finance_section.path) == []


def test_accounts_themselves_are_scoped_by_their_home_unit(tree, system_admin):
    local = make_persona("system_admin", tree.county_a, home=tree.county_a, username="local")
    make_user("b-person", home=tree.other_department)
    make_user("homeless")
    seen = set(User.objects.visible_to(local, "accounts.manage_accounts").values_list("username", flat=True))
    assert "local" in seen
    assert not {"b-person", "homeless", system_admin.username} & seen
    assert "homeless" in set(
        User.objects.visible_to(system_admin, "accounts.manage_accounts").values_list("username", flat=True)
    )
