"""Appeals (考核申诉): list, filing one, the case with timeline and steps, answering and deciding."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from foundation.common.api_rows import Act, Guarded, RowList, RowSerializer, YearFilter
from foundation.organizations.models import Organization

from ..choices import AppealTarget
from ..models import Appeal
from ..selectors.appeals import VIEW_APPEAL, appeal_deadline, current_opening
from ..services.appeals import FILE, file_appeal
from ..workflows.appeal import APPEAL, STATES
from .cases import IF_MATCH, CaseEventRow, CaseStepOffer, events_of, offers_of, take_step
from .cycles import load_cycle
from .ids import CycleFilter, cycle_id
from .preconditions import etag

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


class AppealDetail(AppealRow):
    """An appeal with its clock, the steps that can be taken, and its timeline."""

    due_on = serializers.DateField(source="*", allow_null=True)
    steps = CaseStepOffer(many=True, source="*")
    timeline = CaseEventRow(many=True, source="*")


class AppealRows(filters.FilterSet):
    """Narrow the list of appeals."""

    year = YearFilter(field_name="cycle__year")
    cycle = CycleFilter(field_name="cycle")
    unit = filters.CharFilter(field_name="organization__code")
    responsible = filters.CharFilter(field_name="responsible__code")
    status = filters.ChoiceFilter(choices=STATES)
    is_open = filters.BooleanFilter(method="waiting", label=_("Cases that still wait for somebody"))

    def waiting(self, queryset, name, value):
        """Open or ended cases."""
        states = APPEAL.open_states()
        return queryset.filter(status__in=states) if value else queryset.exclude(status__in=states)


def _rows(appeals):
    return appeals.annotate(cycle_no=cycle_id("cycle__"))


@extend_schema(tags=["appeals"])
class AppealList(RowList):
    """Appeals, the latest first."""

    permission = VIEW_APPEAL
    serializer_class = AppealRow
    filterset_class = AppealRows

    def get_queryset(self):
        """Appeals that units in the caller's scope filed or must answer."""
        return _rows(Appeal.objects.visible_to(self.request.user, VIEW_APPEAL))


def load_appeal(view) -> Appeal:
    """The case that the address names, found inside the caller's scope. Raises Http404, PermissionDenied."""
    cases = Appeal.objects.select_related("organization", "responsible", "cycle__jurisdiction")
    return cases.get_visible(user=view.request.user, perm=VIEW_APPEAL, case_no=view.kwargs["case_no"])


def answer(request, case: Appeal, status=200, **headers) -> Response:
    """The case as it now stands, its version as ETag."""
    row = _rows(Appeal.objects.system().filter(pk=case.pk)).values(*AppealDetail.columns()).get()
    clock = appeal_deadline(case)
    shown = AppealDetail(row).data | {
        "due_on": clock.due_on if clock else None,
        "steps": offers_of(case, request.user),
        "timeline": events_of(APPEAL.kind, case.case_no),
    }
    return Response(shown, status=status, headers={"ETag": etag(shown["version"]), **headers})


@extend_schema(tags=["appeals"])
class AppealView(Guarded, GenericAPIView):
    """One appeal."""

    permission = VIEW_APPEAL
    serializer_class = AppealDetail

    def get(self, request, *args, **kwargs):
        """One appeal with its clock, timeline, and the steps that the caller may take."""
        return answer(request, load_appeal(self))


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
class CycleAppeals(Act):
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
        return answer(request, case, 201, Location=address)


class AppealStepOrder(serializers.Serializer):
    """A step with its reason. `answer` says whether the department agrees; `value` is what is right instead."""

    step = serializers.ChoiceField(choices=STEPS)
    reason = serializers.CharField(max_length=2000)
    agrees = serializers.BooleanField(required=False, default=True)
    value = serializers.CharField(
        max_length=60, required=False, allow_blank=True, allow_null=True, default=None,
        help_text="Answering: what is right. Accepting: what is decided; null takes what is wanted and agreed.",
    )  # fmt: skip
    version = serializers.IntegerField(required=False, help_text="Unless If-Match names it.")


@extend_schema(tags=["appeals"], request=AppealStepOrder, responses=AppealDetail, parameters=[IF_MATCH])
class AppealSteps(Act):
    """Admitting, answering, accepting, rejecting, taking back."""

    permission = VIEW_APPEAL
    serializer_class = AppealStepOrder

    def post(self, request, *args, **kwargs):
        """Take a step. Each needs its own permission at its unit; 409 names what stands against it."""
        case, order = load_appeal(self), self.checked(AppealStepOrder, request.data)
        return answer(request, take_step(request, case, order, agrees=order["agrees"], value=order["value"]))
