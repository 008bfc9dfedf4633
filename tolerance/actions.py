"""What this room records, in words; the steps of cases are named by their workflows."""

from django.utils.translation import gettext_lazy as _

from foundation.audit.actions import name_actions
from foundation.audit.targets import name_targets

from .workflows import TOLERANCE
from .workflows.accusation import ACCUSATION
from .workflows.clearance import CLEARANCE

name_actions(
    {
        "tolerance.case.drafted": _("Application for fault tolerance drafted"),
        "tolerance.case.amended": _("Application for fault tolerance changed"),
        "tolerance.case.lettered": _("Notice of a case of fault tolerance taken out"),
        "tolerance.accusation.opened": _("Inquiry into a false accusation opened"),
        "tolerance.clearance.announced": _("Clearance announced"),
        "tolerance.clearance.applied_for": _("Clearance applied for"),
        "tolerance.clearance.certified": _("Certificate of clearance filed"),
        "tolerance.clearance.followed": _("Clearances moved on after visits"),
        "tolerance.clearance.lettered": _("Paper of a clearance taken out"),
        "tolerance.clearance.taken_up": _("Report taken up for clearance"),
        "tolerance.hold.released": _("Hold for a report released"),
        "tolerance.hold.set": _("Held for a report being verified"),
    }
)

name_targets({flow.kind: flow.label for flow in (TOLERANCE, CLEARANCE, ACCUSATION)})
