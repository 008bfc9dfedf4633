"""Small forms around a year's schemes: copying, issuing, choosing what to compare with."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CopyForm(forms.Form):
    """Which year begins with the schemes of another one."""

    year = forms.IntegerField(label=_("New year"), min_value=2000, max_value=2100)


class IssueForm(forms.Form):
    """Under which document the year's schemes are issued."""

    document_no = forms.CharField(
        label=_("Document number"), max_length=60, help_text=_("Of the document with which the schemes are issued.")
    )
    issued_on = forms.DateField(label=_("Issued on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
