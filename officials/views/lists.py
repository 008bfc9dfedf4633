"""Lists of people: the reader's lists and the ready ones, one list as a roster, and what can be done to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from foundation.accounts.roles import all_roles
from foundation.common.results import DomainError

from ..choices import ListKind
from ..forms.lists import ListForm
from ..forms.roster import QuestionForm, address_of
from ..models import SavedList
from ..selectors import lists as reading
from ..selectors.roster import VIEW
from ..services import lists as acting
from .roster import Shown, roster_context


@login_required
@permission_required(VIEW, raise_exception=True)
def list_index(request):
    """Lists by folder, and the ready ones."""
    trash = request.GET.get("trash") == "1"
    counts = reading.ready_counts(request.user, timezone.localdate()) if not trash else {}
    address = reverse("officials:roster")
    tiles = [
        {"label": ready.label, "count": counts[ready.code], "url": f"{address}?{urlencode(address_of(ready.question))}"}
        for ready in (reading.READY if not trash else ())
    ]
    context = {"lists": reading.lists_of(request.user, trash=trash), "tiles": tiles, "trash": trash}
    return render(request, "officials/list_index.html", context)


def load_list(request, pk, *, change=False) -> SavedList:
    """A list that the reader may read, or change. Raises PermissionDenied, Http404."""
    query = SavedList.objects.visible_to(request.user, VIEW).select_related("organization", "owner")
    query = query.changeable_by(request.user) if change else query
    return query.get_visible(user=request.user, perm=VIEW, pk=pk)


@login_required
def list_page(request, pk):
    """One list: it is the roster with the list's people."""
    saved, shown, today = load_list(request, pk), Shown.of(request), timezone.localdate()
    people = reading.people_on(request.user, saved, today)
    form = QuestionForm(QueryDict(), request.user)
    fixed = saved.kind == ListKind.FIXED
    context = roster_context(request, people, form, shown, usual_sort="place" if fixed else "")
    may_change = SavedList.objects.visible_to(request.user, VIEW).changeable_by(request.user).filter(pk=pk).exists()
    context |= {
        "saved": saved,
        "may_change": may_change,
        "hidden": reading.hidden_on(saved, context["count"]),
        "others": [each for each in reading.lists_of(request.user) if each.pk != saved.pk],
        "roles": all_roles(),
        "shares": list(saved.shares.order_by("pk")),
        "question_url": "" if fixed else urlencode(address_of(reading.question_of(saved))),
    }
    return render(request, "officials/list_page.html", context)


def chosen_people(request) -> list[int]:
    """Keys of the people whom the form chose."""
    return [int(pk) for pk in request.POST.getlist("pk") if pk.isascii() and pk.isdigit() and len(pk) < 19]


def act(service, done, values=None, *, back="officials:list"):
    """A view of an act on a list: loads it for changing, calls one service, leads back."""

    @require_POST
    @login_required
    def view(request, pk):
        saved = load_list(request, pk, change=True)
        try:
            service(saved, actor=request.user, **(values(request) if values else {}))
        except DomainError as error:
            messages.error(request, error.message)
            return redirect("officials:list", pk)
        messages.success(request, done)
        return redirect(back, pk) if back == "officials:list" else redirect(back)

    return view


def _whole(text, otherwise=0):
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def _place(request):
    return {"person": _whole(request.POST.get("person", "")), "place": _whole(request.POST.get("place", ""), 1)}


def _share(request):
    return {"role": request.POST.get("role", ""), "may_change": request.POST.get("may_change") == "1"}


list_remove = act(
    acting.remove, gettext_lazy("Taken off the list."), lambda request: {"people": chosen_people(request)}
)
list_move = act(acting.move, gettext_lazy("Order changed."), _place)
list_share = act(acting.share, gettext_lazy("Shared."), _share)
list_unshare = act(
    acting.unshare, gettext_lazy("No longer shared."), lambda request: {"role": request.POST.get("role", "")}
)
list_trash = act(acting.trash_list, gettext_lazy("Put in the trash."), back="officials:list-index")
list_restore = act(acting.restore_list, gettext_lazy("Restored."))


@login_required
def list_edit(request, pk):
    """Name, folder and note."""
    saved = load_list(request, pk, change=True)
    form = ListForm(
        request.POST or None,
        initial={"name": saved.name, "folder": saved.folder, "note": saved.note, "version": saved.version},
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        version = values.pop("version")
        try:
            acting.change_list(saved, actor=request.user, expected_version=version, **values)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("officials:list", pk)
    status = 422 if form.is_bound else 200
    return render(request, "officials/list_edit.html", {"form": form, "saved": saved}, status=status)


@require_POST
@login_required
def list_combine(request, pk):
    """A new list out of this one and another."""
    saved = load_list(request, pk)
    if request.POST.get("operation") not in acting.OPERATIONS:
        messages.error(request, _("Choose how the lists are joined."))
        return redirect("officials:list", pk)
    other = load_list(request, _whole(request.POST.get("other", "")))
    today = timezone.localdate()
    try:
        new = acting.combine(
            actor=request.user,
            operation=request.POST.get("operation", ""),
            first=reading.members_of(request.user, saved, today),
            second=reading.members_of(request.user, other, today),
            name=request.POST.get("new_name", ""),
            folder=saved.folder,
        )
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("officials:list", pk)
    return redirect("officials:list", new.pk)
