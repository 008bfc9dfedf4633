"""Outlines of talks by their occasion: the list, and the office's own of one occasion."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.common.results import DomainError
from foundation.common.scoping import scope_of
from foundation.organizations.models import Organization
from foundation.regulations.services import places

from ..forms.talk_templates import OutlineForm
from ..selectors.talk_templates import history_of, outline_of, outlines
from ..selectors.tools import KEEP
from ..services.talk_templates import set_outline

VIEW = "supervision.view_talk"


def _county(user, permission) -> Organization | None:
    """The county whose outlines the user sees; None where the user's area spans several."""
    home = places.home_of(scope_of(user, permission))
    return Organization.objects.system().get(code=home.code) if home else None


@login_required
@permission_required(VIEW, raise_exception=True)
def outline_list(request):
    """What is asked and said in a talk, by its occasion."""
    county = _county(request.user, VIEW)
    found = outlines(county and county.pk, timezone.localdate()).values()
    may_edit = bool(county) and scope_of(request.user, KEEP).covers(county.path)
    return render(request, "supervision/outline_list.html", {"outlines": found, "may_edit": may_edit})


@login_required
def outline_edit(request, topic):
    """The office's own outline of an occasion: a change is added from a day on, the earlier ones stay in the list."""
    county, today = _county(request.user, KEEP), timezone.localdate()
    if county is None or not scope_of(request.user, KEEP).covers(county.path):
        raise PermissionDenied(KEEP)
    current = outline_of(topic, county.pk, today)
    if current is None:
        raise Http404
    form = OutlineForm(request.POST or None, initial=current.as_texts | {"starts_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            set_outline(actor=request.user, county=county, topic=topic, **form.cleaned_data)
        except DomainError as error:
            for reason in error.reasons:
                form.add_error(reason.facts.get("field"), reason.text)
        else:
            messages.success(request, _("The outline is kept; it holds from its day."))
            return redirect("supervision:outlines")
    context = {"outline": current, "form": form, "history": history_of(topic, county.pk)}
    return render(request, "supervision/outline_edit.html", context, status=422 if form.errors else 200)
