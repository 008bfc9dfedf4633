"""Pages for what went wrong: what happened, what to do, and the number under which the request can be found.

Programs are answered in JSON, also where no address of the API was found or reached.
"""

from django.http import HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.views.decorators.csrf import requires_csrf_token
from rest_framework.exceptions import APIException, NotFound, ParseError

from ..context import PRODUCT


def _page(request, template, status, **context):
    return render(request, template, {"request_id": request_id(request), **context}, status=status)


def _to_program(request, error: type[APIException]) -> JsonResponse | None:
    """The answer in the API's shape for what lies below /api/, None for everything else."""
    if not request.path.startswith("/api/"):
        return None
    told = {"detail": str(error.default_detail), "code": error.default_code, "request_id": request_id(request)}
    return JsonResponse(told, status=error.status_code, json_dumps_params={"ensure_ascii": False})


def request_id(request) -> str:
    """Number of the request in audit entries and logs; empty when the request failed before it got one."""
    return getattr(request, "request_id", "")


@requires_csrf_token
def page_not_found(request, exception):
    """404: no such page, or outside the user's scope; the two look alike on purpose."""
    return _to_program(request, NotFound) or _page(request, "404.html", 404)


@requires_csrf_token
def permission_denied(request, exception):
    """403: the user holds the needed permission nowhere."""
    return _page(request, "403.html", 403)


@requires_csrf_token
def bad_request(request, exception):
    """400: the request itself cannot be read. Rendered without the frame: its data cannot be trusted."""
    return _to_program(request, ParseError) or _bare("400.html", request, 400)


@requires_csrf_token
def csrf_failed(request, reason=""):
    """403 of the form protection: mostly a page left open over a sign-out."""
    return _bare("errors/csrf.html", request, 403)


@requires_csrf_token
def server_error(request):
    """500: rendered without request context, so that it needs neither database nor session."""
    return _to_program(request, APIException) or _bare("500.html", request, 500)


def _bare(template, request, status):
    body = get_template(template).render({"product": PRODUCT, "request_id": request_id(request)})
    return HttpResponseServerError(body, status=status)


def refused(request, error):
    """A domain act that was refused and that the page did not catch: its message and reasons, with the way back."""
    return _page(request, "errors/refused.html", error.status, error=error)
