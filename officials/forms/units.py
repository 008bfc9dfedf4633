"""Forms around a unit: the day looked at, approved numbers, posts, the filter of the overview of numbers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.organizations.choices import Kind
from foundation.organizations.models import ApprovedNumbers, Post
from foundation.organizations.rules.quotas import KINDS_OF_STAFF
from foundation.regulations.forms import DayField
from foundation.regulations.services.codes import codes

MOST_LEADERS, MOST_STAFF = 999, 99_999


def code_choices(table: str):
    """Codes of a table for a select, an empty one first."""
    return [("", "—"), *((code, row.label()) for code, row in codes(table).items())]


class DayForm(forms.Form):
    """The day on which a page is looked at; lives in the address."""

    on = DayField(label=_("As of"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].widget.attrs |= {"class": "form-control"}

    def day(self, today):
        """The day asked for, today when none or none that exists was."""
        return (self.cleaned_data.get("on") if self.is_valid() else None) or today


class QuotaFilter(DayForm):
    """Filter of the overview of numbers; lives in the address."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    category = forms.ChoiceField(label=_("Assessment category"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("all")),
            ("vacant", _("with vacancies (缺配)")),
            ("over", _("over the number (超配)")),
            ("full", _("neither")),
        ],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [choice for choice in Kind.choices if choice[0] in (Kind.DEPARTMENT, Kind.TOWN)]
        self.fields["kind"].choices = [("", _("all")), *kinds]
        rows = codes("unit_category").items()
        self.fields["category"].choices = [("", _("all")), *((code, row.label()) for code, row in rows)]
        for name in ("kind", "category", "state"):
            self.fields[name].widget.attrs |= {"class": "form-select"}

    def asked(self) -> dict:
        """What narrows the list; nothing for what cannot be read."""
        values = self.cleaned_data if self.is_valid() else {}
        return {name: values.get(name) or "" for name in ("kind", "category", "state")}


def _number(name: str, most: int):
    label = ApprovedNumbers._meta.get_field(name).verbose_name
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=most)


class NumbersForm(forms.Form):
    """Approved numbers of a unit from a day on."""

    leaders = _number("leaders", MOST_LEADERS)
    principals = _number("principals", MOST_LEADERS)
    deputies = _number("deputies", MOST_LEADERS)
    staffing = _number("staffing", MOST_STAFF)
    administrative = _number("administrative", MOST_STAFF)
    reference = _number("reference", MOST_STAFF)
    institution = _number("institution", MOST_STAFF)
    logistics = _number("logistics", MOST_STAFF)
    other = _number("other", MOST_STAFF)
    starts_on = DayField(label=_("Approved from"), help_text=_("The same day again corrects what was entered for it."))
    document_no = forms.CharField(label=_("Document"), max_length=120)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["leaders"].help_text = _("Left empty: principal and deputy leaders together.")
        self.fields["staffing"].help_text = _("Left empty: the kinds of staff together.")

    @property
    def leader_fields(self):
        """Leaders, whole and split."""
        return [self[name] for name in ("leaders", "principals", "deputies")]

    @property
    def staff_fields(self):
        """Staff, whole and by kind."""
        return [self[name] for name in ("staffing", *KINDS_OF_STAFF)]


class DescribeForm(forms.Form):
    """Level and type of a unit."""

    level = forms.ChoiceField(label=_("Level of the unit (机构级别)"), required=False)
    nature = forms.ChoiceField(label=_("Type of the unit (机构类型)"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = code_choices("org_level_zb03")
        self.fields["nature"].choices = code_choices("org_type_zb04_2017")


class PostForm(forms.ModelForm):
    """What a post is."""

    class Meta:
        model = Post
        fields = ("title", "level", "is_principal", "is_team_member", "counts_quota", "is_sensitive", "seats")
        help_texts = {"seats": _("How many hold this title together; empty when nobody fixed it.")}

    document_no = forms.CharField(label=_("Document"), max_length=80, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"] = forms.ChoiceField(
            label=Post._meta.get_field("level").verbose_name, required=False, choices=code_choices("leadership_level")
        )
        self.order_fields([*self._meta.fields, "starts_on", "document_no"])

    def _post_clean(self):
        """The service writes, after its own checks."""

    def values(self) -> dict:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class NewPostForm(PostForm):
    """A post to be set up."""

    starts_on = DayField(label=_("Set up on"))


class AbolishForm(forms.Form):
    """The end of a post."""

    effective_on = DayField(label=_("Abolished from"), help_text=_("The first day on which the post is no more."))
    document_no = forms.CharField(label=_("Document"), max_length=80)


class UndoForm(forms.Form):
    """Why an act is undone."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
