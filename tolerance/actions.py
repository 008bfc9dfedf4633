"""What this room records, in words; the steps of cases are named by their workflows."""

from django.utils.translation import gettext_lazy as _

from foundation.audit.actions import name_actions
from foundation.audit.targets import name_targets
from foundation.casework.notes import name_notes

from .workflows import TOLERANCE
from .workflows.accusation import ACCUSATION
from .workflows.clearance import CLEARANCE
from .workflows.complaint import COMPLAINT
from .workflows.filing import FILING
from .workflows.identity import IDENTITY

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
        "tolerance.complaint.assigned": _("Handler of a report named"),
        "tolerance.complaint.registered": _("Report from the public registered"),
        "tolerance.identity.approved_first": _("View of an identity approved by one of several"),
        "tolerance.identity.asked": _("Asked to see who reported"),
        "tolerance.identity.denied": _("View of an identity refused by the rules"),
        "tolerance.identity.kept": _("Identity of an informer put under lock"),
        "tolerance.identity.looked": _("Identity of an informer looked at again"),
        "tolerance.filing.amended": _("Prior filing changed"),
        "tolerance.filing.drafted": _("Prior filing drafted"),
        "tolerance.hold.released": _("Hold for a report released"),
        "tolerance.hold.set": _("Held for a report being verified"),
    }
)

name_targets({flow.kind: flow.label for flow in (TOLERANCE, CLEARANCE, ACCUSATION, FILING, COMPLAINT, IDENTITY)})

name_notes(
    {
        "kept": _("Identity put under lock"),
        "assigned": _("Handler named"),
        "approved_first": _("Approved by one; another approval is needed"),
        "looked": _("Identity looked at again"),
        "denied": _("View refused"),
    }
)
