"""Proposals of reuse (重新使用) by API: open ones and those that ended, without their texts. Read-only."""

from django.urls import path
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from foundation.common.api_rows import RowList, RowSerializer

from ..choices import ReuseMode, ReuseOpinion
from ..models import ReuseProposal
from ..workflows import REUSE_STATES

VIEW = "supervision.view_reuseproposal"


class ReuseRow(RowSerializer):
    """A proposal: after which decision, in which mode, where it stands, what the discipline commission said."""

    id = serializers.IntegerField(source="pk")
    case_no = serializers.CharField()
    official = serializers.IntegerField(source="official_id")
    unit = serializers.CharField(source="organization__code")
    decision = serializers.CharField(source="source_no", help_text="Case number of the handling or sanction")
    mode = serializers.ChoiceField(choices=ReuseMode.choices)
    opinion = serializers.ChoiceField(choices=ReuseOpinion.choices, allow_blank=True)
    opened_on = serializers.DateField()
    asked_on = serializers.DateField(allow_null=True)
    opinion_on = serializers.DateField(allow_null=True)
    handed_over_on = serializers.DateField(allow_null=True)
    reused_on = serializers.DateField(allow_null=True)
    status = serializers.ChoiceField(choices=REUSE_STATES)


class ReuseRows(filters.FilterSet):
    """Narrow the list of proposals."""

    official = filters.NumberFilter(field_name="official_id", min_value=1, max_value=2**63 - 1)
    unit = filters.CharFilter(field_name="organization__code")
    status = filters.ChoiceFilter(choices=REUSE_STATES)
    mode = filters.ChoiceFilter(choices=ReuseMode.choices)
    decision = filters.CharFilter(field_name="source_no")
    reused_from = filters.DateFilter(field_name="reused_on", lookup_expr="gte")
    reused_until = filters.DateFilter(field_name="reused_on", lookup_expr="lte")

    class Meta:
        model = ReuseProposal
        fields = ()


@extend_schema(tags=["supervision"])
class ReuseList(RowList):
    """Proposals of reuse about people whose files are open to the caller, the newest first."""

    permission = VIEW
    serializer_class = ReuseRow
    filterset_class = ReuseRows

    def get_queryset(self):
        """Inside the caller's units; never one's own or those of kin."""
        return ReuseProposal.objects.visible_to(self.request.user, VIEW)


urlpatterns = [path("supervision/reuses/", ReuseList.as_view(), name="reuse-list")]
