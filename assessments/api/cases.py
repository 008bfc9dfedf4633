"""What the API of every kind of case shares: list, case with steps and timeline, taking a step with the version seen."""

from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from foundation.casework.flow import Workflow
from foundation.casework.registry import kind_of
from foundation.casework.selectors import timeline
from foundation.casework.services.engine import available, perform
from foundation.common.api import reasons_as_json
from foundation.common.api_rows import Act, Guarded, RowList, RowSerializer, YearFilter
from foundation.common.results import DomainError

from .ids import CycleFilter, cycle_id
from .preconditions import etag, seen_version

IF_MATCH = OpenApiParameter("If-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, description="ETag seen")


class CaseEventRow(RowSerializer):
    """One move of a case."""

    seq = serializers.IntegerField()
    action = serializers.CharField()
    from_status = serializers.CharField()
    to_status = serializers.CharField()
    at = serializers.DateTimeField()
    by = serializers.CharField(source="actor_name")
    reason = serializers.CharField()


class CaseStepOffer(serializers.Serializer):
    """A step that the caller may take from here; `reasons` stand against it."""

    step = serializers.CharField()
    label = serializers.CharField()
    leads_to = serializers.CharField()
    needs_reason = serializers.BooleanField()
    enabled = serializers.BooleanField()
    reasons = serializers.ListField(child=serializers.JSONField())


class CaseParts(RowSerializer):
    """What every case is shown with: the steps that can be taken, and its timeline."""

    steps = CaseStepOffer(many=True, source="*")
    timeline = CaseEventRow(many=True, source="*")


class CaseRows(filters.FilterSet):
    """Narrow a list of cases to a year."""

    year = YearFilter(field_name="cycle__year")
    cycle = CycleFilter(field_name="cycle")


class EndingCaseRows(CaseRows):
    """Narrow a list of cases that end some day."""

    flow: Workflow

    is_open = filters.BooleanFilter(method="waiting", label=_("Cases that still wait for somebody"))

    def waiting(self, queryset, name, value):
        """Open or ended cases."""
        states = self.flow.open_states()
        return queryset.filter(status__in=states) if value else queryset.exclude(status__in=states)


class CaseStepOrder(serializers.Serializer):
    """What every step is given: the version of the case that was seen, here or as If-Match."""

    version = serializers.IntegerField(required=False, help_text="Unless If-Match names it.")


def offers_of(case, user) -> list[dict]:
    """The steps that the caller may take, as API data."""
    return [
        {
            "step": offer.step.name,
            "label": str(offer.step.label),
            "leads_to": offer.step.target,
            "needs_reason": offer.step.needs_reason,
            "enabled": not offer.blocked,
            "reasons": reasons_as_json(offer.reasons),
        }
        for offer in available(case, user)
    ]


def events_of(kind: str, case_no: str) -> list[dict]:
    """The timeline as API data."""
    return CaseEventRow(timeline(kind, case_no).values(*CaseEventRow.columns()), many=True).data


def with_cycle(cases):
    """Cases with the id of their year, as rows show it."""
    return cases.annotate(cycle_no=cycle_id("cycle__"))


def take_step(request, case, order: dict, act=perform, **payload):
    """Take a step with the version that was seen, by `act` where a kind has its own; who was overtaken gets 412."""
    version = seen_version(request, order.get("version"))
    try:
        return act(
            case,
            order["step"],
            actor=request.user,
            reason=order["reason"],
            expected_version=int(version) if version.isdigit() else -1,
            **payload,
        )
    except DomainError as error:
        if error.code == "CASE_CHANGED":
            error.status = 412
        raise


class CaseList(RowList):
    """Cases of a kind, the latest first."""

    model: type

    def get_queryset(self):
        """Cases in the caller's scope."""
        return with_cycle(self.model.objects.visible_to(self.request.user, self.permission))


class OneCase:
    """An address of one case. A kind states its model, the relations that an answer needs, and the shape of the answer."""

    model: type
    related: tuple[str, ...] = ()
    shape: type

    def load(self):
        """The case that the address names, found inside the caller's scope. Raises Http404, PermissionDenied."""
        cases = self.model.objects.select_related("organization__jurisdiction", "cycle__jurisdiction", *self.related)
        return cases.get_visible(user=self.request.user, perm=self.permission, case_no=self.kwargs["case_no"])

    def more(self, case) -> dict:
        """What the kind shows besides its columns, steps and timeline."""
        return {}

    def shown(self, case, status=200, **headers) -> Response:
        """The case as it now stands, its version as ETag."""
        row = with_cycle(self.model.objects.system().filter(pk=case.pk)).values(*self.shape.columns()).get()
        parts = {
            "steps": offers_of(case, self.request.user),
            "timeline": events_of(kind_of(case).flow.kind, case.case_no),
        }
        shown = self.shape(row).data | parts | self.more(case)
        return Response(shown, status=status, headers={"ETag": etag(shown["version"])} | headers)


class CaseView(OneCase, Guarded, GenericAPIView):
    """One case."""

    def get(self, request, *args, **kwargs):
        """One case with its timeline and the steps that the caller may take."""
        return self.shown(self.load())


class CaseSteps(OneCase, Act):
    """Taking a step of a case. `given` names what a step of the kind is given besides its reason."""

    given: tuple[str, ...] = ()
    act = staticmethod(perform)

    def ordered(self, case) -> dict:
        """The request's values. Raises ValidationError naming every wrong field."""
        return self.checked(self.serializer_class, self.request.data)

    def post(self, request, *args, **kwargs):
        """Take a step. Each needs its own permission at its unit; 409 names what stands against it, 412: the case has changed."""
        case = self.load()
        order = self.ordered(case)
        payload = {name: order[name] for name in self.given}
        return self.shown(take_step(request, case, order, self.act, **payload))
