"""Results of a run by unit, and how each score came."""

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat, LPad
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from foundation.common.api_rows import ExactDecimal, RowDetail, RowList, RowSerializer

from ..choices import Grade, MeasureStep
from ..models import Run, RunUnit
from .ids import cycle_id

VIEW = "assessments.view_result"
PLACE = Concat(
    "category",
    Value("|"),
    LPad(Cast("rank", CharField()), 9, Value("0")),
    Value("|"),
    "unit__code",
    output_field=CharField(),
)


class ResultRow(RowSerializer):
    """Result of a unit in a run. `base` is exact to 25 places; `total` is rounded once, and all that follows rests on it."""

    unit = serializers.CharField(source="unit__code")
    unit_name = serializers.CharField(source="unit__name")
    category = serializers.CharField()
    base = ExactDecimal()
    bonus = ExactDecimal(help_text="After the cap")
    deduction = ExactDecimal(help_text="After the cap")
    vetoes = serializers.IntegerField(help_text="Vetoes counted (一票否决)")
    total = ExactDecimal()
    rank = serializers.IntegerField()
    of = serializers.IntegerField(source="n", help_text="Units in the category")
    grade = serializers.ChoiceField(choices=Grade.choices)
    flagged = serializers.BooleanField(help_text="Bottom (末位)")
    shielded = serializers.BooleanField()
    mitigated = serializers.BooleanField()
    streak = serializers.IntegerField(help_text="Years in a row at the bottom")
    flags_in_window = serializers.IntegerField()
    step = serializers.ChoiceField(choices=MeasureStep.choices)


class ResultRows(filters.FilterSet):
    """Narrow the results of a run."""

    unit = filters.CharFilter(field_name="unit__code")
    category = filters.CharFilter()
    flagged = filters.BooleanFilter()
    shielded = filters.BooleanFilter()
    grade = filters.ChoiceFilter(choices=Grade.choices)
    step = filters.ChoiceFilter(choices=MeasureStep.choices)


@extend_schema(tags=["runs"])
class ResultList(RowList):
    """Results of a run by category, rank and code."""

    permission = VIEW
    serializer_class = ResultRow
    filterset_class = ResultRows
    ordering = "place"

    def get_queryset(self):
        """Results of units in the caller's scope; of drafts only for who holds the whole county."""
        if getattr(self, "swagger_fake_view", False):  # the schema is made without a run
            return RunUnit.objects.none()
        run = Run.objects.get_visible(user=self.request.user, perm=VIEW, number=self.kwargs["number"])
        return RunUnit.objects.visible_to(self.request.user, VIEW).filter(run=run).annotate(place=PLACE)


class Explanation(ResultRow):
    """How a score came: every indicator with figure, points, weight and contribution; notes on rank, grade and step."""

    extra_columns = ("pk",)

    run = serializers.CharField(source="run__number")
    cycle = serializers.CharField(source="cycle_no")
    points = serializers.JSONField(
        help_text="Per indicator: raw, target, p, weight, effective_weight, contribution; numbers as text"
    )
    notes = serializers.JSONField(help_text="Ties, lines, caps, adjustments, vetoes, tolerance effects, streak")


@extend_schema(tags=["runs"])
class ExplanationView(RowDetail):
    """How the score of one unit in a run came."""

    permission = VIEW
    serializer_class = Explanation

    def get_object(self):
        """The result, found inside the caller's scope."""
        found = RunUnit.objects.annotate(cycle_no=cycle_id("run__cycle__"))
        lookup = {"run__number": self.kwargs["number"], "unit__code": self.kwargs["code"]}
        columns = [column for column in Explanation.columns() if column != "points"]  # put together from several
        row = found.values(*columns).get_visible(user=self.request.user, perm=VIEW, **lookup)
        return row | {"points": RunUnit.objects.system().select_related("scheme").get(pk=row["pk"]).points}
