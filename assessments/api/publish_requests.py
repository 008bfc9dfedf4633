"""Publishing by two people: asking for it, reading the request, signing, refusing, taking it back."""

from django.urls import reverse
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from foundation.common.api_rows import Act, Guarded, RowList, RowSerializer, YearFilter

from ..models import PublishRequest
from ..selectors.publishing import VIEW_REQUEST
from ..services import publish_requests as service
from ..workflows.publish_request import PUBLISH_REQUEST, STATES
from .cases import IF_MATCH, CaseEventRow, CaseStepOffer, events_of, offers_of, take_step
from .ids import CycleFilter, cycle_id
from .loading import load_run
from .preconditions import etag

STEPS = [(step.name, step.label) for step in PUBLISH_REQUEST.steps if not step.automatic]


class RequestRow(RowSerializer):
    """A request to publish a run (发布提请). `signers` people are needed, the asker included."""

    case_no = serializers.CharField()
    status = serializers.ChoiceField(choices=STATES)
    cycle = serializers.CharField(source="cycle_no")
    year = serializers.IntegerField(source="cycle__year")
    run = serializers.CharField(source="run__number")
    reason = serializers.CharField(help_text="Decision it rests on")
    override_reason = serializers.CharField(help_text="Why it is published although something stands against it")
    overridden = serializers.JSONField(help_text="Appeals that were open then")
    signers = serializers.IntegerField()
    asked_by = serializers.CharField(source="asked_by_name")
    opened_on = serializers.DateField()
    closed_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class PublishedCounts(serializers.Serializer):
    """What publishing did to the measures."""

    opened = serializers.IntegerField(help_text="Measures opened")
    withdrawn = serializers.IntegerField(help_text="Undecided measures withdrawn")
    marked = serializers.IntegerField(help_text="Decided measures whose basis changed")
    already = serializers.BooleanField(help_text="It was the run in force before; nothing was done")


class RequestDetail(RequestRow):
    """A request with the steps that can be taken, what the publication did, and its timeline."""

    outcome = PublishedCounts(source="*", allow_null=True)
    steps = CaseStepOffer(many=True, source="*")
    timeline = CaseEventRow(many=True, source="*")


class RequestRows(filters.FilterSet):
    """Narrow the list of requests."""

    year = YearFilter(field_name="cycle__year")
    cycle = CycleFilter(field_name="cycle")
    status = filters.ChoiceFilter(choices=STATES)


def _rows(requests):
    return requests.annotate(cycle_no=cycle_id("cycle__"))


@extend_schema(tags=["publishing"])
class RequestList(RowList):
    """Requests to publish, the latest first."""

    permission = VIEW_REQUEST
    serializer_class = RequestRow
    filterset_class = RequestRows

    def get_queryset(self):
        """Requests of the caller's counties."""
        return _rows(PublishRequest.objects.visible_to(self.request.user, VIEW_REQUEST))


def load_request(view) -> PublishRequest:
    """The request that the address names, found inside the caller's scope. Raises Http404, PermissionDenied."""
    cases = PublishRequest.objects.select_related("organization", "run__cycle__jurisdiction", "cycle__jurisdiction")
    return cases.get_visible(user=view.request.user, perm=VIEW_REQUEST, case_no=view.kwargs["case_no"])


def answer(request, case: PublishRequest, status=200, **headers) -> Response:
    """The request as it now stands, its version as ETag."""
    row = _rows(PublishRequest.objects.system().filter(pk=case.pk)).values(*RequestDetail.columns()).get()
    shown = RequestDetail(row).data | {
        "outcome": service.outcome_of(case),
        "steps": offers_of(case, request.user),
        "timeline": events_of(PUBLISH_REQUEST.kind, case.case_no),
    }
    return Response(shown, status=status, headers={"ETag": etag(shown["version"]), **headers})


@extend_schema(tags=["publishing"])
class RequestView(Guarded, GenericAPIView):
    """One request."""

    permission = VIEW_REQUEST
    serializer_class = RequestDetail

    def get(self, request, *args, **kwargs):
        """One request with the steps that the caller may take."""
        return answer(request, load_request(self))


class PublishOrder(serializers.Serializer):
    """Why the run is published, and why all the same where appeals are open or the window runs on."""

    reason = serializers.CharField(max_length=300)
    override_reason = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


@extend_schema(tags=["publishing"], request=PublishOrder, responses={201: RequestDetail})
class RunPublish(Act):
    """Asking to publish a run."""

    permission = "assessments.publish_run"
    serializer_class = PublishOrder

    def post(self, request, *args, **kwargs):
        """Ask to publish the run and thereby sign: 201 with the request, whose address is in Location.

        Nothing is published until others have signed. 409: the year is locked, the inputs changed after the run, another
        request is open, or something stands against it and no reason is given for publishing all the same.
        """
        run = load_run(self, self.permission)
        case = service.ask_to_publish(run, actor=request.user, **self.checked(PublishOrder, request.data))
        address = request.build_absolute_uri(reverse("v1:publish-request", args=[case.case_no]))
        return answer(request, case, 201, Location=address)


class RequestStepOrder(serializers.Serializer):
    """A step: `confirm` signs (the last signature publishes), `refuse` and `withdraw` need a reason."""

    step = serializers.ChoiceField(choices=STEPS)
    reason = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    version = serializers.IntegerField(required=False, help_text="Unless If-Match names it.")


@extend_schema(tags=["publishing"], request=RequestStepOrder, responses=RequestDetail, parameters=[IF_MATCH])
class RequestSteps(Act):
    """Signing a request, refusing it, taking it back."""

    permission = VIEW_REQUEST
    serializer_class = RequestStepOrder

    def post(self, request, *args, **kwargs):
        """Take a step. Each needs its own permission for the county; 409 names what stands against it."""
        case, order = load_request(self), self.checked(RequestStepOrder, request.data)
        return answer(request, take_step(request, case, order, act=service.take_step))
