"""Conflicts of avoidance by API: who conflicts with whom on which test, and what was decided. Read-only."""

from django.urls import path
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from foundation.common.api_rows import RowList, RowSerializer

from ..choices import ConflictTest, ExceptionGround, ResolutionWay, Withdrawing
from ..models import RelationConflict
from ..workflows import CONFLICT_STATES

VIEW = "supervision.view_relationconflict"


class ConflictRow(RowSerializer):
    """A conflict of avoidance; family lists are not handed out, only the set of the relation."""

    number = serializers.CharField(source="case_no")
    test = serializers.ChoiceField(source="rule_id", choices=ConflictTest.choices)
    status = serializers.ChoiceField(choices=CONFLICT_STATES)
    unit = serializers.CharField(source="organization__code")
    official = serializers.IntegerField(source="official_id", help_text="Who normally withdraws")
    official_name = serializers.CharField(source="official__name")
    relative = serializers.IntegerField(source="other_id", allow_null=True)
    relative_name = serializers.CharField(source="other__name", allow_null=True)
    relation = serializers.CharField(help_text="Set S1–S4 of table avoidance_relation; empty for AV4 and PLACE")
    found_on = serializers.DateField(source="opened_on")
    withdraws = serializers.ChoiceField(choices=Withdrawing.choices, allow_blank=True)
    way = serializers.ChoiceField(choices=ResolutionWay.choices, allow_blank=True)
    ground = serializers.ChoiceField(choices=ExceptionGround.choices, allow_blank=True)
    article = serializers.CharField()
    document_no = serializers.CharField()
    decided_on = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)


class ConflictFilterSet(filters.FilterSet):
    """Narrow the list."""

    status = filters.ChoiceFilter(choices=CONFLICT_STATES)
    test = filters.ChoiceFilter(field_name="rule_id", choices=ConflictTest.choices)
    official = filters.NumberFilter(field_name="official_id")


@extend_schema(tags=["supervision"])
class Conflicts(RowList):
    """Conflicts of avoidance (任职回避) of the caller's scope, the newest first."""

    permission = VIEW
    serializer_class = ConflictRow
    filterset_class = ConflictFilterSet

    def get_queryset(self):
        """Conflicts of people whose files are open to the caller."""
        return RelationConflict.objects.visible_to(self.request.user, VIEW)


urlpatterns = [path("conflicts/", Conflicts.as_view(), name="conflict-list")]
