"""What this room records, in words; the steps of cases are named by their workflows."""

from django.utils.translation import gettext_lazy as _

from foundation.audit.actions import name_actions
from foundation.audit.targets import name_targets
from foundation.casework.notes import name_notes

from .workflows import CONFLICT, LEAD, REUSE

name_actions(
    {
        "supervision.conflicts.followed": _("Conflicts of avoidance computed"),
        "supervision.document.made": _("Letter or record of a talk made"),
        "supervision.handling.entered": _("Handling or sanction entered"),
        "supervision.hold.proposed": _("Hold after expiry proposed"),
        "supervision.lead.opened": _("Lead for an adjustment opened"),
        "supervision.periods.exported": _("Register of influence periods taken out"),
        "supervision.reuse.amended": _("Draft of a reuse changed"),
        "supervision.reuse.drafted": _("Proposal of reuse drafted"),
        "supervision.reuse.entered": _("Reuse of earlier years entered"),
        "supervision.reuse.exported": _("List of sanctioned officials taken out"),
        "supervision.revisit.planned": _("Return visit planned"),
        "supervision.outline.set": _("Outline of talks set"),
        "supervision.matters.asked": _("Reports of personal matters asked for"),
        "supervision.matters.change-registered": _("Change of personal matters registered"),
        "supervision.matters.check-asked": _("Key check of personal matters asked for"),
        "supervision.matters.checked": _("Finding about personal matters recorded"),
        "supervision.matters.drawn": _("Random check of personal matters drawn"),
        "supervision.matters.filed": _("Report of personal matters recorded"),
        "supervision.matters.waived": _("Report of personal matters not due"),
        "supervision.talk.issue_settled": _("Issue of a talk settled"),
        "supervision.talk.planned": _("Heart-to-heart talk planned"),
        "supervision.tool.opened": _("Reminder talk or admonishment opened by a measure"),
        "supervision.tool.proposed": _("Reminder talk, inquiry or admonishment proposed"),
        "supervision.tool.source_reinstated": _(
            "Ended case: the decision behind it was put back, its effects restored"
        ),
        "supervision.tool.source_withdrawn": _("Ended case: the decision behind it was taken back, its effects lifted"),
    }
)

name_notes(
    {
        "amended": _("Draft changed"),
        "issue_settled": _("Issue of a talk settled"),
        "refreshed": _("Facts changed"),
        "source_reinstated": _("The decision was put back"),
        "source_withdrawn": _("The decision was taken back"),
    }
)
name_targets(
    {
        CONFLICT.kind: CONFLICT.label,
        LEAD.kind: LEAD.label,
        REUSE.kind: REUSE.label,
        "talk_topic": _("Outline of talks on an occasion"),
        "supervision.matters": _("Reports of personal matters"),
    }
)
