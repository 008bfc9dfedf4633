"""Cases of fault tolerance (容错免责) and the feed of effects by API: no names, no texts. Read-only."""

from django.urls import path
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from foundation.common.api_rows import RowList, RowSerializer

from ..choices import Applicant, DecidingBody, Outcome
from ..models import DecidedEffect, ToleranceCase
from ..selectors.cases import VIEW
from ..workflows import TOLERANCE_STATES

VIEW_EFFECTS = "tolerance.view_decidedeffect"


class ToleranceCaseRow(RowSerializer):
    """A case without whom it is about and without its texts."""

    id = serializers.IntegerField(source="pk")
    case_no = serializers.CharField()
    unit = serializers.CharField(source="organization__code")
    status = serializers.ChoiceField(choices=TOLERANCE_STATES)
    applicant_kind = serializers.ChoiceField(choices=Applicant.choices)
    event_on = serializers.DateField()
    accepted_on = serializers.DateField(allow_null=True)
    decided_on = serializers.DateField(allow_null=True)
    body = serializers.ChoiceField(choices=DecidingBody.choices, help_text="Empty until decided")
    outcome = serializers.ChoiceField(choices=Outcome.choices, help_text="Empty until decided")
    word = serializers.CharField()
    exempting = serializers.ListField(child=serializers.CharField(), help_text="Codes of tolerance_exempt")
    mitigating = serializers.ListField(child=serializers.CharField(), help_text="Codes of tolerance_mitigate")
    excluding = serializers.ListField(child=serializers.CharField(), help_text="Codes of tolerance_exclude")
    years = serializers.ListField(child=serializers.IntegerField(), help_text="Assessment years that it touched")


class ToleranceCaseRows(filters.FilterSet):
    """Narrow the list of cases."""

    unit = filters.CharFilter(field_name="organization__code")
    status = filters.ChoiceFilter(choices=TOLERANCE_STATES)
    outcome = filters.ChoiceFilter(choices=Outcome.choices)
    decided_from = filters.DateFilter(field_name="decided_on", lookup_expr="gte")
    decided_until = filters.DateFilter(field_name="decided_on", lookup_expr="lte")

    class Meta:
        model = ToleranceCase
        fields = ()


@extend_schema(tags=["tolerance"])
class ToleranceCaseList(RowList):
    """Cases about people whose files are open to the caller, the newest first."""

    permission = VIEW
    serializer_class = ToleranceCaseRow
    filterset_class = ToleranceCaseRows

    def get_queryset(self):
        """Inside the caller's units; never one's own or those of kin."""
        return ToleranceCase.objects.visible_to(self.request.user, VIEW)


class EffectRow(RowSerializer):
    """One effect of a decision: what it changes by kind and natural key, when it was applied and taken back."""

    id = serializers.IntegerField(source="pk")
    case_kind = serializers.CharField()
    case_no = serializers.CharField()
    kind = serializers.CharField(help_text="Kind of effect, such as shield or measure_set_aside")
    target = serializers.CharField(help_text="Natural key in the words of the kind")
    unit = serializers.CharField(source="about_unit__code", allow_null=True)
    official = serializers.IntegerField(source="official_id", allow_null=True, help_text="Number of the official")
    year = serializers.IntegerField(allow_null=True)
    rule_id = serializers.CharField()
    applied_at = serializers.DateTimeField(allow_null=True)
    reversed_at = serializers.DateTimeField(allow_null=True)


class EffectRows(filters.FilterSet):
    """Narrow the feed; `applied_from` and `reversed_from` ask for what came since."""

    case_no = filters.CharFilter()
    kind = filters.CharFilter()
    applied_from = filters.IsoDateTimeFilter(field_name="applied_at", lookup_expr="gte")
    reversed_from = filters.IsoDateTimeFilter(field_name="reversed_at", lookup_expr="gte")

    class Meta:
        model = DecidedEffect
        fields = ()


@extend_schema(tags=["tolerance"])
class EffectList(RowList):
    """Effects of decisions that were applied, the newest first; a reversal stands in the same row."""

    permission = VIEW_EFFECTS
    serializer_class = EffectRow
    filterset_class = EffectRows

    def get_queryset(self):
        """Applied effects of cases inside the caller's units."""
        return DecidedEffect.objects.visible_to(self.request.user, VIEW_EFFECTS).filter(applied_at__isnull=False)


urlpatterns = [
    path("tolerance-cases/", ToleranceCaseList.as_view(), name="tolerance-case-list"),
    path("effects/", EffectList.as_view(), name="effect-list"),
]
