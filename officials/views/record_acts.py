"""Acts on a whole record: its photo, into the trash and out of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from foundation.common.results import DomainError

from ..selectors.person import load_person
from ..services import records
from ..services.photos import set_photo
from .person import act

person_trash = act(records.trash, gettext_lazy("The record is in the trash. It can be restored at any time."))
person_restore = act(records.restore, gettext_lazy("The record is restored; everything stands as it was."))


@require_POST
@login_required
def photo_set(request, pk):
    """Set or replace the photo."""
    person = load_person(request.user, pk)
    chosen = request.FILES.get("photo")
    if chosen is None:
        messages.error(request, _("Choose a picture first."))
        return redirect("officials:person", pk)
    try:
        set_photo(actor=request.user, official=person, data=chosen.read())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The photo is set."))
    return redirect("officials:person", pk)
