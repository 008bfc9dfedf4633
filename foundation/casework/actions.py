"""What this room records, in words; the steps of cases are named by their workflows."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.actions import name_actions
from foundation.audit.targets import name_targets

from .flow import Workflow

name_actions(
    {
        "casework.alert.claimed": _("Alert claimed"),
        "casework.alert.closed": _("Alert closed with a document"),
        "casework.alert.released": _("Alert given back"),
        "casework.alert.snoozed": _("Alert put off"),
        "casework.alerts.swept": _("Alerts found, refreshed and settled"),
        "casework.deadlines.recounted": _("Deadlines counted anew after a change of the calendar"),
        "casework.paper.added": _("Paper added to a case"),
        "casework.paper.taken": _("Paper of a case taken out"),
        "casework.paper.withdrawn": _("Paper of a case withdrawn"),
        "casework.readings.forgotten": _("Old readings of cases deleted"),
    }
)

name_targets(
    {
        "deadlines": _("Deadlines of cases"),
        "alert": _("Alert"),
        "alerts": _("Sweep of alerts"),
        "readings": _("Readings of cases"),
    }
)


def actions_of(flow: Workflow) -> dict:
    """The steps of a kind of case by the code under which they are recorded."""
    colon = pgettext_lazy("between a label and its value", ": ")
    return {f"{flow.kind}.{step.name}": format_lazy("{}{}{}", flow.label, colon, step.label) for step in flow.steps}
