"""One way in: the admin's own sign-in form would go round the lock-out and the separated consoles."""

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse


def admin_door(request):
    """Where the admin sends those it does not let in: strangers to the sign-in page, others are refused."""
    if request.user.is_authenticated:
        raise PermissionDenied("admin")
    return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index"))


def sign_out_door(request):
    """The admin's sign-out button leads through the site's own (which is recorded)."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    return redirect("accounts:sign-out", preserve_request=True)
