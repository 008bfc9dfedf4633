"""Steps of a conflict of avoidance: the decision with document and day, the exception with its ground, opening again."""

from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.casework.registry import Handler, Papers, bind
from foundation.common.results import Reason

from ..choices import ConflictTest, ExceptionGround, ResolutionWay
from ..models import RelationConflict
from ..rules.kin_links import NUMBER
from ..workflows import CONFLICT
from ..workflows.avoidance import RESOLVE
from .tool_guards import label_of

DECISION = ("withdraws", "way", "article", "decided_by", "document_no", "decided_on", "due_on")
EXCEPTION = ("ground", "article", "decided_by", "document_no", "decided_on")
ARTICLES = {
    ConflictTest.AV1: "《公务员法》第七十四条第一款",
    ConflictTest.AV2: "《公务员法》第七十四条第一款",
    ConflictTest.AV3: "《公务员法》第七十四条第一款",
    ConflictTest.AV4: "《公务员法》第七十四条第二款",
    ConflictTest.PLACE: "《公务员法》第七十五条",
}
"""Articles as a decision cites them; an exception for place or kind of work rests on art. 74 para. 3."""
EXCEPTION_ARTICLE = "《公务员法》第七十四条第三款"


def ways_of(case: RelationConflict) -> list[str]:
    """Ways of resolution that can end a conflict of its kind."""
    if case.rule_id == ConflictTest.AV4:
        return [ResolutionWay.TRANSFER, ResolutionWay.DISPOSAL, ResolutionWay.REMOVE]
    if case.rule_id == ConflictTest.PLACE:
        return [ResolutionWay.TRANSFER, ResolutionWay.REMOVE]
    return [ResolutionWay.TRANSFER, ResolutionWay.DUTY, ResolutionWay.REMOVE]


def grounds_of(case: RelationConflict) -> list[str]:
    """Grounds on which it may be kept: nobody is somebody else whose identity number agrees."""
    link = case.facts.get("link", {})
    by_name = bool(link) and link.get("matched_by") != NUMBER
    return [ground for ground in ExceptionGround.values if ground != ExceptionGround.NOT_SAME or by_name]


def decision_fits(case, *, actor, **payload):
    """A decision says who moves, how, who decided by which document, and by when it is carried out."""
    needed = [name for name in DECISION if name != "withdraws" or case.other_id]
    yield from _missing(case, needed, payload)
    if payload.get("way") and payload["way"] not in ways_of(case):
        text = _("This way does not end a conflict of this kind.")
        yield Reason("WAY_DOES_NOT_FIT", {"field": "way", "known": ways_of(case)}, text=text)
    yield from _days(payload)


def exception_fits(case, *, actor, ground="", **payload):
    """An exception names its ground; an approved one its approval as well."""
    yield from _missing(case, ["ground"], {"ground": ground})
    if ground and ground not in grounds_of(case):
        text = _("The identity numbers agree: this is the same person.")
        yield Reason("GROUND_DOES_NOT_FIT", {"field": "ground"}, text=text)
    if ground == ExceptionGround.APPROVED:
        yield from _missing(case, ["article", "decided_by", "document_no", "decided_on"], payload)
    yield from _days(payload)


def _missing(case, names, payload):
    for name in names:
        if not payload.get(name):
            text = _("This step needs: %(fact)s.") % {"fact": label_of(case, name)}
            yield Reason("FACT_MISSING", {"field": name}, text=text)


def _days(payload):
    decided, due, today = payload.get("decided_on"), payload.get("due_on"), timezone.localdate()
    if decided and decided > today:
        text = _("This day lies in the future. Record the step once it is done.")
        yield Reason("DAY_IN_FUTURE", {"field": "decided_on", "day": decided, "today": today}, text=text)
    if decided and due and due < decided:
        text = _("This day lies before the day of the decision, %(day)s.") % {"day": f"{decided:%Y.%m.%d}"}
        yield Reason("DAY_TOO_EARLY", {"field": "due_on", "day": due, "earliest": decided}, text=text)


def _writes(names):
    def effect(case, *, actor, reason="", **payload):
        """The facts of this step, and none of an earlier one, stand in the case."""
        for name in {*DECISION, *EXCEPTION}:
            empty = None if name.endswith("_on") else ""
            setattr(case, name, payload.get(name) or empty if name in names else empty)
        told = {name: payload[name] for name in names if payload.get(name)}
        days = {name: value.isoformat() for name, value in told.items() if name.endswith("_on")}
        return {"official": case.official_id, "other": case.other_id, **told, **days}

    return effect


bind(
    CONFLICT,
    RelationConflict,
    url_name="supervision:conflict",
    named_by=("official", "other"),
    titled_by="official__name",
    papers=Papers(view="supervision.view_relationconflict", add=(RESOLVE,)),
    decide=Handler(input_guards=(decision_fits,), effect=_writes(DECISION)),
    **{"except": Handler(input_guards=(exception_fits,), effect=_writes(EXCEPTION))},
    reopen=Handler(effect=_writes(())),
)
