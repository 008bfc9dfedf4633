"""Measures for leaders of bottom-ranked units (末位倒逼措施): list, case with timeline and steps, taking a step."""

from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from foundation.casework.selectors import timeline
from foundation.casework.services.engine import available, perform
from foundation.common.api import reasons_as_json
from foundation.common.api_rows import Act, Guarded, RowList, RowSerializer, YearFilter
from foundation.common.results import DomainError
from officials.models import Official

from ..choices import ManualReason, MeasureStep
from ..models import Measure
from ..selectors import candidates_of, deadline_of, nameable
from ..workflows import MEASURE, STATES
from .ids import CycleFilter, cycle_id
from .preconditions import etag, seen_version

VIEW = "assessments.view_measure"
STEPS = [(step.name, step.label) for step in MEASURE.steps if not step.automatic]


class MeasureRow(RowSerializer):
    """A measure. `version` grows with every change; a step says which version it has seen."""

    case_no = serializers.CharField()
    status = serializers.ChoiceField(choices=STATES)
    cycle = serializers.CharField(source="cycle_no")
    year = serializers.IntegerField(source="cycle__year")
    run = serializers.CharField(source="run__number")
    unit = serializers.CharField(source="organization__code")
    unit_name = serializers.CharField(source="organization__name")
    post = serializers.CharField(source="post__title")
    official = serializers.IntegerField(source="official_id", allow_null=True)
    official_name = serializers.CharField(source="official__name", allow_null=True)
    days = serializers.IntegerField(help_text="Days in the post during the year")
    step = serializers.ChoiceField(choices=MeasureStep.choices)
    manual_reason = serializers.ChoiceField(choices=ManualReason.choices, allow_blank=True)
    basis_changed = serializers.BooleanField(help_text="The published run no longer justifies it")
    opened_on = serializers.DateField()
    closed_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class EventRow(RowSerializer):
    """One move of the case."""

    seq = serializers.IntegerField()
    action = serializers.CharField()
    from_status = serializers.CharField()
    to_status = serializers.CharField()
    at = serializers.DateTimeField()
    by = serializers.CharField(source="actor_name")
    reason = serializers.CharField()


class StepOffer(serializers.Serializer):
    """A step that the caller may take from here; `reasons` stand against it."""

    step = serializers.ChoiceField(choices=STEPS)
    label = serializers.CharField()
    leads_to = serializers.ChoiceField(choices=STATES)
    needs_reason = serializers.BooleanField()
    enabled = serializers.BooleanField()
    reasons = serializers.ListField(child=serializers.JSONField())


class Candidate(serializers.Serializer):
    """A holder of the post in the year."""

    official = serializers.IntegerField()
    name = serializers.CharField()
    days = serializers.IntegerField()


class MeasureDetail(MeasureRow):
    """A measure with its clock, the steps that can be taken, the holders of the post, and its timeline."""

    due_on = serializers.DateField(source="*", allow_null=True)
    steps = StepOffer(many=True, source="*")
    candidates = Candidate(many=True, source="*")
    timeline = EventRow(many=True, source="*")


class MeasureRows(filters.FilterSet):
    """Narrow the list of measures."""

    year = YearFilter(field_name="cycle__year")
    cycle = CycleFilter(field_name="cycle")
    jurisdiction = filters.CharFilter(field_name="cycle__jurisdiction__code")
    unit = filters.CharFilter(field_name="organization__code")
    status = filters.ChoiceFilter(choices=STATES)
    step = filters.ChoiceFilter(choices=MeasureStep.choices)
    basis_changed = filters.BooleanFilter()
    is_open = filters.BooleanFilter(method="waiting", label=_("Cases that still wait for somebody"))

    def waiting(self, queryset, name, value):
        """Open or ended cases."""
        states = MEASURE.open_states()
        return queryset.filter(status__in=states) if value else queryset.exclude(status__in=states)


def _rows(measures):
    return measures.annotate(cycle_no=cycle_id("cycle__"))


@extend_schema(tags=["measures"])
class MeasureList(RowList):
    """Measures, the latest first."""

    permission = VIEW
    serializer_class = MeasureRow
    filterset_class = MeasureRows

    def get_queryset(self):
        """Measures of units in the caller's scope."""
        return _rows(Measure.objects.visible_to(self.request.user, VIEW))


def load_measure(view) -> Measure:
    """The case that the address names, found inside the caller's scope. Raises Http404, PermissionDenied."""
    cases = Measure.objects.select_related("organization", "run", "post", "cycle__jurisdiction")
    return cases.get_visible(user=view.request.user, perm=VIEW, case_no=view.kwargs["case_no"])


def answer(request, case: Measure) -> Response:
    """The case as it now stands, its version as ETag."""
    row = (
        _rows(Measure.objects.visible_to(request.user, VIEW).filter(pk=case.pk)).values(*MeasureDetail.columns()).get()
    )
    clock = deadline_of(case)
    shown = MeasureDetail(row).data | {
        "due_on": clock.due_on if clock else None,
        "steps": [_offer(offer) for offer in available(case, request.user)],
        "candidates": [
            {"official": person.pk, "name": person.name, "days": days} for person, days in candidates_of(case)
        ],
        "timeline": EventRow(timeline(MEASURE.kind, case.case_no).values(*EventRow.columns()), many=True).data,
    }
    return Response(shown, headers={"ETag": etag(shown["version"])})


def _offer(offer) -> dict:
    return {
        "step": offer.step.name,
        "label": str(offer.step.label),
        "leads_to": offer.step.target,
        "needs_reason": offer.step.needs_reason,
        "enabled": not offer.blocked,
        "reasons": reasons_as_json(offer.reasons),
    }


@extend_schema(tags=["measures"])
class MeasureView(Guarded, GenericAPIView):
    """One measure."""

    permission = VIEW
    serializer_class = MeasureDetail

    def get(self, request, *args, **kwargs):
        """One measure with its clock, timeline, and the steps that the caller may take."""
        return answer(request, load_measure(self))


class StepOrder(serializers.Serializer):
    """A step with its reason. `official` names the leader where the case left the person open."""

    step = serializers.ChoiceField(choices=STEPS)
    reason = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    version = serializers.IntegerField(required=False, help_text="Unless If-Match names it.")
    official = serializers.PrimaryKeyRelatedField(
        queryset=Official.objects.none(), required=False, allow_null=True, default=None
    )

    def __init__(self, *args, case=None, **kwargs):
        super().__init__(*args, **kwargs)
        if case is not None:  # whoever held the post may be named, nobody else
            self.fields["official"].queryset = nameable(case)


@extend_schema(
    tags=["measures"],
    request=StepOrder,
    responses=MeasureDetail,
    parameters=[OpenApiParameter("If-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, description="ETag seen")],
)
class MeasureSteps(Act):
    """Taking a step of a measure."""

    permission = VIEW
    serializer_class = StepOrder

    def post(self, request, *args, **kwargs):
        """Take a step, with its reason. The step needs its own permission at the unit; 409 names what stands against it."""
        case = load_measure(self)
        order = StepOrder(data=request.data, case=case)
        order.is_valid(raise_exception=True)
        values = order.validated_data
        version = seen_version(request, values.get("version"))
        try:
            changed = perform(
                case,
                values["step"],
                actor=request.user,
                reason=values["reason"],
                expected_version=int(version) if version.isdigit() else -1,
                official=values["official"],
            )
        except DomainError as error:
            if error.code == "CASE_CHANGED":
                error.status = 412
            raise
        return answer(request, changed)
