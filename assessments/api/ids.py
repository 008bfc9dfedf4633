"""Natural ids of the API: a cycle is `440784-2024`, its scheme `440784-2024-GENERAL`."""

from django import forms
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters


def cycle_id(prefix: str = "", *more: str):
    """Expression of a cycle's id; `prefix` leads to the cycle (`cycle__`), `more` columns are added with hyphens."""
    parts = [f"{prefix}jurisdiction__code", Value("-"), Cast(f"{prefix}year", CharField())]
    for column in more:
        parts += [Value("-"), column]
    return Concat(*parts, output_field=CharField())


def parse_cycle_id(text: str) -> tuple[str, int]:
    """Jurisdiction and year. Raises ValueError for what is no id of a cycle."""
    code, hyphen, year = text.rpartition("-")
    if not (code and hyphen and len(year) == 4 and year.isascii() and year.isdigit()):
        raise ValueError(text)
    return code, int(year)


def by_cycle_id(text: str, prefix: str = "") -> dict:
    """Look-up of a cycle by the id in an address. Raises Http404 for what is none."""
    try:
        code, year = parse_cycle_id(text)
    except ValueError:
        raise Http404 from None
    return {f"{prefix}jurisdiction__code": code, f"{prefix}year": year}


def by_scheme_id(text: str) -> dict:
    """Look-up of a scheme by the id in an address. Raises Http404 for what is none."""
    cycle, hyphen, category = text.rpartition("-")
    if not (hyphen and category):
        raise Http404
    return {**by_cycle_id(cycle, "cycle__"), "category": category}


class CycleIdField(forms.CharField):
    """Id of a cycle in a query."""

    def clean(self, value):
        """Jurisdiction and year, None when empty. Raises ValidationError for what is no id."""
        value = super().clean(value)
        if value in self.empty_values:
            return None
        try:
            return parse_cycle_id(value)
        except ValueError as error:
            message = _("Write a cycle as jurisdiction-year, such as 440784-2024.")
            raise forms.ValidationError(message, code="invalid") from error


class CycleFilter(filters.CharFilter):
    """Rows of one cycle; `field_name` leads to the cycle (`cycle`)."""

    field_class = CycleIdField

    def filter(self, queryset, value):
        """Rows of the cycle."""
        if value is None:
            return queryset
        prefix = f"{self.field_name}__" if self.field_name else ""
        return queryset.filter(**{f"{prefix}jurisdiction__code": value[0], f"{prefix}year": value[1]})
