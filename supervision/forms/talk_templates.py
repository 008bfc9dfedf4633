"""The office's outline of a talk. Shape only."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def lines(label, rows: int):
    """A field of lines."""
    return forms.CharField(
        label=capfirst(label),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows, "class": "form-control"}),
    )


class OutlineForm(forms.Form):
    """Outline, questions and points, one line each, and from when they hold."""

    outline = lines(pgettext_lazy("talk", "outline"), 3)
    questions = lines(_("questions"), 6)
    points = lines(_("points to mind"), 4)
    starts_on = forms.DateField(
        label=capfirst(_("in force from")), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
