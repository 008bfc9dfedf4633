"""What this room records, in words; the steps of its cases are named by their workflows."""

from django.utils.translation import gettext_lazy as _

from foundation.audit.actions import name_actions
from foundation.audit.targets import name_targets
from foundation.casework.notes import name_notes

name_actions(
    {
        "assessments.adjustment.corrected": _("Bonus or deduction corrected after an appeal"),
        "assessments.adjustment.struck": _("Bonus or deduction struck out after an appeal"),
        "assessments.appeal.filed": _("Appeal filed"),
        "assessments.calculation.ordered": _("Calculation ordered"),
        "assessments.collection.opened": _("Submission of figures opened"),
        "assessments.collection.released": _("Department given more time"),
        "assessments.collection.remarked": _("Remark made at a figure"),
        "assessments.collection.reminded": _("Department reminded"),
        "assessments.cycle.exported": _("Year exported as a workbook"),
        "assessments.cycle.reopened": _("Published year opened for correction"),
        "assessments.figure.changed": _("Figure changed"),
        "assessments.figures.saved": _("Figures saved"),
        "assessments.item.proposed": _("Bonus, deduction or veto proposed"),
        "assessments.letters.exported": _("Letters exported"),
        "assessments.preview.opened": _("Preview opened to the units"),
        "assessments.publication.asked": _("Asked to publish a run"),
        "assessments.ranking.exported": _("Ranking exported"),
        "assessments.run.calculated": _("Run calculated"),
        "assessments.run.published": _("Run published"),
        "assessments.scheme.amended": _("Scheme amended"),
        "assessments.scheme.changed": _("Draft of a scheme changed"),
        "assessments.scheme.created": _("Scheme begun"),
        "assessments.schemes.copied": _("Schemes of a year copied"),
        "assessments.schemes.exported": _("Schemes exported as a workbook"),
        "assessments.schemes.issued": _("Schemes issued"),
        "assessments.scores.exported": _("Scores of a unit exported"),
        "assessments.veto.lifted": _("Veto struck out after an appeal"),
    }
)
name_targets({"assessments.batch": _("Calculation order")})

name_notes(
    {
        "basis_changed": _("Basis changed"),
        "basis_restored": _("Basis restored"),
        "released": _("Released after the deadline"),
        "reminded": _("Reminded"),
        "remark": _("Remark at a figure"),
        "step_changed": _("Step changed by a decision on tolerance"),
    }
)
