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
    "assessments.preview_opened",
    _("The preliminary result of %(year)s is open to your unit (run %(run)s). Appeals are taken until %(due)s."),
)
register(
    "assessments.preview_replaced",
    _(
        "A newer preliminary result of %(year)s is open to your unit: run %(run)s replaces %(earlier)s. Appeals are taken"
        " until %(due)s."
    ),
)
register(
    "assessments.rerun",
    _("Appeal %(case_no)s was accepted and changed the figures of %(year)s: calculate again."),
)
register(
    "assessments.basis_changed",
    _("Measure %(case_no)s was approved, but the newly published run no longer justifies it. Review it."),
)
register(
    "assessments.earlier_year",
    _(
        "The published result of %(year)s rests on %(earlier)s, whose published result changed. Open %(year)s for correction"
        " and calculate again."
    ),
)
register("assessments.collection.opened", _("Please submit the figures of %(year)s; last day %(day)s."))
register(
    "assessments.collection.returned",
    _("The figures of %(year)s were returned for correction until %(day)s: %(reason)s"),
)
register("assessments.collection.due", _("The figures of %(year)s are due on %(day)s and not submitted yet."))
register(
    "assessments.collection.overdue",
    _("The figures of %(year)s were due on %(day)s. Ask the assessment office for release, then submit."),
)
register(
    "assessments.collection.remind",
    _("The assessment office reminds you of the figures of %(year)s: %(count)s missing, last day %(day)s."),
)
register("assessments.collection.late", _("%(count)s departments are late with the figures of %(year)s."))
