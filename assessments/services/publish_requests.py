"""Publishing by two people: one asks, others sign, and the last signature publishes in the same transaction.

There is no other door to `publishing.publish` than the confirmation here. Locks are taken in one order, the cycle before the
request, so that asking, signing and an accepted appeal at once end in one of them.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.audit.services.entries import record
from foundation.casework.registry import Handler, bind
from foundation.casework.selectors import events_of
from foundation.casework.services.engine import open_case, perform
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import require
from foundation.regulations.services.rulebook import rulebook

from ..models import Cycle, PublishRequest, Run
from ..rules.signing import check_signer, is_last_signature
from ..selectors.publishing import APPEALS_OPEN, objections, signed_by
from ..workflows.publish_request import ASK, PUBLISH_REQUEST, REQUESTED
from .openings import close_opening
from .publishing import is_current, publish
from .scheme_issue import refuse_drafts

TEXTS = {
    "SIGNER_ASKED": gettext_lazy("You asked for the publication. Somebody else must sign it."),
    "SIGNER_SIGNED": gettext_lazy("You have signed already. Somebody else must sign as well."),
    "MORE_SIGNATURES": gettext_lazy("More people must sign before the run is published."),
}


def _locked_cycle(key) -> Cycle:
    query = Cycle.objects.system().select_for_update(of=("self",)).select_related("jurisdiction")
    return query.get(pk=key)


@transaction.atomic
def ask_to_publish(run: Run, *, actor, reason: str, override_reason: str = "") -> PublishRequest:
    """Ask that a run be published; who asks has signed. Returns the case that waits for the next signature.

    Raises PermissionDenied for who does not hold the county as a whole; DomainError without a reason, when the year is
    locked, the run is published or outdated, another request is open, appeals of the year are open, or figures are not
    verified, the units were never shown the year or may still object and no reason is given for publishing all the same.
    """
    cycle = _locked_cycle(run.cycle_id)
    require(actor, ASK, cycle.jurisdiction.path)
    run.cycle = cycle
    reason, override_reason = (reason or "").strip(), (override_reason or "").strip()
    _refuse_asking(run, cycle, reason)
    _make_room(cycle, actor)
    against = objections(run, timezone.localdate())
    if against and (against[0].code == APPEALS_OPEN or not override_reason):
        raise DomainError("PUBLISHING_OBJECTED", against[0].text, against)
    book = rulebook(on=timezone.localdate(), jurisdiction=cycle.jurisdiction.code)
    taken = PublishRequest.objects.system().filter(cycle=cycle).count()
    case = PublishRequest(
        case_no=f"FB-{cycle.jurisdiction.code}-{cycle.year}-{taken + 1:02d}",
        status=REQUESTED,
        organization=cycle.jurisdiction,
        opened_on=timezone.localdate(),
        cycle=cycle,
        run=run,
        reason=reason,
        override_reason=override_reason if against else "",
        signers=int(book.value("ASM-PUBLISH-SIGNERS")),
        asked_by=actor.pk,
        asked_by_name=str(actor),
    )
    open_case(case, actor=actor, reason=reason, data={"run": run.number, "override": case.override_reason})
    record(
        actor=actor,
        action="assessments.publication.asked",
        target_kind=PUBLISH_REQUEST.kind,
        target_no=case.case_no,
        target_label=run.number,
        org_path=cycle.jurisdiction.path,
        reason=reason,
        rulebook_version=book.version,
        data={"run": run.number, "override": case.override_reason},
    )
    return case


def _refuse_asking(run, cycle, reason):
    if not reason:
        raise DomainError("REASON_MISSING", _("Name the decision on which the publication rests."), status=400)
    if cycle.is_locked:
        code, text = "CYCLE_LOCKED", _("This year is published. Open it for correction with a reason first.")
        if cycle.published_run_id == run.pk:
            code, text = "ALREADY_PUBLISHED", _("This run is the published one already.")
        raise DomainError(code, text)
    refuse_drafts(cycle)
    if not is_current(run):
        raise DomainError(
            "RUN_OUTDATED", _("The inputs changed after this run. Calculate again, then publish the new run.")
        )


def _make_room(cycle, actor):
    """One request at a time: an outdated one lapses, a living one stands in the way."""
    lapse_outdated(cycle, actor=actor, why=_("The inputs changed after its run."))
    other = PublishRequest.objects.system().filter(cycle=cycle, status=REQUESTED).first()
    if other:
        raise DomainError(
            "REQUEST_OPEN",
            _("Request %(case_no)s waits for a signature already. Sign it, or take it back first.")
            % {"case_no": other.case_no},
        )


@transaction.atomic
def lapse_outdated(cycle: Cycle, *, actor, why: str) -> PublishRequest | None:
    """Let the open request of a cycle lapse when its run's inputs changed; returns it, None when there is none."""
    case = PublishRequest.objects.system().filter(cycle=cycle, status=REQUESTED).select_related("run__cycle").first()
    if case is None or is_current(case.run):
        return None
    return perform(case, "lapse", actor=actor, reason=why)


def confirm(case: PublishRequest, *, actor, reason: str = "", expected_version=None) -> PublishRequest:
    """Sign a request; the last signature publishes the run in the same transaction. Returns the changed case.

    Raises PermissionDenied without the right to sign for the county; DomainError to who asked or signed before, when
    somebody was faster, when new objections came up, and when the inputs changed: then the request has lapsed.
    """
    with transaction.atomic():
        cycle = _locked_cycle(case.cycle_id)
        require(actor, "assessments.sign_run", cycle.jurisdiction.path)
        lapsed = lapse_outdated(cycle, actor=actor, why=_("The inputs changed after its run."))
        if lapsed is None:
            step = "confirm" if is_last_signature(len(signed_by(case)), case.signers) else "sign"
            return perform(case, step, actor=actor, reason=reason, expected_version=expected_version)
    raise DomainError(
        "REQUEST_LAPSED", _("The inputs changed after this run: the request has lapsed. Calculate again and ask anew.")
    )


def take_step(case: PublishRequest, step: str, *, actor, reason: str = "", expected_version=None) -> PublishRequest:
    """Sign, refuse or take back. Raises as `confirm` and `perform` do."""
    if step == "confirm":
        return confirm(case, actor=actor, reason=reason, expected_version=expected_version)
    return perform(case, step, actor=actor, reason=reason, expected_version=expected_version)


def not_signed_yet(case, *, actor, **payload):
    """Everybody signs once; who asked has signed by asking."""
    codes = check_signer(actor.pk, asked_by=case.asked_by, signed_by=signed_by(case))
    return [Reason(code, text=TEXTS[code]) for code in codes]


def nothing_new_against(case, *, actor, **payload):
    """No appeal is open, figures are verified, the units were asked and the window is over, unless the asker answered for it."""
    return objections(case.run, timezone.localdate(), is_answered_for=bool(case.override_reason))


def enough_signed(case, *, actor, **payload):
    """The run is published by the last signature only (rule ASM-PUBLISH-SIGNERS)."""
    if is_last_signature(len(signed_by(case)), case.signers):
        return []
    return [Reason("MORE_SIGNATURES", text=TEXTS["MORE_SIGNATURES"])]


def carry_out(case, *, actor, reason, **payload):
    """Publish the run: the one place where that happens."""
    counts = publish(case.run, actor=actor, reason=case.reason, request_no=case.case_no)
    close_opening(case.cycle)
    return counts


def outcome_of(case: PublishRequest) -> dict | None:
    """What the publication did to the measures, None before it."""
    return next((event.data for event in events_of(PUBLISH_REQUEST, case) if event.action == "confirm"), None)


bind(
    PUBLISH_REQUEST,
    PublishRequest,
    url_name="assessments:publish-request",
    named_by=("run",),
    begun_by="asked_by",
    confirm=Handler(guards=(not_signed_yet, nothing_new_against), input_guards=(enough_signed,), effect=carry_out),
    sign=Handler(guards=(not_signed_yet, nothing_new_against)),
)
