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
        "officials.correction.asked": _("Correction of a record asked for"),
        "officials.photo.set": _("Photo set"),
    }
)
