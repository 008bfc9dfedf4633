"""Every request gets an id; rows written during the request carry it together with the user and the page."""

from django.utils.functional import SimpleLazyObject, empty, lazy

from .context import accept_request_id, running

HEADER = "X-Request-ID"


def _known_user_id(request) -> str:
    """The user's number when somebody has already asked who it is; never asks, so it can cause no query.

    Whatever writes in a user's name has checked the user's permission before, and so has loaded the user.
    """
    user = getattr(request, "user", None)
    if isinstance(user, SimpleLazyObject) and user._wrapped is empty:
        return ""
    return str(getattr(user, "pk", None) or "")


def _view_name(request) -> str:
    match = getattr(request, "resolver_match", None)
    return match.view_name if match else ""


class RequestContextMiddleware:
    """Opens the audit context of the request. User and page are read when the first row is written, not before."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.request_id = accept_request_id(request.headers.get(HEADER))
        facts = {"user": lazy(_known_user_id, str)(request), "page": lazy(_view_name, str)(request)}
        with running(request.request_id, **facts):
            response = self.get_response(request)
        response[HEADER] = request.request_id
        return response
