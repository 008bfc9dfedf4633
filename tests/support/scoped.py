"""Generated tests of permission and place: subclass, name the addresses, get the refusals for free.

    class TestUnitPage(ScopedPage):
        permission = "organizations.view_organization"

        def own(self, tree):   # inside the holder's scope, county A
            return reverse("organizations:unit", args=[tree.finance.code])

        def foreign(self, tree):   # outside of it, county B
            return reverse("organizations:unit", args=[tree.other_department.code])

Lists have no foreign row of their own: `ScopedList` and `ScopedApiList` need `own` alone.

A page answers anonymous visitors with the sign-in page, users without the permission with 403, and what lies outside
the scope with 404, exactly as what does not exist. The API answers 401, 403 and 404.
"""

import pytest
from django.shortcuts import resolve_url
from rest_framework.test import APIClient

from foundation.accounts.choices import Duty
from foundation.accounts.roles import all_roles

from .people import api_client_of, client_of, key_client_of, make_persona


def role_with(permission: str) -> str:
    """A business role that holds the permission, an administrator's when no business role does."""
    holders = [role for role in all_roles() if permission in role.permissions]
    assert holders, f"no role holds {permission}"
    return min(holders, key=lambda role: role.duty != Duty.BUSINESS).code


class _Scoped:
    permission = ""
    method = "get"
    payload: dict = {}  # noqa: RUF012 - replaced, never changed
    ok = (200,)

    def own(self, tree):
        """Address of something inside the holder's scope (county A)."""
        raise NotImplementedError

    def foreign(self, tree):
        """Address of something outside of it (county B); None for lists."""
        return

    def prepare(self, tree):
        """Make the rows that the addresses need."""

    @pytest.fixture(autouse=True)
    def _prepared(self, tree):
        self.tree = tree
        self.prepare(tree)

    @pytest.fixture
    def holder(self, tree):
        """A user who holds the permission in county A."""
        return make_persona(role_with(self.permission), tree.county_a, username="holder")

    def call(self, client, address):
        """Send the request under test."""
        return getattr(client, self.method)(address, self.payload)


class ScopedList(_Scoped):
    """Tests of a page that shows many rows; which ones, the page's own tests say."""

    def test_anonymous_visitor_is_sent_to_sign_in(self, client):
        answer = self.call(client, self.own(self.tree))
        assert answer.status_code == 302
        assert answer.url.startswith(resolve_url("accounts:sign-in"))

    def test_user_without_the_permission_is_refused(self, stranger):
        assert self.call(client_of(stranger), self.own(self.tree)).status_code == 403

    def test_own_rows_are_shown(self, holder):
        assert self.call(client_of(holder), self.own(self.tree)).status_code in self.ok


class ScopedPage(ScopedList):
    """Tests of a page about one row."""

    def test_what_lies_outside_the_scope_does_not_exist(self, holder):
        assert self.call(client_of(holder), self.foreign(self.tree)).status_code == 404


class ScopedApiList(_Scoped):
    """Tests of a list of the API, with a session and with a key."""

    def test_anonymous_caller_is_asked_for_a_key(self):
        answer = self.call(APIClient(), self.own(self.tree))
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Key")

    def test_user_without_the_permission_is_refused(self, stranger):
        assert self.call(api_client_of(stranger), self.own(self.tree)).status_code == 403

    def test_key_without_the_permission_is_refused(self, holder):
        others = holder.get_all_permissions() - {self.permission} or {"accounts.view_user"}
        assert self.call(key_client_of(holder, *others), self.own(self.tree)).status_code == 403

    def test_own_rows_are_given(self, holder):
        assert self.call(key_client_of(holder), self.own(self.tree)).status_code in self.ok


class ScopedApi(ScopedApiList):
    """Tests of an address of the API about one row."""

    def test_what_lies_outside_the_scope_does_not_exist(self, holder):
        assert self.call(key_client_of(holder), self.foreign(self.tree)).status_code == 404
