"""Views of the API that read rows: one permission, one `values()` query per page, exact numbers.

A serializer of rows is a plain declaration; the columns that are read, the shape of the answer and its schema are the
same list. Reading `values()` and rendering them costs about 1.5 times the query; model serializers cost eight times.
"""

from collections.abc import Callable
from functools import cache

from django import forms
from django.http import Http404
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import exceptions, generics, serializers
from rest_framework.parsers import JSONParser
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.response import Response

from .decimals import plain
from .scoping import scope_of

PAGE_PARAMETERS = {"cursor", "limit"}


class YearFilter(filters.NumberFilter):
    """A calendar year."""

    field_class = forms.IntegerField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, min_value=1949, max_value=2200, **kwargs)


@extend_schema_field({"type": "string", "format": "decimal", "example": "85.01"})
class ExactDecimal(serializers.Field):
    """An exact decimal as text, so that no reader rounds it."""

    def to_representation(self, value):
        """As text."""
        return plain(value)


class RowSerializer(serializers.Serializer):
    """Shape of rows read with `values()`. The `source` of a field is the column; `extra_columns` are read besides."""

    extra_columns: tuple[str, ...] = ()

    @classmethod
    @cache
    def plan(cls) -> tuple[tuple[str, str, Callable | None], ...]:
        """Name, column and conversion of every field that stands for a column."""
        return tuple(
            (name, field.source or name, _conversion(field))
            for name, field in cls._declared_fields.items()
            if field.source != "*"
        )

    @classmethod
    def columns(cls) -> list[str]:
        """The columns to read, each once."""
        return list(dict.fromkeys([column for _name, column, _convert in cls.plan()] + list(cls.extra_columns)))

    def to_representation(self, instance):
        """A row as the answer shows it."""
        shown = {}
        for name, column, convert in self.plan():
            value = instance[column]
            shown[name] = value if convert is None or value is None else convert(value)
        return shown


def _conversion(field) -> Callable | None:
    if isinstance(field, serializers.DateTimeField):
        return lambda moment: localtime(moment).isoformat()
    return field.to_representation if isinstance(field, ExactDecimal) else None


class HoldsPermission(BasePermission):
    """Refuses who holds the view's permission nowhere; where it is held is asked when rows are loaded."""

    def has_permission(self, request, view):
        """Is the permission of this method held somewhere?"""
        return bool(scope_of(request.user, view.permission_of(request.method)))


class Guarded:
    """An address behind a permission: `permission` for reading, `permission_by_method` for other methods. Default is deny."""

    permission = ""
    permission_by_method: dict[str, str] = {}  # noqa: RUF012 - replaced, never changed
    permission_classes = (IsAuthenticated, HoldsPermission)
    parser_classes = (JSONParser,)  # in a form, a truth value that is not sent would count as false
    http_method_names = ("get", "head", "post", "patch")

    def permission_of(self, method: str) -> str:
        """The permission that a method needs."""
        return self.permission_by_method.get(method, self.permission)

    def initial(self, request, *args, **kwargs):
        """Before anything else: a character that no name has is found nowhere."""
        if any("\0" in value for value in kwargs.values() if isinstance(value, str)):
            raise Http404
        super().initial(request, *args, **kwargs)

    def checked(self, serializer_class, data) -> dict:
        """The request's values. Raises ValidationError naming every wrong field."""
        serializer = serializer_class(data=data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data


class RowList(Guarded, generics.ListAPIView):
    """A list of rows. `get_queryset` returns what the caller may see; `ordering` is one unique column."""

    ordering = "-pk"

    def list(self, request, *args, **kwargs):
        """One page of rows."""
        self.refuse_unknown_parameters(request)
        columns = {*self.serializer_class.columns(), self.ordering.lstrip("-")}
        rows = self.filter_queryset(self.get_queryset()).values(*columns)
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def refuse_unknown_parameters(self, request):
        """A misspelt filter must not give the unfiltered list."""
        filters = getattr(self, "filterset_class", None)
        known = PAGE_PARAMETERS | set(filters.base_filters if filters else ())
        unknown = sorted(set(request.query_params) - known)
        if unknown:
            raise exceptions.ValidationError({name: [_("This list has no such filter.")] for name in unknown})


class RowDetail(Guarded, generics.RetrieveAPIView):
    """One row. `get_object` loads it as a dict of the serializer's columns, or raises Http404."""

    def retrieve(self, request, *args, **kwargs):
        """The row, with what `complete` adds."""
        row = self.get_object()
        return Response(self.complete(self.get_serializer(row).data, row))

    def complete(self, shown: dict, row: dict) -> dict:
        """Add what does not stand in the row."""
        return shown


class Act(Guarded, generics.GenericAPIView):
    """An act: one service call. `serializer_class` is the shape of the request."""
