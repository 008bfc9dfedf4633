"""The person page (一张图) in its tabs, the photo, and the full number for who says why."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from foundation.common.results import DomainError
from foundation.common.scoping import require

from ..forms.sections import ReasonForm
from ..models import Photo
from ..person_links import links_of
from ..selectors import person as reading
from ..selectors import restrictions
from ..selectors.changes import changes_of
from ..services import records

TABS = ("overview", "education", "family", "awards", "movements", "restrictions", "changes")
ROWS = {
    "education": ("education", "titles"),
    "family": ("family",),
    "awards": ("awards", "ratings"),
    "movements": ("entrance", "exit", "retirement"),
}


@login_required
def person_page(request, pk, form=None, status=200):
    """One person: header, then the tab that the address names."""
    person = reading.load_person(request.user, pk)
    day = timezone.localdate()
    tab = request.GET.get("tab") if request.GET.get("tab") in TABS else TABS[0]
    context = reading.header_of(person, request.user, day) | {"tab": tab, "day": day, "form": form or ReasonForm()}
    context["links"] = links_of(person, request.user)
    if tab == "overview":
        context |= {"spells": reading.timeline(person, day), "resume": reading.resume_of(person)}
    elif tab == "restrictions":
        require(request.user, restrictions.VIEW, person.org_path)
        context |= restrictions.page_of(person, day)
    elif tab == "changes":
        context |= changes_of(person, before=request.GET.get("before"))
    else:
        context["sets"] = reading.rows_of(person, *ROWS[tab])
    return render(request, "officials/person.html", context, status=status)


@login_required
def person_photo(request, pk):
    """The photo as JPEG; browsers keep it for an hour, for themselves alone."""
    photo = Photo.objects.get_visible(user=request.user, perm=reading.VIEW, official=pk)
    answer = HttpResponse(bytes(photo.image), content_type="image/jpeg")
    answer["Cache-Control"] = "private, max-age=3600"
    answer["ETag"] = f'"{photo.sha256}"'
    return answer


@never_cache
@require_POST
@login_required
def person_unmask(request, pk):
    """Number and phone in full, once, for the reason given."""
    person = reading.load_person(request.user, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return person_page(request, pk, form, status=422)
    secrets = records.unmask(actor=request.user, official=person, reason=form.cleaned_data["reason"])
    return render(request, "officials/person_unmasked.html", {"person": person, "secrets": secrets})


def act(service, done):
    """A view of an act on the whole record that needs a reason and calls one service."""

    @require_POST
    @login_required
    def view(request, pk):
        person = reading.load_person(request.user, pk)
        try:
            service(actor=request.user, official=person, reason=request.POST.get("reason", ""))
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, done)
        return redirect("officials:person", pk)

    return view


def section_or_404(sections, code):
    """The section with this code. Raises Http404."""
    if code not in sections:
        raise Http404
    return sections[code]
