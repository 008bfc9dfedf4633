"""Return visits (回访) by API: planned, made and cancelled ones. Read-only; visits are planned and recorded on their pages."""

from django.urls import path
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from foundation.common.api_rows import RowList, RowSerializer

from ..choices import VisitPurpose, VisitResult
from ..models import Revisit
from ..workflows import REVISIT_STATES

VIEW = "supervision.view_revisit"


class RevisitRow(RowSerializer):
    """A return visit: which one of its source and purpose, when planned and made, by whom, with which result."""

    id = serializers.IntegerField(source="pk")
    case_no = serializers.CharField()
    official = serializers.IntegerField(source="official_id")
    unit = serializers.CharField(source="organization__code")
    purpose = serializers.ChoiceField(choices=VisitPurpose.choices)
    sequence = serializers.IntegerField(help_text="Counted from 1 within source and purpose")
    source_kind = serializers.CharField(help_text="Kind of case that asked for it; empty: none did")
    source_no = serializers.CharField()
    planned_on = serializers.DateField()
    visited_on = serializers.DateField(allow_null=True)
    visitors = serializers.ListField(child=serializers.CharField())
    helper = serializers.CharField(source="helper_name")
    result = serializers.ChoiceField(choices=VisitResult.choices, allow_blank=True)
    suggestion = serializers.CharField()
    status = serializers.ChoiceField(choices=REVISIT_STATES)


class RevisitRows(filters.FilterSet):
    """Narrow the list of visits."""

    official = filters.NumberFilter(field_name="official_id", min_value=1, max_value=2**63 - 1)
    unit = filters.CharFilter(field_name="organization__code")
    status = filters.ChoiceFilter(choices=REVISIT_STATES)
    purpose = filters.ChoiceFilter(choices=VisitPurpose.choices)
    source_no = filters.CharFilter(field_name="source_no")
    planned_until = filters.DateFilter(field_name="planned_on", lookup_expr="lte")

    class Meta:
        model = Revisit
        fields = ()


@extend_schema(tags=["supervision"])
class RevisitList(RowList):
    """Return visits of people whose files are open to the caller, the latest planned first."""

    permission = VIEW
    serializer_class = RevisitRow
    filterset_class = RevisitRows

    def get_queryset(self):
        """Inside the caller's units; never one's own or those of kin."""
        return Revisit.objects.visible_to(self.request.user, VIEW)


urlpatterns = [path("supervision/revisits/", RevisitList.as_view(), name="revisit-list")]
