"""Home, inbox, errors and doors, as each kind of user meets them."""

import pytest
from django.test import Client, RequestFactory, override_settings
from django.urls import path, reverse
from django.utils.translation import override

from cadremgmt import urls as site
from cadremgmt.middleware import DomainErrorMiddleware
from cadremgmt.views import errors
from foundation.common.results import Cite, DomainError, Reason
from tests.support.people import PERSONAS, client_of

HOME_QUERIES = 16


def broken(request):
    raise RuntimeError("planted")


def refusing(request):
    reasons = [Reason("G", {}, Cite("办法", "第九条", "recalled"), "市水利局 <缺> 节约用水")]
    raise DomainError("X", "本年度尚有数据缺报。", reasons)


urlpatterns = [*site.urlpatterns, path("broken/", broken), path("refusing/", refusing)]
handler400, handler403, handler404, handler500 = site.handler400, site.handler403, site.handler404, site.handler500


@pytest.fixture
def bare_client():
    """A browser that gets the error page instead of the test client's exception."""
    return Client(raise_request_exception=False)


# --- home and inbox ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("persona", PERSONAS)
def test_home_and_inbox_open_for_everybody_signed_in(personas, persona, django_assert_max_num_queries):
    client = client_of(personas[persona])
    with django_assert_max_num_queries(HOME_QUERIES):
        assert client.get(reverse("home")).status_code == 200
    with django_assert_max_num_queries(HOME_QUERIES):
        assert client.get(reverse("inbox")).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["home", "inbox"])
def test_strangers_are_led_to_the_sign_in_page(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert response.url.startswith(reverse("accounts:sign-in"))


def test_administrators_see_no_business_tiles(system_admin, assessment_office):
    labels = {name: _tiles(client_of(user)) for name, user in (("it", system_admin), ("office", assessment_office))}
    assert labels["it"] == {reverse("inbox"), reverse("accounts:account-list")}
    assert reverse("accounts:account-list") not in labels["office"]


def test_an_account_without_roles_is_told_what_would_stand_here(stranger):
    response = client_of(stranger).get(reverse("home"))
    assert response.context["sections"] == []
    assert "empty-state" in response.content.decode()


def _tiles(client):
    return {tile.url for _label, tiles in client.get(reverse("home")).context["sections"] for tile in tiles}


# --- the frame --------------------------------------------------------------------------------------------------------
def test_the_frame_names_language_person_and_ways_out(department_leader):
    html = client_of(department_leader).get(reverse("home"), headers={"accept-language": "zh-hans"}).content.decode()
    assert '<html lang="zh-Hans"' in html
    assert department_leader.display_name in html
    for name in ("accounts:sign-out", "accounts:password-change", "accounts:set-language", "inbox"):
        assert reverse(name) in html
    assert 'class="skip" href="#main"' in html


def test_the_page_obeys_its_own_policy(department_leader):
    response = client_of(department_leader).get(reverse("home"))
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert '"allowEval":false' in response.content.decode()


def test_a_folded_navigation_comes_folded(department_leader):
    client = client_of(department_leader)
    assert "nav-narrow" not in client.get(reverse("home")).content.decode()
    client.cookies["nav"] = "narrow"
    assert "nav-narrow" in client.get(reverse("home")).content.decode()


# --- errors -----------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_404_for_strangers_says_what_to_do_and_names_the_request(client):
    response = client.get("/no-such-page/", headers={"X-Request-ID": "0193f2c1-77aa-7000-8000-0123456789ab"})
    assert response.status_code == 404
    assert response.headers["X-Request-ID"] in response.content.decode()
    assert reverse("home") in response.content.decode()


def test_404_and_403_keep_the_frame_for_users(unit_liaison):
    client = client_of(unit_liaison)
    missing = client.get("/no-such-page/")
    refused = client.get(reverse("admin:index"), follow=True)
    assert (missing.status_code, refused.status_code) == (404, 403)
    for response in (missing, refused):
        assert 'id="navigation"' in response.content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_500_needs_no_database(bare_client):
    response = bare_client.get("/broken/")
    assert response.status_code == 500
    body = response.content.decode()
    assert response.headers["X-Request-ID"] in body
    assert "planted" not in body
    assert "Traceback" not in body


@pytest.mark.parametrize("address", ["none/", "x/%00"])
def test_programs_are_answered_in_json_where_the_api_has_no_such_address(unit_liaison, address):
    response = client_of(unit_liaison).get(f"/api/v1/{address}")
    told = response.json()
    assert (response.status_code, told["code"]) == (404, "not_found")
    assert told["request_id"] == response.headers["X-Request-ID"]


@pytest.mark.parametrize("address", ["/units/%00/", "/units/?q=%00"])
def test_an_address_with_a_nul_character_is_refused_and_breaks_nothing(unit_liaison, address):
    assert client_of(unit_liaison).get(address).status_code == 400


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("view", "status"), [(errors.bad_request, 400), (errors.server_error, 500)])
def test_bare_errors_speak_both_languages(view, status, language):
    request = RequestFactory().get("/")
    with override(language):
        response = view(request, None) if status == 400 else view(request)
    assert response.status_code == status
    assert f'lang="{"en" if language == "en" else "zh-Hans"}"' in response.content.decode()


@pytest.mark.django_db
def test_a_form_without_token_gets_the_page_about_it():
    client = Client(enforce_csrf_checks=True)
    response = client.post(reverse("accounts:sign-in"), {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert "main" in response.content.decode()


def test_a_refused_act_shows_message_reasons_and_articles(department_leader):
    request = RequestFactory().get("/")
    request.user = department_leader
    with pytest.raises(DomainError) as caught:
        refusing(request)
    response = DomainErrorMiddleware(lambda request: None).process_exception(request, caught.value)
    html = response.content.decode()
    assert response.status_code == 409
    assert "本年度尚有数据缺报。" in html
    assert "市水利局 &lt;缺&gt; 节约用水" in html
    assert "办法 第九条" in html
    assert DomainErrorMiddleware(lambda request: None).process_exception(request, RuntimeError()) is None


# --- doors ------------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_admin_has_no_door_of_its_own(client):
    response = client.get(reverse("admin:index"), follow=True)
    assert response.request["PATH_INFO"] == reverse("accounts:sign-in")
    assert client.get("/admin/login/").url.startswith(reverse("accounts:sign-in"))


def test_only_auditors_read_the_admin(personas):
    status = {
        name: client_of(user).get(reverse("admin:index"), follow=True).status_code for name, user in personas.items()
    }
    assert {name for name, code in status.items() if code == 200} == {"auditor", "audit_admin"}
    assert {code for name, code in status.items() if name not in ("auditor", "audit_admin")} == {403}


def test_the_admins_sign_out_is_the_sites(auditor):
    client = client_of(auditor)
    assert client.get("/admin/logout/").status_code == 405
    response = client.post("/admin/logout/")
    assert response.status_code == 307
    assert response.url == reverse("accounts:sign-out")
