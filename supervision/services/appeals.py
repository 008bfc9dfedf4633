"""Steps of appeals in the case of a decision: lodged, answered. A revoked decision is revoked by its own step."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.common.results import Reason

from ..choices import AppealOutcome
from ..selectors.appeals import appeals_of


def may_appeal(case, *, actor, **payload):
    """There is a way of appeal against this decision, and none waits for its answer."""
    known = appeals_of(case, timezone.localdate())
    if known is None:
        return [Reason("APPEAL_NO_WAY", text=_("No rule gives a way of appeal with days against this decision."))]
    if known.waiting:
        return [Reason("APPEAL_WAITS", text=_("An appeal waits for its answer. Record the answer first."))]
    return []


def appeal_fits(case, *, actor, level="", lodged_on=None, remark="", **payload):
    """Way and day are known; what came after the last day says why it was taken."""
    known, today = appeals_of(case, timezone.localdate()), timezone.localdate()
    wrong = []
    if known is not None and level not in known.ways:
        wrong.append(Reason("APPEAL_WAY", {"field": "level"}, text=_("Choose the way of the appeal.")))
    wrong += _day_fits("lodged_on", lodged_on, known.known_on if known else None, today)
    if wrong or known is None:
        return wrong
    last = max((clock.due_on for clock in known.clocks if clock.level == level), default=None)
    if last and lodged_on > last and not remark.strip():
        text = _("The last day was %(day)s. Say why the appeal is taken.") % {"day": f"{last:%Y.%m.%d}"}
        wrong.append(Reason(known.rule_id, {"field": "reason", "due_on": last}, known.cite, text))
    return wrong


def appeal_waits(case, *, actor, **payload):
    """An answer answers an appeal."""
    known = appeals_of(case, timezone.localdate())
    if known is not None and known.waiting:
        return []
    return [Reason("APPEAL_NONE", text=_("No appeal waits for an answer."))]


def answer_fits(case, *, actor, answered_on=None, outcome="", **payload):
    """Day and outcome of the answer."""
    known, today = appeals_of(case, timezone.localdate()), timezone.localdate()
    first = known.waiting.lodged_on if known and known.waiting else None
    wrong = list(_day_fits("answered_on", answered_on, first, today))
    if outcome not in AppealOutcome.values:
        wrong.append(Reason("APPEAL_OUTCOME", {"field": "outcome"}, text=_("Choose what was answered.")))
    return wrong


def _day_fits(field: str, day: date | None, first: date | None, today: date):
    if day is None:
        yield Reason("DAY_MISSING", {"field": field}, text=_("Give the day."))
    elif day > today:
        yield Reason("DAY_IN_FUTURE", {"field": field}, text=_("This day lies in the future."))
    elif first and day < first:
        text = _("This day lies before %(day)s.") % {"day": f"{first:%Y.%m.%d}"}
        yield Reason("DAY_TOO_EARLY", {"field": field}, text=text)


def told_appeal(case, *, actor, reason, level, lodged_on, **payload):
    """What the timeline keeps of an appeal."""
    return {"official": case.official_id, "level": level, "lodged_on": lodged_on.isoformat()}


def told_answer(case, *, actor, reason, answered_on, outcome, **payload):
    """What the timeline keeps of an answer."""
    return {"official": case.official_id, "answered_on": answered_on.isoformat(), "outcome": outcome}
