"""Who is in which period until when (影响期) by API, for systems that ask about many people at once. Read-only."""

from django.db.models import Q
from django.urls import path
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from foundation.common.api_rows import RowList, RowSerializer
from officials.choices import Nature
from officials.models import Restriction

from ..selectors.periods import VIEW


class PeriodRow(RowSerializer):
    """A restriction or hold; both days count, no end: until it is lifted."""

    id = serializers.IntegerField(source="pk")
    official = serializers.IntegerField(source="official_id")
    nature = serializers.ChoiceField(choices=Nature.choices)
    kind = serializers.CharField(help_text="Code of handling_type")
    part = serializers.CharField()
    blocks = serializers.ListField(child=serializers.CharField(), help_text="Codes of blocked_act")
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    review_on = serializers.DateField(allow_null=True)
    decision_kind = serializers.CharField(source="source_kind")
    decision = serializers.CharField(source="source_no")
    lifted_on = serializers.DateField(allow_null=True)


class PeriodRows(filters.FilterSet):
    """Narrow the list of periods."""

    official = filters.NumberFilter(field_name="official_id", min_value=1, max_value=2**63 - 1)
    unit = filters.CharFilter(field_name="official__home__code")
    kind = filters.CharFilter(field_name="kind")
    on = filters.DateFilter(method="standing_on", help_text="Those that stand on this day")
    ends_until = filters.DateFilter(field_name="ends_on", lookup_expr="lte")

    class Meta:
        model = Restriction
        fields = ()

    def standing_on(self, rows, name, day):
        """Begun, not over, not lifted by the day."""
        kept = Q(lifted_on__isnull=True) | Q(lifted_on__gt=day)
        return rows.filter(kept, Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


@extend_schema(tags=["supervision"])
class PeriodList(RowList):
    """Influence periods and holds of people whose files are open to the caller, the newest first."""

    permission = VIEW
    serializer_class = PeriodRow
    filterset_class = PeriodRows

    def get_queryset(self):
        """Inside the caller's units; never one's own or those of kin; nobody from the trash."""
        return Restriction.objects.visible_to(self.request.user, VIEW).filter(official__trashed_at__isnull=True)


urlpatterns = [path("supervision/periods/", PeriodList.as_view(), name="period-list")]
