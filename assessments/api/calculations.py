"""Orders to calculate: start one, watch it, see what became of each county."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from foundation.common.api_rows import RowDetail, RowList, RowSerializer, YearFilter
from foundation.organizations.choices import Kind
from foundation.organizations.models import Organization, UnitCategory

from ..choices import JobState
from ..models import Cycle, RecalculationJob
from ..progress import COUNTS, progress_from
from ..selectors.reach import Reach
from ..services.jobs import order
from .ids import cycle_id

VIEW, RUN = "assessments.view_cycle", "assessments.run_calculation"
ALL = "all"


class Counties(serializers.Serializer):
    """Counties of an order: `done` holds refused and failed ones."""

    total = serializers.IntegerField()
    done = serializers.IntegerField()
    refused = serializers.IntegerField(help_text="Inputs incomplete or wrong")
    failed = serializers.IntegerField()


class OrderRow(RowSerializer):
    """An order to calculate and how far it is. Only counties in the caller's scope are counted."""

    number = serializers.CharField(source="batch__number")
    year = serializers.IntegerField(source="batch__year")
    requested_at = serializers.DateTimeField(source="batch__requested_at")
    by = serializers.CharField(source="batch__actor_name")
    is_finished = serializers.BooleanField(source="*")
    counties = Counties(source="*")
    units_done = serializers.IntegerField(source="units")
    elapsed_seconds = serializers.IntegerField(source="*")
    remaining_seconds = serializers.IntegerField(
        source="*", allow_null=True, help_text="Estimate; null before the first county is done, 0 at the end"
    )

    extra_columns = tuple(COUNTS)

    def to_representation(self, instance):
        """The row with its progress at this moment."""
        progress = progress_from(instance, instance["batch__requested_at"], timezone.now())
        left = progress.remaining
        return super().to_representation(instance) | {
            "is_finished": progress.is_finished,
            "counties": {name: getattr(progress, name) for name in ("total", "done", "refused", "failed")},
            "elapsed_seconds": int(progress.elapsed.total_seconds()),
            "remaining_seconds": 0 if progress.is_finished else left and int(left.total_seconds()),
        }


class OrderDetail(OrderRow):
    """An order with the number of units that it covers."""

    units_total = serializers.IntegerField(source="*")


def visible_orders(user, perm=VIEW):
    """Orders with at least one county in the user's scope, one row each, with their counts."""
    jobs = RecalculationJob.objects.visible_to(user, perm)
    columns = ("batch_id", "batch__number", "batch__year", "batch__requested_at", "batch__actor_name")
    return jobs.values(*columns).annotate(**COUNTS)


class OrderRows(filters.FilterSet):
    """Narrow the list of orders."""

    year = YearFilter(field_name="batch__year")


class StartOrder(serializers.Serializer):
    """What to calculate: a year, and the code of a jurisdiction or `all` that the caller may calculate."""

    year = serializers.IntegerField(min_value=1949, max_value=2200)
    jurisdiction = serializers.CharField(max_length=40)


@extend_schema(tags=["calculations"])
class OrderList(RowList):
    """Orders to calculate, the latest first."""

    permission = VIEW
    permission_by_method = {"POST": RUN}  # noqa: RUF012 - read only
    serializer_class = OrderRow
    filterset_class = OrderRows
    ordering = "-batch_id"

    def get_queryset(self):
        """Orders that concern the caller."""
        return visible_orders(self.request.user)

    @extend_schema(request=StartOrder, responses={202: OrderDetail})
    def post(self, request, *args, **kwargs):
        """Order a calculation: 202 with the order, whose address is in Location. 409: the year has no cycle."""
        values = self.checked(StartOrder, request.data)
        cycles = self._cycles(**values)
        batch = order(actor=request.user, year=values["year"], cycles=cycles)
        address = request.build_absolute_uri(reverse("v1:calculation", args=[batch.number]))
        found = load_order(request.user, batch.number, perm=RUN)
        return Response(found, status=202, headers={"Location": address})

    def _cycles(self, year, jurisdiction) -> list[Cycle]:
        counties = Organization.objects.visible_to(self.request.user, RUN).jurisdictions()
        cycles = Cycle.objects.system().filter(year=year, jurisdiction__in=counties)
        mine = cycles.select_related("jurisdiction").order_by("jurisdiction__path")
        if jurisdiction == ALL:
            return list(mine)
        county = Organization.objects.get_visible(
            user=self.request.user, perm=RUN, code=jurisdiction, kind=Kind.JURISDICTION
        )
        return list(mine.filter(jurisdiction=county))


def load_order(user, number: str, perm=VIEW) -> dict:
    """An order that concerns the user, as the answer shows it (2 queries). Raises Http404."""
    row = visible_orders(user, perm).filter(batch__number=number).order_by("batch_id").first()
    if row is None:
        raise Http404
    counties = RecalculationJob.objects.visible_to(user, perm).filter(batch=row["batch_id"])
    units = UnitCategory.objects.system().filter(
        year=row["batch__year"], organization__jurisdiction__in=counties.values("cycle__jurisdiction")
    )
    return OrderDetail(row).data | {"units_total": units.count()}


@extend_schema(tags=["calculations"])
class OrderView(RowDetail):
    """One order with its progress; ask again until `is_finished`."""

    permission = VIEW
    serializer_class = OrderDetail

    def retrieve(self, request, *args, **kwargs):
        """The order as it stands."""
        return Response(load_order(request.user, kwargs["number"]))


class CountyRow(RowSerializer):
    """What became of one county of an order. Of the problems, the caller is told those that concern the own units."""

    jurisdiction = serializers.CharField(source="cycle__jurisdiction__code")
    jurisdiction_name = serializers.CharField(source="cycle__jurisdiction__name")
    cycle = serializers.CharField(source="cycle_no")
    state = serializers.ChoiceField(choices=JobState.choices)
    attempts = serializers.IntegerField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    units = serializers.IntegerField(source="unit_count")
    run = serializers.CharField(source="run__number", allow_null=True)
    was_reused = serializers.BooleanField(help_text="A run with the same inputs existed")
    problems = serializers.JSONField(help_text="What stood against it, as in the cycle's refusals")

    extra_columns = ("cycle__jurisdiction__path",)

    def to_representation(self, instance):
        """The row with the problems that concern the caller."""
        reach = self.context.setdefault("reach", Reach(self.context["request"].user, VIEW))
        problems = reach.problems_of(instance["cycle__jurisdiction__path"], instance["problems"])
        return super().to_representation(instance) | {"problems": problems}


class CountyRows(filters.FilterSet):
    """Narrow the counties of an order."""

    state = filters.ChoiceFilter(choices=JobState.choices)
    jurisdiction = filters.CharFilter(field_name="cycle__jurisdiction__code", label=_("Code of a jurisdiction"))


@extend_schema(tags=["calculations"])
class OrderCounties(RowList):
    """Counties of an order with their runs or what stood against them."""

    permission = VIEW
    serializer_class = CountyRow
    filterset_class = CountyRows
    ordering = "pk"

    def get_queryset(self):
        """Counties in the caller's scope; an order without any is not found."""
        number = self.kwargs.get("number")
        jobs = RecalculationJob.objects.visible_to(self.request.user, VIEW).filter(batch__number=number)
        if number and not jobs.exists():
            raise Http404
        return jobs.annotate(cycle_no=cycle_id("cycle__"))
