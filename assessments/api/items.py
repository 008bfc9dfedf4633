"""Proposals of bonuses, deductions and vetoes: list and new one, case, steps."""

from django.http import Http404
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from foundation.common.api_rows import Act, ExactDecimal, Guarded, RowList, RowSerializer, YearFilter
from foundation.organizations.models import Organization

from ..choices import ItemType
from ..models import Cycle, Item
from ..services.items import propose
from ..workflows import ITEM, ITEM_STATES, PROPOSE
from .cases import CaseEventRow, CaseStepOffer, events_of, offers_of, take_step
from .ids import CycleFilter, by_cycle_id, cycle_id
from .preconditions import etag

VIEW = "assessments.view_item"
STEPS = [(step.name, step.label) for step in ITEM.steps]


class ItemRow(RowSerializer):
    """A proposal. `points` are signed, none for a veto; `number` names the item once it is approved."""

    case_no = serializers.CharField()
    status = serializers.ChoiceField(choices=ITEM_STATES)
    cycle = serializers.CharField(source="cycle_no")
    year = serializers.IntegerField(source="cycle__year")
    department = serializers.CharField(source="organization__code", help_text="Who proposes")
    unit = serializers.CharField(source="unit__code", help_text="Whom it is about")
    unit_name = serializers.CharField(source="unit__name")
    item = serializers.ChoiceField(choices=ItemType.choices)
    kind = serializers.CharField()
    points = ExactDecimal(allow_null=True)
    ground = serializers.CharField()
    document_no = serializers.CharField()
    decided_by = serializers.CharField()
    evidence = serializers.CharField()
    occurred_on = serializers.DateField()
    number = serializers.CharField()
    version = serializers.IntegerField()


class ItemDetail(ItemRow):
    """A proposal with the steps that can be taken and its timeline."""

    steps = CaseStepOffer(many=True, source="*")
    timeline = CaseEventRow(many=True, source="*")


class ItemRows(filters.FilterSet):
    """Narrow the list."""

    year = YearFilter(field_name="cycle__year")
    cycle = CycleFilter(field_name="cycle")
    unit = filters.CharFilter(field_name="unit__code")
    department = filters.CharFilter(field_name="organization__code")
    status = filters.ChoiceFilter(choices=ITEM_STATES)
    item = filters.ChoiceFilter(choices=ItemType.choices)


class ItemOrder(serializers.Serializer):
    """A new proposal. `points` without sign: the item says which way they count."""

    cycle = serializers.CharField(help_text="jurisdiction-year")
    department = serializers.CharField(help_text="Who proposes: a department, or the jurisdiction for its office")
    unit = serializers.CharField()
    item = serializers.ChoiceField(choices=ItemType.choices)
    points = serializers.DecimalField(max_digits=10, decimal_places=4, required=False, allow_null=True, default=None)
    kind = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    ground = serializers.CharField(max_length=300)
    document_no = serializers.CharField(max_length=80)
    decided_by = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    evidence = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    occurred_on = serializers.DateField()


def _rows(items):
    return items.annotate(cycle_no=cycle_id("cycle__"))


def load_item(view) -> Item:
    """The case that the address names, found inside the caller's scope. Raises Http404, PermissionDenied."""
    cases = Item.objects.select_related("organization__jurisdiction", "unit", "cycle__jurisdiction")
    return cases.get_visible(user=view.request.user, perm=VIEW, case_no=view.kwargs["case_no"])


def answer(request, case: Item, status=200) -> Response:
    """The case as it now stands, its version as ETag."""
    rows = _rows(Item.objects.visible_to(request.user, VIEW).filter(pk=case.pk))
    shown = ItemDetail(rows.values(*ItemDetail.columns()).get()).data | {
        "steps": offers_of(case, request.user),
        "timeline": events_of(ITEM.kind, case.case_no),
    }
    return Response(shown, status=status, headers={"ETag": etag(shown["version"])})


@extend_schema(tags=["items"])
class ItemList(RowList):
    """Proposals, the latest first."""

    permission = VIEW
    permission_by_method = {"POST": PROPOSE}  # noqa: RUF012 - read only
    serializer_class = ItemRow
    filterset_class = ItemRows

    def get_queryset(self):
        """Proposals of departments in the caller's scope."""
        return _rows(Item.objects.visible_to(self.request.user, VIEW))

    @extend_schema(request=ItemOrder, responses={201: ItemDetail})
    def post(self, request, *args, **kwargs):
        """Propose a bonus, deduction or veto. 400 names every field that does not fit."""
        values = self.checked(ItemOrder, request.data)
        lookup = by_cycle_id(values.pop("cycle"))
        cycles = Cycle.objects.select_related("jurisdiction")
        cycle = cycles.get_visible(user=request.user, perm=PROPOSE, **lookup)
        county = Organization.objects.system().below(cycle.jurisdiction)
        names = (values.pop("department"), values.pop("unit"))
        units = county.in_bulk(names, field_name="code")
        if any(name not in units for name in names):
            raise Http404
        case = propose(actor=request.user, cycle=cycle, organization=units[names[0]], unit=units[names[1]], **values)
        return answer(request, case, status=201)


@extend_schema(tags=["items"])
class ItemView(Guarded, GenericAPIView):
    """One proposal."""

    permission = VIEW
    serializer_class = ItemDetail

    def get(self, request, *args, **kwargs):
        """One proposal with its timeline and the steps that the caller may take."""
        return answer(request, load_item(self))


class ItemStep(serializers.Serializer):
    """A step with its reason; approval may name the item's number."""

    step = serializers.ChoiceField(choices=STEPS)
    reason = serializers.CharField(max_length=2000)
    number = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    version = serializers.IntegerField(required=False, help_text="Unless If-Match names it.")


@extend_schema(
    tags=["items"],
    request=ItemStep,
    responses=ItemDetail,
    parameters=[OpenApiParameter("If-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, description="ETag seen")],
)
class ItemSteps(Act):
    """Taking a step of a proposal."""

    permission = VIEW
    serializer_class = ItemStep

    def post(self, request, *args, **kwargs):
        """Approve, decline or withdraw. The step needs its own permission; 409 names what stands against it."""
        case = load_item(self)
        order = self.checked(ItemStep, request.data)
        take_step(request, case, order, number=order["number"])
        return answer(request, load_item(self))
