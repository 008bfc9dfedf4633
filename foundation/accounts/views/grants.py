"""Console of the security administrator 安全保密管理员: who holds which role where."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.common.paging import page_size
from foundation.common.results import DomainError

from ..forms import GrantForm, ReasonForm
from ..models import RoleGrant, User
from ..roles import all_roles
from ..selectors import with_grants
from ..services import grants
from ..services.authority import MANAGE_GRANTS
from .access import allowed, tell


@allowed(MANAGE_GRANTS)
def grant_list(request):
    """Accounts of the administrator's area with the roles that they hold or will hold."""
    query, role = request.GET.get("q", "").strip(), request.GET.get("role", "")
    users = User.objects.visible_to(request.user, MANAGE_GRANTS).matching(query).order_by("username")
    if role:
        held = RoleGrant.objects.system().not_over(timezone.localdate()).filter(group__name=role)
        users = users.filter(pk__in=held.values("user"))
    page = Paginator(with_grants(users), page_size(request)).get_page(request.GET.get("page"))
    context = {"page": page, "query": query, "role": role, "roles": all_roles()}
    return render(request, "accounts/grant_list.html", context)


@allowed(MANAGE_GRANTS)
def grant_user(request, username):
    """Every grant of one account, and the form for the next."""
    account = User.objects.select_related("organization").get_visible(
        user=request.user, perm=MANAGE_GRANTS, username=username
    )
    form = GrantForm(request.POST or None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            grant = grants.grant_role(actor=request.user, user=account, **form.cleaned_data)
        except DomainError as error:
            tell(form, error)
        else:
            messages.success(request, _("%(role)s is granted.") % {"role": grant.role.label})
            return redirect("accounts:grant-user", username)
    return grants_page(request, account, form, status=422 if form.errors else 200)


def grants_page(request, account, form, end_form=None, status=200):
    """The page of an account's grants, newest first."""
    context = {
        "account": account,
        "grants": [(grant, grant.is_in_force(timezone.localdate())) for grant in reversed(account.all_grants)],
        "form": form,
        "end_form": end_form or ReasonForm(auto_id="end_%s"),
        "is_own": account == request.user,
    }
    return render(request, "accounts/grant_user.html", context, status=status)


@require_POST
@allowed(MANAGE_GRANTS)
def grant_end(request, pk):
    """End a grant at once."""
    grant = RoleGrant.objects.select_related("user__organization").get_visible(
        user=request.user, perm=MANAGE_GRANTS, pk=pk
    )
    form = ReasonForm(request.POST, auto_id="end_%s")
    if form.is_valid():
        try:
            grants.end_grant(actor=request.user, grant=grant, reason=form.cleaned_data["reason"])
        except DomainError as error:
            tell(form, error)
        else:
            messages.success(request, _("The role is ended; it gives no right any more."))
            return redirect("accounts:grant-user", grant.user.username)
    return grants_page(request, grant.user, GrantForm(actor=request.user), form, status=422)
