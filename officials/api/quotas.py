"""Numbers of leaders and staff on a day by API, read-only."""

from datetime import date

from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from foundation.common.api_rows import RowList
from foundation.organizations.choices import Kind
from foundation.organizations.models import Organization

from ..selectors.quotas import OWN, VIEW, filled


class FillShape(serializers.Serializer):
    """Approved 核定 (null: nothing approved), actual 实配, vacant 空缺, over 超配."""

    approved = serializers.IntegerField(allow_null=True)
    actual = serializers.IntegerField()
    vacant = serializers.IntegerField()
    over = serializers.IntegerField()


class QuotaRow(serializers.Serializer):
    """A unit against what was approved for it on a day."""

    unit = serializers.CharField(source="unit.code")
    name = serializers.CharField(help_text="The name on that day")
    leaders = FillShape()
    principals = FillShape()
    deputies = FillShape()
    staff = FillShape()
    kinds = serializers.DictField(child=FillShape(), help_text="Staff by kind of establishment (编制类型)")
    unstated = serializers.IntegerField(help_text="People whose record does not say the kind of establishment")


class QuotaFilterSet(filters.FilterSet):
    """Narrow the list."""

    on = filters.DateFilter(method="keep", label=_("The day; today when it is left out"))
    kind = filters.ChoiceFilter(choices=[choice for choice in Kind.choices if choice[0] in OWN])
    jurisdiction = filters.CharFilter(field_name="jurisdiction__code", label=_("Code of a jurisdiction"))

    def keep(self, queryset, name, value):
        """Which units there were on the day is asked by the view."""
        return queryset.on_date(value)


@extend_schema(tags=["units"])
class QuotaList(RowList):
    """Departments and towns with leaders and staff approved, there, missing and over on a day (职数)."""

    permission = VIEW
    serializer_class = QuotaRow
    filterset_class = QuotaFilterSet
    ordering = "path"

    def get_queryset(self):
        """Units with staff of their own in the caller's scope."""
        return Organization.objects.visible_to(self.request.user, VIEW).filter(kind__in=OWN)

    def list(self, request, *args, **kwargs):
        """One page of units with their numbers."""
        self.refuse_unknown_parameters(request)
        units = self.filter_queryset(self.get_queryset())
        typed = request.query_params.get("on")
        day = date.fromisoformat(typed) if typed else timezone.localdate()
        page = self.paginate_queryset(units if typed else units.on_date(day))
        return self.get_paginated_response(self.get_serializer(filled(page, day), many=True).data)


urlpatterns = [path("quotas/", QuotaList.as_view(), name="quota-list")]
