"""Proposals of bonuses, deductions and vetoes: list and new one, case, steps."""

from django.http import Http404
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from foundation.common.api_rows import ExactDecimal, RowSerializer
from foundation.organizations.models import Organization

from ..choices import ItemType
from ..models import Cycle, Item
from ..services.items import propose
from ..workflows import ITEM, ITEM_STATES, PROPOSE
from .cases import IF_MATCH, CaseList, CaseParts, CaseStepOrder, CaseSteps, CaseView, EndingCaseRows, OneCase
from .ids import by_cycle_id

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


class ItemDetail(CaseParts, ItemRow):
    """A proposal with the steps that can be taken and its timeline."""


class ItemRows(EndingCaseRows):
    """Narrow the list."""

    flow = ITEM

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


class OneItem(OneCase):
    """A proposal."""

    permission = VIEW
    model = Item
    related = ("unit",)
    shape = ItemDetail


@extend_schema(tags=["items"])
class ItemList(OneItem, CaseList):
    """Proposals, the latest first."""

    permission_by_method = {"POST": PROPOSE}  # noqa: RUF012 - read only
    serializer_class = ItemRow
    filterset_class = ItemRows

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
        return self.shown(case, 201)


@extend_schema(tags=["items"])
class ItemView(OneItem, CaseView):
    """One proposal."""

    serializer_class = ItemDetail


class ItemStep(CaseStepOrder):
    """A step with its reason; approval may name the item's number."""

    step = serializers.ChoiceField(choices=STEPS)
    reason = serializers.CharField(max_length=2000)
    number = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")


@extend_schema(tags=["items"], request=ItemStep, responses=ItemDetail, parameters=[IF_MATCH])
class ItemSteps(OneItem, CaseSteps):
    """Approving, declining, withdrawing a proposal."""

    serializer_class = ItemStep
    given = ("number",)
