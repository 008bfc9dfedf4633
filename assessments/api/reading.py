"""What the reading pages show, for programs: strengths and gaps of a unit, its years, how a category is distributed."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from foundation.common.api_rows import ExactDecimal, Guarded
from foundation.organizations.models import Organization

from .. import selectors
from ..choices import Grade, MeasureStep
from ..models import RunUnit
from ..selectors.heat import TOTAL
from .loading import load_run

VIEW = selectors.VIEW


def _points(source: str, help_text="", **more) -> ExactDecimal:
    return ExactDecimal(source=source, help_text=help_text, allow_null=True, **more)


class GapRow(serializers.Serializer):
    """One indicator of a unit. What compares it with others is null for who does not see the whole category."""

    code = serializers.CharField(source="point.head.code")
    name = serializers.CharField(source="point.head.name")
    group = serializers.CharField(source="point.head.group")
    method = serializers.CharField(source="point.head.method")
    weight = ExactDecimal(source="point.head.weight", help_text="Of the scheme, in points of 100")
    state = serializers.CharField(source="point.state", help_text="`counted`, or why it does not count")
    raw = serializers.CharField(source="point.raw")
    target = serializers.CharField(source="point.target")
    p = _points("point.p", "Points of 0 to 100 (of a completion up to its cap); null where it does not count")
    effective_weight = ExactDecimal(source="point.effective_weight")
    contribution = ExactDecimal(source="point.contribution", help_text="Points of the total")
    lost = _points("gap.lost", "Points of the total missing to full points")
    best = _points("gap.best", "Best points p of the category")
    best_units = serializers.SerializerMethodField(help_text="Codes of the units with the best points")
    median = _points("gap.middle", "Middle points p of the category")
    to_best = _points("gap.to_best", "Points of the total missing to the best")
    to_median = _points("gap.to_median", "Points of the total missing to the middle; negative: ahead of it")
    total_with_best = _points("gap.total", "The unit's total with the best points here, all else unchanged")
    rank_with_best = serializers.IntegerField(source="gap.rank", allow_null=True)

    def get_best_units(self, line) -> list[str]:
        """Codes, in rank order."""
        return [unit.code for unit in line.best]


class UnitGaps(serializers.Serializer):
    """Strengths and gaps of a unit in a run."""

    run = serializers.CharField(source="row.run.number")
    unit = serializers.CharField(source="row.unit.code")
    unit_name = serializers.CharField(source="row.unit.name")
    category = serializers.CharField(source="row.category")
    total = ExactDecimal(source="row.total")
    rank = serializers.IntegerField(source="row.rank")
    of = serializers.IntegerField(source="row.n", help_text="Units in the category")
    is_whole = serializers.BooleanField(source="gaps.is_whole", help_text="The caller sees the whole category")
    lost = ExactDecimal(source="gaps.lost", help_text="Points of the total missing to full points in all indicators")
    indicators = GapRow(source="gaps.lines", many=True)
    levers = serializers.ListField(
        source="lever_codes", child=serializers.CharField(), help_text="Indicators that would move the rank most"
    )


@extend_schema(tags=["runs"], responses=UnitGaps)
class UnitGapsView(Guarded, GenericAPIView):
    """Strengths and gaps of a unit."""

    permission = VIEW
    serializer_class = UnitGaps

    def get(self, request, *args, **kwargs):
        """What each indicator costs a unit, and how far it is from the best and the middle of its category.

        Who does not see the whole category gets the unit's own points alone.
        """
        rows = RunUnit.objects.select_related("unit", "scheme", "run__cycle__jurisdiction")
        lookup = {"run__number": self.kwargs["number"], "unit__code": self.kwargs["code"]}
        row = rows.get_visible(user=request.user, perm=VIEW, **lookup)
        gaps = selectors.gaps_of(row, request.user)
        levers = [line.point.head.code for line in gaps.levers]
        return Response(UnitGaps({"row": row, "gaps": gaps, "lever_codes": levers}).data)


class YearRow(serializers.Serializer):
    """A published year of a unit. Changes are against the published year before it, in the same category only."""

    year = serializers.IntegerField()
    run = serializers.CharField(source="row.run.number")
    category = serializers.CharField(source="row.category")
    category_changed = serializers.BooleanField()
    total = ExactDecimal(source="row.total")
    total_change = ExactDecimal(allow_null=True)
    rank = serializers.IntegerField(source="row.rank")
    of = serializers.IntegerField(source="row.n", help_text="Units in the category")
    rank_change = serializers.IntegerField(allow_null=True, help_text="Positive: better")
    grade = serializers.ChoiceField(source="row.grade", choices=Grade.choices)
    flagged = serializers.BooleanField(source="row.flagged", help_text="Bottom (末位)")
    shielded = serializers.BooleanField(source="row.shielded")
    mitigated = serializers.BooleanField(source="row.mitigated")
    streak = serializers.IntegerField(source="row.streak", help_text="Years in a row at the bottom")
    step = serializers.ChoiceField(source="row.step", choices=MeasureStep.choices)
    tolerance_cases = serializers.ListField(
        source="cases", child=serializers.CharField(), help_text="Tolerance decisions counted (容错)"
    )


class UnitYears(serializers.Serializer):
    """All published years of a unit."""

    unit = serializers.CharField()
    unit_name = serializers.CharField()
    results = YearRow(many=True)


@extend_schema(tags=["units"], responses=UnitYears)
class UnitYearsView(Guarded, GenericAPIView):
    """The years of a unit."""

    permission = VIEW
    serializer_class = UnitYears

    def get(self, request, *args, **kwargs):
        """Rank and total of a unit in all published years, the first first."""
        units = Organization.objects.select_related("jurisdiction")
        unit = units.get_visible(user=request.user, perm=VIEW, code=self.kwargs["code"])
        lines = selectors.years_of_unit(unit.code, unit.jurisdiction or unit, request.user)
        return Response(UnitYears({"unit": unit.code, "unit_name": unit.name, "results": lines}).data)


class DistributionQuery(serializers.Serializer):
    """What is looked at, and which unit is marked."""

    by = serializers.CharField(default=TOTAL, help_text="`total`, or the code of an indicator: of what the classes are")
    unit = serializers.CharField(default="", help_text="Code of a unit of the category: its own values are given")


class SpreadRow(serializers.Serializer):
    """Five figures of the total or an indicator over the units for which it counts; null where it counts for none."""

    code = serializers.CharField(help_text="`total`, or the code of an indicator")
    name = serializers.CharField()
    weight = ExactDecimal(allow_null=True, help_text="Of the scheme; null for the total")
    count = serializers.IntegerField(source="spread.count", default=0)
    low = _points("spread.low")
    first_quarter = _points("spread.first")
    median = _points("spread.middle")
    third_quarter = _points("spread.third")
    high = _points("spread.high")
    own = ExactDecimal(allow_null=True, help_text="Of the unit that was asked for")


class ClassRow(serializers.Serializer):
    """A class of the histogram: from `low` up to, not including, `high`."""

    low = ExactDecimal(source="reach.low")
    high = ExactDecimal(source="reach.high")
    units = serializers.SerializerMethodField(help_text="Codes, in rank order")

    def get_units(self, column) -> list[str]:
        """Codes, in rank order."""
        return [row.unit.code for row in column.units]


class Distribution(serializers.Serializer):
    """How a category is distributed."""

    run = serializers.CharField()
    category = serializers.CharField()
    units = serializers.IntegerField()
    measured = SpreadRow(many=True)
    by = serializers.CharField()
    classes = ClassRow(many=True)


@extend_schema(tags=["runs"], parameters=[DistributionQuery], responses=Distribution)
class DistributionView(Guarded, GenericAPIView):
    """The distribution of a category in a run."""

    permission = VIEW
    serializer_class = Distribution

    def get(self, request, *args, **kwargs):
        """Lowest, quarters, middle and highest of the total and every indicator, and classes of one of them.

        403 for who does not see every unit of the category: the figures tell of everybody in it.
        """
        run, query = load_run(self, VIEW), self.checked(DistributionQuery, request.query_params)
        points = selectors.points_of(run, self.kwargs["category"], request.user)
        if not points.rows:
            raise Http404
        if not points.is_whole:
            raise PermissionDenied
        own = next((row.unit_id for row in points.rows if row.unit.code == query["unit"]), None)
        measured = selectors.measured_of(points, own, _("Total"))
        wrong = {
            "by": query["by"] not in {each.code for each in measured} and _("There is no such indicator."),
            "unit": bool(query["unit"]) and own is None and _("This unit is not in the category."),
        }
        if any(wrong.values()):
            raise serializers.ValidationError({name: [text] for name, text in wrong.items() if text})
        shown = {
            "run": run.number,
            "category": self.kwargs["category"],
            "units": len(points.rows),
            "measured": measured,
            "by": query["by"],
            "classes": selectors.columns_of(points, query["by"], own),
        }
        return Response(Distribution(shown).data)
