"""Heart-to-heart talks (谈心谈话): planned, held with the issues that were raised, closed when the issues are settled."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.casework.registry import Handler, Papers, bind
from foundation.casework.services.engine import note, open_case
from foundation.common.results import Reason
from foundation.common.scoping import require
from foundation.regulations.services.codes import codes
from officials.models import Official

from ..choices import Source
from ..models import Talk, TalkIssue
from ..workflows import TALK
from ..workflows.talk import KEEP, PLANNED
from .tool_cases import new_case, person_of, refuse, summary_missing, taken_over, writes
from .tool_guards import facts_fit


@transaction.atomic
def plan_talk(
    *,
    actor,
    official: Official,
    topic: str,
    planned_on: date,
    summary: str,
    talkers: str = "",
    source: str = Source.OTHER,
    on: date | None = None,
) -> Talk:
    """Plan a talk with a person; `topic` of table talk_topic; `on`: its day where it is taken over from paper, today else.

    Raises PermissionDenied outside the actor's units; DomainError (400, by field) for an unknown topic or without a matter.
    """
    person = person_of(official)
    require(actor, KEEP, person.org_path)
    wrong = [*summary_missing(summary), *taken_over(actor, person, on)]
    if topic not in codes("talk_topic"):
        wrong.append(Reason("TOPIC_UNKNOWN", {"field": "topic"}, text=_("Choose one of the occasions of a talk.")))
    refuse(wrong, "TALK_REFUSED")
    plan = {"topic": topic, "planned_on": planned_on, "talkers": talkers.strip(), "source": source}
    case = new_case(Talk, person, actor=actor, status=PLANNED, summary=summary, on=on, **plan)
    open_case(case, actor=actor, reason=case.summary, data={"official": person.pk, "topic": topic})
    record(
        actor=actor,
        action="supervision.talk.planned",
        target_kind=TALK.kind,
        target_no=case.case_no,
        target_label=case.case_no,
        org_path=person.home.path,
        reason=case.summary[:300],
        data={"official": person.pk, "topic": topic, "planned_on": planned_on.isoformat()},
    )
    return case


@transaction.atomic
def settle_issue(*, actor, issue: TalkIssue, settled_on: date, answer: str) -> TalkIssue:
    """An issue raised in a talk is settled: when and how.

    Raises PermissionDenied outside the actor's units; DomainError (400, by field) without an answer or for a day to come.
    """
    locked = TalkIssue.objects.select_for_update(of=("self",)).select_related("talk__organization").get(pk=issue.pk)
    require(actor, KEEP, locked.talk.organization.path)
    wrong = []
    if not answer.strip():
        wrong.append(Reason("TEXT_MISSING", {"field": "answer"}, text=_("Say how the issue was settled.")))
    if settled_on > timezone.localdate():
        wrong.append(Reason("DAY_IN_FUTURE", {"field": "settled_on"}, text=_("This day lies in the future.")))
    refuse(wrong, "ISSUE_REFUSED")
    locked.settled_on, locked.answer = settled_on, answer.strip()
    locked.save()
    note(locked.talk, actor=actor, action="issue_settled", reason=locked.answer, data={"issue": locked.sort})
    record(
        actor=actor,
        action="supervision.talk.issue_settled",
        target_kind=TALK.kind,
        target_no=locked.talk.case_no,
        target_label=locked.talk.case_no,
        org_path=locked.talk.organization.path,
        reason=locked.answer[:300],
        data={"issue": locked.sort},
    )
    return locked


def issues_are_settled(case, *, actor, **payload):
    """A talk stays open while one of its issues is."""
    waiting = TalkIssue.objects.system().filter(talk=case, settled_on__isnull=True).count()
    if not waiting:
        return []
    text = _("Issues of this talk that wait to be settled: %(count)d.") % {"count": waiting}
    return [Reason("ISSUES_OPEN", {"count": waiting}, text=text)]


_facts = writes("hold")


def _held(case, *, actor, reason="", issues=(), **payload):
    """What was said, and one row for each issue (a text of one line)."""
    lines = [line.strip()[:500] for line in issues if line.strip()]
    data = _facts(case, actor=actor, reason=reason, **payload)
    TalkIssue.objects.bulk_create(
        TalkIssue(talk=case, sort=sort, text=text) for sort, text in enumerate(lines, start=1)
    )
    return data | {"issues": len(lines)}


bind(
    TALK,
    Talk,
    url_name="supervision:tool",
    named_by=("official",),
    titled_by="official__name",
    papers=Papers(view="supervision.view_talk", add=(KEEP,)),
    hold=Handler(input_guards=(facts_fit("hold"),), effect=_held),
    close=Handler(guards=(issues_are_settled,)),
)
