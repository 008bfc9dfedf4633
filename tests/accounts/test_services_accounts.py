"""Accounts and passwords: opened, locked, unlocked, reset; never by oneself, never without a trace."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from foundation.accounts.models import ApiKey, PastPassword, User
from foundation.accounts.services import accounts, founding, passwords
from foundation.accounts.validators import REMEMBERED, character_classes
from foundation.audit.models import Entry
from foundation.common.results import DomainError

from ..support.people import PASSWORD, give, make_key, make_persona, make_user


def open_account(actor, username="li.ming", display_name="李明", **fields):
    return accounts.create_account(actor=actor, username=username, display_name=display_name, **fields)


def refused(code, call, **fields):
    before = Entry.objects.count()
    with pytest.raises(DomainError) as caught:
        call(**fields)
    assert caught.value.code == code
    assert Entry.objects.count() == before
    return caught.value


def test_a_new_account_has_a_temporary_password_and_no_rights(tree, system_admin):
    made = open_account(system_admin, organization=tree.finance)
    user = User.objects.get(username="li.ming")
    assert user.check_password(made.password)
    assert user.must_change_password
    assert user.get_all_permissions() == set()
    entry = Entry.objects.get(action="accounts.account.created")
    assert (entry.target_no, entry.org_path) == ("li.ming", tree.finance.path)
    assert made.password not in str(entry.data)


def test_the_password_hash_never_stands_in_history(tree, system_admin):
    user = open_account(system_admin).user
    fields = {field.name for field in user.row_events.model._meta.get_fields()}
    assert not {"password", "last_login"} & fields


def test_temporary_passwords_meet_every_rule_and_differ(tree):
    made = {passwords.temporary_password() for _number in range(50)}
    assert len(made) == 50
    for password in made:
        passwords.validate_password(password, User(username="x", display_name="y"))


def test_user_names_are_one_whatever_their_case(tree, system_admin):
    open_account(system_admin, " Li.Ming ")
    refused("accounts.username_taken", open_account, actor=system_admin, username="LI.MING")
    assert User.objects.get_by_natural_key("LI.ming").username == "li.ming"


@pytest.mark.parametrize("username", ["李明", "a", "with space", "-dash", "a/b", ""])
def test_unfit_user_names_are_refused_with_the_reason(tree, system_admin, username):
    error = refused("accounts.account_unfit", open_account, actor=system_admin, username=username)
    assert error.status == 400
    assert error.reasons[0].code == "accounts.field.username"


def test_the_database_itself_refuses_unfit_user_names(db):
    with pytest.raises(IntegrityError, match="account_user_name_is_plain"), transaction.atomic():
        make_user("Capital")


@pytest.mark.parametrize("persona", ["security_admin", "audit_admin", "assessment_office", "stranger"])
def test_only_the_system_administrator_opens_accounts(tree, request, persona):
    actor = request.getfixturevalue(persona)
    assert refused("accounts.out_of_reach", open_account, actor=actor, organization=tree.finance).status == 403


def test_an_administrator_of_a_county_opens_accounts_inside_it_alone(tree):
    local = make_persona("system_admin", tree.county_a, username="local")
    open_account(local, organization=tree.finance)
    refused("accounts.out_of_reach", open_account, actor=local, username="b", organization=tree.other_department)
    refused("accounts.out_of_reach", open_account, actor=local, username="c")


def test_a_locked_account_loses_its_keys(tree, system_admin, unit_liaison):
    make_key(unit_liaison, "assessments.view_result")
    accounts.deactivate(actor=system_admin, user=unit_liaison, reason="Left")
    assert not User.objects.get(pk=unit_liaison.pk).is_active
    assert not ApiKey.objects.system().usable().exists()
    entry = Entry.objects.get(action="accounts.account.locked")
    assert (entry.reason, entry.data) == ("Left", {"keys_revoked": 1})
    refused("accounts.already_locked", accounts.deactivate, actor=system_admin, user=unit_liaison, reason="x")


def test_unlocking_forgets_failed_attempts(tree, system_admin, unit_liaison):
    accounts.deactivate(actor=system_admin, user=unit_liaison, reason="x")
    AccessAttempt.objects.create(username=unit_liaison.username, ip_address="10.0.0.1", failures_since_start=5)
    accounts.unlock(actor=system_admin, user=unit_liaison, reason="Came back")
    assert User.objects.get(pk=unit_liaison.pk).is_active
    assert not AccessAttempt.objects.exists()
    entry = Entry.objects.get(action="accounts.account.unlocked")
    assert entry.data == {"was_active": False, "attempts_forgotten": 1}


def test_a_reset_password_is_temporary_and_the_old_one_is_dead(tree, system_admin, unit_liaison):
    made = accounts.reset_password(actor=system_admin, user=unit_liaison, reason="Forgotten")
    user = User.objects.get(pk=unit_liaison.pk)
    assert user.check_password(made.password)
    assert not user.check_password(PASSWORD)
    assert user.must_change_password
    assert Entry.objects.get(action="accounts.password.reset").reason == "Forgotten"


@pytest.mark.parametrize("act", [accounts.deactivate, accounts.unlock, accounts.reset_password])
def test_nobody_administers_the_own_account(tree, system_admin, act):
    refused("accounts.own_account", act, actor=system_admin, user=system_admin, reason="x")


@pytest.mark.parametrize("act", [accounts.deactivate, accounts.unlock, accounts.reset_password])
def test_accounts_outside_the_area_are_out_of_reach(tree, act):
    local = make_persona("system_admin", tree.county_a, username="local")
    foreign = make_user("foreign", home=tree.other_department)
    refused("accounts.out_of_reach", act, actor=local, user=foreign, reason="x")


@pytest.mark.parametrize("persona", ["security_admin", "audit_admin"])
def test_the_last_administrator_of_a_duty_cannot_be_locked(tree, request, system_admin, persona):
    last = request.getfixturevalue(persona)
    refused("accounts.last_administrator", accounts.deactivate, actor=system_admin, user=last, reason="x")
    give(make_user("successor"), persona)
    accounts.deactivate(actor=system_admin, user=last, reason="x")


# --- the own password -------------------------------------------------------------------------------------------------
def change(user, password):
    return passwords.change_own_password(user=user, password=password)


def test_a_changed_password_is_no_longer_due(tree, stranger):
    User.objects.filter(pk=stranger.pk).update(must_change_password=True)
    user = change(stranger, "Another-Horse-8")
    assert not passwords.is_due(user)
    assert user.check_password("Another-Horse-8")
    assert Entry.objects.get(action="accounts.password.changed").actor_id == stranger.pk


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("Short-7x", "too short"),
        ("alllowercaseletters", "one class"),
        ("lowercase-letters", "two classes"),
        ("1357924680135", "digits alone"),
        ("Stranger-2025", "like the user name"),
        ("Password123", "common or two classes"),
        (PASSWORD, "the present one"),
    ],
)
def test_weak_passwords_are_refused(tree, stranger, password, why):
    with pytest.raises(ValidationError):
        change(stranger, password)
    assert User.objects.get(pk=stranger.pk).check_password(PASSWORD)


@pytest.mark.parametrize(
    ("password", "number"), [("aaa", 1), ("aaA", 2), ("aA1", 3), ("aA1-", 4), ("密码a", 2), ("", 0), ("A1密-", 3)]
)
def test_classes_of_characters_are_counted(password, number):
    assert character_classes(password) == number


def test_the_last_five_passwords_do_not_come_back(tree, stranger):
    for number in range(REMEMBERED):
        change(stranger, f"New-Horse-{number}-x")
    stranger.refresh_from_db()
    with pytest.raises(ValidationError):
        change(stranger, "New-Horse-0-x")
    with pytest.raises(ValidationError):
        change(stranger, PASSWORD)
    change(stranger, "New-Horse-5-x")
    change(stranger, PASSWORD)
    assert PastPassword.objects.filter(user=stranger).count() == REMEMBERED


def test_a_password_is_due_when_it_is_old(tree, stranger, settings):
    settings.PASSWORD_MAX_AGE_DAYS = 90
    now = timezone.now()
    stranger.password_set_at = now - timedelta(days=90)
    assert not passwords.is_due(stranger, now)
    stranger.password_set_at = now - timedelta(days=90, seconds=1)
    assert passwords.is_due(stranger, now)


def test_passwords_are_hashed_with_argon2(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert make_password("x").startswith("argon2$argon2id$")


# --- the first administrators -----------------------------------------------------------------------------------------
NAMES = ("--system-admin", "sys.li:李", "--security-admin", "sec.wang:王", "--audit-admin", "aud.zhao:赵")


@pytest.mark.django_db
def test_the_command_founds_the_three_administrators(capsys):
    call_command("create_administrators", *NAMES)
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [line[0] for line in lines] == founding.administrator_roles()
    for code, username, password in lines:
        user = User.objects.get(username=username)
        assert user.check_password(password)
        assert user.role_codes == (code,)
        assert user.scope_for(sorted(user.get_all_permissions())[0]).everything
    assert Entry.objects.filter(action="accounts.grant.given", actor_name="installation").count() == 3


@pytest.mark.django_db
def test_the_command_refuses_a_duty_that_is_held():
    call_command("create_administrators", *NAMES)
    with pytest.raises(CommandError, match="."):
        call_command("create_administrators", "--system-admin", "another:另")
    assert not User.objects.filter(username="another").exists()


@pytest.mark.django_db
def test_the_command_replaces_a_lost_administrator():
    call_command("create_administrators", *NAMES)
    User.objects.filter(username="sys.li").update(is_active=False)
    call_command("create_administrators", "--system-admin", "sys.chen:陈")
    assert User.objects.get(username="sys.chen").role_codes == ("system_admin",)


@pytest.mark.django_db
def test_the_command_needs_a_name():
    with pytest.raises(CommandError, match="--system-admin"):
        call_command("create_administrators")


def test_there_is_no_superuser(db):
    with pytest.raises(NotImplementedError):
        User.objects.create_superuser(username="root", password="x")
    assert not User(username="x").is_superuser
    with connection.cursor() as cursor:
        cursor.execute("select column_name from information_schema.columns where table_name = 'accounts_user'")
        assert not {"is_superuser", "is_staff"} & {row[0] for row in cursor.fetchall()}
