"""Sign-in, lock-out, sign-out, idle time-out, language: what a person sees and what the audit trail keeps."""

import time
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.addresses import client_address
from foundation.accounts.models import User
from foundation.accounts.services import sessions
from foundation.accounts.session_stamp import SEEN_AT, SIGNED_IN_AT
from foundation.audit.models import Entry

from ..support.people import PASSWORD, client_of, give, make_user

SIGN_IN = "/sign-in/"
LIMIT = 5


@pytest.fixture
def li(tree):
    """A user with a known password."""
    return make_user("li.ming", home=tree.finance)


def sign_in(client, username="li.ming", password=PASSWORD, **more):
    return client.post(SIGN_IN, {"username": username, "password": password} | more)


def fail(client, times, username="li.ming", **more):
    return [client.post(SIGN_IN, {"username": username, "password": "wrong"}, **more) for _number in range(times)]


def actions():
    return list(Entry.objects.order_by("pk").values_list("action", flat=True))


def test_the_sign_in_page_is_open_and_warns_of_state_secrets(client, db):
    answer = client.get(SIGN_IN)
    assert answer.status_code == 200
    assert b"autocomplete" in answer.content
    assert "state secrets" in answer.content.decode() or "国家秘密" in answer.content.decode()
    assert answer.context["demo_accounts"] == []
    assert "no-store" in answer["Cache-Control"]


def test_right_credentials_open_a_session_under_a_new_key(client, li):
    client.get(SIGN_IN)
    session = client.session
    session["before"] = "x"
    session.save()
    old_key = session.session_key
    answer = sign_in(client)
    assert (answer.status_code, answer.url) == (302, reverse("home"))
    assert client.session.session_key != old_key
    assert not Session.objects.filter(session_key=old_key).exists()
    assert client.session["_auth_user_id"] == str(li.pk)


def test_a_sign_in_is_written_down_with_user_and_address(client, li):
    sign_in(client)
    entry = Entry.objects.get(action="accounts.session.opened")
    assert (entry.actor_id, entry.target_no, entry.org_path) == (li.pk, "li.ming", li.organization.path)
    assert entry.data == {"from": "127.0.0.1"}
    assert entry.request_id


def test_the_name_may_be_typed_in_any_case(client, li):
    assert sign_in(client, " Li.MING ").status_code == 302


def test_the_way_leads_on_to_the_page_asked_for(client, li):
    assert sign_in(client, next="/units/").url == "/units/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_way_never_leads_to_another_site(client, li, target):
    assert sign_in(client, next=target).url == reverse("home")


def test_who_is_signed_in_already_goes_home(li):
    assert client_of(li).get(SIGN_IN).url == reverse("home")


@pytest.mark.parametrize(
    ("username", "password"), [("li.ming", "wrong"), ("nobody", PASSWORD), ("locked", PASSWORD), ("", ""), ("x\0", "y")]
)
def test_every_refusal_looks_alike(client, li, username, password):
    make_user("locked", is_active=False)
    answer = sign_in(client, username, password)
    assert answer.status_code == 422
    assert "_auth_user_id" not in client.session
    assert actions() == ["accounts.session.refused"]


def test_a_refusal_names_a_known_account_but_keeps_nothing_typed_otherwise(client, li):
    fail(client, 1)
    fail(client, 1, username="MyPassword-typed-here")
    known, unknown = Entry.objects.order_by("pk")
    assert (known.target_no, known.actor_name) == ("li.ming", "sign-in")
    assert unknown.target_no == ""
    assert "password" not in str(unknown.data).lower()
    assert len(unknown.data["name_hash"]) == 64


def test_five_failures_lock_the_account_even_for_the_right_password(client, li):
    answers = fail(client, LIMIT)
    assert [answer.status_code for answer in answers] == [422] * (LIMIT - 1) + [429]
    locked = sign_in(client)
    assert locked.status_code == 429
    assert "_auth_user_id" not in client.session
    assert sign_in(Client(REMOTE_ADDR="10.1.1.1")).status_code == 429, "from another address too"


def test_the_lock_says_how_long_to_wait(client, li):
    page = fail(client, LIMIT)[-1]
    seconds = int(page["Retry-After"])
    assert 29 * 60 < seconds <= 30 * 60
    assert "30" in page.context["locked_text"]
    body = fail(client, 1, HTTP_ACCEPT="application/json")[0]
    assert body.status_code == 429
    assert body.json()["code"] == "accounts.locked_out"
    assert abs(body.json()["retry_after"] - seconds) < 5


def test_the_lock_out_is_written_down_once(client, li):
    fail(client, LIMIT + 2)
    assert actions().count("accounts.session.locked_out") == 1
    assert actions().count("accounts.session.refused") == LIMIT + 2
    entry = Entry.objects.get(action="accounts.session.locked_out")
    assert (entry.target_no, entry.data["minutes"]) == ("li.ming", 30)


def test_trying_on_does_not_lengthen_the_lock(client, li):
    fail(client, LIMIT)
    before = AccessAttempt.objects.get().attempt_time
    fail(client, 3)
    assert AccessAttempt.objects.get().attempt_time == before


def test_the_lock_ends_after_half_an_hour(client, li):
    fail(client, LIMIT)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=30, seconds=1))
    assert sign_in(client).status_code == 302


def test_an_unknown_name_is_locked_like_a_known_one(client, db):
    assert fail(client, LIMIT, username="nobody")[-1].status_code == 429


def test_success_forgets_the_failures(client, li):
    fail(client, LIMIT - 1)
    sign_in(client)
    assert not AccessAttempt.objects.exists()
    assert fail(Client(), LIMIT - 1)[-1].status_code == 422


@pytest.mark.parametrize(
    ("attempts", "minutes"),
    [
        ([(1, 4)], 0),
        ([(1, 5)], 29),
        ([(20, 3), (10, 1), (5, 1)], 10),  # the oldest three must be half an hour old
        ([(20, 3), (10, 5)], 20),
        ([(40, 9)], 0),
    ],
)
def test_waiting_time_is_exact_when_attempts_came_from_several_places(db, attempts, minutes):
    now = timezone.now()
    for number, (ago, failures) in enumerate(attempts):
        attempt = AccessAttempt.objects.create(
            username="x", ip_address=f"10.0.0.{number}", failures_since_start=failures
        )
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=now - timedelta(minutes=ago))
    assert sessions.waiting_time(None, "x", now) == timedelta(minutes=minutes)


# --- signing out --------------------------------------------------------------------------------------------------
def test_signing_out_ends_the_session_and_is_written_down(client, li):
    sign_in(client)
    key = client.session.session_key
    answer = client.post("/sign-out/")
    assert (answer.status_code, answer.url) == (302, SIGN_IN)
    assert not Session.objects.filter(session_key=key).exists()
    assert actions()[-1] == "accounts.session.closed"


def test_signing_out_needs_a_post(li):
    assert client_of(li).get("/sign-out/").status_code == 405


def test_signing_out_twice_is_harmless(client, db):
    assert client.post("/sign-out/").status_code == 302
    assert actions() == []


# --- idle and old sessions ----------------------------------------------------------------------------------------
def aged(client, **seconds):
    session = client.session
    for name, ago in seconds.items():
        session[name] = int(time.time()) - ago
    session.save()
    return client


def test_an_idle_session_ends_and_says_so(li, settings):
    client = aged(client_of(li), **{SEEN_AT: settings.SESSION_IDLE_SECONDS + 5})
    answer = client.get("/me/")
    assert (answer.status_code, answer.url) == (302, f"{SIGN_IN}?next=/me/")
    assert "_auth_user_id" not in client.session
    entry = Entry.objects.get(action="accounts.session.expired")
    assert (entry.actor_id, entry.data) == (li.pk, {"cause": "idle"})


def test_a_session_in_use_goes_on(li, settings):
    client = aged(client_of(li), **{SEEN_AT: settings.SESSION_IDLE_SECONDS - 5})
    assert client.get("/me/").status_code == 200
    assert time.time() - client.session[SEEN_AT] < 5


def test_a_page_that_polls_is_not_a_person_at_work(li, settings):
    client = aged(client_of(li), **{SEEN_AT: 600})
    client.get("/me/", headers={"X-Poll": "1"})
    assert time.time() - client.session[SEEN_AT] >= 600


def test_no_session_outlives_the_working_day(li, settings):
    client = aged(client_of(li), **{SIGNED_IN_AT: settings.SESSION_COOKIE_AGE + 5, SEEN_AT: 1})
    assert client.get("/me/").status_code == 302
    assert Entry.objects.get().data == {"cause": "age"}


def test_a_session_without_stamps_is_not_accepted(li):
    client = client_of(li)
    session = client.session
    del session[SIGNED_IN_AT]
    session.save()
    assert client.get("/me/").status_code == 302


def test_a_piece_of_a_page_sends_the_whole_page_to_sign_in(client, db):
    answer = client.get("/me/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/units/?q=1"})
    assert answer.status_code == 200
    assert answer["HX-Redirect"] == f"{SIGN_IN}?next=/units/%3Fq%3D1"


def test_a_session_just_seen_is_not_written_again(li):
    client = client_of(li)
    with CaptureQueriesContext(connection) as queries:
        client.get("/me/")
    assert not [query["sql"] for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))]


def test_a_locked_account_is_out_with_the_next_request(li):
    client = client_of(li)
    User.objects.filter(pk=li.pk).update(is_active=False)
    assert client.get("/me/").status_code == 302


# --- password that is due -----------------------------------------------------------------------------------------
@pytest.fixture
def due(li):
    """A browser of a user with a temporary password."""
    User.objects.filter(pk=li.pk).update(must_change_password=True)
    return client_of(li)


def new_password(client, old=PASSWORD, new="Another-Horse-8"):
    return client.post("/password/", {"old_password": old, "new_password1": new, "new_password2": new})


def test_a_temporary_password_opens_nothing_but_its_change(due, li):
    assert due.get("/me/").url == "/password/"
    assert due.get("/").url == "/password/"
    page = due.get("/password/")
    assert page.status_code == 200
    assert page.context["is_due"]
    assert new_password(due).url == reverse("home")
    assert due.get("/me/").status_code == 200


def test_programs_are_told_that_the_password_is_due(due, settings):
    settings.ROOT_URLCONF = "tests.accounts.test_api_keys"
    answer = due.get("/api/v1/units-of-key/")
    assert answer.status_code == 403
    assert answer.json()["code"] == "accounts.password_due"


def test_an_old_password_is_due_as_well(li, settings):
    User.objects.filter(pk=li.pk).update(password_set_at=timezone.now() - timedelta(days=91))
    assert client_of(li).get("/me/").url == "/password/"


def test_who_must_change_the_password_may_leave(due):
    assert due.post("/sign-out/").url == SIGN_IN


def test_a_wrong_old_password_changes_nothing(li):
    client = client_of(li)
    assert new_password(client, old="wrong").status_code == 422
    assert User.objects.get(pk=li.pk).check_password(PASSWORD)


def test_a_weak_new_password_is_refused_with_the_rules(li):
    client = client_of(li)
    answer = new_password(client, new="alllowercaseletters")
    assert answer.status_code == 422
    assert answer.context["form"].errors["new_password2"]


def test_a_changed_password_ends_the_other_sessions_only(li):
    here, elsewhere = client_of(li), client_of(li)
    new_password(here)
    assert here.get("/me/").status_code == 200
    assert elsewhere.get("/me/").status_code == 302


# --- language -----------------------------------------------------------------------------------------------------
def test_a_chosen_language_is_kept_with_the_account_and_comes_back(client, li):
    client.force_login(li, backend="foundation.accounts.backends.RoleGrantBackend")
    answer = client.post("/language/", {"language": "en", "next": "/me/"})
    assert (answer.status_code, answer.url) == (302, "/me/")
    assert User.objects.get(pk=li.pk).language == "en"
    elsewhere = Client()
    assert sign_in(elsewhere).cookies["django_language"].value == "en"


def test_a_visitor_chooses_a_language_for_this_browser(client, db):
    assert client.post("/language/", {"language": "en"}).cookies["django_language"].value == "en"


def test_a_visitors_choice_goes_to_the_account_at_sign_in(client, li):
    client.post("/language/", {"language": "en"})
    assert sign_in(client).cookies["django_language"].value == "en"
    assert User.objects.get(pk=li.pk).language == "en"


def test_an_unknown_language_changes_nothing(li):
    client_of(li).post("/language/", {"language": "xx"})
    assert User.objects.get(pk=li.pk).language == "zh-hans"


# --- the try-out --------------------------------------------------------------------------------------------------
def test_demo_accounts_are_listed_in_the_try_out_alone(client, tree, settings):
    settings.DEMO_ACCOUNTS, settings.DEMO_PASSWORD = True, PASSWORD
    office = make_user("office", home=tree.county_a)
    give(office, "assessment_office", tree.county_a)
    make_user("without-role")
    page = client.get(SIGN_IN)
    assert [account.username for account in page.context["demo_accounts"]] == ["office"]
    assert PASSWORD in page.content.decode()
    assert sign_in(client, "office").status_code == 302


# --- addresses ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "1.2.3.4", "10.0.0.9"),
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"),
        (2, "1.2.3.4", "10.0.0.9"),
        (1, "", "10.0.0.9"),
    ],
)
def test_only_own_proxies_are_believed(settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.9", headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == expected
