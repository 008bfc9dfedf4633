"""Keys of programs: made once, narrow, dated, revocable; 401 tells how to ask."""

from datetime import timedelta

import pytest
from django.urls import path
from django.utils import timezone
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.test import APIClient
from rest_framework.views import APIView

from foundation.accounts.models import ApiKey, User
from foundation.accounts.services import keys
from foundation.audit.models import Entry
from foundation.common.results import DomainError
from foundation.organizations.models import Organization

from ..support.people import api_client_of, key_client_of, make_key, make_persona, make_user

SEE = "organizations.view_organization"
RESULT = "assessments.view_result"


class Units(APIView):
    """What a key may see."""

    permission_classes = (IsAuthenticated,)

    def get(self, request):
        units = Organization.objects.visible_to(request.user, SEE).order_by("path")
        return Response({"user": request.user.username, "units": [unit.code for unit in units]})


urlpatterns = [path("api/v1/units-of-key/", Units.as_view())]


@pytest.fixture
def _here(settings):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "cadremgmt" not in name]


def call(client):
    return client.get("/api/v1/units-of-key/")


def with_header(text):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=text)
    return client


@pytest.mark.usefixtures("_here")
class TestCalls:
    def test_a_key_speaks_for_its_user_within_the_users_scope(self, unit_liaison):
        answer = call(key_client_of(unit_liaison, SEE))
        assert answer.json() == {"user": unit_liaison.username, "units": ["A-FIN", "A-FIN-1"]}

    def test_a_key_opens_no_more_than_its_permissions(self, unit_liaison):
        assert call(key_client_of(unit_liaison, RESULT)).json()["units"] == []

    def test_a_key_opens_no_more_than_its_user_may_today(self, tree, stranger):
        assert call(key_client_of(stranger, SEE)).json()["units"] == []

    def test_without_a_key_the_answer_says_how_to_ask(self, db):
        answer = call(APIClient())
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == 'Key realm="api"'

    def test_a_session_works_beside_keys(self, unit_liaison):
        assert call(api_client_of(unit_liaison)).json()["units"] == ["A-FIN", "A-FIN-1"]

    def test_another_scheme_is_left_to_others(self, db):
        assert call(with_header("Bearer abc")).status_code == 401

    @pytest.mark.parametrize(
        "text", ["Key", "Key ", "Key abc", "Key .", "Key a.b", "Key \xff.\xfe", "Key " + "x" * 5000]
    )
    def test_malformed_keys_are_refused(self, db, text):
        assert call(with_header(text)).status_code == 401

    def test_a_wrong_secret_is_refused(self, unit_liaison):
        text = make_key(unit_liaison, SEE)[1]
        assert call(with_header(f"Key {text}x")).status_code == 401
        assert call(with_header(f"Key {text[:-1]}")).status_code == 401

    def test_expired_revoked_and_locked_are_refused(self, unit_liaison):
        expired = make_key(unit_liaison, SEE, expires_in=timedelta(seconds=-1))[1]
        revoked = make_key(unit_liaison, SEE, revoked_at=timezone.now())[1]
        good = make_key(unit_liaison, SEE)[1]
        assert call(with_header(f"Key {expired}")).status_code == 401
        assert call(with_header(f"Key {revoked}")).status_code == 401
        assert call(with_header(f"Key {good}")).status_code == 200
        User.objects.filter(pk=unit_liaison.pk).update(is_active=False)
        assert call(with_header(f"Key {good}")).status_code == 401

    def test_use_is_noted_at_most_every_ten_minutes(self, unit_liaison, django_assert_num_queries):
        client = key_client_of(unit_liaison, SEE)
        with django_assert_num_queries(4):  # key with user, note, grants, units
            call(client)
        first = ApiKey.objects.get().last_used_at
        with django_assert_num_queries(3):
            call(client)
        assert ApiKey.objects.get().last_used_at == first
        ApiKey.objects.update(last_used_at=timezone.now() - timedelta(minutes=11))
        call(client)
        assert timezone.now() - ApiKey.objects.get().last_used_at < timedelta(minutes=1)

    def test_noting_the_use_makes_no_history(self, unit_liaison):
        call(key_client_of(unit_liaison, SEE))
        assert [event.pgh_label for event in ApiKey.objects.get().row_events.all()] == ["insert"]


# --- services -----------------------------------------------------------------------------------------------------
def make(actor, user, scopes=(SEE,), days=30, **fields):
    expires = timezone.now() + timedelta(days=days)
    return keys.create_api_key(actor=actor, user=user, name="Statistics", scopes=scopes, expires_at=expires, **fields)


def test_a_key_is_made_of_256_random_bits_and_kept_as_a_digest(system_admin, unit_liaison):
    made = make(system_admin, unit_liaison)
    prefix, _dot, secret = made.text.partition(".")
    assert len(secret) == 43, "32 bytes in base64"
    assert made.key.digest == keys.digest_of(secret)
    assert secret not in str(ApiKey.objects.values().get())
    assert keys.find_usable(made.text) == made.key
    entry = Entry.objects.get(action="accounts.key.created")
    assert (entry.target_no, entry.data["scopes"]) == (prefix, [SEE])
    assert secret not in str(entry.data)


@pytest.mark.parametrize(
    ("scopes", "days", "code"),
    [
        ((), 30, "accounts.key_scopes"),
        (("assessments.publish_run",), 30, "accounts.key_scopes"),
        ((SEE, "no.such"), 30, "accounts.key_scopes"),
        ((SEE,), 367, "accounts.key_life"),
        ((SEE,), -1, "accounts.key_life"),
    ],
)
def test_a_key_is_narrow_and_dated(system_admin, unit_liaison, scopes, days, code):
    with pytest.raises(DomainError) as caught:
        make(system_admin, unit_liaison, scopes, days)
    assert caught.value.code == code
    assert not ApiKey.objects.exists()


def test_no_key_administers_accounts_or_grants(system_admin, security_admin):
    with pytest.raises(DomainError, match="accounts.key_scopes"):
        make(system_admin, security_admin, ("accounts.manage_grants",))


@pytest.mark.parametrize("persona", ["security_admin", "assessment_office", "stranger"])
def test_only_the_system_administrator_makes_keys(request, unit_liaison, persona):
    with pytest.raises(DomainError, match="accounts.out_of_reach"):
        make(request.getfixturevalue(persona), unit_liaison)


def test_a_locked_account_gets_no_key(system_admin, tree):
    with pytest.raises(DomainError, match="accounts.account_locked"):
        make(system_admin, make_user("locked", is_active=False))


def test_a_revoked_key_is_dead_and_the_act_is_written_down_once(system_admin, unit_liaison):
    made = make(system_admin, unit_liaison)
    keys.revoke_api_key(actor=system_admin, key=made.key, reason="Leaked")
    keys.revoke_api_key(actor=system_admin, key=made.key)
    assert keys.find_usable(made.text) is None
    assert ApiKey.objects.get().revoked_by == str(system_admin)
    assert Entry.objects.filter(action="accounts.key.revoked").count() == 1


def test_the_owner_may_revoke_the_own_key_and_others_may_not(system_admin, unit_liaison, assessment_office):
    made = make(system_admin, unit_liaison)
    with pytest.raises(DomainError, match="accounts.out_of_reach"):
        keys.revoke_api_key(actor=assessment_office, key=made.key)
    assert keys.revoke_api_key(actor=unit_liaison, key=made.key).revoked_at


def test_administrators_reach_keys_of_their_area_alone(tree, unit_liaison, other_county_office):
    local = make_persona("system_admin", tree.county_a, username="local")
    make(local, unit_liaison)
    with pytest.raises(DomainError, match="accounts.out_of_reach"):
        make(local, other_county_office)
