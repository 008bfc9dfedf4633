"""The guided application for fault tolerance: matter, people, situations, points with their evidence."""

import re

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.organizations.models import Organization
from foundation.regulations.services.codes import codes

from ..choices import POINT_TABLES, Answer, Applicant
from ..services.named_people import read_people

DAY = {"type": "date"}
ANSWERS = {
    "tolerance_precondition": (Answer.YES, Answer.NO),
    "tolerance_distinction": (Answer.TOLERABLE, Answer.INTOLERABLE),
    "tolerance_factor": (Answer.FAVOURABLE, Answer.NEUTRAL, Answer.ADVERSE),
}
"""Which answers the points of each code table can have."""


def add_points(form, points, *, needed=False):
    """Two fields for each point: the answer and its evidence. `points`: code → (answer, text) as they stand."""
    for table, answers in ANSWERS.items():
        for code, row in codes(table).items():
            answer, text = points.get(code, ("", ""))
            label = row.label()
            form.fields[f"answer_{code}"] = forms.ChoiceField(
                label=label,
                required=needed,
                initial=answer,
                choices=[(one.value, one.label) for one in answers],
                widget=forms.RadioSelect,
            )
            form.fields[f"text_{code}"] = forms.CharField(
                label=gettext("Evidence: %(point)s") % {"point": label},
                required=False,
                max_length=500,
                initial=text,
                widget=forms.TextInput(attrs={"placeholder": gettext("Document, record or fact that shows it")}),
            )


def points_of(cleaned: dict) -> dict[str, tuple[str, str]]:
    """The answers of such fields, as services take them."""
    return {
        code: (cleaned.get(f"answer_{code}", ""), cleaned.get(f"text_{code}", ""))
        for table in ANSWERS
        for code in codes(table)
    }


def point_rows(form) -> list[tuple[str, list]]:
    """Label of each table and its pairs of bound fields, for the page."""
    return [
        (POINT_TABLES[table], [(form[f"answer_{code}"], form[f"text_{code}"]) for code in codes(table)])
        for table in ANSWERS
    ]


def situations(*tables):
    """Codes of the tables with their labels and numbers."""
    return [(code, f"{code} {row.label()}") for table in tables for code, row in codes(table).items()]


def filing_label(filing) -> str:
    """A filing in one line: number, matter, term."""
    return f"{filing.case_no} {filing.title_text}（{filing.starts_on:%Y.%m.%d}—{filing.ends_on:%Y.%m.%d}）"


def people_field(label):
    """Names typed one below the other, as `read_people` reads them."""
    hint = _("One name in each line; where two have one name, add the month of birth behind it, such as 1985.07.")
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=False, max_length=2000, widget=area, help_text=hint)


class ApplicationForm(forms.Form):
    """An application or a change of its draft. `place`: the county in which names are looked up."""

    unit_name = forms.CharField(label=_("Unit that applies"), max_length=120)
    applicant_kind = forms.ChoiceField(label=_("Begun by"), choices=Applicant.choices)
    title_text = forms.CharField(label=_("Matter in one line"), max_length=120)
    event_on = forms.DateField(label=_("Day of the event"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    summary = forms.CharField(
        label=_("What happened, and what was done about it"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
    officials = people_field(_("Officials whom it is about"))
    units = forms.CharField(
        label=_("Units that it is about"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One unit in each line, by name or short name."),
    )
    years = forms.CharField(
        label=_("Assessment years that it touched"),
        required=False,
        max_length=60,
        help_text=_("Such as 2024 2025; empty: the year of the event and the next."),
    )
    loss_yuan = forms.DecimalField(
        label=_("Loss in yuan"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    is_collective = forms.BooleanField(label=_("Decided collectively before it was done"), required=False)
    decision_record = forms.CharField(label=_("Record of that decision"), required=False, max_length=300)
    inquiry_no = forms.CharField(label=_("Number of the accountability inquiry"), required=False, max_length=80)
    notice_on = forms.DateField(
        label=_("Notice of the investigation received on"),
        required=False,
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
    )
    late_reason = forms.CharField(
        label=_("If late: why"),
        required=False,
        max_length=300,
        help_text=_("Applications count from the notice; a late one is possible with a reason."),
    )
    filing = forms.ChoiceField(
        label=_("Prior filing that covers it"),
        required=False,
        help_text=_("A filing accepted before the event, within its term, is evidence of purpose and procedure."),
    )
    claimed = forms.MultipleChoiceField(
        label=_("Situations that apply"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, scope_units, filings=(), points=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.scope_units = scope_units
        self.filings = {one.case_no: one for one in filings}
        none = ("", gettext("none"))
        self.fields["filing"].choices = [none, *((one.case_no, filing_label(one)) for one in filings)]
        self.fields["claimed"].choices = situations("tolerance_exempt", "tolerance_mitigate")
        add_points(self, points or {})

    def clean_unit_name(self):
        """The unit, among those where the user may apply."""
        found = unit_named(self.scope_units, self.cleaned_data["unit_name"])
        if found is None:
            raise forms.ValidationError(_("No unit of this name where you may apply. Check the name."))
        return found

    def clean_filing(self):
        """The filing itself."""
        return self.filings.get(self.cleaned_data["filing"])

    def clean_years(self):
        """Years as numbers."""
        given = re.findall(r"\d+", self.cleaned_data["years"])
        years = sorted({int(one) for one in given})
        if any(not 2000 <= year <= 2100 for year in years):
            raise forms.ValidationError(_("Give years with four digits, such as 2024 2025."))
        return years

    def clean(self):
        """Names become people and units of the county, each unknown one said with its line."""
        data = super().clean()
        unit = data.get("unit_name")
        if unit is None:
            return data
        county = unit.jurisdiction or unit
        people, unclear = read_people(data.get("officials", ""), county.path, "officials")
        for reason in unclear:
            self.add_error("officials", reason.text)
        unknown = [one.name for one in people if one.official is None]
        if unknown and not unclear:
            self.add_error("officials", gettext("Not in the record: %(names)s.") % {"names": "、".join(unknown)})
        data["officials"] = [one.official for one in people if one.official]
        data["units"] = self._units(data.get("units", ""), county)
        return data

    def _units(self, text: str, county):
        names = [line.strip() for line in text.splitlines() if line.strip()]
        everywhere = Organization.objects.system().below(county)
        found = {name: unit_named(everywhere, name) for name in names}
        if unknown := [name for name, unit in found.items() if unit is None]:
            self.add_error("units", gettext("No unit of this name: %(names)s.") % {"names": "、".join(unknown)})
        return [unit for unit in found.values() if unit]

    def values(self) -> dict:
        """What the service takes besides unit, people and points."""
        names = set(ApplicationForm.base_fields) - {"unit_name", "officials", "units"}
        return {name: self.cleaned_data[name] for name in names}


def unit_named(units, name: str):
    """The unit with this name, short name or code; None when there is none."""
    exact = units.filter(name=name).first() or units.filter(short_name=name).first()
    return exact or units.filter(code=name).first()
