"""Schemes and their indicators: by what a category is assessed."""

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from foundation.common.api_rows import ExactDecimal, RowDetail, RowList, RowSerializer, YearFilter

from ..choices import BottomMode, BottomTies, Direction, Method, SchemeState, VetoEffect
from ..models import Indicator, Scheme
from .ids import CycleFilter, by_scheme_id, cycle_id

VIEW = "assessments.view_cycle"


class SchemeRow(RowSerializer):
    """A scheme (考核方案): one category in one cycle, with the parameters of ranking, grades and bottom rule."""

    id = serializers.CharField(source="scheme_no", help_text="jurisdiction-year-category")
    cycle = serializers.CharField(source="cycle_no")
    year = serializers.IntegerField(source="cycle__year")
    category = serializers.CharField()
    state = serializers.ChoiceField(choices=SchemeState.choices, help_text="An issued scheme changes by amendment only")
    issued_on = serializers.DateField(allow_null=True)
    document_no = serializers.CharField()
    issuer_name = serializers.CharField()
    version = serializers.IntegerField(help_text="Goes up with every change")
    bonus_cap = ExactDecimal()
    deduction_cap = ExactDecimal()
    veto_effect = serializers.ChoiceField(choices=VetoEffect.choices)
    places = serializers.IntegerField(help_text="Decimal places of the total")
    excellent_share = ExactDecimal(help_text="0.3 is 30 %")
    excellent_min = serializers.IntegerField()
    excellent_line = ExactDecimal()
    good_line = ExactDecimal()
    pass_line = ExactDecimal()
    bottom_mode = serializers.ChoiceField(choices=BottomMode.choices)
    bottom_value = ExactDecimal(help_text="N, or percent: 10 is 10 %")
    min_class_size = serializers.IntegerField()
    exempt_line = ExactDecimal(allow_null=True)
    bottom_ties = serializers.ChoiceField(choices=BottomTies.choices)
    tie_breakers = serializers.JSONField()


class SchemeRows(filters.FilterSet):
    """Narrow the list of schemes."""

    year = YearFilter(field_name="cycle__year")
    cycle = CycleFilter(field_name="cycle")
    jurisdiction = filters.CharFilter(field_name="cycle__jurisdiction__code")
    category = filters.CharFilter()
    state = filters.ChoiceFilter(choices=SchemeState.choices)


def numbered(schemes):
    """Schemes with the ids of scheme and cycle."""
    return schemes.annotate(scheme_no=cycle_id("cycle__", "category"), cycle_no=cycle_id("cycle__"))


@extend_schema(tags=["schemes"])
class SchemeList(RowList):
    """Schemes, the latest first."""

    permission = VIEW
    serializer_class = SchemeRow
    filterset_class = SchemeRows

    def get_queryset(self):
        """Schemes of jurisdictions in the caller's scope."""
        return numbered(Scheme.objects.visible_to(self.request.user, VIEW))


class IndicatorRow(RowSerializer):
    """An indicator (指标). Its code is unique in its scheme; weights of a scheme sum to 100."""

    scheme = serializers.CharField(source="scheme_no")
    cycle = serializers.CharField(source="cycle_no")
    year = serializers.IntegerField(source="scheme__cycle__year")
    category = serializers.CharField(source="scheme__category")
    code = serializers.CharField()
    name = serializers.CharField()
    group = serializers.CharField()
    weight = ExactDecimal()
    unit_of_measure = serializers.CharField()
    responsible = serializers.CharField(
        source="responsible__code", allow_null=True, help_text="Department that submits the figures (责任单位)"
    )
    responsible_name = serializers.CharField(source="responsible__name", allow_null=True)
    method = serializers.ChoiceField(choices=Method.choices)
    direction = serializers.ChoiceField(choices=Direction.choices)
    params = serializers.JSONField(help_text="Parameters of the method, numbers as text")
    sort = serializers.IntegerField()


class IndicatorRows(filters.FilterSet):
    """Narrow the list of indicators."""

    year = YearFilter(field_name="scheme__cycle__year")
    cycle = CycleFilter(field_name="scheme__cycle")
    jurisdiction = filters.CharFilter(field_name="scheme__cycle__jurisdiction__code")
    category = filters.CharFilter(field_name="scheme__category")
    code = filters.CharFilter()
    group = filters.CharFilter()
    method = filters.ChoiceFilter(choices=Method.choices)
    responsible = filters.CharFilter(field_name="responsible__code")


def _leaves(user):
    found = Indicator.objects.visible_to(user, VIEW)
    return found.annotate(
        scheme_no=cycle_id("scheme__cycle__", "scheme__category"), cycle_no=cycle_id("scheme__cycle__")
    )


@extend_schema(tags=["schemes"])
class IndicatorList(RowList):
    """Indicators in the order in which they were entered."""

    permission = VIEW
    serializer_class = IndicatorRow
    filterset_class = IndicatorRows
    ordering = "pk"

    def get_queryset(self):
        """Indicators of counties in which the caller has a unit."""
        return _leaves(self.request.user)


class SchemeDetail(SchemeRow):
    """A scheme with its indicators in their order."""

    indicators = IndicatorRow(many=True, source="*")


@extend_schema(tags=["schemes"])
class SchemeView(RowDetail):
    """One scheme with its indicators."""

    permission = VIEW
    serializer_class = SchemeDetail

    def get_object(self):
        """The scheme, found inside the caller's scope."""
        rows = numbered(Scheme.objects.all()).values("pk", *SchemeDetail.columns())
        return rows.get_visible(user=self.request.user, perm=VIEW, **by_scheme_id(self.kwargs["scheme"]))

    def complete(self, shown, row):
        """The indicators."""
        leaves = _leaves(self.request.user).filter(scheme=row["pk"]).order_by("sort", "code")
        shown["indicators"] = IndicatorRow(leaves.values(*IndicatorRow.columns()), many=True).data
        return shown
