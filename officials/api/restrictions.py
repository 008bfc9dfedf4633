"""What stands against a person's career by API: from when what is possible, restrictions, bounds on ratings. Read-only."""

from django.urls import path
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from foundation.common.api_rows import Guarded

from ..choices import Nature, RatingEffect
from ..models import Official, RatingConstraint, Restriction
from ..rules.promotability import BLOCKS_OF_ACT
from ..selectors.restrictions import VIEW, promotability_of

ON = OpenApiParameter("on", OpenApiTypes.DATE, description="The day; today when it is left out")


class DayAsked(serializers.Serializer):
    """The day that is asked about."""

    on = serializers.DateField(required=False)


class CiteShape(serializers.Serializer):
    """Where a rule stands; `confidence` other than verified: still to be checked (待核)."""

    law = serializers.CharField()
    article = serializers.CharField()
    confidence = serializers.CharField()


class AgainstShape(serializers.Serializer):
    """One restriction that stands against an act."""

    code = serializers.CharField(help_text="IN_PERIOD, OPEN_PERIOD, ON_HOLD or PENDING")
    kind = serializers.CharField(source="facts.kind", help_text="Code of handling_type")
    decision = serializers.CharField(source="facts.source_no")
    starts_on = serializers.DateField(source="facts.starts_on")
    ends_on = serializers.DateField(source="facts.ends_on", allow_null=True)
    cite = CiteShape(allow_null=True)


class EarliestShape(serializers.Serializer):
    """The first free day for an act of table blocked_act; null: nobody can name it yet."""

    act = serializers.ChoiceField(choices=sorted(BLOCKS_OF_ACT))
    on = serializers.DateField(allow_null=True)
    is_free = serializers.BooleanField(help_text="Nothing stands against it on the day asked")
    reasons = AgainstShape(many=True)


class RestrictionShape(serializers.Serializer):
    """A restriction with the decision it comes from; both days count, no end: until it is lifted."""

    nature = serializers.ChoiceField(choices=Nature.choices)
    kind = serializers.CharField()
    part = serializers.CharField()
    blocks = serializers.ListField(child=serializers.CharField())
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    decision = serializers.CharField(source="source_no")
    rules = serializers.ListField(child=serializers.CharField(), source="rule_ids")
    explanation = serializers.DictField(help_text="How the last day came")
    lifted_on = serializers.DateField(allow_null=True)
    lifted_by = serializers.CharField(source="lift_source")


class BoundShape(serializers.Serializer):
    """A bound on the rating of a year."""

    year = serializers.IntegerField()
    effect = serializers.ChoiceField(choices=RatingEffect.choices)
    kind = serializers.CharField()
    decision = serializers.CharField(source="source_no")
    rule = serializers.CharField(source="rule_id")
    lifted_on = serializers.DateField(allow_null=True)


class StandingShape(serializers.Serializer):
    """Everything that stands, or stood, against a person's career."""

    earliest = EarliestShape(many=True)
    restrictions = RestrictionShape(many=True)
    bounds = BoundShape(many=True)


@extend_schema(tags=["officials"], parameters=[ON])
class OfficialRestrictions(Guarded, GenericAPIView):
    """From when a person may be promoted, with the articles, and all restrictions (影响期)."""

    permission = VIEW
    serializer_class = StandingShape
    http_method_names = ("get", "head")

    def get(self, request, pk):
        """The answer for today, or for the day `on`."""
        person = Official.objects.get_visible(user=request.user, perm=VIEW, pk=pk)
        asked = DayAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        day = asked.validated_data.get("on") or timezone.localdate()
        standing = {
            "earliest": promotability_of(person, day, sorted(BLOCKS_OF_ACT)),
            "restrictions": Restriction.objects.system().filter(official=person).order_by("-starts_on", "-pk"),
            "bounds": RatingConstraint.objects.system().filter(official=person).order_by("-year", "pk"),
        }
        return Response(self.get_serializer(standing).data)


urlpatterns = [
    path("officials/<int:pk>/restrictions/", OfficialRestrictions.as_view(), name="official-restrictions"),
]
