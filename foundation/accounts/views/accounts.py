"""Console of the system administrator 系统管理员: accounts and keys, no business data."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from foundation.common.paging import page_size
from foundation.common.results import DomainError

from ..forms import AccountForm, HolderForm, KeyForm, ReasonForm
from ..models import ApiKey, User
from ..selectors import with_grants
from ..services import accounts, keys, sessions
from ..services.authority import MANAGE_ACCOUNTS
from .access import allowed, tell


@allowed(MANAGE_ACCOUNTS)
def account_list(request):
    """Accounts of the administrator's area."""
    query = request.GET.get("q", "").strip()
    users = User.objects.visible_to(request.user, MANAGE_ACCOUNTS).matching(query).order_by("username")
    page = Paginator(with_grants(users), page_size(request)).get_page(request.GET.get("page"))
    return render(request, "accounts/account_list.html", {"page": page, "query": query})


@never_cache
@allowed(MANAGE_ACCOUNTS)
def account_create(request):
    """Open an account; its temporary password is shown on the answer and never again."""
    form = AccountForm(request.POST or None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = accounts.create_account(actor=request.user, **form.cleaned_data)
        except DomainError as error:
            tell(form, error)
        else:
            return render(request, "accounts/password_once.html", {"made": made}, status=201)
    return render(request, "accounts/account_create.html", {"form": form}, status=422 if form.errors else 200)


def _account(request, username):
    return User.objects.select_related("organization").get_visible(
        user=request.user, perm=MANAGE_ACCOUNTS, username=username
    )


@allowed(MANAGE_ACCOUNTS)
def account_detail(request, username):
    """One account: state, roles, keys, and what may be done."""
    return account_page(request, _account(request, username), ReasonForm())


def account_page(request, account, form, status=200, holder=None):
    """The account's page with a form for the reason of the next act."""
    waiting = sessions.waiting_time(request, account.username)
    context = {
        "account": account,
        "grants": account.active_grants(),
        "keys": account.api_keys.order_by("-created_at"),
        "now": timezone.now(),
        "locked_minutes": -(-waiting // timedelta(minutes=1)),
        "is_own": account == request.user,
        "form": form,
        "holder": holder or HolderForm(auto_id="holder_%s"),
    }
    return render(request, "accounts/account_detail.html", context, status=status)


def _act(service, done):
    """A view that needs a reason and calls one service."""

    @require_POST
    @allowed(MANAGE_ACCOUNTS)
    def view(request, username):
        account, form = _account(request, username), ReasonForm(request.POST)
        if form.is_valid():
            try:
                service(actor=request.user, user=account, reason=form.cleaned_data["reason"])
            except DomainError as error:
                tell(form, error)
            else:
                messages.success(request, done())
                return redirect("accounts:account-detail", username)
        return account_page(request, account, form, status=422)

    return view


account_lock = _act(accounts.deactivate, lambda: _("The account is locked; its sessions and keys have ended."))
account_unlock = _act(accounts.unlock, lambda: _("The account may sign in again."))


@require_POST
@allowed(MANAGE_ACCOUNTS)
def account_name_holder(request, username):
    """Say who holds the account, by identity number."""
    account, form = _account(request, username), HolderForm(request.POST)
    if form.is_valid():
        try:
            accounts.name_holder(actor=request.user, user=account, **form.cleaned_data)
        except DomainError as error:
            tell(form, error)
        else:
            messages.success(request, _("Noted. The holder's own file and those of kin are shut for this account."))
            return redirect("accounts:account-detail", username)
    return account_page(request, account, ReasonForm(), status=422, holder=form)


@never_cache
@require_POST
@allowed(MANAGE_ACCOUNTS)
def account_reset_password(request, username):
    """Give a temporary password; it is shown on the answer and never again."""
    account, form = _account(request, username), ReasonForm(request.POST)
    if form.is_valid():
        try:
            made = accounts.reset_password(actor=request.user, user=account, reason=form.cleaned_data["reason"])
        except DomainError as error:
            tell(form, error)
        else:
            return render(request, "accounts/password_once.html", {"made": made})
    return account_page(request, account, form, status=422)


@never_cache
@allowed(MANAGE_ACCOUNTS)
def key_create(request, username):
    """Make a key for the account; it is shown on the answer and never again."""
    account = _account(request, username)
    form = KeyForm(request.POST or None, user=account)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        end_of_day = timezone.make_aware(datetime.combine(given["expires_on"], time.max))
        try:
            made = keys.create_api_key(
                actor=request.user, user=account, name=given["name"], scopes=given["scopes"], expires_at=end_of_day
            )
        except DomainError as error:
            tell(form, error)
        else:
            return render(request, "accounts/key_once.html", {"made": made, "account": account}, status=201)
    context = {"form": form, "account": account}
    return render(request, "accounts/key_create.html", context, status=422 if form.errors else 200)


@require_POST
@allowed(MANAGE_ACCOUNTS)
def key_revoke(request, prefix):
    """Shut a key at once."""
    key = ApiKey.objects.select_related("user__organization").get_visible(
        user=request.user, perm=MANAGE_ACCOUNTS, prefix=prefix
    )
    keys.revoke_api_key(actor=request.user, key=key)
    messages.success(request, _("The key is revoked."))
    return redirect("accounts:account-detail", key.user.username)
