"""Alerts (预警) by API: the list, claiming, giving back, putting off, closing with a document."""

from django.shortcuts import get_object_or_404
from django.urls import path
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from foundation.common.api_rows import Act, RowList, RowSerializer

from .alert_kinds import alert_kind
from .models import Alert, AlertStatus
from .rules.severity import SEVERITIES
from .selectors.alerts import CENTRE, alerts_for
from .services import alerts

COLOURS = [(name, name) for name in SEVERITIES]


class AlertRow(RowSerializer):
    """An alert with its text in the language of the request. `due_on` is null where a number is too high, not a day due."""

    extra_columns = ("params",)

    id = serializers.IntegerField(source="pk")
    key = serializers.CharField(help_text="The same fact keeps its key")
    kind = serializers.CharField(help_text="Such as officials.retirement")
    text = serializers.CharField(source="*")
    subject = serializers.CharField()
    unit = serializers.CharField(source="organization__code")
    unit_name = serializers.CharField(source="organization__name")
    official = serializers.IntegerField(source="person_id", allow_null=True)
    severity = serializers.ChoiceField(choices=COLOURS)
    due_on = serializers.DateField(allow_null=True)
    is_estimated = serializers.BooleanField(help_text="The day was counted over days whose calendar is not published")
    rule_id = serializers.CharField()
    rulebook_version = serializers.CharField()
    permission = serializers.CharField(help_text="Whoever holds it at the unit owns the alert")
    status = serializers.ChoiceField(choices=AlertStatus.choices)
    claimed_by = serializers.CharField(source="claimed_by_name")
    snoozed_until = serializers.DateField(allow_null=True)
    closing_document = serializers.CharField(source="closing_text")
    closed_at = serializers.DateTimeField(allow_null=True)

    def to_representation(self, instance):
        """The row with its text."""
        kind = alert_kind(instance["kind"])
        shown = super().to_representation(instance)
        said = {"subject": instance["subject"], "due_on": instance["due_on"]}
        return {**shown, "text": kind.words(instance["params"], **said) if kind else instance["key"]}


class AlertRows(filters.FilterSet):
    """Narrow the list of alerts."""

    kind = filters.CharFilter(field_name="kind")
    severity = filters.ChoiceFilter(choices=COLOURS)
    status = filters.ChoiceFilter(choices=AlertStatus.choices)
    unit = filters.CharFilter(field_name="organization__code")
    official = filters.NumberFilter(field_name="person_id", min_value=1, max_value=2**63 - 1)
    due_until = filters.DateFilter(field_name="due_on", lookup_expr="lte")

    class Meta:
        model = Alert
        fields = ()


@extend_schema(tags=["alerts"])
class AlertList(RowList):
    """Alerts in any state that the caller may see, the latest first."""

    permission = CENTRE
    serializer_class = AlertRow
    filterset_class = AlertRows

    def get_queryset(self):
        """As owner, or because the kind is open to a permission of the caller's."""
        return alerts_for(self.request.user)


class ClaimOrder(serializers.Serializer):
    """Nothing needs to be said."""


WITHOUT_WORDS = {200: AlertRow, 400: OpenApiResponse(description="The body is no JSON; it may be left out.")}


class SnoozeOrder(serializers.Serializer):
    """Until when, and why."""

    until = serializers.DateField()
    reason = serializers.CharField(max_length=500)


class CloseOrder(serializers.Serializer):
    """With which document."""

    document = serializers.CharField(max_length=500)


class AlertAct(Act):
    """An act on one alert: `perform(alert, said)` of the class below calls the service. 404 for an alert that the caller may not see, 403 who does not own it, 409 who came too late."""

    permission = CENTRE

    def post(self, request, *args, **kwargs):
        """Do it and answer with the alert as it stands."""
        alert = get_object_or_404(alerts_for(request.user), pk=self.kwargs["pk"])
        self.perform(alert, self.checked(self.serializer_class, request.data))
        row = alerts_for(request.user).values(*AlertRow.columns()).get(pk=alert.pk)
        return Response(AlertRow(row).data)


@extend_schema(tags=["alerts"], request=ClaimOrder, responses=WITHOUT_WORDS)
class AlertClaim(AlertAct):
    """Claiming an alert."""

    serializer_class = ClaimOrder

    def perform(self, alert, said):
        """Take it on."""
        alerts.claim([alert], actor=self.request.user)


@extend_schema(tags=["alerts"], request=ClaimOrder, responses=WITHOUT_WORDS)
class AlertRelease(AlertAct):
    """Giving back what the caller has claimed."""

    serializer_class = ClaimOrder

    def perform(self, alert, said):
        """Give it back."""
        alerts.release([alert], actor=self.request.user)


@extend_schema(tags=["alerts"], request=SnoozeOrder, responses=AlertRow)
class AlertSnooze(AlertAct):
    """Putting an alert off until a day."""

    serializer_class = SnoozeOrder

    def perform(self, alert, said):
        """Put it off."""
        alerts.snooze([alert], actor=self.request.user, **said)


@extend_schema(tags=["alerts"], request=CloseOrder, responses=AlertRow)
class AlertClose(AlertAct):
    """Closing an alert with a document."""

    serializer_class = CloseOrder

    def perform(self, alert, said):
        """Close it."""
        alerts.close([alert], actor=self.request.user, **said)


urlpatterns = [
    path("alerts/", AlertList.as_view(), name="alert-list"),
    path("alerts/<int:pk>/claim/", AlertClaim.as_view(), name="alert-claim"),
    path("alerts/<int:pk>/release/", AlertRelease.as_view(), name="alert-release"),
    path("alerts/<int:pk>/snooze/", AlertSnooze.as_view(), name="alert-snooze"),
    path("alerts/<int:pk>/close/", AlertClose.as_view(), name="alert-close"),
]
