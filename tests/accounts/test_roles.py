"""Roles in code, their groups, and the check of their permissions."""

import logging

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.utils.translation import override

from foundation.accounts import checks, groups, roles
from foundation.accounts.choices import Duty
from foundation.accounts.permissions import declared_permissions
from foundation.accounts.roles import Role, all_roles, role

ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")


@pytest.fixture
def misspelt(monkeypatch):
    """One more role, with a permission that no model declares."""
    wrong = Role("wrong", "错", "Wrong", frozenset({"organizations.veiw_organization"}))
    monkeypatch.setattr(groups, "all_roles", lambda: (wrong,))
    monkeypatch.setattr(checks, "all_permissions", lambda: wrong.permissions)


def test_every_permission_of_a_role_is_declared_by_a_model():
    assert checks.roles_name_declared_permissions(None) == []


def test_a_misspelt_permission_is_an_error_of_the_system_check(misspelt):
    (error,) = checks.roles_name_declared_permissions(None)
    assert error.id == "accounts.E001"
    assert "veiw_organization" in error.msg


@pytest.mark.django_db
def test_groups_equal_the_roles_after_migration():
    assert groups.synchronise() == []
    for each in all_roles():
        held = Group.objects.get(name=each.code).permissions.select_related("content_type")
        assert {f"{perm.content_type.app_label}.{perm.codename}" for perm in held} == each.permissions


@pytest.mark.django_db
def test_a_group_edited_by_hand_is_put_right():
    group = Group.objects.get(name="unit_liaison")
    group.permissions.clear()
    groups.synchronise()
    assert group.permissions.count() == len(role("unit_liaison").permissions)


@pytest.mark.django_db
def test_a_missing_permission_is_logged_after_the_last_app_only(misspelt, caplog):
    configs = [config for config in apps.get_app_configs() if config.models_module is not None]
    with caplog.at_level(logging.ERROR, "foundation.accounts.groups"):
        groups.synchronise_after_migrate(configs[0])
        assert caplog.records == []
        groups.synchronise_after_migrate(configs[-1])
    assert "veiw_organization" in caplog.text


@pytest.mark.parametrize("one", ADMINISTRATORS)
def test_an_administrator_excludes_every_other_duty(one):
    for other in all_roles():
        assert role(one).excludes(other) is (other.code != one)
        assert other.excludes(role(one)) is (other.code != one)


def test_business_roles_may_be_combined():
    business = [each for each in all_roles() if each.duty == Duty.BUSINESS]
    assert not any(one.excludes(other) for one in business for other in business)


BUSINESS_ROOMS = {
    "organizations",
    "officials",
    "assessments",
    "tolerance",
    "supervision",
    "regulations",
    "exchange",
    "casework",
}


@pytest.mark.parametrize("one", ADMINISTRATORS)
def test_no_administrator_sees_business_data(one):
    assert not {perm.partition(".")[0] for perm in role(one).permissions} & BUSINESS_ROOMS


def test_accounts_and_grants_are_in_different_hands():
    for each in all_roles():
        assert not {"accounts.manage_accounts", "accounts.manage_grants"} <= each.permissions


def test_auditors_change_nothing():
    for code in ("auditor", "audit_admin"):
        # the alert centre is read there; what changes an alert asks for the permission of its owner
        held = role(code).permissions - {"casework.open_alert_centre"}
        verbs = {perm.partition(".")[2].partition("_")[0] for perm in held}
        assert verbs <= {"view", "verify"}


def test_auditors_may_read_every_model_of_the_admin():
    shown = {f"{model._meta.app_label}.view_{model._meta.model_name}" for model in admin.site._registry}
    assert shown <= role("auditor").permissions
    reached = {perm for perm in shown if perm.partition(".")[0] in ("audit", "accounts")}
    assert reached <= role("audit_admin").permissions


def test_roles_bear_their_name_in_the_language_of_the_reader():
    with override("zh-hans"):
        assert str(role("assessment_office")) == "考核办"
    with override("en"):
        assert str(role("assessment_office")) == "Assessment office"


def test_permissions_have_names_for_people():
    labels = declared_permissions()
    assert all(str(labels[perm]) for perm in roles.all_permissions())


def test_demo_accounts_are_an_error_of_the_deployment_check(settings):
    assert checks.no_demo_accounts(None) == []
    settings.DEMO_ACCOUNTS = True
    assert [error.id for error in checks.no_demo_accounts(None)] == ["accounts.E002"]
