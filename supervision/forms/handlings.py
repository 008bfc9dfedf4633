"""Forms around handlings and sanctions."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.forms import RemarkStepForm, choice, status_choice
from foundation.regulations.services.codes import codes

from ..choices import Body, Source
from ..models import Handling
from ..rules.kinds import FAMILY_OF
from ..workflows import HANDLING, HANDLING_STATES
from .filters import PersonCaseFilter

ENTERED_KINDS = tuple(kind for kind in FAMILY_OF if kind not in ("ADMONISH", "REMIND", "INQUIRY"))
"""Kinds that are entered from a document; talks, letters and admonishments have procedures of their own."""


def kind_choices():
    """Kinds of the code table by family, with a blank in front."""
    table = codes("handling_type")
    found = {}
    for kind in ENTERED_KINDS:
        if kind in table and table[kind].enabled:
            found.setdefault(FAMILY_OF[kind], []).append((kind, table[kind].label()))
    return [("", "—"), *((FAMILIES[family], rows) for family, rows in found.items())]


FAMILIES = {
    "PARTY": _("Party sanctions (党纪处分)"),
    "GOVERNMENT": _("Government sanctions (政务处分)"),
    "ORGANIZATION": _("Organizational handlings (组织处理)"),
    "ACCOUNTABILITY": _("Accountability (问责)"),
    "ADJUSTMENT": _("Adjustment (能上能下)"),
    "FIRST_FORM": _("First form (第一种形态)"),
}
DAY = {"type": "date", "class": "form-control"}


class HandlingForm(forms.ModelForm):
    """A decision as its document states it; what follows from it is computed and shown before it is entered."""

    kind = forms.ChoiceField(label=_("Kind"))
    source = forms.ChoiceField(label=pgettext_lazy("matter", "Source"), choices=Source.choices, initial=Source.OTHER)
    probation_months = forms.TypedChoiceField(
        label=_("Length of the probation"),
        choices=[("", "—"), (12, _("12 months")), (24, _("24 months"))],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Only for probation within the Party (留党察看)."),
    )
    way = forms.ChoiceField(label=_("Way of the adjustment"), required=False)

    class Meta:
        model = Handling
        fields = (
            "kind",
            "document_no",
            "body",
            "body_level",
            "body_name",
            "decided_on",
            "effective_on",
            "months",
            "period_reason",
            "probation_months",
            "is_instead_of_removal",
            "is_tied_to_duty",
            "way",
            "committed_on",
            "is_intentional",
            "has_consulted",
            "source",
            "summary",
            "delivered_on",
            "announced_scope",
            "helper_name",
        )
        widgets = {
            "decided_on": forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
            "effective_on": forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
            "committed_on": forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
            "delivered_on": forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
            "summary": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "months": _("Leave it empty where the rule's period holds."),
            "period_reason": _("Needed where the months are not the rule's."),
            "is_instead_of_removal": _(
                "Serious warning given because there is no Party post to remove from: 24 months."
            ),
            "is_tied_to_duty": _("Serious warning for an act of duty: the year's rating may follow another rule."),
            "has_consulted": _("Only for people whom two sides manage."),
            "helper_name": _("Who looks after the person in the unit during the period."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kind_choices()
        for name in ("body", "body_level"):
            self.fields[name].choices = [("", "—"), *self.fields[name].choices[1:]]
        ways = [(code, row.label()) for code, row in codes("adjustment_way").items()]
        self.fields["way"].choices = [("", "—"), *ways]
        for bound in self.fields.values():
            label = str(bound.label)
            bound.label = label[:1].upper() + label[1:]

    def _post_clean(self):
        """The rules are asked by the service; a form that builds a case of its own would ask the database's constraints."""

    def add_refusals(self, reasons):
        """Each refusal at the field it is about, else above the form."""
        for reason in reasons:
            field = reason.facts.get("field") or None
            self.add_error(field if field in self.fields else None, reason.text)


class HandlingFilter(PersonCaseFilter):
    """Narrow the list of handlings."""

    flow = HANDLING
    year_column = "effective_on__year"
    status = status_choice(HANDLING_STATES)
    kind = choice(_("Kind"), [])
    body = choice(_("Deciding body"), Body.choices)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", self.fields["kind"].choices[0][1]), *kind_choices()[1:]]


class HandlingStepForm(RemarkStepForm):
    """A step of a handling; restoring rights needs a day, revoking needs the body and its document."""

    flow = HANDLING
    field_order = ("step", "version", "restored_on", "revoked_by", "reason")
    needed_for = _("Needed to withdraw, lift, restore and revoke.")

    restored_on = forms.DateField(
        label=_("Rights restored on"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )
    revoked_by = forms.CharField(
        label=_("Revoked by"), max_length=120, required=False, help_text=_("Body and number of its document.")
    )

    def __init__(self, *args, offers, **kwargs):
        super().__init__(*args, **kwargs)
        names = {offer.step.name for offer in offers if not offer.blocked}
        for field, step in (("restored_on", "restore"), ("revoked_by", "revoke")):
            if step not in names:
                del self.fields[field]
