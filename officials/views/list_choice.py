"""From the roster onto a list: choosing which, putting people on it, keeping the question as a live list."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from foundation.common.results import DomainError

from ..forms.roster import QuestionForm
from ..selectors.lists import changeable_lists
from ..selectors.roster import VIEW
from ..services import lists as acting
from .lists import chosen_people, load_list


@require_POST
@login_required
@permission_required(VIEW, raise_exception=True)
def list_choose(request, status=200):
    """Which list the chosen people go on."""
    context = {
        "people": chosen_people(request),
        "lists": changeable_lists(request.user),
        "kept": request.POST.get("kept", ""),
        "new_name": request.POST.get("new_name", ""),
    }
    return render(request, "officials/list_choose.html", context, status=status)


@require_POST
@login_required
@permission_required(VIEW, raise_exception=True)
def list_add(request):
    """Put the chosen people on a list, or on a new one; refused, the choice stands as it was."""
    target, people = request.POST.get("list", ""), chosen_people(request)
    try:
        if target.isascii() and target.isdigit():
            saved = load_list(request, int(target[:18]), change=True)
            added = acting.append(saved, actor=request.user, people=people)
        else:
            saved = acting.create_list(actor=request.user, name=request.POST.get("new_name", ""), people=people)
            added = saved.members.count()
    except DomainError as error:
        messages.error(request, error.message)
        return list_choose(request, status=422)
    said = ngettext("%(n)d person put on the list “%(name)s”.", "%(n)d people put on the list “%(name)s”.", added)
    messages.success(request, said % {"n": added, "name": saved.name})
    return redirect("officials:list", saved.pk)


@require_POST
@login_required
@permission_required(VIEW, raise_exception=True)
def list_keep(request):
    """Keep the question of the roster as a live list."""
    kept = request.POST.get("kept", "")
    try:
        question = QuestionForm(QueryDict(kept), request.user).question
        saved = acting.create_list(actor=request.user, name=request.POST.get("new_name", ""), question=question)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect(f"{reverse('officials:roster')}?{kept}")
    messages.success(request, _("Kept as the live list “%(name)s”.") % {"name": saved.name})
    return redirect("officials:list", saved.pk)
