"""Reports of personal matters and their checks by API: that, when and with which result; never what a report says. Read-only."""

from django.urls import path
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from foundation.common.api_rows import RowList, RowSerializer, YearFilter

from ..choices import CheckFinding, CheckOccasion, MatterOccasion
from ..models import MatterCheck, MatterReport
from ..selectors.matters import VIEW, VIEW_CHECK


class ReportRow(RowSerializer):
    """A report that was asked for; the items of a change are not handed out."""

    id = serializers.IntegerField(source="pk")
    official = serializers.IntegerField(source="official_id")
    name = serializers.CharField(source="official__name")
    unit = serializers.CharField(source="official__home__code", allow_null=True)
    year = serializers.IntegerField()
    occasion = serializers.ChoiceField(choices=MatterOccasion.choices)
    due_on = serializers.DateField()
    reported_on = serializers.DateField(allow_null=True)
    is_waived = serializers.BooleanField(source="waived_reason", help_text="Not due after all")

    def to_representation(self, instance):
        """The reason itself stays inside."""
        return super().to_representation(instance) | {"is_waived": bool(instance["waived_reason"])}


class CheckRow(RowSerializer):
    """A check with its result; how it was handled is not handed out."""

    id = serializers.IntegerField(source="pk")
    official = serializers.IntegerField(source="official_id")
    name = serializers.CharField(source="official__name")
    unit = serializers.CharField(source="official__home__code", allow_null=True)
    year = serializers.IntegerField()
    occasion = serializers.ChoiceField(choices=CheckOccasion.choices)
    asked_on = serializers.DateField()
    checked_on = serializers.DateField(allow_null=True)
    finding = serializers.ChoiceField(choices=CheckFinding.choices, allow_blank=True)


class ReportFilterSet(filters.FilterSet):
    """Narrow the reports."""

    year = YearFilter(field_name="year")
    occasion = filters.ChoiceFilter(choices=MatterOccasion.choices)
    official = filters.NumberFilter(field_name="official_id")


class CheckFilterSet(filters.FilterSet):
    """Narrow the checks."""

    year = YearFilter(field_name="year")
    occasion = filters.ChoiceFilter(choices=CheckOccasion.choices)
    finding = filters.ChoiceFilter(choices=CheckFinding.choices)
    official = filters.NumberFilter(field_name="official_id")


@extend_schema(tags=["supervision"])
class MatterReports(RowList):
    """Reports of personal matters (个人有关事项报告) of the caller's scope, the newest first."""

    permission = VIEW
    serializer_class = ReportRow
    filterset_class = ReportFilterSet

    def get_queryset(self):
        """Reports of people whose files are open to the caller."""
        return MatterReport.objects.visible_to(self.request.user, VIEW)


@extend_schema(tags=["supervision"])
class MatterChecks(RowList):
    """Checks of reports (查核) of the caller's scope, the newest first."""

    permission = VIEW_CHECK
    serializer_class = CheckRow
    filterset_class = CheckFilterSet

    def get_queryset(self):
        """Checks of people whose files are open to the caller."""
        return MatterCheck.objects.visible_to(self.request.user, VIEW_CHECK)


urlpatterns = [
    path("matter-reports/", MatterReports.as_view(), name="matter-report-list"),
    path("matter-checks/", MatterChecks.as_view(), name="matter-check-list"),
]
