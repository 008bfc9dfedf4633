"""Prior filings (容错报备) by API: what, of whom, for how long, where it stands. Read-only."""

from django.urls import path
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from foundation.common.api_rows import RowList, RowSerializer

from ..choices import RiskLevel
from ..models import PriorFiling
from ..selectors.filings import VIEW
from ..workflows.filing import FILING_STATES


class PriorFilingRow(RowSerializer):
    """A filing without its long texts."""

    id = serializers.IntegerField(source="pk")
    case_no = serializers.CharField()
    unit = serializers.CharField(source="organization__code")
    title = serializers.CharField(source="title_text")
    status = serializers.ChoiceField(choices=FILING_STATES)
    risk_level = serializers.ChoiceField(choices=RiskLevel.choices, help_text="Empty while not stated")
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    filed_on = serializers.DateField(allow_null=True)
    reviewed_on = serializers.DateField(allow_null=True, help_text="Day on which it was accepted")
    ended_on = serializers.DateField(allow_null=True)


class PriorFilingRows(filters.FilterSet):
    """Narrow the list of filings."""

    unit = filters.CharFilter(field_name="organization__code")
    status = filters.ChoiceFilter(choices=FILING_STATES)
    on = filters.DateFilter(method="running_on", help_text="Filings whose term contains the day")

    class Meta:
        model = PriorFiling
        fields = ()

    def running_on(self, queryset, name, day):
        """Filings whose term contains the day."""
        return queryset.filter(starts_on__lte=day, ends_on__gte=day)


@extend_schema(tags=["tolerance"])
class PriorFilingList(RowList):
    """Filings of the caller's units, the newest first."""

    permission = VIEW
    serializer_class = PriorFilingRow
    filterset_class = PriorFilingRows

    def get_queryset(self):
        """Inside the caller's units."""
        return PriorFiling.objects.visible_to(self.request.user, VIEW)


urlpatterns = [path("prior-filings/", PriorFilingList.as_view(), name="prior-filing-list")]
