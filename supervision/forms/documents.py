"""What the office gives for a letter: the number, who signs, the day, the words of the matter, the format."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.exchange.reports.letter_heads import Heading

from ..selectors.documents import Document

CONTROL, SELECT = {"class": "form-control"}, {"class": "form-select"}
OF_LETTERS = ("symbol", "issuer", "has_red_head", "copies", "matter")


class DocumentForm(forms.Form):
    """A letter, or the record of a talk, for which only day and format are asked."""

    symbol = forms.CharField(
        label=_("Number of the letter"),
        max_length=80,
        required=False,
        help_text=_("Word, year and number (发文字号). Left empty, room is left to write it by hand."),
        widget=forms.TextInput(attrs=CONTROL),
    )
    issuer = forms.CharField(label=_("Issued by"), max_length=60, widget=forms.TextInput(attrs=CONTROL))
    issued_on = forms.DateField(
        label=_("Day of issue"), widget=forms.DateInput(format="%Y-%m-%d", attrs={**CONTROL, "type": "date"})
    )
    matter = forms.CharField(
        label=_("Matter as the letter words it"),
        max_length=2000,
        help_text=_("For this letter alone; the case keeps its own words. Never let it show who reported the matter."),
        widget=forms.Textarea(attrs={**CONTROL, "rows": 4}),
    )
    copies = forms.CharField(
        label=_("Copies to"), max_length=200, required=False, widget=forms.TextInput(attrs=CONTROL)
    )
    has_red_head = forms.BooleanField(
        label=_("With red head"),
        required=False,
        help_text=_("Leave it out when the letters are printed on paper that has it."),
    )
    ending = forms.ChoiceField(
        label=_("Format"), choices=[("docx", "docx"), ("pdf", "PDF")], widget=forms.Select(attrs=SELECT)
    )

    def __init__(self, *args, case, document: Document, **kwargs):
        county = case.organization.jurisdiction or case.organization
        party = pgettext_lazy("letter", "main leader of the Party organization of %(unit)s")
        initial = {
            "symbol": getattr(case, "document_no", ""),  # a return visit has none
            "issuer": f"中共{county.name}委组织部",
            "issued_on": timezone.localdate(),
            "matter": case.summary,
            "copies": str(party) % {"unit": case.organization.name} if document.has_copies else "",
            "has_red_head": True,
        }
        super().__init__(*args, initial=initial, **kwargs)
        for name in () if document.has_head else OF_LETTERS:
            del self.fields[name]
        if document.slug in ("outcome", "rectification"):
            self.initial["symbol"] = ""
        if document.slug == "outcome":
            del self.fields["matter"]

    @property
    def order(self) -> dict:
        """Arguments of the service."""
        data = self.cleaned_data
        heading = Heading(
            issuer=data.get("issuer", ""),
            word="",
            year=data["issued_on"].year,
            issued_on=data["issued_on"],
            has_red_head=data.get("has_red_head", False),
            copies=data.get("copies", ""),
        )
        return {
            "heading": heading,
            "symbol": data.get("symbol", ""),
            "matter": data.get("matter", ""),
            "ending": data["ending"],
        }
