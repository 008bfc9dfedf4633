"""Publishing by two people: asking for it, reading the request, signing, refusing, taking it back."""

from django.urls import reverse
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from foundation.common.api_rows import Act, RowSerializer

from ..models import PublishRequest
from ..selectors.publishing import VIEW_REQUEST
from ..services import publish_requests as service
from ..workflows.publish_request import PUBLISH_REQUEST, STATES
from .cases import IF_MATCH, CaseList, CaseParts, CaseStepOrder, CaseSteps, CaseView, EndingCaseRows, OneCase
from .loading import load_run

STEPS = [(step.name, step.label) for step in PUBLISH_REQUEST.steps if not step.automatic]


class RequestRow(RowSerializer):
    """A request to publish a run (发布提请). `signers` people are needed, the asker included."""

    case_no = serializers.CharField()
    status = serializers.ChoiceField(choices=STATES)
    cycle = serializers.CharField(source="cycle_no")
    year = serializers.IntegerField(source="cycle__year")
    run = serializers.CharField(source="run__number")
    reason = serializers.CharField(help_text="Decision it rests on")
    override_reason = serializers.CharField(
        help_text="Why it is published although the units were not shown it or may still object, or figures are not verified"
    )
    overridden = serializers.JSONField(
        help_text="Appeals that were open then; none in newer requests, which wait for every decision"
    )
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


class RequestDetail(CaseParts, RequestRow):
    """A request with the steps that can be taken, what the publication did, and its timeline."""

    outcome = PublishedCounts(source="*", allow_null=True)


class RequestRows(EndingCaseRows):
    """Narrow the list of requests."""

    flow = PUBLISH_REQUEST

    status = filters.ChoiceFilter(choices=STATES)


@extend_schema(tags=["publishing"])
class RequestList(CaseList):
    """Requests to publish, the latest first."""

    permission = VIEW_REQUEST
    model = PublishRequest
    serializer_class = RequestRow
    filterset_class = RequestRows


class OneRequest(OneCase):
    """A request with what the publication did."""

    permission = VIEW_REQUEST
    model = PublishRequest
    related = ("run__cycle__jurisdiction",)
    shape = RequestDetail

    def more(self, case):
        """Measures opened, withdrawn, marked."""
        return {"outcome": service.outcome_of(case)}


@extend_schema(tags=["publishing"])
class RequestView(OneRequest, CaseView):
    """One request."""

    serializer_class = RequestDetail


class PublishOrder(serializers.Serializer):
    """Why the run is published, and why all the same where the units may still object."""

    reason = serializers.CharField(max_length=300)
    override_reason = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


@extend_schema(tags=["publishing"], request=PublishOrder, responses={201: RequestDetail})
class RunPublish(OneRequest, Act):
    """Asking to publish a run."""

    permission = "assessments.publish_run"
    serializer_class = PublishOrder

    def post(self, request, *args, **kwargs):
        """Ask to publish the run and thereby sign: 201 with the request, whose address is in Location.

        Nothing is published until others have signed. 409: the year is locked, the inputs changed after the run, another
        request is open, appeals of the year are not decided (the facts of the reason name them), or the units may still
        object and no reason is given for publishing all the same.
        """
        run = load_run(self, self.permission)
        case = service.ask_to_publish(run, actor=request.user, **self.checked(PublishOrder, request.data))
        address = request.build_absolute_uri(reverse("v1:publish-request", args=[case.case_no]))
        return self.shown(case, 201, Location=address)


class RequestStepOrder(CaseStepOrder):
    """A step: `confirm` signs (the last signature publishes), `refuse` and `withdraw` need a reason."""

    step = serializers.ChoiceField(choices=STEPS)
    reason = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


@extend_schema(tags=["publishing"], request=RequestStepOrder, responses=RequestDetail, parameters=[IF_MATCH])
class RequestSteps(OneRequest, CaseSteps):
    """Signing a request, refusing it, taking it back."""

    serializer_class = RequestStepOrder
    act = staticmethod(service.take_step)
