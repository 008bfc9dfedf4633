"""Acts on units: what is to be done, what it will change, done; and the record of an act with its undoing."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.common.results import DomainError
from foundation.common.scoping import scope_of
from foundation.organizations.choices import Act
from foundation.organizations.models import Reorganisation

from ..forms.acts import FORMS
from ..forms.units import UndoForm
from ..selectors.consequences import consequences_of
from ..selectors.quotas import VIEW
from ..selectors.reach import PERMISSION
from ..services import reorganise
from .units import NAMED, complain, load_unit


def _seen_of(plan, found) -> str:
    """What a preview showed, as a short text: an act is confirmed only as it was shown."""
    shown = [plan.digest(), [unit.code for unit in found.closed], [(n.pk, str(new)) for n, _old, new in found.homes]]
    shown += [(s.person.pk, s.old.pk if s.old else 0, s.new.title if s.new else "") for s in found.people]
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:32]


@login_required
def act(request, code, kind):
    """The form of an act; its preview; on confirming what was shown, the act."""
    unit = load_unit(request, code, PERMISSION)
    if kind not in FORMS:
        raise Http404
    form = FORMS[kind](request.POST or None, unit=unit, user=request.user)
    context = {"unit": unit, "form": form, "label": Act(kind).label, "kind": kind}
    if not form.is_bound:
        return render(request, "organizations/act.html", context)
    if form.is_valid() and form.is_whole:
        done = _previewed(request, form, context)
        if done:
            messages.success(request, _("Done and recorded as %(number)s.") % {"number": done.number})
            return redirect("organizations:act", done.number)
    context["asks_places"] = not form.is_whole
    return render(request, "organizations/act.html", context, status=200 if context.get("found") else 422)


def _previewed(request, form, context):
    """The act when it was confirmed as shown; otherwise its preview, or what stands against it, in the context."""
    try:
        plan = form.plan()
        context["found"] = found = reorganise.preview(actor=request.user, plan=plan)
        context["seen"] = seen = _seen_of(plan, found)
        if request.POST.get("step") == "confirm" and request.POST.get("seen") == seen:
            return reorganise.carry_out(actor=request.user, plan=plan)
        context["changed"] = request.POST.get("step") == "confirm"
    except DomainError as error:
        context.pop("found", None)
        complain(form, error)
    return None


@login_required
def reorganisation(request, number):
    """One act with everything that it changed."""
    found = _load_act(request, number, VIEW)
    may_undo = scope_of(request.user, PERMISSION).covers(found.unit.path)
    context = {
        "act": found,
        "found": consequences_of(found.changes) if not hasattr(found, "undone_by") else None,
        "sees_names": scope_of(request.user, NAMED).covers(found.unit.path),
        "form": UndoForm() if may_undo and not found.undoes_id and not hasattr(found, "undone_by") else None,
    }
    return render(request, "organizations/act_detail.html", context)


def _load_act(request, number, perm) -> Reorganisation:
    rows = Reorganisation.objects.select_related("unit", "undoes", "undone_by")
    return rows.get_visible(user=request.user, perm=perm, number=number)


@login_required
@require_POST
def undo(request, number):
    """Take an act back."""
    found, form = _load_act(request, number, PERMISSION), UndoForm(request.POST)
    try:
        if form.is_valid():
            done = reorganise.undo(actor=request.user, act=found, reason=form.cleaned_data["reason"])
            messages.success(request, _("The act is undone, recorded as %(number)s.") % {"number": done.number})
            return redirect("organizations:act", done.number)
        messages.error(request, _("Say why the act is undone."))
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("organizations:act", number)
