"""Forms of lists of people."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ListForm(forms.Form):
    """Name, folder and note of a list."""

    name = forms.CharField(label=_("Name of the list"), max_length=60)
    folder = forms.CharField(label=_("Folder"), max_length=60, required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class NamesForm(forms.Form):
    """A pasted list of names."""

    names = forms.CharField(
        label=_("Names, numbers or the last four of a number"),
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Separated by lines, commas or blanks, as they stand in a document; what stands in brackets after a name (unit, post, month of birth) tells two of one name apart."
        ),
    )
