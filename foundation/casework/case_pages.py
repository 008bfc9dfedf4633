"""What the pages of all kinds of cases share: the list with its filter, taking a step on the page of a case."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.common.paging import page_size
from foundation.common.results import DomainError

from .registry import kind_of, kinds
from .selectors.readings import may_see_readers
from .services.engine import perform
from .services.readings import note_reading


def list_page(request, template, form, cases, **more):
    """A page of `cases` that fit the filter `form`; `template` extends `casework/case_list.html`."""
    page = Paginator(form.narrow(cases), page_size(request)).get_page(request.GET.get("page"))
    (case_page,) = (kind.url_name for kind in kinds() if kind.model is cases.model)
    return render(request, template, {"page": page, "form": form, "case_page": case_page, **more})


def chosen(offers, wanted: str):
    """The offer whose form the page shows: that of the step `wanted`; else the first that leads on and can be taken now.

    Where everything that leads on is blocked, the first of those, which says why; None without offers.
    """
    ways = [offer for offer in offers if offer.step.waits] or list(offers)
    named = next((offer for offer in offers if offer.step.name == wanted), None)
    return named or next((offer for offer in ways if not offer.blocked), next(iter(ways), None))


def look_into(request, case) -> list | None:
    """Note that the reader looks at a confidential case, before its page is answered.

    Returns who has read it, for `casework/parts/readers.html`; None where the reader may not know (1 statement).
    """
    readers = note_reading(reader=request.user, kind=kind_of(case).flow.kind, case_no=case.case_no)
    return readers if may_see_readers(request.user, case) else None


def take_step(request, case, form, page, *, act=perform, **more):
    """Take the step that `form` names and lead back to the case; refused, answer `page(form)` with what was typed (422).

    The form's fields are `step`, `version` (the state of the case that the user saw) and what the step is given; `more` is
    given besides. `act` takes the step where a kind has its own way.
    """
    if form.is_valid():
        data = form.cleaned_data | more
        name, seen = data.pop("step"), data.pop("version")
        try:
            changed = act(case, name, actor=request.user, expected_version=seen, **data)
        except DomainError as error:
            _show(form, error)
        else:
            kind = kind_of(case)
            messages.success(request, _("Recorded: %(step)s.") % {"step": _taken(kind.flow, name, case, changed).label})
            return redirect(kind.url_name, case.case_no)
    response = page(form)
    response.status_code = 422
    return response


def _show(form, error: DomainError):
    """Every reason that names a field of the form stands at it; else the message stands above the form."""
    placed = [reason for reason in error.reasons if reason.facts.get("field") in form.fields]
    for reason in placed:
        form.add_error(reason.facts["field"], reason.text)
    if not placed or len(placed) < len(error.reasons):
        others = [reason.text for reason in error.reasons if reason not in placed and reason.text]
        form.add_error("reason" if error.code == "CASE_NEEDS_REASON" else None, others or error.message)


def _taken(flow, name, case, changed):
    """The step that led to where the case stands now: a first signature of several moves nothing yet."""
    step = flow.step(name)
    if step.target == changed.status:
        return step
    return next(other for other in flow.from_state(case.status) if other.target == changed.status)
