"""Texts of this room's notices."""

from django.utils.translation import gettext_lazy as _

from foundation.casework.messages import register

register(
    "assessments.gaps",
    _(
        "The assessment of %(year)s was not calculated: %(count)s figures are missing or wrong. Open the year to see them."
    ),
)
register(
    "assessments.basis_changed",
    _("Measure %(case_no)s was approved, but the newly published run no longer justifies it. Review it."),
)
