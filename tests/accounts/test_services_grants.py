"""Granting and ending roles: duties kept apart, in reach, once, at once, written down."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.accounts.models import RoleGrant, User
from foundation.accounts.roles import all_roles, role
from foundation.accounts.services.grants import end_grant, grant_role
from foundation.audit.models import Entry
from foundation.common.results import DomainError

from ..support.people import give, make_persona, make_user

TODAY = timezone.localdate
ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")


def grant(actor, user, code="unit_liaison", organization=None, **fields):
    values = {"valid_from": TODAY(), "reason": "Document 12"} | fields
    return grant_role(actor=actor, user=user, role=code, organization=organization, **values)


def refused(code, call, *args, **fields):
    before = RoleGrant.objects.system().count(), Entry.objects.count()
    with pytest.raises(DomainError) as caught:
        call(*args, **fields)
    assert caught.value.code == code
    assert (RoleGrant.objects.system().count(), Entry.objects.count()) == before
    return caught.value


def test_a_granted_role_is_held_kept_in_history_and_written_down(tree, security_admin, stranger):
    made = grant(security_admin, stranger, organization=tree.finance, valid_to=TODAY() + timedelta(days=30))
    assert User.objects.get(pk=stranger.pk).has_perm("assessments.edit_score")
    assert [event.pgh_label for event in made.row_events.all()] == ["insert"]
    entry = Entry.objects.get(action="accounts.grant.given")
    assert (entry.actor_name, entry.actor_roles) == (str(security_admin), ["security_admin"])
    assert (entry.target_no, entry.org_path, entry.reason) == ("stranger", tree.finance.path, "Document 12")
    assert entry.data["role"] == "unit_liaison"


def test_an_ended_grant_stops_at_once_and_says_who_and_why(tree, security_admin, unit_liaison):
    ended = end_grant(actor=security_admin, grant=unit_liaison.all_grants[0], reason="Left the unit")
    assert ended.ended_by == str(security_admin)
    assert ended.end_reason == "Left the unit"
    assert not User.objects.get(pk=unit_liaison.pk).has_perm("assessments.edit_score")
    assert Entry.objects.get(action="accounts.grant.ended").reason == "Left the unit"
    assert [event.pgh_label for event in ended.row_events.order_by("pgh_id")] == ["insert", "update"]


def test_a_role_can_be_given_again_on_the_day_of_its_end(tree, security_admin, unit_liaison):
    end_grant(actor=security_admin, grant=unit_liaison.all_grants[0], reason="By mistake")
    grant(security_admin, unit_liaison, organization=tree.finance)
    assert User.objects.get(pk=unit_liaison.pk).has_perm("assessments.edit_score")


@pytest.mark.parametrize("held", ADMINISTRATORS)
@pytest.mark.parametrize("wanted", [each.code for each in all_roles()])
def test_an_administrator_gets_no_other_duty(tree, security_admin, held, wanted):
    holder = make_persona(held, tree.county_a, username="holder")
    if wanted == held:
        refused("accounts.grant_exists", grant, security_admin, holder, wanted, tree.county_a)
        return
    error = refused("accounts.duties_separated", grant, security_admin, holder, wanted, tree.county_a)
    assert error.reasons[0].facts == {"held": held, "wanted": wanted}
    assert error.reasons[0].cite.article


@pytest.mark.parametrize("wanted", ADMINISTRATORS)
def test_who_does_business_work_becomes_no_administrator(tree, security_admin, unit_liaison, wanted):
    refused("accounts.duties_separated", grant, security_admin, unit_liaison, wanted)


def test_duties_may_follow_one_another(tree, security_admin):
    user = make_user("changing", home=tree.county_a)
    give(user, "unit_liaison", tree.finance, valid_to=date(2024, 12, 31))
    assert grant(security_admin, user, "audit_admin").duty == "audit"


def test_a_duty_of_the_future_conflicts_already_today(tree, security_admin, stranger):
    give(stranger, "audit_admin", valid_from=TODAY() + timedelta(days=10))
    refused("accounts.duties_separated", grant, security_admin, stranger, organization=tree.finance)
    grant(security_admin, stranger, organization=tree.finance, valid_to=TODAY() + timedelta(days=9))


def test_the_database_itself_refuses_two_duties(tree, unit_liaison):
    with pytest.raises(IntegrityError, match="grant_one_duty_per_person"), transaction.atomic():
        give(unit_liaison, "system_admin")


def test_the_database_itself_refuses_a_doubled_grant(tree, unit_liaison, auditor):
    with pytest.raises(IntegrityError, match="grant_given_once"), transaction.atomic():
        give(unit_liaison, "unit_liaison", tree.finance)
    with pytest.raises(IntegrityError, match="grant_given_once"), transaction.atomic():
        give(auditor, "auditor")


def test_the_same_role_at_another_unit_is_no_double(tree, security_admin, unit_liaison):
    grant(security_admin, unit_liaison, organization=tree.health)
    refused("accounts.grant_exists", grant, security_admin, unit_liaison, organization=tree.finance)


def test_nobody_gives_or_ends_the_own_role(tree, security_admin):
    refused("accounts.own_grant", grant, security_admin, security_admin, "security_admin", tree.county_a)
    refused("accounts.own_grant", end_grant, actor=security_admin, grant=security_admin.all_grants[0], reason="x")


@pytest.mark.parametrize("persona", ["system_admin", "audit_admin", "assessment_office", "auditor", "stranger"])
def test_only_the_security_administrator_grants(tree, request, persona):
    actor, user = request.getfixturevalue(persona), make_user("somebody", home=tree.finance)
    error = refused("accounts.out_of_reach", grant, actor, user, organization=tree.finance)
    assert error.status == 403


def test_an_administrator_of_a_county_grants_inside_it_alone(tree, stranger):
    local = make_persona("security_admin", tree.county_a, username="local")
    grant(local, stranger, organization=tree.finance)
    foreign = make_user("foreign", home=tree.other_department)
    refused("accounts.out_of_reach", grant, local, stranger, organization=tree.other_department)
    refused("accounts.out_of_reach", grant, local, foreign, organization=tree.health)
    refused("accounts.out_of_reach", grant, local, stranger, "auditor")
    elsewhere = give(foreign, "unit_liaison", tree.other_department)
    refused("accounts.out_of_reach", end_grant, actor=local, grant=elsewhere, reason="x")


@pytest.mark.parametrize("code", [each.code for each in all_roles()])
def test_only_some_roles_hold_everywhere(tree, security_admin, code):
    user = make_user("somebody", home=tree.county_a)
    if role(code).everywhere:
        assert grant(security_admin, user, code).organization is None
    else:
        refused("accounts.role_needs_unit", grant, security_admin, user, code)


def test_wrong_days_unknown_roles_missing_reasons_and_locked_accounts_are_refused(tree, security_admin, stranger):
    at = {"organization": tree.finance}
    reversed_days = {"valid_from": date(2025, 2, 1), "valid_to": date(2025, 1, 31)}
    refused("accounts.days_reversed", grant, security_admin, stranger, **at, **reversed_days)
    over = {"valid_from": date(2024, 1, 1), "valid_to": date(2024, 12, 31)}
    refused("accounts.days_over", grant, security_admin, stranger, **at, **over)
    refused("accounts.unknown_role", grant, security_admin, stranger, "king", **at)
    refused("accounts.reason_missing", grant, security_admin, stranger, **at, reason="  ")
    User.objects.filter(pk=stranger.pk).update(is_active=False)
    refused("accounts.account_locked", grant, security_admin, stranger, **at)


def test_a_grant_is_ended_once_and_with_a_reason(tree, security_admin, unit_liaison):
    held = unit_liaison.all_grants[0]
    refused("accounts.reason_missing", end_grant, actor=security_admin, grant=held, reason="")
    end_grant(actor=security_admin, grant=held, reason="x")
    refused("accounts.grant_ended", end_grant, actor=security_admin, grant=held, reason="x")
