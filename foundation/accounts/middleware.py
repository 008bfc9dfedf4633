"""Rules that hold on every request of a signed-in user: idle time-out, longest session, password that is due."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from .services.passwords import is_due
from .services.sessions import expire_session
from .session_stamp import SEEN_AT, SIGNED_IN_AT

SEEN_IS_NOTED_EVERY = 60  # seconds: at most one write of the session per minute
POLL_HEADER = "X-Poll"  # a page that asks by itself for progress is not a person at work


class SessionRulesMiddleware:
    """Stands after authentication, messages and htmx.

    Ends sessions that were idle for `SESSION_IDLE_SECONDS` or are older than `SESSION_COOKIE_AGE` (GB/T 22239-2019
    8.1.4.1 b), and lets a user whose password is due do nothing but change it or leave.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.open_names = {"accounts:password-change", "accounts:sign-out", "accounts:set-language", "set_language"}

    def __call__(self, request):
        cause = self._reason_to_end(request)
        if cause:
            expire_session(request, cause)
            messages.info(request, _("You were signed out because nothing was done for a while. Please sign in again."))
        return self._for_htmx(request, self.get_response(request))

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Password due: pages lead to the change, programs' answers say so."""
        if request.resolver_match.view_name in self.open_names:
            return None
        if not request.user.is_authenticated or not is_due(request.user):
            return None
        if _is_api(request):
            body = {"code": "accounts.password_due", "detail": _("Choose a new password first.")}
            return JsonResponse(body, status=403)
        return redirect("accounts:password-change")

    def _reason_to_end(self, request):
        if not request.user.is_authenticated:
            return ""
        now = int(time.time())
        # every sign-in stamps the session; one without a stamp is none of ours
        signed_in_at = request.session.get(SIGNED_IN_AT, 0)
        if now - signed_in_at > settings.SESSION_COOKIE_AGE:
            return "age"
        seen_at = request.session.get(SEEN_AT, signed_in_at)
        if now - seen_at > settings.SESSION_IDLE_SECONDS:
            return "idle"
        if now - seen_at >= SEEN_IS_NOTED_EVERY and POLL_HEADER not in request.headers:
            request.session[SEEN_AT] = now
        return ""

    def _for_htmx(self, request, response):
        """A piece of a page must not be replaced by the sign-in page: the whole page goes there."""
        if not request.htmx or response.status_code != 302:
            return response
        target = response.headers["Location"].partition("?")[0]
        if target == reverse("accounts:sign-in"):
            return HttpResponseClientRedirect(redirect_to_login(request.htmx.current_url_abs_path or "/").url)
        if target == reverse("accounts:password-change"):
            return HttpResponseClientRedirect(target)
        return response


def _is_api(request):
    return request.path.startswith("/api/")
