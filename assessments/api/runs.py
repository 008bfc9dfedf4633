"""Runs: list, one run, the measures it would propose, its difference from another run."""

from django.db.models import BooleanField, Case, F, Value, When
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from foundation.common.api_rows import Guarded, RowDetail, RowList, RowSerializer, YearFilter
from foundation.common.scoping import scope_of

from ..choices import ManualReason, MeasureStep
from ..models import Run, RunMeasure
from ..selectors.reach import Reach, effects_of
from ..services.publishing import difference, is_current
from .differences import Difference, Reader, as_data
from .ids import CycleFilter, cycle_id
from .loading import load_run

VIEW = "assessments.view_result"
VIEW_MEASURES = "assessments.view_measure"


class RunRow(RowSerializer):
    """A run (计算): one finished calculation, never changed. The same inputs have the same digest."""

    number = serializers.CharField()
    cycle = serializers.CharField(source="cycle_no")
    jurisdiction = serializers.CharField(source="cycle__jurisdiction__code")
    year = serializers.IntegerField(source="cycle__year")
    is_published = serializers.BooleanField(help_text="The run in force of its cycle")
    digest = serializers.CharField(help_text="SHA-256 of all inputs, hexadecimal")
    engine_version = serializers.CharField()
    rulebook_version = serializers.CharField()
    started_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField()
    by = serializers.CharField(source="actor_name")
    units = serializers.IntegerField(source="unit_count")


class PublicationRow(RowSerializer):
    """When the run was made the one in force, by whom and why."""

    at = serializers.DateTimeField()
    by = serializers.CharField(source="actor_name")
    reason = serializers.CharField()
    request = serializers.CharField(source="request_no", help_text="The request that was signed")


class RunDetail(RunRow):
    """A run with its parameters, the tolerance decisions it counted, and its publications."""

    parameters = serializers.JSONField()
    effects = serializers.JSONField(help_text="Tolerance decisions counted (容错)")
    is_current = serializers.BooleanField(source="*", help_text="Are the inputs still those of the run?")
    publications = PublicationRow(many=True, source="*")


class RunRows(filters.FilterSet):
    """Narrow the list of runs."""

    year = YearFilter(field_name="cycle__year")
    cycle = CycleFilter(field_name="cycle")
    jurisdiction = filters.CharFilter(field_name="cycle__jurisdiction__code")
    is_published = filters.BooleanFilter()


def _numbered(runs):
    published = Case(
        When(cycle__published_run=F("pk"), then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    return runs.annotate(cycle_no=cycle_id("cycle__"), is_published=published)


@extend_schema(tags=["runs"])
class RunList(RowList):
    """Runs, the latest first."""

    permission = VIEW
    serializer_class = RunRow
    filterset_class = RunRows

    def get_queryset(self):
        """Runs of jurisdictions in the caller's scope."""
        return _numbered(Run.objects.visible_to(self.request.user, VIEW))


@extend_schema(tags=["runs"])
class RunView(RowDetail):
    """One run."""

    permission = VIEW
    serializer_class = RunDetail

    def get_object(self):
        """The run, found inside the caller's scope."""
        self.run = load_run(self, VIEW)
        return (
            _numbered(Run.objects.visible_to(self.request.user, VIEW)).values(*RunDetail.columns()).get(pk=self.run.pk)
        )

    def complete(self, shown, row):
        """Whether the inputs are still the same, the publications, and of the effects those that concern the caller."""
        publications = self.run.publications.order_by("-at").values(*PublicationRow.columns())
        shown["effects"] = effects_of(self.run, self.request.user)
        shown["is_current"] = is_current(self.run)
        shown["publications"] = PublicationRow(publications, many=True).data
        return shown


class RunMeasureRow(RowSerializer):
    """Whom a run would propose a measure for. No official: left to a decision, for the reason given."""

    unit = serializers.CharField(source="unit__code")
    unit_name = serializers.CharField(source="unit__name")
    post = serializers.CharField(source="post__title")
    official = serializers.IntegerField(source="official_id", allow_null=True)
    official_name = serializers.CharField(source="official__name", allow_null=True)
    days = serializers.IntegerField(help_text="Days in the post during the year")
    step = serializers.ChoiceField(choices=MeasureStep.choices)
    manual_reason = serializers.ChoiceField(choices=ManualReason.choices, allow_blank=True)
    candidates = serializers.JSONField(help_text="Holders of the post with their days")


class RunMeasureRows(filters.FilterSet):
    """Narrow the measures of a run."""

    unit = filters.CharFilter(field_name="unit__code")
    step = filters.ChoiceFilter(choices=MeasureStep.choices)


@extend_schema(tags=["runs"])
class RunMeasures(RowList):
    """Measures that a run would propose: a preview; cases are opened when the run is published."""

    permission = VIEW_MEASURES
    serializer_class = RunMeasureRow
    filterset_class = RunMeasureRows
    ordering = "pk"

    def get_queryset(self):
        """Measures of a run that the caller may see."""
        if getattr(self, "swagger_fake_view", False):  # the schema is made without a run
            return RunMeasure.objects.none()
        scope = scope_of(self.request.user, VIEW_MEASURES)
        return load_run(self, VIEW_MEASURES).measures.filter(scope.as_q("unit__path"))


class DifferenceQuery(serializers.Serializer):
    """Which run to compare with."""

    to = serializers.CharField(help_text="Number of the run that is compared with this one")
    changed = serializers.BooleanField(default=False, help_text="Only units in which something differs")

    def validate_to(self, value):
        """A run that the caller may see."""
        runs = Run.objects.visible_to(self.context["request"].user, VIEW).select_related("cycle__jurisdiction")
        found = runs.filter(number=value).first()
        if found is None:
            raise serializers.ValidationError(_("There is no such run, or it lies outside your area."))
        return found


@extend_schema(tags=["runs"], parameters=[DifferenceQuery], responses=Difference)
class RunDifference(Guarded, GenericAPIView):
    """Comparing two runs."""

    permission = VIEW
    serializer_class = Difference

    def get(self, request, *args, **kwargs):
        """What changes from this run to another one of the same cycle: every unit, and which measures come and go."""
        before = load_run(self, VIEW)
        query = self.checked(DifferenceQuery, request.query_params)
        found = difference(before, query["to"])
        reader = Reader(units=Reach(request.user, VIEW).holds, measures=Reach(request.user, VIEW_MEASURES).holds)
        return Response(as_data(before, query["to"], found, reader, only_changed=query["changed"]))
