"""What this room records, in words."""

from django.utils.translation import gettext_lazy as _

from foundation.audit.actions import name_actions

name_actions(
    {
        "officials.record.created": _("Person entered"),
        "officials.record.changed": _("Record changed"),
        "officials.record.rows-changed": _("Information set changed"),
        "officials.record.trashed": _("Record put in the trash"),
        "officials.record.restored": _("Record restored"),
        "officials.record.unmasked": _("Number and phone looked at in full"),
        "officials.list.created": _("List of people created"),
        "officials.list.appended": _("People put on a list"),
        "officials.list.removed": _("People taken off a list"),
        "officials.list.ordered": _("Order of a list changed"),
        "officials.list.changed": _("List renamed or filed elsewhere"),
        "officials.list.shared": _("List shared"),
        "officials.list.unshared": _("Share of a list ended"),
        "officials.list.trashed": _("List put in the trash"),
        "officials.list.restored": _("List restored"),
        "officials.correction.asked": _("Correction of a record asked for"),
        "officials.photo.set": _("Photo set"),
        "officials.forms.exported": _("Appointment forms taken out"),
        "officials.roster.exported": _("Sheet of people taken out"),
    }
)
