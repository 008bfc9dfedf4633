"""The print centre of a person, and the dialog that takes out a selection of people."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from foundation.common.results import DomainError
from foundation.exchange.messages import sentence
from foundation.exchange.reports.grid_prints import draw_pages

from ..forms.exports import ExportForm, FormFileForm
from ..forms.roster import QuestionForm
from ..models import Official
from ..selectors.lists import lists_of, members_of
from ..selectors.roster import people_for
from ..services.exports import (
    EXPORT,
    FORM_ENDINGS,
    export_forms,
    filled_forms,
    layout_of,
    may_unmask,
    people_to_export,
)
from ..services.roster_exports import export_sheet

LAYOUTS = {"2003": False, "2025": True}
MOST_CHOSEN = 200_000


def as_file(paper) -> HttpResponse:
    """The paper as a download; what leaves the house stays in no cache."""
    answer = HttpResponse(paper.content, content_type=paper.content_type)
    answer["Content-Disposition"] = content_disposition_header(True, paper.name)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _person(request, pk) -> Official:
    people = Official.objects.kept().select_related("home__jurisdiction", "form_details", "photo")
    return people.get_visible(user=request.user, perm=EXPORT, pk=pk)


@login_required
def person_form(request, pk):
    """The appointment form as it is printed, in either layout (`?layout=2003`), with the files to take out."""
    person = _person(request, pk)
    wanted = LAYOUTS.get(request.GET.get("layout"))
    filled = filled_forms([person], wanted)[0]
    context = {
        "person": person,
        "layout": "2025" if layout_of([person], wanted) else "2003",
        "layouts": LAYOUTS,
        "remarks": [sentence(finding) for finding in filled.findings],
        "pages": range(1, len(filled.form.pages) + 1),
        "form": FormFileForm(may_unmask=may_unmask(request.user, [person])),
    }
    return render(request, "officials/person_form.html", context)


@never_cache
@login_required
def person_form_page(request, pk, number):
    """One page of the form as a picture."""
    filled = filled_forms([_person(request, pk)], LAYOUTS.get(request.GET.get("layout")))[0]
    if not 1 <= number <= len(filled.form.pages):
        raise Http404
    try:
        return HttpResponse(draw_pages(filled.form)[number - 1], content_type="image/svg+xml")
    except DomainError as error:
        return HttpResponse(error.message, status=error.status, content_type="text/plain; charset=utf-8")


@require_POST
@login_required
def person_form_file(request, pk, ending):
    """The form as PDF, docx or interchange file; taking it out is recorded."""
    person = _person(request, pk)
    if ending not in FORM_ENDINGS:
        raise Http404
    form = FormFileForm(request.POST, may_unmask=may_unmask(request.user, [person]))
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return redirect("officials:person-form", pk)
    try:
        return as_file(export_forms(actor=request.user, people=[person], order=form.order(ending)))
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("officials:person-form", pk)


def _chosen(user, asked) -> list[int]:
    """Keys of the people chosen: ticked ones, else whoever is on a list, else whoever answers the roster's question."""
    today = timezone.localdate()
    if ids := ExportForm.read_ids(asked):
        return ids
    if asked.get("list", "").isdecimal():
        saved = lists_of(user).filter(pk=int(asked["list"])).first()
        return members_of(user, saved, today) if saved else []
    if "kept" not in asked:
        return []
    found = QuestionForm(QueryDict(asked["kept"]), user)
    people = people_for(user, found.question, today=today, as_of=found.as_of)
    return list(people.visible_to(user, EXPORT).in_team_order().values_list("pk", flat=True)[: MOST_CHOSEN + 1])


@login_required
@permission_required(EXPORT, raise_exception=True)
def export(request):
    """What to take out of a selection of people, and in which form; the same address answers with the file."""
    asked = request.POST if request.method == "POST" else request.GET
    form = ExportForm(asked if "what" in asked else None, ids=_chosen(request.user, asked))
    people = []
    try:
        people = people_to_export(request.user, form.ids, lean=True)
        form.allow_numbers(may_unmask(request.user, people))
        if request.method == "POST" and form.is_bound and form.is_valid():
            return as_file(_made(request.user, form))
    except DomainError as error:
        form.refuse(error.message)
    status = 422 if form.is_bound or not people else 200
    return render(request, "officials/export.html", {"form": form, "people": people}, status=status)


def _made(actor, form):
    if form.is_about_forms:
        return export_forms(actor=actor, people=people_to_export(actor, form.ids), order=form.forms_order())
    return export_sheet(actor=actor, keys=form.ids, order=form.sheet_order())
