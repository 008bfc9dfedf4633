"""What is taken out of the record, in which form, and why numbers are shown in full."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..export_columns import COLUMNS, USUAL
from ..services.exports import Order
from ..services.roster_exports import SheetOrder

LAYOUTS = {"": None, "2003": False, "2025": True}
WHAT = (
    ("pdf", _("Appointment forms, PDF")),
    ("docx", _("Appointment forms, Word")),
    ("lrmx", _("Interchange files (.lrmx)")),
    ("by-unit", _("Roster by unit")),
    ("lines", _("Roster, one line a person")),
    ("overview", _("Overview with photos, for proposals")),
    ("columns", _("Sheet of chosen columns")),
    ("collection", _("Collection workbook (V2017.01)")),
)
FORMS = ("pdf", "docx", "lrmx")
MOST_DIGITS = 18


def reason_field():
    """Why numbers go out in full; empty keeps them masked."""
    return forms.CharField(
        label=_("Why identity numbers are needed in full"),
        max_length=200,
        required=False,
        help_text=_(
            "Left empty, numbers stay masked, and interchange files have none. The reason stands in the audit."
        ),
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )


class FormFileForm(forms.Form):
    """The files of one person."""

    layout = forms.ChoiceField(choices=[(code, code) for code in LAYOUTS], required=False, widget=forms.HiddenInput)
    reason = reason_field()

    def __init__(self, *args, may_unmask: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_unmask:
            del self.fields["reason"]

    def order(self, ending: str) -> Order:
        """What the service is asked for."""
        return Order(ending, LAYOUTS[self.cleaned_data["layout"]], self.cleaned_data.get("reason", ""))


class ExportForm(forms.Form):
    """The files of a selection."""

    ids = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=4_000_000
    )  # read by `read_ids`, kept when the page comes back
    what = forms.ChoiceField(label=_("What to take out"), choices=WHAT, widget=forms.RadioSelect)
    layout = forms.ChoiceField(
        label=_("Layout of the appointment form"),
        choices=[("", _("As set for the county")), ("2003", _("2003")), ("2025", _("2025, with the reaching month"))],
        required=False,
    )
    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        choices=[(code, column.label) for code, column in COLUMNS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Only for the sheet of chosen columns."),
    )
    reason = reason_field()

    def __init__(self, data=None, *, ids: list[int], **kwargs):
        self.ids = ids
        joined = ",".join(map(str, ids))
        super().__init__(data, initial={"what": "pdf", "columns": USUAL, "ids": joined}, **kwargs)

    @staticmethod
    def read_ids(asked) -> list[int]:
        """Keys of people, given once or several times, with commas or without."""
        given = [*asked.getlist("ids"), *asked.getlist("pk")]  # the page's own field, and the ticks of the roster
        words = ",".join(given).replace(" ", ",").split(",")
        return [int(word) for word in words if word.isascii() and word.isdigit() and len(word) <= MOST_DIGITS]

    @property
    def is_about_forms(self) -> bool:
        """Are forms of single people wanted, not a sheet?"""
        return self.cleaned_data["what"] in FORMS

    def allow_numbers(self, allowed: bool) -> None:
        """Without the permission nobody is asked for a reason."""
        if not allowed:
            self.fields.pop("reason", None)

    def clean(self):
        """A sheet of columns needs columns."""
        data = super().clean()
        if data.get("what") == "columns" and not data.get("columns"):
            raise ValidationError({"columns": _("Choose at least one column of the list.")})
        return data

    def refuse(self, words) -> None:
        """What the service said, on the page."""
        if not self.is_bound:
            self.is_bound, self.data = True, {"what": "pdf", "ids": ""}
            self.fields.pop("reason", None)
            self.full_clean()
        self.add_error(None, words)

    def forms_order(self) -> Order:
        """What the service of forms is asked for."""
        data = self.cleaned_data
        return Order(data["what"], LAYOUTS[data["layout"]], data.get("reason", ""))

    def sheet_order(self) -> SheetOrder:
        """What the service of sheets is asked for."""
        data = self.cleaned_data
        return SheetOrder(data["what"], tuple(data["columns"]), data.get("reason", ""))
