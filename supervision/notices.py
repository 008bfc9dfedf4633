"""Texts of this room's notices."""

from django.utils.translation import gettext_lazy as _

from foundation.casework.messages import register

register(
    "supervision.repeated_talks",
    _("%(case_no)s: reminder talks and admonishments of this person within %(months)s months: %(count)s."),
)
register("supervision.rectification", _("%(case_no)s: the rectification is due on %(day)s. Ask for its report."))
