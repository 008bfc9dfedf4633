"""What this room records, in words."""

from django.utils.translation import gettext_lazy as _

from foundation.audit.actions import name_actions
from foundation.audit.targets import name_targets

name_actions(
    {
        "regulations.calendar.day_set": _("Day of the working calendar set"),
        "regulations.calendar.year_published": _("Working calendar of a year published"),
        "regulations.files.loaded": _("Rule files loaded"),
        "regulations.override.set": _("Local setting of a rule changed"),
    }
)
name_targets(
    {
        "calendar_day": _("Calendar day"),
        "calendar_year": _("Calendar year"),
        "regulations": _("Rulebook"),
        "rule": _("Rule"),
    }
)
