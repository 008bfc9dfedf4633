"""Tools of supervision in tests: what carrying one out brings."""

from django.utils import timezone

from assessments.selectors.measure_tools import tool_of
from foundation.casework.services.engine import perform
from foundation.common.actors import SystemActor
from supervision.models import Admonishment

TALK = {"mode": "TALK", "talkers": "部长", "recorder": "科长", "place": "谈话室", "content": "指出问题"}
SECTION = SystemActor("section")


def talk_for(measure, held_on=None):
    """The reminder talk or admonishment of an approved measure is carried out, today or on a day."""
    tool, day = tool_of(measure), held_on or timezone.localdate()
    if isinstance(tool, Admonishment):
        approval = {"approved_by": "县委书记", "approved_on": day, "approval_no": "鹤组〔2026〕1号"}
        tool = perform(tool, "approve", actor=SECTION, **approval)
        return perform(tool, "deliver", actor=SECTION, held_on=day, **TALK)
    return perform(tool, "hold", actor=SECTION, held_on=day, **TALK)
