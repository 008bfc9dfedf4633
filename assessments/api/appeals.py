"""Appeals (考核申诉): list, filing one, the case with timeline and steps, answering and deciding."""

from django.http import Http404
from django.urls import reverse
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from foundation.common.api_rows import Act, RowSerializer
from foundation.organizations.models import Organization

from ..choices import AppealTarget
from ..models import Appeal
from ..selectors.appeals import VIEW_APPEAL, appeal_deadline, current_opening
from ..services.appeals import FILE, file_appeal
from ..workflows.appeal import APPEAL, STATES
from .cases import IF_MATCH, CaseList, CaseParts, CaseStepOrder, CaseSteps, CaseView, EndingCaseRows, OneCase
from .cycles import load_cycle

STEPS = [(step.name, step.label) for step in APPEAL.steps]


class AppealRow(RowSerializer):
    """An appeal. `wanted`, `answered`, `settled`: a figure, grade word or points; empty: to be struck out."""

    case_no = serializers.CharField()
    status = serializers.ChoiceField(choices=STATES)
    cycle = serializers.CharField(source="cycle_no")
    year = serializers.IntegerField(source="cycle__year")
    run = serializers.CharField(source="run__number")
    unit = serializers.CharField(source="organization__code")
    unit_name = serializers.CharField(source="organization__name")
    responsible = serializers.CharField(source="responsible__code", help_text="Department that answers")
    target_kind = serializers.ChoiceField(choices=AppealTarget.choices)
    target = serializers.CharField(help_text="Code of an indicator, number of an adjustment or veto")
    target_name = serializers.CharField()
    stated = serializers.CharField(help_text="What stands in the run")
    wanted = serializers.CharField()
    grounds = serializers.CharField()
    late_reason = serializers.CharField()
    agrees = serializers.BooleanField(allow_null=True, help_text="The department's answer; null before it")
    answered = serializers.CharField()
    settled = serializers.CharField()
    opened_on = serializers.DateField()
    closed_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class AppealDetail(CaseParts, AppealRow):
    """An appeal with its clock, the steps that can be taken, and its timeline."""

    due_on = serializers.DateField(source="*", allow_null=True)


class AppealRows(EndingCaseRows):
    """Narrow the list of appeals."""

    flow = APPEAL

    unit = filters.CharFilter(field_name="organization__code")
    responsible = filters.CharFilter(field_name="responsible__code")
    status = filters.ChoiceFilter(choices=STATES)


@extend_schema(tags=["appeals"])
class AppealList(CaseList):
    """Appeals that units in the caller's scope filed or must answer, the latest first."""

    permission = VIEW_APPEAL
    model = Appeal
    serializer_class = AppealRow
    filterset_class = AppealRows


class OneAppeal(OneCase):
    """An appeal with its clock."""

    permission = VIEW_APPEAL
    model = Appeal
    related = ("responsible",)
    shape = AppealDetail

    def more(self, case):
        """Due day."""
        clock = appeal_deadline(case)
        return {"due_on": clock.due_on if clock else None}


@extend_schema(tags=["appeals"])
class AppealView(OneAppeal, CaseView):
    """One appeal."""

    serializer_class = AppealDetail


class FileOrder(serializers.Serializer):
    """An objection: `target` is `figure:code`, `adjustment:number` or `veto:number`. Give `wanted`, or `strikes`."""

    unit = serializers.CharField(max_length=40, help_text="Code of the unit that objects")
    target = serializers.CharField(max_length=60)
    wanted = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    strikes = serializers.BooleanField(
        required=False, default=False, help_text="Strike it out; a figure does not apply"
    )
    grounds = serializers.CharField(max_length=4000)
    late_reason = serializers.CharField(
        max_length=2000, required=False, allow_blank=True, default="", help_text="Why it comes after the window"
    )


@extend_schema(tags=["appeals"], request=FileOrder, responses={201: AppealDetail})
class CycleAppeals(OneAppeal, Act):
    """Filing an appeal."""

    permission = FILE
    serializer_class = FileOrder

    def post(self, request, *args, **kwargs):
        """Object to what stands about a unit in the run that is open now: 201 with the case.

        After the window, a reason for lateness makes a case that waits for the office's admission; without one: 400.
        404: no run of the year is open to the units.
        """
        values = self.checked(FileOrder, request.data)
        opening = current_opening(load_cycle(self, FILE))
        if opening is None:
            raise Http404
        unit = Organization.objects.get_visible(user=request.user, perm=FILE, code=values.pop("unit"))
        case = file_appeal(opening, unit, actor=request.user, **values)
        address = request.build_absolute_uri(reverse("v1:appeal", args=[case.case_no]))
        return self.shown(case, 201, Location=address)


class AppealStepOrder(CaseStepOrder):
    """A step with its reason. `answer` says whether the department agrees; `value` is what is right instead."""

    step = serializers.ChoiceField(choices=STEPS)
    reason = serializers.CharField(max_length=2000)
    agrees = serializers.BooleanField(required=False, default=True)
    value = serializers.CharField(
        max_length=60, required=False, allow_blank=True, allow_null=True, default=None,
        help_text="Answering: what is right. Accepting: what is decided; null takes what is wanted and agreed.",
    )  # fmt: skip


@extend_schema(tags=["appeals"], request=AppealStepOrder, responses=AppealDetail, parameters=[IF_MATCH])
class AppealSteps(OneAppeal, CaseSteps):
    """Admitting, answering, accepting, rejecting, taking back."""

    serializer_class = AppealStepOrder
    given = ("agrees", "value")
