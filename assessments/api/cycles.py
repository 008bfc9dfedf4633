"""Cycles, and what stands against calculating one."""

from django.db.models import Count
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from foundation.common.api_rows import Act, Guarded, RowDetail, RowList, RowSerializer, YearFilter

from ..choices import CycleStatus
from ..explanations import REFUSALS
from ..models import Cycle, Scheme
from ..selectors.reach import Reach
from ..services.calculation import find_refusals
from ..services.publishing import reopen
from .ids import by_cycle_id, cycle_id

VIEW = "assessments.view_cycle"


class CycleRow(RowSerializer):
    """A cycle (考核周期): a jurisdiction in a year. `published_run` is the run in force."""

    id = serializers.CharField(source="cycle_no", help_text="jurisdiction-year")
    jurisdiction = serializers.CharField(source="jurisdiction__code")
    jurisdiction_name = serializers.CharField(source="jurisdiction__name")
    year = serializers.IntegerField()
    status = serializers.ChoiceField(choices=CycleStatus.choices)
    published_run = serializers.CharField(source="published_run__number", allow_null=True)


class SchemeOfCycle(serializers.Serializer):
    """A scheme of the cycle."""

    id = serializers.CharField()
    category = serializers.CharField()
    indicators = serializers.IntegerField(help_text="Number of indicators")


class CycleDetail(CycleRow):
    """A cycle with its schemes."""

    schemes = SchemeOfCycle(many=True, source="*")


class CycleRows(filters.FilterSet):
    """Narrow the list of cycles."""

    year = YearFilter()
    jurisdiction = filters.CharFilter(field_name="jurisdiction__code")
    status = filters.ChoiceFilter(choices=CycleStatus.choices)


@extend_schema(tags=["cycles"])
class CycleList(RowList):
    """Cycles in the order of their creation, the latest first."""

    permission = VIEW
    serializer_class = CycleRow
    filterset_class = CycleRows

    def get_queryset(self):
        """Cycles of jurisdictions in the caller's scope."""
        return Cycle.objects.visible_to(self.request.user, VIEW).annotate(cycle_no=cycle_id())


def load_cycle(view, perm: str) -> Cycle:
    """The cycle that the address names, found inside the caller's scope. Raises Http404, PermissionDenied."""
    lookup = by_cycle_id(view.kwargs["cycle"])
    return Cycle.objects.select_related("jurisdiction").get_visible(user=view.request.user, perm=perm, **lookup)


@extend_schema(tags=["cycles"])
class CycleView(RowDetail):
    """One cycle with its schemes."""

    permission = VIEW
    serializer_class = CycleDetail

    def get_object(self):
        """The cycle, found inside the caller's scope."""
        rows = Cycle.objects.annotate(cycle_no=cycle_id()).values("pk", *CycleDetail.columns())
        return rows.get_visible(user=self.request.user, perm=VIEW, **by_cycle_id(self.kwargs["cycle"]))

    def complete(self, shown, row):
        """The schemes."""
        schemes = Scheme.objects.visible_to(self.request.user, VIEW).filter(cycle=row["pk"]).order_by("category")
        shown["schemes"] = [
            {"id": f"{shown['id']}-{category}", "category": category, "indicators": indicators}
            for category, indicators in schemes.annotate(leaves=Count("indicators")).values_list("category", "leaves")
        ]
        return shown


class RefusalRow(serializers.Serializer):
    """One thing that stands against a calculation. What belongs to no unit or indicator leaves them empty."""

    code = serializers.CharField(help_text="GAP_RAW, GAP_TARGET, WEIGHTS_NOT_100, …")
    text = serializers.SerializerMethodField(help_text="What is wrong and what to do")
    is_gap = serializers.BooleanField(help_text="Missing, as opposed to wrong")
    unit = serializers.CharField(source="unit_code")
    unit_name = serializers.CharField()
    category = serializers.CharField()
    indicator = serializers.CharField()
    indicator_name = serializers.CharField()
    responsible = serializers.CharField(source="responsible_code", help_text="Department that must act (责任单位)")
    responsible_name = serializers.CharField()
    value = serializers.CharField(help_text="The wrong value")

    def get_text(self, refusal) -> str:
        """In the caller's language."""
        return str(REFUSALS[refusal.code])


class Refusals(serializers.Serializer):
    """Everything that stands against a calculation; empty: it can start."""

    count = serializers.IntegerField()
    gaps = serializers.IntegerField()
    results = RefusalRow(many=True)


@extend_schema(tags=["cycles"])
class CycleRefusals(Guarded, GenericAPIView):
    """Refusals of a calculation, asked in advance."""

    permission = VIEW
    serializer_class = Refusals

    def get(self, request, *args, **kwargs):
        """What stands against calculating a cycle, ordered by unit and indicator; nothing: it can start.

        Who does not hold the county as a whole is told what concerns the own units, as unit or as responsible department.
        """
        cycle = load_cycle(self, VIEW)
        found = Reach(request.user, VIEW).concerning(
            cycle.jurisdiction.path,
            find_refusals(cycle),
            lambda refusal: refusal.unit_code,
            lambda refusal: refusal.responsible_code,
        )
        gaps = sum(refusal.is_gap for refusal in found)
        return Response(self.get_serializer({"count": len(found), "gaps": gaps, "results": found}).data)


class ReopenOrder(serializers.Serializer):
    """Why a published year must be corrected."""

    reason = serializers.CharField(max_length=2000)


@extend_schema(tags=["cycles"], request=ReopenOrder, responses=CycleRow)
class CycleReopen(Act):
    """Opening a published cycle."""

    permission = "assessments.publish_run"
    serializer_class = ReopenOrder

    def post(self, request, *args, **kwargs):
        """Open a published cycle for correction. The published run stays in force until another one is published."""
        cycle = load_cycle(self, self.permission)
        reopen(cycle, actor=request.user, reason=self.checked(ReopenOrder, request.data)["reason"])
        row = Cycle.objects.system().annotate(cycle_no=cycle_id()).values(*CycleRow.columns()).get(pk=cycle.pk)
        return Response(CycleRow(row).data)
