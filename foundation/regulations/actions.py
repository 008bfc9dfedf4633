"""What this room records, in words."""

from django.utils.translation import gettext_lazy as _

from foundation.audit.actions import name_actions

name_actions(
    {
        "regulations.calendar.day_set": _("Day of the working calendar set"),
        "regulations.calendar.year_published": _("Working calendar of a year published"),
        "regulations.files.loaded": _("Rule files loaded"),
        "regulations.override.set": _("Local setting of a rule changed"),
    }
)
