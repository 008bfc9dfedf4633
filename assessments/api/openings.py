"""Openings of previews to the units: list, opening a run."""

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from foundation.common.api_rows import Act, RowList, RowSerializer, YearFilter

from ..models import Opening
from ..services.openings import open_preview
from .ids import CycleFilter, cycle_id
from .loading import load_run

VIEW = "assessments.view_result"


class OpeningRow(RowSerializer):
    """An opening (预览开放): which run the units see, and the last day on which they may object."""

    id = serializers.IntegerField()
    run = serializers.CharField(source="run__number")
    cycle = serializers.CharField(source="cycle_no")
    opened_on = serializers.DateField()
    due_on = serializers.DateField(help_text="Last day for appeals")
    is_estimated = serializers.BooleanField(help_text="The calendar of that time is not published yet")
    ended_at = serializers.DateTimeField(allow_null=True, help_text="Replaced by a newer opening, or published")
    reason = serializers.CharField()
    by = serializers.CharField(source="actor_name")


class OpeningRows(filters.FilterSet):
    """Narrow the list of openings."""

    year = YearFilter(field_name="cycle__year")
    cycle = CycleFilter(field_name="cycle")
    is_current = filters.BooleanFilter(field_name="ended_at", lookup_expr="isnull")


def _rows(openings):
    return openings.annotate(cycle_no=cycle_id("cycle__"))


@extend_schema(tags=["openings"])
class OpeningList(RowList):
    """Openings of previews, the latest first."""

    permission = VIEW
    serializer_class = OpeningRow
    filterset_class = OpeningRows

    def get_queryset(self):
        """Openings in counties in which the caller has a unit."""
        return _rows(Opening.objects.visible_to(self.request.user, VIEW))


class OpenOrder(serializers.Serializer):
    """Why the preview is opened: the document or the reason."""

    reason = serializers.CharField(max_length=300)


@extend_schema(tags=["openings"], request=OpenOrder, responses={201: OpeningRow})
class RunOpen(Act):
    """Opening a run to the units."""

    permission = "assessments.publish_run"
    serializer_class = OpenOrder

    def post(self, request, *args, **kwargs):
        """Open the run to the units of its cycle, each to its own result; the run open before is replaced.

        409: the year is locked, the inputs changed after the run, or it is open already.
        """
        run = load_run(self, self.permission)
        opening = open_preview(run, actor=request.user, reason=self.checked(OpenOrder, request.data)["reason"])
        row = _rows(Opening.objects.system().filter(pk=opening.pk)).values(*OpeningRow.columns()).get()
        return Response(OpeningRow(row).data, status=201)
