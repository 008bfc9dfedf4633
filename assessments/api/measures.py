"""Measures for leaders of bottom-ranked units (末位倒逼措施): list, case with timeline and steps, taking a step."""

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from foundation.common.api_rows import RowSerializer
from officials.models import Official

from ..choices import ManualReason, MeasureStep
from ..models import Measure
from ..selectors import candidates_of, deadline_of, nameable, result_of
from ..workflows import MEASURE, STATES
from .cases import IF_MATCH, CaseList, CaseParts, CaseStepOrder, CaseSteps, CaseView, EndingCaseRows, OneCase

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


class Candidate(serializers.Serializer):
    """A holder of the post in the year."""

    official = serializers.IntegerField()
    name = serializers.CharField()
    days = serializers.IntegerField()


class MeasureDetail(CaseParts, MeasureRow):
    """A measure with its clock, the steps that can be taken, the holders of the post, and its timeline."""

    due_on = serializers.DateField(source="*", allow_null=True)
    candidates = Candidate(many=True, source="*")


class MeasureRows(EndingCaseRows):
    """Narrow the list of measures."""

    flow = MEASURE

    jurisdiction = filters.CharFilter(field_name="cycle__jurisdiction__code")
    unit = filters.CharFilter(field_name="organization__code")
    status = filters.ChoiceFilter(choices=STATES)
    step = filters.ChoiceFilter(choices=MeasureStep.choices)
    basis_changed = filters.BooleanFilter()


@extend_schema(tags=["measures"])
class MeasureList(CaseList):
    """Measures, the latest first."""

    permission = VIEW
    model = Measure
    serializer_class = MeasureRow
    filterset_class = MeasureRows


class OneMeasure(OneCase):
    """A measure with its clock and the holders of the post."""

    permission = VIEW
    model = Measure
    related = ("run", "post")
    shape = MeasureDetail

    def more(self, case):
        """Due day and holders."""
        clock = deadline_of(case)
        held = candidates_of(result_of(case))
        holders = [{"official": person.pk, "name": person.name, "days": days} for person, days in held]
        return {"due_on": clock.due_on if clock else None, "candidates": holders}


@extend_schema(tags=["measures"])
class MeasureView(OneMeasure, CaseView):
    """One measure."""

    serializer_class = MeasureDetail


class StepOrder(CaseStepOrder):
    """A step with its reason. `official` names the leader where the case left the person open."""

    step = serializers.ChoiceField(choices=STEPS)
    reason = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    official = serializers.PrimaryKeyRelatedField(
        queryset=Official.objects.none(), required=False, allow_null=True, default=None
    )

    def __init__(self, *args, case=None, **kwargs):
        super().__init__(*args, **kwargs)
        if case is not None:  # whoever held the post may be named, nobody else
            self.fields["official"].queryset = nameable(case)


@extend_schema(tags=["measures"], request=StepOrder, responses=MeasureDetail, parameters=[IF_MATCH])
class MeasureSteps(OneMeasure, CaseSteps):
    """Taking a step of a measure."""

    serializer_class = StepOrder
    given = ("official",)

    def ordered(self, case):
        """The request's values; the leader is one who held the post."""
        order = StepOrder(data=self.request.data, case=case)
        order.is_valid(raise_exception=True)
        return order.validated_data
