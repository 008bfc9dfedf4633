"""What the office gives for its letters: to whom, who signs, the number, the day, the format."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.exchange.reports.letter_heads import Heading

CONTROL, SELECT = {"class": "form-control"}, {"class": "form-select"}
ALL = "all"


class LettersForm(forms.Form):
    """Letters of one unit, one category or all; `recipients` is `all`, `category:CODE` or `unit:CODE`."""

    recipients = forms.ChoiceField(label=_("Addressees"), widget=forms.Select(attrs=SELECT))
    issuer = forms.CharField(
        label=_("Issued by"),
        max_length=60,
        help_text=_("Signs the letter and stands in its red head."),
        widget=forms.TextInput(attrs=CONTROL),
    )
    word = forms.CharField(
        label=_("Word of the number"),
        max_length=20,
        help_text=_("What stands before the year (机关代字)."),
        widget=forms.TextInput(attrs=CONTROL),
    )
    number_year = forms.IntegerField(
        label=_("Year of the number"), min_value=2000, max_value=2100, widget=forms.NumberInput(attrs=CONTROL)
    )
    first_number = forms.IntegerField(
        label=_("First number"),
        min_value=1,
        max_value=99999,
        required=False,
        help_text=_("Several letters are numbered on. Left empty, the number is to be written by hand."),
        widget=forms.NumberInput(attrs=CONTROL),
    )
    issued_on = forms.DateField(
        label=_("Day of issue"), widget=forms.DateInput(format="%Y-%m-%d", attrs={**CONTROL, "type": "date"})
    )
    has_red_head = forms.BooleanField(
        label=_("With red head"),
        required=False,
        help_text=_("Leave it out when the letters are printed on paper that has it."),
    )
    copies = forms.CharField(
        label=_("Copies to"), max_length=200, required=False, widget=forms.TextInput(attrs=CONTROL)
    )
    ending = forms.ChoiceField(
        label=_("Format"), choices=[("docx", "docx"), ("pdf", "PDF")], widget=forms.Select(attrs=SELECT)
    )

    def __init__(self, *args, cycle, categories, units, remembered=None, **kwargs):
        today = timezone.localdate()
        initial = {
            "issuer": f"中共{cycle.jurisdiction.name}委组织部",
            "number_year": today.year,
            "issued_on": today,
            "has_red_head": True,
            **(remembered or {}),
            **kwargs.pop("initial", {}),
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["recipients"].choices = [
            (ALL, _("all units (zip)")),
            (_("Units of a category (zip)"), [(f"category:{code}", label) for code, label in categories]),
            (_("One unit"), [(f"unit:{code}", name) for code, name in units]),
        ]

    @property
    def heading(self) -> Heading:
        """What every letter of the order has in common."""
        data = self.cleaned_data
        return Heading(
            issuer=data["issuer"],
            word=data["word"],
            year=data["number_year"],
            issued_on=data["issued_on"],
            has_red_head=data["has_red_head"],
            copies=data["copies"],
        )

    @property
    def order(self) -> dict:
        """Arguments of the export."""
        kind, _colon, code = self.cleaned_data["recipients"].partition(":")
        only = {kind: code} if kind in ("category", "unit") else {}
        return {
            "heading": self.heading,
            "first_number": self.cleaned_data["first_number"],
            "ending": self.cleaned_data["ending"],
            **only,
        }

    @property
    def remembered(self) -> dict:
        """What the next letters begin with."""
        return {name: self.cleaned_data[name] for name in ("issuer", "word", "has_red_head", "copies", "ending")}
