"""Figures (scores as they are filled in): read, and corrected one by one."""

from django.db.models import BooleanField, Case, Q, Value, When
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from foundation.common.api_rows import Act, ExactDecimal, RowList, RowSerializer, YearFilter
from foundation.common.scoping import scope_of
from foundation.organizations.models import PATH_STEP, UnitCategory

from ..choices import Method
from ..models import Indicator, Score
from ..services.scores import EDIT, change_score, in_charge, version_of
from .ids import CycleFilter, by_cycle_id, cycle_id
from .preconditions import etag, seen_version

VIEW = "assessments.view_cycle"
_BY_WORD = Q(indicator__method=Method.GRADE)
_EMPTY = (
    (_BY_WORD & Q(word=""))
    | (~_BY_WORD & Q(figure__isnull=True))
    | Q(indicator__method=Method.COMPLETION, target__isnull=True)
)
IS_GAP = Case(When(Q(is_applicable=True) & _EMPTY, then=Value(True)), default=Value(False), output_field=BooleanField())


class FigureRow(RowSerializer):
    """A unit's figure for an indicator. `version` names its state; a correction says which version it has seen."""

    cycle = serializers.CharField(source="cycle_no")
    unit = serializers.CharField(source="unit__code")
    unit_name = serializers.CharField(source="unit__name")
    category = serializers.CharField(source="indicator__scheme__category")
    indicator = serializers.CharField(source="indicator__code")
    indicator_name = serializers.CharField(source="indicator__name")
    method = serializers.ChoiceField(source="indicator__method", choices=Method.choices)
    responsible = serializers.CharField(source="indicator__responsible__code", allow_null=True)
    figure = ExactDecimal(allow_null=True)
    word = serializers.CharField(help_text="Grade word, for indicators scored by grade")
    target = ExactDecimal(allow_null=True)
    is_applicable = serializers.BooleanField()
    is_gap = serializers.BooleanField(help_text="Applies, and its figure, word or target is missing")
    version = serializers.CharField(source="*")

    def to_representation(self, instance):
        """The row and its version."""
        shown = super().to_representation(instance)
        shown["version"] = version_of(*(instance[name] for name in ("figure", "word", "target", "is_applicable")))
        return shown


class FigureRows(filters.FilterSet):
    """Narrow the list of figures."""

    year = YearFilter(field_name="cycle__year")
    cycle = CycleFilter(field_name="cycle")
    jurisdiction = filters.CharFilter(field_name="cycle__jurisdiction__code")
    unit = filters.CharFilter(field_name="unit__code")
    category = filters.CharFilter(field_name="indicator__scheme__category")
    indicator = filters.CharFilter(field_name="indicator__code")
    responsible = filters.CharFilter(field_name="indicator__responsible__code")
    gaps = filters.BooleanFilter(
        field_name="is_gap", label=_("Only gaps (a figure that has no row at all is told by the cycle's refusals)")
    )
    is_applicable = filters.BooleanFilter()


def visible_figures(user):
    """Figures of units in the user's scope, and those of indicators that a unit in the user's scope answers for."""
    found = Score.objects.visible_to(user, VIEW)
    mine, seen = scope_of(user, EDIT), scope_of(user, VIEW)
    places = mine.paths + mine.exact
    if not seen.everything and not all(seen.covers(path[:PATH_STEP]) for path in places):
        found = found | Score.objects.system().filter(in_charge(user))
    return found


def _rows(scores):
    return scores.annotate(cycle_no=cycle_id("cycle__"), is_gap=IS_GAP)


@extend_schema(tags=["scores"])
class FigureList(RowList):
    """Figures in the order in which they were entered."""

    permission = VIEW
    serializer_class = FigureRow
    filterset_class = FigureRows
    ordering = "pk"

    def get_queryset(self):
        """Figures that concern the caller."""
        return _rows(visible_figures(self.request.user))


class FigureChange(serializers.Serializer):
    """A correction. What is not given stays; numbers are text or JSON numbers, exact to 10 decimal places."""

    figure = serializers.DecimalField(max_digits=30, decimal_places=10, required=False, allow_null=True)
    word = serializers.CharField(max_length=20, required=False, allow_blank=True)
    target = serializers.DecimalField(max_digits=30, decimal_places=10, required=False, allow_null=True)
    is_applicable = serializers.BooleanField(required=False)
    reason = serializers.CharField(max_length=2000)
    version = serializers.CharField(required=False, help_text="Unless If-Match names it.")

    def validate(self, attrs):
        """Something must be corrected."""
        if not set(attrs) - {"reason", "version"}:
            raise serializers.ValidationError(_("Name what is corrected: figure, word, target or is_applicable."))
        return attrs


def load_figure(user, cycle: str, unit: str, indicator: str) -> Score:
    """The figure at a place, unsaved when it was never filled in. Raises Http404 for what the user cannot see."""
    where = by_cycle_id(cycle)
    kept = UnitCategory.objects.system().filter(
        organization__code=unit,
        organization__jurisdiction__code=where["jurisdiction__code"],
        year=where["year"],
    )
    category = kept.select_related("organization").first()
    leaf = category and (
        Indicator.objects.system()
        .filter(**by_cycle_id(cycle, "scheme__cycle__"), scheme__category=category.category, code=indicator)
        .select_related("scheme__cycle__jurisdiction", "responsible")
        .first()
    )
    if not leaf:
        raise Http404
    sees = scope_of(user, VIEW).covers(category.organization.path)
    answers = leaf.responsible_id and scope_of(user, EDIT).covers(leaf.responsible.path)
    if not sees and not answers:
        raise Http404
    stored = Score.objects.system().filter(cycle=leaf.scheme.cycle_id, unit=category.organization_id, indicator=leaf)
    return stored.first() or Score(cycle=leaf.scheme.cycle, unit=category.organization, indicator=leaf)


@extend_schema(tags=["scores"])
class FigureView(Act):
    """One figure: `/scores/440784-2024/town-01/G101/`."""

    permission = VIEW
    permission_by_method = {"PATCH": EDIT}  # noqa: RUF012 - read only
    serializer_class = FigureRow

    @extend_schema(responses=FigureRow)
    def get(self, request, *args, **kwargs):
        """The figure with its version, also as ETag."""
        return self._answer(load_figure(request.user, **kwargs))

    @extend_schema(
        request=FigureChange,
        responses=FigureRow,
        parameters=[OpenApiParameter("If-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, description="ETag seen")],
    )
    def patch(self, request, *args, **kwargs):
        """Correct it, with a reason. 409: the year is published. 412: somebody was faster. 428: no version named."""
        score = load_figure(request.user, **kwargs)
        values = self.checked(FigureChange, request.data)
        version = seen_version(request, values.pop("version", None))
        return self._answer(change_score(actor=request.user, score=score, expected_version=version, **values))

    def _answer(self, score):
        row = _rows(Score.objects.system().filter(pk=score.pk)).values(*FigureRow.columns()).first()
        shown = FigureRow(row).data if row else _empty(score)
        return Response(shown, headers={"ETag": etag(shown["version"])})


def _empty(score) -> dict:
    """A place that was never filled in, as a row."""
    leaf, cycle = score.indicator, score.cycle
    row = {
        "cycle_no": f"{cycle.jurisdiction.code}-{cycle.year}",
        "unit__code": score.unit.code,
        "unit__name": score.unit.name,
        "indicator__scheme__category": leaf.scheme.category,
        "indicator__code": leaf.code,
        "indicator__name": leaf.name,
        "indicator__method": leaf.method,
        "indicator__responsible__code": leaf.responsible.code if leaf.responsible_id else None,
        "figure": None,
        "word": "",
        "target": None,
        "is_applicable": True,
        "is_gap": True,
    }
    return FigureRow(row).data
