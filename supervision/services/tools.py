"""Proposing reminder talks, inquiry letters and admonishments (§5.1), and opening those that a measure has approved."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.casework.registry import kind_of
from foundation.casework.services.engine import open_case
from foundation.common.results import Reason
from foundation.common.scoping import require
from foundation.organizations.models import Organization
from foundation.regulations.services.codes import codes
from officials.models import Official

from ..choices import Mode, Source
from ..models import Admonishment, Inquiry, Reminder
from ..workflows.admonishment import AGREED, PROPOSE, PROPOSED
from ..workflows.reminder import APPROVED
from .tool_cases import new_case, person_of, refuse, summary_missing, taken_over

Tool = Reminder | Inquiry | Admonishment


@transaction.atomic
def propose(
    *,
    actor,
    model: type[Tool],
    official: Official,
    summary: str,
    source: str = Source.OTHER,
    mode: str = Mode.TALK,
    situations=(),
    on: date | None = None,
) -> Tool:
    """Propose a tool of supervision about a person; `situations` (table admonish_situation) for an admonishment only.

    An inquiry is always a letter. `on`: the day of a case that was kept on paper and is taken over, today else (`taken_over`).
    Raises PermissionDenied outside the actor's units; DomainError (400, by field) without a
    matter or with situations that do not fit, DomainError for a person in the trash or without a unit.
    """
    person = person_of(official)
    require(actor, PROPOSE, person.org_path)
    wrong = [*summary_missing(summary), *_situations_fit(model, situations), *taken_over(actor, person, on)]
    refuse(wrong, "PROPOSAL_REFUSED")
    more = {"situations": sorted(situations)} if model is Admonishment else {}
    way = Mode.LETTER if model is Inquiry else mode
    case = new_case(
        model, person, actor=actor, status=PROPOSED, summary=summary, on=on, source=source, mode=way, **more
    )
    open_case(case, actor=actor, reason=case.summary, data={"official": person.pk, "source": source})
    record(
        actor=actor,
        action="supervision.tool.proposed",
        target_kind=kind_of(case).flow.kind,
        target_no=case.case_no,
        target_label=case.case_no,
        org_path=person.home.path,
        reason=case.summary[:300],
        data={"official": person.pk, "source": source, **more},
    )
    return case


def _situations_fit(model, situations) -> list[Reason]:
    """An admonishment names at least one of the situations; other tools none."""
    known = set(codes("admonish_situation"))
    if model is not Admonishment:
        return []
    if situations and set(situations) <= known:
        return []
    text = _("Choose at least one of the situations of an admonishment.")
    return [Reason("SITUATIONS_MISSING", {"field": "situations", "known": sorted(known)}, text=text)]


@transaction.atomic
def open_approved(
    *,
    actor,
    model: type[Reminder | Admonishment],
    official: Official,
    summary: str,
    source_kind: str,
    source_no: str,
    unit: Organization | None = None,
) -> Reminder | Admonishment:
    """Open a reminder talk or admonishment that a decision elsewhere (a measure of the bottom rank) has approved already.

    The decision's service has checked who decides, so nothing is asked here; the act is the decision's, this case is named
    in an entry of its own. A reminder may be held at once; an admonishment still needs the committee's leader (R-1.43). `unit` keeps the case of a person who belongs to none. Raises DomainError for a person in the
    trash, or without a unit where none is given.
    """
    person = person_of(official, needs_unit=unit is None)
    more = {"situations": ["ADM9"]} if model is Admonishment else {}
    case = new_case(
        model,
        person,
        actor=actor,
        status=AGREED if model is Admonishment else APPROVED,
        summary=summary,
        unit=unit,
        source=Source.RANKING,
        source_kind=source_kind,
        source_no=source_no,
        **more,
    )
    open_case(case, actor=actor, reason=case.summary, data={"official": person.pk, "source_no": source_no})
    record(
        actor=actor,
        action="supervision.tool.opened",
        target_kind=kind_of(case).flow.kind,
        target_no=case.case_no,
        target_label=case.case_no,
        org_path=case.organization.path,
        reason=case.summary[:300],
        data={"official": person.pk, "source_kind": source_kind, "source_no": source_no},
    )
    return case
