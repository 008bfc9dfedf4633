"""What the API of every kind of case shares: its steps, its timeline, taking a step with the version that was seen."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from foundation.casework.selectors import timeline
from foundation.casework.services.engine import available, perform
from foundation.common.api import reasons_as_json
from foundation.common.api_rows import RowSerializer
from foundation.common.results import DomainError

from .preconditions import seen_version

IF_MATCH = OpenApiParameter("If-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, description="ETag seen")


class CaseEventRow(RowSerializer):
    """One move of a case."""

    seq = serializers.IntegerField()
    action = serializers.CharField()
    from_status = serializers.CharField()
    to_status = serializers.CharField()
    at = serializers.DateTimeField()
    by = serializers.CharField(source="actor_name")
    reason = serializers.CharField()


class CaseStepOffer(serializers.Serializer):
    """A step that the caller may take from here; `reasons` stand against it."""

    step = serializers.CharField()
    label = serializers.CharField()
    leads_to = serializers.CharField()
    needs_reason = serializers.BooleanField()
    enabled = serializers.BooleanField()
    reasons = serializers.ListField(child=serializers.JSONField())


def offers_of(case, user) -> list[dict]:
    """The steps that the caller may take, as API data."""
    return [
        {
            "step": offer.step.name,
            "label": str(offer.step.label),
            "leads_to": offer.step.target,
            "needs_reason": offer.step.needs_reason,
            "enabled": not offer.blocked,
            "reasons": reasons_as_json(offer.reasons),
        }
        for offer in available(case, user)
    ]


def events_of(kind: str, case_no: str) -> list[dict]:
    """The timeline as API data."""
    return CaseEventRow(timeline(kind, case_no).values(*CaseEventRow.columns()), many=True).data


def take_step(request, case, order: dict, act=perform, **payload):
    """Take a step with the version that was seen, by `act` where a kind has its own; who was overtaken gets 412."""
    version = seen_version(request, order.get("version"))
    try:
        return act(
            case,
            order["step"],
            actor=request.user,
            reason=order["reason"],
            expected_version=int(version) if version.isdigit() else -1,
            **payload,
        )
    except DomainError as error:
        if error.code == "CASE_CHANGED":
            error.status = 412
        raise
