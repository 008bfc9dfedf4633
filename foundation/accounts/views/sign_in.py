"""Sign-in, sign-out, language, the own password, the own account."""

import math

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import RedirectURLMixin
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.generic import View
from django.views.i18n import set_language

from ..forms import SignInForm
from ..selectors import demo_accounts
from ..services import passwords, sessions

CHOSEN_LANGUAGE = "chosen_language"  # of a visitor, until sign-in


@method_decorator([sensitive_post_parameters("password"), never_cache], name="dispatch")
class SignIn(RedirectURLMixin, View):
    """The first page of the product."""

    next_page = settings.LOGIN_REDIRECT_URL

    def get(self, request):
        """The form; a user who is signed in already goes on."""
        if request.user.is_authenticated:
            return redirect(self.get_success_url())
        return sign_in_page(request, SignInForm(request))

    def post(self, request):
        """One attempt. Too many lead to `locked_out` by the middleware of axes."""
        form = SignInForm(request, data=request.POST)
        if not form.is_valid():
            sessions.note_refusal(request, request.POST.get("username", ""))
            return sign_in_page(request, form, status=422)
        user, chosen = form.get_user(), request.session.pop(CHOSEN_LANGUAGE, "")
        sessions.open_session(request, user)
        if chosen:
            sessions.choose_language(user=user, language=chosen)
        return with_language(redirect(self.get_success_url()), user.language)


def sign_in_page(request, form, status=200, **more):
    """The sign-in page with the form and, in the try-out, the accounts to try."""
    context = {
        "form": form,
        "next": request.POST.get("next", request.GET.get("next", "")),
        "demo_accounts": demo_accounts(),
        "demo_password": settings.DEMO_PASSWORD if settings.DEMO_ACCOUNTS else "",
    }
    return render(request, "accounts/sign_in.html", context | more, status=status)


def locked_out(request, response=None, credentials=None):
    """Answer to a locked name (429): how long to wait, as page or JSON."""
    username = (credentials or {}).get("username") or request.POST.get("username", "")
    seconds = math.ceil(sessions.waiting_time(request, username).total_seconds())
    minutes = max(1, math.ceil(seconds / 60))
    text = ngettext(
        "Too many failed attempts. Try again in %(minutes)d minute, or ask the system administrator to unlock the account.",
        "Too many failed attempts. Try again in %(minutes)d minutes, or ask the system administrator to unlock the account.",
        minutes,
    ) % {"minutes": minutes}
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        answer = JsonResponse({"code": "accounts.locked_out", "detail": text, "retry_after": seconds}, status=429)
    else:
        answer = sign_in_page(request, SignInForm(request), status=429, locked_text=text)
    answer["Retry-After"] = str(seconds)
    return answer


@require_POST
def sign_out(request):
    """End the session; the browser forgets what it kept."""
    sessions.close_session(request)
    messages.info(request, _("You are signed out."))
    answer = redirect(settings.LOGOUT_REDIRECT_URL)
    answer["Clear-Site-Data"] = '"cache"'
    return answer


@require_POST
def choose_language(request):
    """Switch the language of the pages; the account keeps it, a visitor's choice goes to the account at sign-in."""
    answer = set_language(request)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            sessions.choose_language(user=request.user, language=language)
        else:
            request.session[CHOSEN_LANGUAGE] = language
    return answer


def with_language(response, language):
    """The answer with the language that the user chose at some time."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 86400,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


@sensitive_post_parameters()
@never_cache
@login_required
def change_password(request):
    """The own password; a user whose password is due comes here from every page."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = passwords.change_own_password(user=request.user, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, user)
        messages.success(request, _("The password is changed. Other sessions of this account have ended."))
        return redirect(settings.LOGIN_REDIRECT_URL)
    context = {"form": form, "is_due": passwords.is_due(request.user), "days": settings.PASSWORD_MAX_AGE_DAYS}
    return render(request, "accounts/password_change.html", context, status=422 if form.errors else 200)


@login_required
def profile(request):
    """The own account: roles, where they hold and until when."""
    return render(request, "accounts/profile.html", {"grants": request.user.active_grants()})
