"""Forms around reports of personal matters: filters, handing in, a change, the draw, a key check, a finding."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.forms import CONTROL, choice
from foundation.regulations.services.codes import codes

from ..choices import CheckFinding, CheckFollow, CheckOccasion, ReportState
from ..rules.matters import CHANGE_ITEMS
from .tools import DAY, labelled


class _Narrowing(forms.Form):
    """What the lists share: the person's name and the unit."""

    unit = forms.CharField(label=_("Unit"), required=False, max_length=60, widget=forms.TextInput(attrs=CONTROL))
    name = forms.CharField(
        label=pgettext_lazy("person", "Name"), required=False, max_length=60, widget=forms.TextInput(attrs=CONTROL)
    )

    def narrow(self, rows, day):
        """The rows that fit; a wrong filter narrows nothing and says so at its field."""
        if not self.is_bound or not self.is_valid():
            return rows
        data = self.cleaned_data
        if data["name"]:
            rows = rows.filter(official__name__icontains=data["name"])
        if data["unit"]:
            rows = rows.filter(official__home__name__icontains=data["unit"])
        return self.more(rows, data, day)


class ReportFilter(_Narrowing):
    """Narrow the reports of a year."""

    state = choice(_("Status"), ReportState.choices)

    def more(self, rows, data, day):
        """Those in the chosen state."""
        return rows.in_state(data["state"], day) if data["state"] else rows


class CheckFilter(_Narrowing):
    """Narrow the checks of a year."""

    occasion = choice(pgettext_lazy("check", "Occasion"), CheckOccasion.choices)
    finding = choice(
        pgettext_lazy("check", "Finding"),
        [
            ("open", _("not checked yet")),
            ("done", _("checked")),
            ("bad", _("omitted or concealed")),
            *CheckFinding.choices,
        ],
    )

    def more(self, rows, data, day):
        """Those of the occasion and with the finding chosen."""
        if data["occasion"]:
            rows = rows.filter(occasion=data["occasion"])
        groups = {
            "open": [""],
            "done": CheckFinding.values,
            "bad": [CheckFinding.OMITTED, CheckFinding.CONCEALED],
        }
        finding = data["finding"]
        return rows.filter(finding__in=groups.get(finding, [finding])) if finding else rows


class FileForm(forms.Form):
    """Reports that were handed in on a day, or are not due, and why."""

    reported_on = forms.DateField(
        label=_("Reported on"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )
    late_reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs=CONTROL),
        help_text=_("Needed where the report is late, or not due."),
    )
    reports = forms.TypedMultipleChoiceField(coerce=int, widget=forms.MultipleHiddenInput)

    def __init__(self, *args, offers=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reports"].choices = [(pk, pk) for pk in offers]
        self.fields["reports"].error_messages["required"] = _("Choose at least one report.")


class ChangeForm(forms.Form):
    """A change in the items of art. 3."""

    changed_on = forms.DateField(label=_("Changed on"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    items = forms.MultipleChoiceField(
        label=pgettext_lazy("personal matters", "Items"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only which item changed; what changed stays in the report on paper."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = labelled("personal_matter", CHANGE_ITEMS)


class DrawForm(forms.Form):
    """The draw of the year: who watched it, and a seed where one was agreed upon in public."""

    witness = forms.CharField(label=_("Witness (监督人员)"), max_length=120)
    seed = forms.CharField(
        label=_("Seed"),
        max_length=64,
        required=False,
        help_text=_("Empty: the system takes a random one. It stays on record, so that the draw can be repeated."),
    )


class KeyCheckForm(forms.Form):
    """Why a key check is asked for."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("For example: considered for promotion to a named post.")
    )


class FindingForm(forms.Form):
    """What a check found, and what follows."""

    checked_on = forms.DateField(label=_("Checked on"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    finding = forms.ChoiceField(label=pgettext_lazy("check", "Finding"), choices=[("", "—"), *CheckFinding.choices])
    follow = forms.ChoiceField(
        label=_("What follows"), choices=[("", _("nothing")), *CheckFollow.choices], required=False
    )
    situations = forms.MultipleChoiceField(
        label=_("Situations of an admonishment"), widget=forms.CheckboxSelectMultiple, required=False
    )
    handled = forms.CharField(
        label=_("What was done"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the handling, not what the report says."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = codes("admonish_situation")
        self.fields["situations"].choices = [(code, row.label()) for code, row in known.items()]
