"""What this room records, in words; the steps of cases are named by their workflows."""

from django.utils.translation import gettext_lazy as _

from foundation.audit.actions import name_actions
from foundation.audit.targets import name_targets

from .workflows import TOLERANCE

name_actions(
    {
        "tolerance.case.drafted": _("Application for fault tolerance drafted"),
        "tolerance.case.amended": _("Application for fault tolerance changed"),
    }
)

name_targets({TOLERANCE.kind: TOLERANCE.label})
