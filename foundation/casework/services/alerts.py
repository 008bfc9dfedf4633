"""What people do with alerts: claim, give back, snooze with a reason, close with a document.

Each act is one conditional UPDATE on the status that the user saw or may leave: of two clicks one succeeds.
"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from foundation.audit.services.entries import record
from foundation.common.results import DomainError
from foundation.common.scoping import scope_of
from foundation.regulations.services.rulebook import rulebook

from ..alert_kinds import people_shut_for
from ..models import Alert, AlertStatus
from . import attachments

OPEN, CLAIMED, SNOOZED, CLOSED = AlertStatus.OPEN, AlertStatus.CLAIMED, AlertStatus.SNOOZED, AlertStatus.CLOSED
PAPERS = "casework.alert"
TEXT_LONGEST = 500


@transaction.atomic
def claim(alerts, *, actor) -> int:
    """Take alerts on: whoever looks sees who is at it. An alert that another one has claimed stays with that one.

    Raises PermissionDenied where the actor is not the owner, DomainError `ALERT_MOVED_ON` when one is taken or done.
    """
    given = {"status": CLAIMED, "claimed_by_id": actor.pk, "claimed_by_name": str(actor)[:120]}
    given |= {"snoozed_until": None, "snooze_reason": ""}
    return _move(alerts, actor, "casework.alert.claimed", sources=(OPEN, SNOOZED), given=given)


@transaction.atomic
def release(alerts, *, actor) -> int:
    """Give back what the actor has claimed. Raises DomainError for alerts that others have claimed."""
    given = {"status": OPEN, "claimed_by_id": None, "claimed_by_name": ""}
    return _move(alerts, actor, "casework.alert.released", sources=(CLAIMED,), given=given, mine=True)


@transaction.atomic
def snooze(alerts, *, actor, until: date | None, reason: str, today: date | None = None) -> int:
    """Put alerts off until a day, for a reason that stays on record; on that day the sweep opens them again.

    Raises DomainError without a reason, or for a day that is past or further than ALR-SNOOZE-DAYS allows.
    """
    today, reason = today or timezone.localdate(), (reason or "").strip()
    if not reason:
        raise DomainError("REASON_MISSING", _("Say why the alert is put off: it stays in the record."), status=400)
    most = int(rulebook(on=today).value("ALR-SNOOZE-DAYS"))
    if until is None or not 0 < (until - today).days <= most:
        text = _("Choose a day from tomorrow on, at most %(most)d days ahead.") % {"most": most}
        raise DomainError("SNOOZE_DAY", text, status=400)
    given = {"status": SNOOZED, "snoozed_until": until, "snooze_reason": _fitting(reason)}
    data = {"until": until}
    return _move(
        alerts,
        actor,
        "casework.alert.snoozed",
        sources=(OPEN, CLAIMED),
        given=given,
        reason=reason,
        data=data,
        mine=True,
    )


@transaction.atomic
def close(alerts, *, actor, document: str, file=None) -> int:
    """Close alerts with the document that settled the matter, and with its file where there is one.

    Raises DomainError without a document, and for a file that may not be taken (see `attachments.checked`).
    """
    document = (document or "").strip()
    if not document:
        text = _("Name the document with which the matter was settled (number, title, date).")
        raise DomainError("DOCUMENT_MISSING", text, status=400)
    alerts = _locked(alerts)
    given = {"status": CLOSED, "closing_text": _fitting(document), "closed_by_name": str(actor)[:120]}
    given |= {"closed_at": timezone.now(), "snoozed_until": None, "snooze_reason": ""}
    data = {"document": document}
    done = _move(
        alerts, actor, "casework.alert.closed", sources=(OPEN, CLAIMED, SNOOZED), given=given, data=data, mine=True
    )
    if file is not None:
        name, ending, content = attachments.checked(alerts[0], file)
        for alert in alerts:
            attachments.keep(kind=PAPERS, case_no=str(alert.pk), actor=actor, name=name, ending=ending, data=content)
    return done


def _fitting(text: str) -> str:
    if len(text) > TEXT_LONGEST:
        message = _("The text has %(has)d characters; %(most)d are the most.")
        raise DomainError("TEXT_TOO_LONG", message % {"has": len(text), "most": TEXT_LONGEST}, status=400)
    return text


def _locked(alerts) -> list[Alert]:
    """The alerts as they stand now, in one order, so that two acts on the same ones wait for each other."""
    keys = [alert.pk for alert in alerts]
    rows = Alert.objects.system().select_for_update(of=("self",)).select_related("organization__jurisdiction")
    found = list(rows.filter(pk__in=keys).order_by("pk"))
    if not found:
        raise DomainError("NO_ALERTS", _("Choose at least one alert first."), status=400)
    return found


def _move(alerts, actor, act: str, *, sources, given: dict, reason="", data=None, mine=False) -> int:
    """All of them or none: check the rights, update on condition, write the entry.

    `mine`: what somebody else has claimed is left to that one.
    """
    found = _locked(alerts)
    _authorise(found, actor)
    rows = Alert.objects.filter(pk__in=[alert.pk for alert in found], status__in=sources)
    if mine:
        rows = rows.exclude(pk__in=[a.pk for a in found if a.status == CLAIMED and a.claimed_by_id != actor.pk])
    if rows.update(**given) != len(found):
        _refuse(found, actor)
    record(
        actor=actor,
        action=act,
        target_kind="alert",
        target_no=found[0].key if len(found) == 1 else "",
        target_label=found[0].key if len(found) == 1 else "",
        org_path=found[0].organization.path if len(found) == 1 else "",
        reason=reason,
        data={"alerts": [alert.key for alert in found], **(data or {})},
    )
    return len(found)


def _authorise(found, actor):
    shut = people_shut_for(actor)
    for alert in found:
        if alert.person_id in shut or not scope_of(actor, alert.permission).covers(alert.organization.path):
            raise PermissionDenied(alert.permission)


def _refuse(found, actor):
    """Say who was faster."""
    taken = next((a for a in found if a.status == CLAIMED and a.claimed_by_id != actor.pk), None)
    if taken:
        text = _("“%(subject)s” was claimed by %(name)s. Agree with them, or leave it out.")
        raise DomainError("ALERT_CLAIMED", text % {"subject": taken.subject, "name": taken.claimed_by_name})
    text = ngettext(
        "The alert has moved on since you opened the page. Look at it again.",
        "One of the %(number)d alerts has moved on since you opened the page. Look at them again; none was changed.",
        len(found),
    )
    raise DomainError("ALERT_MOVED_ON", text % {"number": len(found)})
