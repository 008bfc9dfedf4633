"""Clearances (澄清正名) by API, without the person, the matter and the texts: how many, how fast, by which mode. Read-only."""

from django.urls import path
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from foundation.common.api_rows import RowList, RowSerializer

from ..choices import Finding
from ..models import Clearance
from ..selectors.clearances import VIEW
from ..workflows.clearance import CLEARANCE_STATES


class ClearanceRow(RowSerializer):
    """A clearance without whom it is about: days, finding, harm, modes and scope as codes of their tables."""

    id = serializers.IntegerField(source="pk")
    case_no = serializers.CharField()
    unit = serializers.CharField(source="organization__code")
    status = serializers.ChoiceField(choices=CLEARANCE_STATES)
    finding = serializers.ChoiceField(choices=Finding.choices)
    reported_on = serializers.DateField(allow_null=True)
    found_on = serializers.DateField(allow_null=True)
    approved_on = serializers.DateField(allow_null=True)
    cleared_on = serializers.DateField(allow_null=True)
    grounds = serializers.ListField(child=serializers.CharField(), help_text="Codes of clearance_ground")
    modes = serializers.ListField(child=serializers.CharField(), help_text="Codes of clearance_mode")
    scope = serializers.CharField(help_text="Code of clearance_scope")
    refusal = serializers.CharField(help_text="Code of clearance_refusal; empty: none")


class ClearanceRows(filters.FilterSet):
    """Narrow the list of clearances."""

    unit = filters.CharFilter(field_name="organization__code")
    status = filters.ChoiceFilter(choices=CLEARANCE_STATES)
    cleared_from = filters.DateFilter(field_name="cleared_on", lookup_expr="gte")
    cleared_until = filters.DateFilter(field_name="cleared_on", lookup_expr="lte")

    class Meta:
        model = Clearance
        fields = ()


@extend_schema(tags=["tolerance"])
class ClearanceList(RowList):
    """Clearances of people whose files are open to the caller, the newest first; no identities."""

    permission = VIEW
    serializer_class = ClearanceRow
    filterset_class = ClearanceRows

    def get_queryset(self):
        """Inside the caller's units; never one's own or those of kin."""
        return Clearance.objects.visible_to(self.request.user, VIEW)


urlpatterns = [path("clearances/", ClearanceList.as_view(), name="clearance-list")]
