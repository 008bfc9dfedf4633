"""Who may change figures of a year now: the office always (with a reason), a department while its submission is with it.

Single corrections and the grid ask the same questions here. Without a collection for the department nothing stands
against an entry, as before collections existed.
"""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.common.results import DomainError
from foundation.common.scoping import scope_of

from ..models import Collection, Cycle
from ..rules.collection import check_entry

EDIT = "assessments.edit_score"
_TEXTS = {
    "COLLECTION_SUBMITTED": _(
        "The figures were submitted and wait for the assessment office. Ask it to return them, then correct them."
    ),
    "COLLECTION_VERIFIED": _("The figures were verified. Ask the assessment office to open the submission again."),
    "COLLECTION_OVERDUE": _(
        "The last day was %(day)s. A figure after the deadline needs the release of the assessment office: ask for it."
    ),
}


def is_office(actor, cycle: Cycle) -> bool:
    """Does the actor look after the figures of the whole county?"""
    return scope_of(actor, EDIT).covers(cycle.jurisdiction.path)


def stands_against(collection: Collection, today=None) -> DomainError | None:
    """What stands against the department's entering figures today, as the error to raise; None when nothing does."""
    code = check_entry(collection.status, collection.last_day, today or timezone.localdate())
    if not code:
        return None
    return DomainError(code, _TEXTS[code] % {"day": f"{collection.last_day:%Y.%m.%d}"})


def refuse_when_closed(actor, cycle: Cycle, responsible_id: int | None) -> None:
    """Raise DomainError when the actor speaks for a department whose submission is closed or overdue.

    Called inside the transaction of the change: the submission cannot move on before it ends.
    """
    if responsible_id is None or is_office(actor, cycle):
        return
    mine = Collection.objects.system().filter(cycle=cycle, organization=responsible_id)
    collection = mine.select_for_update(
        of=("self",)
    ).first()  # a submission waits until the figure is in, or the reverse
    error = stands_against(collection) if collection else None
    if error:
        raise error
