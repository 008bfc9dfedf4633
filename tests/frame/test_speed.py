"""What pages share to be quick says the same as what it stands for: addresses, words of choices, fields."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from foundation.common.addresses import RowAddress
from foundation.common.form_renderer import Renderer
from foundation.organizations.choices import Kind
from foundation.organizations.models import Organization


class Fields(forms.Form):
    """One of each widget that is drawn, and one that is not."""

    name = forms.CharField(
        max_length=9, initial='<"a">', widget=forms.TextInput(attrs={"data-x": "1&2", "hidden": False})
    )
    size = forms.IntegerField(min_value=0, initial=1234567)
    nothing = forms.CharField(required=False)
    key = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    day = forms.DateField(required=False)
    password = forms.CharField(widget=forms.PasswordInput)
    sure = forms.BooleanField(initial=True)
    paper = forms.FileField()
    kind = forms.ChoiceField(choices=[("", "—"), ("a", _("Save")), ("<b>", "B & C")], initial="<b>")
    grouped = forms.ChoiceField(choices=[("One & two", [(1, "1"), (2, "2")]), (3, 3)], initial=2)
    some = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], initial=["a", "b"])
    either = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    text = forms.CharField(widget=forms.Textarea, initial="<p>")


@pytest.mark.parametrize("name", Fields.base_fields)
@pytest.mark.parametrize("data", [None, {"name": "", "size": "x", "kind": "a", "grouped": "3"}])
def test_a_field_is_drawn_as_by_djangos_templates(name, data):
    ours, theirs = (str(Fields(data, renderer=renderer)[name]) for renderer in (Renderer(), DjangoTemplates()))
    assert " ".join(ours.split()) == " ".join(theirs.split())


@pytest.mark.parametrize("code", ["HS-D01", "鹤山 12?#%", "a'b;c=d"])
def test_a_rows_address_is_the_one_of_reverse(code):
    assert RowAddress.of("organizations:unit").at(code) == reverse("organizations:unit", args=[code])


def test_an_address_may_have_parts_before_the_rows():
    address = RowAddress.of("assessments:unit", "440784", 2024)
    assert address.at("HS-D01") == reverse("assessments:unit", args=["440784", 2024, "HS-D01"])


def test_words_of_a_choice_follow_the_readers_language():
    unit = Organization(kind=Kind.DEPARTMENT)
    with override("en"):
        english = unit.get_kind_display()
    with override("zh-hans"):
        chinese = unit.get_kind_display()
    assert (english, chinese) == ("department", "部门")
    assert Organization(kind="unknown").get_kind_display() == "unknown"
