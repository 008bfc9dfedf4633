"""The office's own outlines of talks (谈话提纲): added from a day on, never edited."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.common.results import Reason
from foundation.common.scoping import require
from foundation.organizations.models import Organization
from foundation.regulations.services.codes import codes

from ..models import TalkTemplate
from ..workflows.talk import KEEP
from .tool_cases import refuse


@transaction.atomic
def set_outline(
    *,
    actor,
    county: Organization,
    topic: str,
    starts_on: date,
    outline: str = "",
    questions: str = "",
    points: str = "",
) -> TalkTemplate:
    """Put an outline of a county in force from a day on; without any line the one that comes with the system holds again.

    Raises PermissionDenied without the right to keep talks in the whole county; DomainError (400, by field) for an unknown
    occasion or a day that is past.
    """
    require(actor, KEEP, county.path)
    wrong = []
    if topic not in codes("talk_topic"):
        wrong.append(Reason("TOPIC_UNKNOWN", {"field": "topic"}, text=_("Choose one of the occasions of a talk.")))
    if starts_on < timezone.localdate():
        text = _("An outline holds from today on at the earliest: talks of the past had another one.")
        wrong.append(Reason("DAY_PAST", {"field": "starts_on"}, text=text))
    refuse(wrong, "OUTLINE_REFUSED")
    row = TalkTemplate.objects.create(
        organization=county,
        topic=topic,
        starts_on=starts_on,
        outline=outline.strip(),
        questions=questions.strip(),
        points=points.strip(),
        entered_by_name=str(actor)[:120],
    )
    record(
        actor=actor,
        action="supervision.outline.set",
        target_kind="talk_topic",
        target_no=topic,
        target_label=topic,
        org_path=county.path,
        data={"starts_on": starts_on.isoformat(), "row": row.pk},
    )
    return row
