"""The pages of the system and the security administrator: each in its own hands, each within its area."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.models import ApiKey, RoleGrant, User
from foundation.accounts.roles import ROLES
from foundation.audit.models import Entry

from ..support.people import PERSONAS, client_of, give, make_key, make_persona, make_user
from ..support.scoped import ScopedList, ScopedPage

MANAGE_ACCOUNTS, MANAGE_GRANTS = "accounts.manage_accounts", "accounts.manage_grants"
REASON = {"reason": "Document 7"}


def account_page(name, username, *more):
    return reverse(f"accounts:{name}", args=[username, *more])


class _TwoAccounts:
    permission = MANAGE_ACCOUNTS

    def prepare(self, tree):
        self.inside = make_user("inside", home=tree.finance)
        self.outside = make_user("outside", home=tree.other_department)


class _Accounts(_TwoAccounts, ScopedPage):
    page = "account-detail"

    def own(self, tree):
        return account_page(self.page, "inside")

    def foreign(self, tree):
        return account_page(self.page, "outside")


class TestAccountList(_TwoAccounts, ScopedList):
    def own(self, tree):
        return reverse("accounts:account-list")

    def test_accounts_of_other_areas_are_neither_listed_nor_counted(self, holder):
        answer = client_of(holder).get("/accounts/?q=side")
        assert [account.username for account in answer.context["page"].object_list] == ["inside"]
        assert answer.context["page"].paginator.count == 1

    def test_the_list_costs_the_same_for_any_number_of_rows(self, tree, holder, django_assert_max_num_queries):
        for number in range(30):
            give(make_user(f"u{number}", home=tree.finance), "unit_liaison", tree.finance)
        client = client_of(holder)
        with django_assert_max_num_queries(8):
            client.get("/accounts/")


class TestAccountDetail(_Accounts):
    pass


class TestKeyForm(_Accounts):
    page = "key-create"


class _Act(_Accounts):
    method = "post"
    payload = REASON
    ok = (200, 302)


class TestLock(_Act):
    page = "account-lock"


class TestUnlock(_Act):
    page = "account-unlock"


class TestReset(_Act):
    page = "account-reset-password"


class TestAccountCreate(ScopedList):
    permission = MANAGE_ACCOUNTS

    def own(self, tree):
        return reverse("accounts:account-create")


class TestKeyRevoke(_Act):
    def prepare(self, tree):
        super().prepare(tree)
        self.keys = {user: make_key(user, "x")[0].prefix for user in (self.inside, self.outside)}

    def own(self, tree):
        return reverse("accounts:key-revoke", args=[self.keys[self.inside]])

    def foreign(self, tree):
        return reverse("accounts:key-revoke", args=[self.keys[self.outside]])


class TestGrantList(_TwoAccounts, ScopedList):
    permission = MANAGE_GRANTS

    def own(self, tree):
        return reverse("accounts:grant-list")

    def test_accounts_of_other_areas_are_neither_listed_nor_counted(self, holder):
        answer = client_of(holder).get("/grants/?q=side")
        assert [account.username for account in answer.context["page"].object_list] == ["inside"]

    def test_the_list_costs_the_same_for_any_number_of_rows(self, tree, holder, django_assert_max_num_queries):
        for number in range(30):
            give(make_user(f"u{number}", home=tree.finance), "unit_liaison", tree.finance)
        client = client_of(holder)
        with django_assert_max_num_queries(8):
            client.get("/grants/")

    def test_the_list_can_be_narrowed_to_a_role(self, holder, unit_liaison):
        answer = client_of(holder).get("/grants/?role=unit_liaison")
        assert list(answer.context["page"].object_list) == [unit_liaison]


class TestGrantUser(_Accounts):
    permission = MANAGE_GRANTS
    page = "grant-user"


class TestGrantEnd(_Act):
    permission = MANAGE_GRANTS

    def prepare(self, tree):
        super().prepare(tree)
        self.grants = {
            "own": give(self.inside, "unit_liaison", tree.finance).pk,
            "foreign": give(self.outside, "unit_liaison", tree.other_department).pk,
        }

    def own(self, tree):
        return reverse("accounts:grant-end", args=[self.grants["own"]])

    def foreign(self, tree):
        return reverse("accounts:grant-end", args=[self.grants["foreign"]])


# --- who opens which console --------------------------------------------------------------------------------------
def test_every_console_belongs_to_one_persona_alone(personas):
    for name in PERSONAS:
        client = client_of(personas[name])
        assert client.get("/accounts/").status_code == (200 if name == "system_admin" else 403), name
        assert client.get("/grants/").status_code == (200 if name == "security_admin" else 403), name
        assert client.get("/me/").status_code == 200, name
        admin = client.get("/admin/", follow=False)
        assert (admin.status_code == 200) is (name in ("auditor", "audit_admin")), name


# --- acting -------------------------------------------------------------------------------------------------------
@pytest.fixture
def system(system_admin):
    """The system administrator's browser."""
    return client_of(system_admin)


@pytest.fixture
def security(security_admin):
    """The security administrator's browser."""
    return client_of(security_admin)


def test_an_account_is_opened_and_its_password_shown_once(tree, system):
    fields = {"username": "Wang.Fang", "display_name": "王芳", "organization": tree.finance.pk, "language": "zh-hans"}
    answer = system.post("/accounts/new/", fields)
    assert answer.status_code == 201
    assert "no-store" in answer["Cache-Control"]
    password = answer.context["made"].password
    assert password in answer.content.decode()
    assert User.objects.get(username="wang.fang").check_password(password)
    assert password not in system.get(account_page("account-detail", "wang.fang")).content.decode()


def test_a_taken_user_name_is_told_in_the_form_and_what_was_typed_stays(tree, system, unit_liaison):
    fields = {"username": unit_liaison.username, "display_name": "王芳", "language": "zh-hans"}
    answer = system.post("/accounts/new/", fields)
    assert answer.status_code == 422
    assert "王芳" in answer.content.decode()


def test_an_administrator_of_a_county_must_choose_a_unit_of_it(tree):
    client = client_of(make_persona("system_admin", tree.county_a, username="local"))
    fields = {"username": "new", "display_name": "x", "language": "zh-hans"}
    assert client.post("/accounts/new/", fields).status_code == 422
    foreign = fields | {"organization": tree.other_department.pk}
    assert client.post("/accounts/new/", foreign).status_code == 422
    assert client.post("/accounts/new/", fields | {"organization": tree.health.pk}).status_code == 201


def test_locking_and_unlocking_from_the_page(system, unit_liaison):
    assert system.post(account_page("account-lock", unit_liaison.username), REASON).status_code == 302
    assert not User.objects.get(pk=unit_liaison.pk).is_active
    assert system.post(account_page("account-unlock", unit_liaison.username), REASON).status_code == 302
    assert User.objects.get(pk=unit_liaison.pk).is_active
    reasons = Entry.objects.filter(action__startswith="accounts.account").values_list("reason", flat=True)
    assert list(reasons) == ["Document 7"] * 2


def test_an_act_without_reason_is_not_done(system, unit_liaison):
    assert system.post(account_page("account-lock", unit_liaison.username), {}).status_code == 422
    assert User.objects.get(pk=unit_liaison.pk).is_active


def test_a_refusal_is_told_on_the_page(system, security_admin):
    answer = system.post(account_page("account-lock", security_admin.username), REASON)
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()


def test_acts_need_a_post(system, unit_liaison):
    for name in ("account-lock", "account-unlock", "account-reset-password"):
        assert system.get(account_page(name, unit_liaison.username)).status_code == 405


def test_a_reset_shows_the_temporary_password_once(system, unit_liaison):
    answer = system.post(account_page("account-reset-password", unit_liaison.username), REASON)
    assert answer.status_code == 200
    assert User.objects.get(pk=unit_liaison.pk).check_password(answer.context["made"].password)


def test_a_key_is_made_shown_once_and_revoked(system, unit_liaison):
    expires = (timezone.localdate() + timedelta(days=30)).isoformat()
    fields = {"name": "Statistics", "scopes": ["assessments.view_result"], "expires_on": expires}
    answer = system.post(account_page("key-create", unit_liaison.username), fields)
    assert answer.status_code == 201
    text = answer.context["made"].text
    assert text in answer.content.decode()
    page = system.get(account_page("account-detail", unit_liaison.username)).content.decode()
    assert text.partition(".")[2] not in page
    key = ApiKey.objects.get()
    assert key.prefix in page
    assert system.post(reverse("accounts:key-revoke", args=[key.prefix])).status_code == 302
    assert not ApiKey.objects.get().is_usable()


def test_a_key_beyond_a_year_or_beyond_the_user_is_told_in_the_form(system, unit_liaison):
    fields = {"name": "x", "scopes": ["assessments.view_result"], "expires_on": "2099-01-01"}
    assert system.post(account_page("key-create", unit_liaison.username), fields).status_code == 422
    beyond = fields | {"scopes": ["assessments.publish_run"]}
    assert system.post(account_page("key-create", unit_liaison.username), beyond).status_code == 422


def grant_fields(tree, **fields):
    return {
        "role": "unit_liaison",
        "organization": tree.health.pk,
        "include_subtree": "on",
        "valid_from": timezone.localdate().isoformat(),
        "reason": "Document 7",
    } | fields


def test_a_role_is_granted_from_the_page_and_ended_again(tree, security, stranger):
    page = reverse("accounts:grant-user", args=["stranger"])
    assert security.post(page, grant_fields(tree)).status_code == 302
    grant = RoleGrant.objects.get(user=stranger)
    assert (grant.role.code, grant.organization) == ("unit_liaison", tree.health)
    assert "Document 7" in security.get(page).content.decode()
    assert security.post(reverse("accounts:grant-end", args=[grant.pk]), {}).status_code == 422
    assert security.post(reverse("accounts:grant-end", args=[grant.pk]), REASON).status_code == 302
    assert not User.objects.get(pk=stranger.pk).has_perm("assessments.edit_score")


def test_an_excluded_duty_is_told_with_the_role_that_is_held(tree, security, unit_liaison):
    fields = grant_fields(tree, role="system_admin", organization="")
    answer = security.post(reverse("accounts:grant-user", args=[unit_liaison.username]), fields)
    assert answer.status_code == 422
    told = "".join(map(str, answer.context["form"].non_field_errors()))
    assert ROLES["unit_liaison"].label_zh in told or ROLES["unit_liaison"].label_en in told


def test_the_own_grants_offer_no_button(security, security_admin):
    page = security.get(reverse("accounts:grant-user", args=[security_admin.username]))
    assert b"/end/" not in page.content
    assert page.context["is_own"]


def test_units_outside_the_area_are_not_offered(tree):
    local = make_persona("security_admin", tree.county_a, username="local")
    make_user("inside", home=tree.finance)
    form = client_of(local).get(reverse("accounts:grant-user", args=["inside"])).context["form"]
    assert set(form.fields["organization"].queryset) == {
        tree.county_a,
        tree.finance,
        tree.finance_section,
        tree.health,
    }


def test_page_sizes_come_from_the_address(system, stranger):
    for asked, size in (("20", 20), ("100", 100), ("7", 50), ("x", 50), ("", 50)):
        assert system.get(f"/accounts/?size={asked}").context["page"].paginator.per_page == size


# --- the admin ----------------------------------------------------------------------------------------------------
ADMIN_PAGES = ("accounts_user", "accounts_rolegrant", "accounts_apikey")


@pytest.mark.parametrize("persona", ["auditor", "audit_admin"])
@pytest.mark.parametrize("name", ADMIN_PAGES)
def test_auditors_read_and_nobody_writes(request, unit_liaison, persona, name):
    key = make_key(unit_liaison, "x")[0]
    row = {"accounts_user": unit_liaison, "accounts_rolegrant": unit_liaison.all_grants[0], "accounts_apikey": key}[
        name
    ]
    client = client_of(request.getfixturevalue(persona))
    assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200
    page = client.get(reverse(f"admin:{name}_change", args=[row.pk]))
    assert page.status_code == 200
    assert unit_liaison.password not in page.content.decode()
    assert key.digest not in page.content.decode()
    assert client.post(reverse(f"admin:{name}_change", args=[row.pk]), {}).status_code == 403
    assert client.get(reverse(f"admin:{name}_add")).status_code == 403
    assert client.post(reverse(f"admin:{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403


def test_groups_are_not_edited_in_the_admin(auditor):
    assert client_of(auditor).get("/admin/auth/group/").status_code == 404


def test_the_admins_own_password_form_leads_to_the_sites(auditor):
    assert client_of(auditor).get("/admin/password_change/").url == "/password/"
