"""What stands against a step of a tolerance case: who acts, what is missing, what the rules refuse."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.casework.models import Deadline
from foundation.casework.registry import kind_of
from foundation.casework.selectors import events_of
from foundation.casework.services.deadlines import last_day
from foundation.common.dates import add_months
from foundation.common.results import Reason

from ..choices import Applicant, CorrectionResult, Outcome
from ..models import CaseParty, CasePoint
from ..rules.decision import check_outcome
from ..rules.meeting import Ballot, check_correction_day, check_meeting, check_verifiers, check_window
from ..selectors.recusal import concerned_relatives
from ..workflows import TOLERANCE
from .case_law import TABLES, book_of, decision_law, findings_of, told
from .named_people import read_ballots, read_people


def subjects_of(case) -> list[int]:
    """Keys of the officials whom the case is about (1 query)."""
    return list(CaseParty.objects.system().filter(case=case, official__isnull=False).values_list("official", flat=True))


def county_path(case) -> str:
    """Path of the county in which names are looked up."""
    return (case.organization.jurisdiction or case.organization).path


def missing(field: str, text: str) -> Reason:
    """A fact that a step needs and was not given."""
    return Reason("FACT_MISSING", {"field": field}, text=text)


def needs(**texts):
    """Guard: the named facts of the payload are given; `texts` say what is missing."""

    def given(case, *, actor, **payload):
        return [missing(name, str(text)) for name, text in texts.items() if payload.get(name) in (None, "", [])]

    return given


def days_in_order(later: str, *earlier: str):
    """Guard: a day of the payload is not in the future and not before the earlier days that the case knows."""

    def in_order(case, *, actor, **payload):
        day = payload.get(later)
        if day is None:
            return []
        if day > timezone.localdate():
            return [Reason("DAY_IN_FUTURE", {"field": later}, text=_("This day lies in the future."))]
        known = [getattr(case, name) for name in earlier if getattr(case, name)]
        if known and day < max(known):
            text = _("This day lies before %(day)s, when the step before was taken.") % {
                "day": f"{max(known):%Y.%m.%d}"
            }
            return [Reason("DAY_OUT_OF_ORDER", {"field": later}, text=text)]
        return []

    return in_order


def not_the_applicant(case, *, actor, **payload):
    """Whoever applied does not accept, verify or decide (separation of duties)."""
    if actor.pk is None or actor.pk != case.applied_by_id:
        return []
    return [Reason("TOLERANCE_SAME_PERSON", text=_("You applied in this case. Somebody else must take this step."))]


def not_who_reported(case, *, actor, **payload):
    """Whoever handed in the verification does not record the decision."""
    reported = {event.actor_id for event in events_of(TOLERANCE, case) if event.action == "report"}
    if actor.pk is None or actor.pk not in reported:
        return []
    return [
        Reason(
            "TOLERANCE_SAME_VERIFIER", text=_("You handed in the verification. Somebody else must record the decision.")
        )
    ]


def is_complete(case, *, actor, **payload):
    """An application says what happened and answers every precondition with evidence; ex officio that comes with the report."""
    if case.applicant_kind == Applicant.EX_OFFICIO:
        return []
    open_points = CasePoint.objects.system().filter(case=case, table="tolerance_precondition", stated="").count()
    if not open_points:
        return []
    text = _("%(count)s of the preconditions are not answered yet. Answer each with yes or no and its evidence.")
    return [Reason("TOL-PRECONDITIONS", {"field": "points"}, text=text % {"count": open_points})]


def in_time(case, *, actor, **payload):
    """Applied within the window after the notice of the investigation, or with a reason."""
    if case.notice_on is None:
        return []
    rule = book_of(case, case.notice_on).get("TOL-APPLY-DAYS")
    last, _estimated = last_day(rule, case.notice_on)
    applied = payload.get("applied_on") or timezone.localdate()
    return told(check_window(applied, last, case.late_reason, rule.cite), "late_reason")


def not_decided_above(case, *, actor, is_decided_above=False, **payload):
    """Matters finally decided by a superior body are not taken up (reading 23)."""
    if not (is_decided_above or case.is_decided_above):
        return []
    text = _(
        "A superior body has finally decided this matter: it cannot be accepted. Do not accept it, with this reason."
    )
    return [Reason("DECIDED_ABOVE", {"field": "is_decided_above"}, text=text)]


def verifiers_fit(case, *, actor, verifiers="", **payload):
    """At least two, found or not found in the record, none related to whom the case is about."""
    people, unclear = read_people(verifiers, county_path(case), "verifiers")
    if unclear:
        return unclear
    rule = book_of(case, timezone.localdate()).get("TOL-INVESTIGATORS")
    kin = concerned_relatives(subjects_of(case), [(one.name, one.official) for one in people])
    verdict = check_verifiers([one.name for one in people], kin, int(rule.value), rule.cite)
    return _with_recusal(case, told(verdict, "verifiers"))


def _with_recusal(case, reasons):
    """Reasons of kinship cite the article on recusal."""
    cite = book_of(case, timezone.localdate()).cite("TOL-RECUSAL")
    return [Reason(one.code, one.facts, cite, one.text) if one.code == "TOL-RECUSAL" else one for one in reasons]


def report_is_whole(case, *, actor, points=None, **payload):
    """The verifiers answer every point of the tables."""
    answered = {code for code, (answer, _text) in (points or {}).items() if answer}
    asked = set(CasePoint.objects.system().filter(case=case, table__in=TABLES).values_list("code", flat=True))
    if not (left := asked - answered):
        return []
    text = _("%(count)s points are not answered: every condition, distinction and factor is needed.") % {
        "count": len(left)
    }
    return [Reason("POINTS_OPEN", {"field": "points", "codes": sorted(left)}, text=text)]


def extended_once(case, *, actor, **payload):
    """The verification is extended once (TOL-VERIFY-LONGER-DAYS)."""
    if case.verify_until is None:
        return []
    text = _("The verification was extended until %(day)s; there is no second extension.") % {
        "day": f"{case.verify_until:%Y.%m.%d}"
    }
    return [Reason("TOL-VERIFY-LONGER-DAYS", text=text)]


def meeting_carries(case, *, actor, ballots="", meeting_on=None, **payload):
    """Quorum, majority, and no relative among those who vote."""
    people, unclear = read_ballots(ballots, county_path(case), "ballots")
    if unclear:
        return unclear
    book = book_of(case, meeting_on or timezone.localdate())
    kin = concerned_relatives(subjects_of(case), [(one.name, one.official) for one in people])
    cast = [Ballot(one.name, one.vote, kin.get(one.name, "")) for one in people]
    verdict = check_meeting(
        cast, book.value("TOL-QUORUM"), book.value("TOL-MAJORITY"), book.cite("TOL-QUORUM"), book.cite("TOL-MAJORITY")
    )
    return _with_recusal(case, told(verdict, "ballots"))


def outcome_fits(case, *, actor, outcome="", word="", decided_on=None, **payload):
    """The findings carry the outcome (conditions, distinctions, 9 + 3 + 8 situations)."""
    if outcome not in (Outcome.EXEMPT, Outcome.MITIGATED, Outcome.NOT_TOLERATED):
        return [missing("outcome", _("Choose what was decided."))]
    law = decision_law(book_of(case, decided_on or timezone.localdate()))
    return told(check_outcome(outcome, word, findings_of(case), law), "outcome")


def review_in_time(case, *, actor, **payload):
    """A review is asked for within the window after the result was told (TOL-REVIEW-WINDOW-DAYS)."""
    if case.fed_back_on is None:
        return []
    rule = book_of(case, case.fed_back_on).get("TOL-REVIEW-WINDOW-DAYS")
    last, _estimated = last_day(rule, case.fed_back_on)
    if timezone.localdate() <= last:
        return []
    text = _("A review could be asked for until %(day)s.") % {"day": f"{last:%Y.%m.%d}"}
    return [Reason("TOL-REVIEW-WINDOW-DAYS", {"last_day": last.isoformat()}, rule.cite, text)]


def correction_fits(case, *, actor, correction_due=None, **payload):
    """The day of the correction lies within the longest period from the day on which the result was told."""
    if correction_due is None:
        return [missing("correction_due", _("Say by when the correction is to be done."))]
    rule = book_of(case, case.decided_on).get("TOL-CORRECT-MONTHS")
    begins = case.fed_back_on or case.decided_on
    longest = add_months(begins, int(rule.value["longest"]))
    return told(check_correction_day(begins, correction_due, longest, rule.cite), "correction_due")


def correction_is_done(case, *, actor, correction_result="", **payload):
    """Accepted is only what is done: 容错必纠错."""
    if correction_result == CorrectionResult.DONE:
        return []
    text = _("The correction is not done yet: it stays under correction, and what is left goes into the plan.")
    return [Reason("CORRECTION_OPEN", {"field": "correction_result"}, text=text)]


def nothing_to_correct(case, *, actor, **payload):
    """Only a case that was not tolerated is filed without a correction of its own (it is handled elsewhere)."""
    if case.status == "corrected" or case.outcome == Outcome.NOT_TOLERATED:
        return []
    return [Reason("CORRECTION_FIRST", text=_("First the correction: receive its plan and check it (容错必纠错)."))]


def correction_asked(case, *, actor, **payload):
    """What was not tolerated has no correction plan here."""
    if case.outcome != Outcome.NOT_TOLERATED:
        return []
    return [Reason("NOT_TOLERATED", text=_("It was not tolerated: report and file the case."))]


def two_visitors(case, *, actor, visitors="", **payload):
    """A visit is made by two at least."""
    if len(visitors.replace("，", "、").replace(",", "、").split("、")) >= 2:
        return []
    return [missing("visitors", _("Name the two or more people who visited, separated by 、."))]


def clock_of(case) -> Deadline | None:
    """The open clock of a case of this room (1 query)."""
    kind = kind_of(case).flow.kind
    return Deadline.objects.filter(kind=kind, case_no=case.case_no, closed_at__isnull=True).first()


def default_correction_day(case) -> date:
    """Three months after the result was told, by the rulebook."""
    day = case.fed_back_on or case.decided_on
    return add_months(day, int(book_of(case, day).value("TOL-CORRECT-MONTHS")["normal"]))
