"""Requests and tasks leave their id in what they write, and reading costs nothing."""

import pytest
from celery import shared_task
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.functional import SimpleLazyObject

from foundation.audit.context import accept_request_id, current_request_id
from foundation.audit.middleware import HEADER, RequestContextMiddleware
from foundation.audit.services.entries import record
from foundation.organizations.models import Organization

from ..support.people import client_of, make_unit


def run(view, user=None, **headers):
    """The response of a view behind the middleware."""
    request = RequestFactory().post("/", headers=headers)
    if user is not None:
        request.user = user
    return RequestContextMiddleware(view)(request)


def never():
    """Loads the user: must not happen."""
    pytest.fail("asked who it is")


def last_event():
    return Organization.pgh_event_model.objects.latest("pgh_id")


@pytest.mark.parametrize("given", ["abcdefgh", "0c0ffee0-1111", "a" * 64])
def test_a_well_formed_id_is_taken_over(given):
    assert accept_request_id(given) == given


@pytest.mark.parametrize(
    "given", [None, "", "short", "a" * 65, "-abcdefgh", "abc\ndefghi", "abcdefgh;x", "中文中文中文中文"]
)
def test_any_other_id_is_replaced(given):
    assert accept_request_id(given) != given
    assert len(accept_request_id(given)) == 32


@pytest.mark.django_db
class TestRequests:
    def test_the_response_and_the_entry_bear_the_id(self):
        seen = []

        def view(request):
            seen.append(record(actor="test", action="a.b").request_id)
            return HttpResponse()

        response = run(view, **{HEADER: "from-the-proxy"})
        assert response[HEADER] == "from-the-proxy"
        assert seen == ["from-the-proxy"]
        assert current_request_id() == ""

    def test_the_id_is_forgotten_when_the_view_fails(self):
        def view(request):
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            run(view)
        assert current_request_id() == ""

    def test_rows_bear_the_user_whom_the_view_knows(self, assessment_office):
        def view(request):
            assert request.user.is_authenticated
            make_unit("w")
            return HttpResponse()

        run(view, SimpleLazyObject(lambda: assessment_office))
        assert last_event().pgh_context["user"] == str(assessment_office.pk)

    @pytest.mark.parametrize("who", [AnonymousUser, lambda: SimpleLazyObject(never)], ids=["visitor", "unknown"])
    def test_nobody_is_asked_who_it_is(self, who):
        def view(request):
            make_unit("w")
            return HttpResponse()

        run(view, who())
        assert last_event().pgh_context["user"] == ""

    def test_reading_makes_no_statement(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            run(lambda request: HttpResponse(), SimpleLazyObject(never))

    def test_a_whole_page_bears_the_header(self, auditor):
        response = client_of(auditor).get("/", headers={HEADER: "browser-0001"})
        assert response[HEADER] == "browser-0001"


@shared_task(name="tests.audit.write")
def write(code):
    """A task that writes."""
    make_unit(code)
    return current_request_id()


@pytest.mark.django_db
class TestTasks:
    def test_rows_bear_the_task(self):
        result = write.apply(args=["t"])
        assert result.get() == result.id
        assert last_event().pgh_context == {"request": result.id, "task": "tests.audit.write"}
        assert current_request_id() == ""

    def test_a_task_run_in_place_keeps_its_request(self):
        seen = []

        def view(request):
            seen.append(write.apply(args=["t"]).get())
            return HttpResponse()

        run(view, **{HEADER: "outer-request"})
        assert seen == ["outer-request"]

    def test_a_failing_task_leaves_nothing_open(self):
        write.apply(args=["x" * 500], throw=False)
        assert current_request_id() == ""
