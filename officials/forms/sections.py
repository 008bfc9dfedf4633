"""Forms made from the sections of the record."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.organizations.models import Organization

from ..choices import Sex, Status
from ..models import Official
from ..rules.identity_number import check_holder
from ..rules.partial_dates import parse_partial_date
from ..sections import IDENTITY, RowSection, Section
from .fields import IdentityField, LabelField, MonthField, PartialDateText

DATE_TEXTS = frozenset(
    {
        "birth_text",
        "work_text",
        "starts_text",
        "ends_text",
        "degree_text",
        "acquired_text",
        "approved_text",
        "revoked_text",
        "entered_text",
        "service_text",
    }
)
CHOICES = {"sex": [("", "—"), *Sex.choices], "status": Status.choices}
YEARS = (1949, 2100)


def form_field(model, name: str, table: str = "", *, lines=False, required=False):
    """The form field of a column: what kind of text it is decides how it is read and checked."""
    column = model._meta.get_field(name)
    said = {"label": column.verbose_name[:1].upper() + column.verbose_name[1:], "required": required}
    if name in CHOICES and model is Official:
        return forms.ChoiceField(choices=CHOICES[name], **said)
    if isinstance(column, models.BooleanField):
        if column.null:
            options = [("", "—"), ("True", _("yes")), ("False", _("no"))]
            return forms.TypedChoiceField(choices=options, coerce=lambda v: v == "True", empty_value=None, **said)
        return forms.BooleanField(**said | {"required": False})
    if isinstance(column, models.DateField):
        return MonthField(**said)
    if isinstance(column, models.IntegerField):
        limits = [MinValueValidator(YEARS[0]), MaxValueValidator(YEARS[1])] if name == "year" else []
        return forms.IntegerField(min_value=0, validators=limits, **said)
    longest = column.max_length or 8000
    if name in DATE_TEXTS:
        return PartialDateText(max_length=longest, **said)
    if table:
        return LabelField(table=table, max_length=longest, **said)
    if lines:
        # a résumé is text of a fixed form: its blanks at the beginning of lines count
        return forms.CharField(
            max_length=longest, strip=False, widget=forms.Textarea(attrs={"rows": 18, "wrap": "off"}), **said
        )
    return forms.CharField(max_length=longest, **said)


class SectionForm(forms.Form):
    """One section of the person's own row, with the version that the page showed and the reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, section: Section, official: Official | None = None, **kwargs):
        initial = {name: getattr(official, name) for name in section.fields} if official else {}
        if official:
            initial["version"] = official.version
        super().__init__(*args, initial=initial, **kwargs)
        for name in section.fields:
            required = name == "name"
            self.fields[name] = form_field(
                Official, name, section.tables.get(name, ""), lines=name in section.lines, required=required
            )
            if table := section.tables.get(name):
                self.fields[name].widget.attrs["list"] = f"labels-{table}"
        self.fields["reason"] = reason_field()

    @property
    def label_lists(self) -> dict[str, list[str]]:
        """Offered labels by table, each list once."""
        return {field.table: field.labels for field in self.fields.values() if isinstance(field, LabelField)}

    @property
    def values(self) -> dict:
        """What was typed, without version and reason."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "reason")}


def reason_field():
    """Why a record is changed."""
    return forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Stands in the history: the document, or what was found wrong.")
    )


class RowForm(forms.Form):
    """One row of an information set; a wholly empty one is none."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, section: RowSection, **kwargs):
        super().__init__(*args, **kwargs)
        self.section = section
        for name in section.fields:
            table = section.tables.get(name, "")
            self.fields[name] = form_field(section.model, name, table)
            self.fields[name].widget.attrs["aria-label"] = self.fields[name].label
            if table:
                self.fields[name].widget.attrs["list"] = f"labels-{table}"

    @property
    def is_blank(self) -> bool:
        """Nothing but flags is filled in."""
        flags = {name for name, field in self.fields.items() if isinstance(field, forms.BooleanField)}
        return not any(self.cleaned_data.get(name) for name in self.section.fields if name not in flags)

    def clean(self):
        """What a row cannot do without, once it says anything."""
        found = super().clean()
        if not self.errors and not self.is_blank:
            for name in self.section.required:
                if found.get(name) in (None, ""):
                    self.add_error(name, _("Fill this in, or empty the whole row."))
        return found


class RowSet(forms.BaseFormSet):
    """The rows of an information set in their order, with the rows that repeat what may stand once refused."""

    def __init__(self, *args, section: RowSection, **kwargs):
        self.section = section
        super().__init__(*args, form_kwargs={"section": section}, **kwargs)

    def clean(self):
        """A year has one rating."""
        if any(self.errors) or self.section.code != "ratings":
            return
        seen = set()
        for form in self.forms:
            year = form.cleaned_data.get("year")
            if year and year in seen:
                form.add_error("year", _("There are two rows of %(year)d.") % {"year": year})
            seen.add(year)

    @property
    def rows(self) -> list[dict]:
        """The filled rows, in order."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data and not form.is_blank]


def row_set(section: RowSection, official: Official, data=None) -> RowSet:
    """The formset of a section: stored rows, and empty ones to write or paste into."""
    made = forms.formset_factory(RowForm, formset=RowSet, extra=5, max_num=section.most, validate_max=True)
    stored = section.model.objects.system().filter(official=official).order_by("sort", "pk")
    initial = [{"pk": row.pk} | {name: getattr(row, name) for name in section.fields} for row in stored]
    return made(data, initial=initial, section=section, prefix="rows")


class RowActForm(forms.Form):
    """What belongs to saving rows: version, reason, and whether there are none such."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    declares_none = forms.BooleanField(label=_("There are none such (无此类情况)"), required=False)
    reason = reason_field()

    def __init__(self, *args, section: RowSection, **kwargs):
        super().__init__(*args, **kwargs)
        if not section.none_code:
            del self.fields["declares_none"]


class ReasonForm(forms.Form):
    """An act that needs a reason."""

    reason = reason_field()


class CreateForm(SectionForm):
    """A new person: unit, number, identity."""

    def __init__(self, *args, user, perm, **kwargs):
        super().__init__(*args, section=IDENTITY, **kwargs)
        units = Organization.objects.visible_to(user, perm).filter(ends_on__isnull=True).in_tree_order()
        own = {
            "organization": forms.ModelChoiceField(label=_("Unit"), queryset=units),
            "id_number": IdentityField(label=_("Identity number")),
        }
        for name in ("version", "reason"):
            del self.fields[name]
        self.section_fields = list(self.fields)
        self.fields = {**own, **self.fields}

    def clean(self):
        """Number, sex and month of birth must agree: in a new record nothing excuses that they do not."""
        found = super().clean()
        number = found.get("id_number")
        if number and not self.errors:
            born = parse_partial_date(found["birth_text"]) if found.get("birth_text") else None
            sex = {"1": "男", "2": "女"}.get(found.get("sex"), "")
            for fault in check_holder(number, sex=sex, born=born):
                name = "sex" if "sex" in fault.code else "birth_text"
                self.add_error(name, _("This contradicts the identity number."))
        return found
