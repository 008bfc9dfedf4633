"""Checks of reports of personal matters: the yearly draw, key checks, what was found and what follows (art. 10, 11)."""

import secrets
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.casework.registry import kind_of
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import require
from foundation.organizations.models import Organization
from foundation.regulations.services.rulebook import rulebook
from officials.models import Official

from ..choices import CheckFinding, CheckFollow, CheckOccasion, MatterOccasion, Source
from ..models import Admonishment, Inquiry, MatterCheck, MatterDraw, MatterReport, Reminder
from ..rules.matters import draw_sample
from ..selectors.matters import KEEP, is_covered
from .matters import entry_of
from .tool_cases import person_of, refuse
from .tools import propose

MODELS = {CheckFollow.INQUIRY: Inquiry, CheckFollow.REMIND: Reminder, CheckFollow.ADMONISH: Admonishment}


@transaction.atomic
def draw(*, actor, county: Organization, year: int, witness: str, seed: str = "") -> MatterDraw:
    """Draw the random check of a year among those who have reported: once, with a recorded seed (a new one where none is given).

    Raises PermissionDenied outside the actor's counties; DomainError (400) without a witness or without reports, (409) when
    the year is drawn already.
    """
    require(actor, KEEP, county.path)
    Organization.objects.system().select_for_update(of=("self",), no_key=True).get(pk=county.pk)
    if MatterDraw.objects.system().filter(organization=county, year=year).exists():
        raise DomainError("DRAWN_ALREADY", _("The random check of this year is drawn already; it is drawn once."))
    filed = MatterReport.objects.system().filter(
        occasion=MatterOccasion.ANNUAL,
        year=year,
        reported_on__isnull=False,
        official__org_path__startswith=county.path,
        official__trashed_at__isnull=True,
    )
    population = sorted(str(pk) for pk in filed.values_list("official_id", flat=True))
    wrong = []
    if not witness.strip():
        wrong.append(Reason("TEXT_MISSING", {"field": "witness"}, text=_("Name who watched the draw.")))
    if not population:
        wrong.append(Reason("NOBODY_REPORTED", {"field": None}, text=_("Nobody has reported for this year yet.")))
    refuse(wrong, "DRAW_REFUSED")
    today = timezone.localdate()
    book = rulebook(on=today, jurisdiction=county.code)
    share = book.value("SUP-MATTERS-CHECK-SHARE")
    used = seed.strip() or secrets.token_hex(16)
    drawn = draw_sample(population, share, used)
    row = MatterDraw.objects.create(
        organization=county,
        year=year,
        seed=used,
        share=share,
        rulebook_version=book.version,
        population=population,
        drawn=list(drawn),
        witness=witness.strip(),
        drawn_by_id=actor.pk,
        drawn_by_name=str(actor),
    )
    MatterCheck.objects.bulk_create(
        MatterCheck(official_id=int(pk), occasion=CheckOccasion.RANDOM, year=year, asked_on=today) for pk in drawn
    )
    about = {"seed": used, "share": str(share), "population": len(population), "drawn": list(drawn)}
    entry = entry_of(f"{county.code}-{year}", county.path, reason=row.witness, **about)
    record(actor=actor, action="supervision.matters.drawn", **entry)
    return row


@transaction.atomic
def ask_key_check(*, actor, official: Official, reason: str) -> MatterCheck:
    """Ask for a key check of a person (凡提必核 and others), with why.

    Raises PermissionDenied outside the actor's units; DomainError (400, by field) without a reason, for somebody who does
    not report, while another key check of the person is open.
    """
    person, wrong = person_of(official), []
    require(actor, KEEP, person.org_path)
    if not reason.strip():
        text = _("Say why, for example that the person is considered for promotion.")
        wrong.append(Reason("TEXT_MISSING", {"field": "reason"}, text=text))
    today = timezone.localdate()
    if not is_covered(person, today):
        text = _("By level and rank this person does not report personal matters.")
        wrong.append(Reason("NOT_COVERED", {"field": None}, text=text))
    if MatterCheck.objects.system().filter(official=person, occasion=CheckOccasion.KEY, finding="").exists():
        text = _("A key check of this person is open already.")
        wrong.append(Reason("CHECK_OPEN", {"field": None}, text=text))
    refuse(wrong, "CHECK_REFUSED")
    row = MatterCheck.objects.create(
        official=person, occasion=CheckOccasion.KEY, year=today.year, reason=reason.strip()[:200], asked_on=today
    )
    entry = entry_of(str(row.pk), person.org_path, reason=row.reason, official=person.pk)
    record(actor=actor, action="supervision.matters.check-asked", **entry)
    return row


@transaction.atomic
def record_finding(
    *, actor, check: MatterCheck, checked_on: date, finding: str, handled: str = "", follow: str = "", situations=()
) -> MatterCheck:
    """Record what a check found; a finding may open an inquiry letter, a reminder talk or an admonishment.

    Raises PermissionDenied outside the actor's units, or without the right to propose what is to follow; DomainError (409)
    when a finding stands already, (400, by field) for a day to come or before the check was asked for, a fault found with
    nothing done about it, something to follow where all is consistent, an admonishment without its situations.
    """
    rows = MatterCheck.objects.system().select_for_update(of=("self",)).select_related("official")
    row = rows.get(pk=check.pk)
    require(actor, KEEP, row.official.org_path)
    if row.finding:
        raise DomainError("FINDING_STANDS", _("The finding of this check is recorded already."))
    refuse([*_wrong(row, checked_on, finding, handled, follow)], "FINDING_REFUSED")
    row.checked_on, row.finding, row.handled = checked_on, finding, handled.strip()[:300]
    if follow:
        tool = propose(
            actor=actor,
            model=MODELS[follow],
            official=row.official,
            summary=_("Check of the report of personal matters %(year)s: %(finding)s")
            % {"year": row.year, "finding": CheckFinding(finding).label},
            source=Source.CHECK,
            situations=situations if follow == CheckFollow.ADMONISH else (),
        )
        row.tool_kind, row.tool_no = kind_of(tool).flow.kind, tool.case_no
    row.version += 1
    row.save()
    about = {"official": row.official_id, "finding": finding, "checked_on": checked_on.isoformat()}
    entry = entry_of(str(row.pk), row.official.org_path, tool=row.tool_no, **about)
    record(actor=actor, action="supervision.matters.checked", **entry)
    return row


def _wrong(row, checked_on, finding, handled, follow):
    if finding not in CheckFinding.values:
        yield Reason("FINDING_UNKNOWN", {"field": "finding"}, text=_("Choose what the check found."))
    if checked_on > timezone.localdate():
        yield Reason("DAY_IN_FUTURE", {"field": "checked_on"}, text=_("This day lies in the future."))
    if checked_on < row.asked_on:
        text = _("The check was asked for on %(day)s; it cannot have ended before.") % {
            "day": f"{row.asked_on:%Y.%m.%d}"
        }
        yield Reason("DAY_TOO_EARLY", {"field": "checked_on"}, text=text)
    if finding == CheckFinding.CONSISTENT and follow:
        text = _("Nothing follows where the report is consistent.")
        yield Reason("NOTHING_FOLLOWS", {"field": "follow"}, text=text)
    if finding in (CheckFinding.OMITTED, CheckFinding.CONCEALED) and not follow and not handled.strip():
        text = _("Say what was done about it, or choose what follows.")
        yield Reason("NOTHING_DONE", {"field": "handled"}, text=text)
    lighter = (CheckFollow.INQUIRY, CheckFollow.REMIND)
    if finding == CheckFinding.CONCEALED and follow in lighter and not handled.strip():
        text = _("Concealment is followed by an admonishment or more. Say why something lighter is enough.")
        yield Reason("TOO_LIGHT", {"field": "handled"}, text=text)
