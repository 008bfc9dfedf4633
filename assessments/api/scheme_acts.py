"""Drawing up, issuing and amending schemes, and trying them on an earlier year."""

from decimal import Decimal

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from foundation.common.api_rows import Act, ExactDecimal, Guarded, RowList, RowSerializer

from ..choices import BottomMode, BottomTies, Direction, Method, VetoEffect
from ..models import Scheme, SchemeAmendment
from ..rules.schemes import Content, Leaf
from ..services.scheme_amendments import amend
from ..services.scheme_editing import EDIT, save_draft
from ..services.scheme_issue import find_issue_faults, issue_schemes
from ..services.schemes import copy_schemes
from ..services.trial import trial_cycles, try_scheme
from .cycles import load_cycle
from .ids import by_scheme_id, cycle_id
from .schemes import VIEW, SchemeRow, numbered

POINTS = {"max_digits": 8, "decimal_places": 2}


def load_scheme(view, perm: str) -> Scheme:
    """The scheme that the address names, found inside of the caller's scope. Raises Http404, PermissionDenied."""
    rows = Scheme.objects.select_related("cycle__jurisdiction")
    return rows.get_visible(user=view.request.user, perm=perm, **by_scheme_id(view.kwargs["scheme"]))


class TieBreaker(serializers.Serializer):
    """`{"by": "deduction"}`, or `{"by": "group", "group": name}`."""

    by = serializers.ChoiceField(choices=[("deduction", "deduction"), ("group", "group")])
    group = serializers.CharField(max_length=60, required=False)

    def validate(self, attrs):
        """A group is named exactly where it is meant."""
        if (attrs["by"] == "group") != ("group" in attrs):
            raise serializers.ValidationError({"group": serializers.Field.default_error_messages["required"]})
        return attrs


class ParametersIn(serializers.Serializer):
    """Parameters of a scheme, all of them."""

    bonus_cap = serializers.DecimalField(**POINTS)
    deduction_cap = serializers.DecimalField(**POINTS)
    veto_effect = serializers.ChoiceField(choices=VetoEffect.choices)
    places = serializers.IntegerField(min_value=0, max_value=6)
    excellent_share = serializers.DecimalField(max_digits=6, decimal_places=4, help_text="0.3 is 30 %")
    excellent_min = serializers.IntegerField(min_value=0, max_value=1000)
    excellent_line = serializers.DecimalField(**POINTS)
    good_line = serializers.DecimalField(**POINTS)
    pass_line = serializers.DecimalField(**POINTS)
    bottom_mode = serializers.ChoiceField(choices=BottomMode.choices)
    bottom_value = serializers.DecimalField(max_digits=6, decimal_places=2)
    min_class_size = serializers.IntegerField(min_value=0, max_value=10_000)
    exempt_line = serializers.DecimalField(allow_null=True, **POINTS)
    bottom_ties = serializers.ChoiceField(choices=BottomTies.choices)
    tie_breakers = TieBreaker(many=True, allow_empty=True)


class IndicatorIn(serializers.Serializer):
    """An indicator; the same code is the same indicator."""

    code = serializers.CharField(max_length=20)
    name = serializers.CharField(max_length=120)
    group = serializers.CharField(max_length=60)
    weight = serializers.DecimalField(max_digits=9, decimal_places=5)
    method = serializers.ChoiceField(choices=Method.choices)
    direction = serializers.ChoiceField(choices=Direction.choices, default=Direction.HIGHER)
    params = serializers.DictField(default=dict, help_text="Parameters of the method, numbers as text")
    unit_of_measure = serializers.CharField(max_length=20, default="", allow_blank=True)
    responsible = serializers.CharField(max_length=40, default="", allow_blank=True, help_text="Code of the department")


class ContentIn(serializers.Serializer):
    """A whole scheme: what is not named goes. `version` is the one the caller has seen."""

    version = serializers.IntegerField(min_value=1)
    parameters = ParametersIn()
    indicators = IndicatorIn(many=True, allow_empty=True)
    figures_removed = serializers.IntegerField(
        min_value=0, default=0, help_text="How many figures go with dropped indicators: 409 FIGURES_GO names them"
    )


class AmendmentIn(ContentIn):
    """An amended scheme with what it rests on."""

    reason = serializers.CharField(max_length=300)
    document_no = serializers.CharField(max_length=60)


def _content(data) -> Content:
    parameters = data["parameters"] | {"tie_breakers": [dict(item) for item in data["parameters"]["tie_breakers"]]}
    return Content(parameters, tuple(Leaf(**leaf) for leaf in data["indicators"]))


def _document(data) -> dict:
    """What saving and amending take alike."""
    seen = {"expected_version": data["version"], "figures_removed": data["figures_removed"]}
    return {"content": _content(data), **seen}


def _shown(scheme) -> dict:
    return SchemeRow(numbered(Scheme.objects.system()).values(*SchemeRow.columns()).get(pk=scheme.pk)).data


@extend_schema(tags=["schemes"], request=ContentIn, responses=SchemeRow)
class SchemeDraft(Act):
    """Saving a draft."""

    permission = EDIT
    serializer_class = ContentIn

    def post(self, request, *args, **kwargs):
        """Save a draft as a whole; weights need not sum to 100 yet.

        400: the reasons name every place. 409: issued, the year is published, or other figures go with dropped indicators
        than `figures_removed` says. 412: somebody was faster.
        """
        scheme = load_scheme(self, EDIT)
        data = self.checked(ContentIn, request.data)
        saved = save_draft(actor=request.user, scheme=scheme, **_document(data))
        return Response(_shown(saved))


class AmendmentRow(RowSerializer):
    """An amendment (修订): the scheme before and after it."""

    scheme = serializers.CharField(source="scheme_no")
    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    actor_name = serializers.CharField()
    reason = serializers.CharField()
    document_no = serializers.CharField()
    version = serializers.IntegerField(help_text="Version of the scheme after it")
    before = serializers.JSONField()
    after = serializers.JSONField()


class AmendmentRows(filters.FilterSet):
    """Narrow the list of amendments."""

    document_no = filters.CharFilter()


def _amendments(query):
    return query.annotate(scheme_no=cycle_id("scheme__cycle__", "scheme__category"))


@extend_schema(tags=["schemes"])
class SchemeAmendments(RowList):
    """Amendments of a scheme, the latest first; amending it."""

    permission = VIEW
    permission_by_method = {"POST": EDIT}  # noqa: RUF012 - read only
    serializer_class = AmendmentRow
    filterset_class = AmendmentRows

    def get_queryset(self):
        """Amendments of a scheme that the caller may see."""
        if getattr(self, "swagger_fake_view", False):  # the schema is made without a scheme
            return SchemeAmendment.objects.none()
        return _amendments(SchemeAmendment.objects.system().filter(scheme=load_scheme(self, VIEW)))

    @extend_schema(request=AmendmentIn, responses={201: AmendmentRow})
    def post(self, request, *args, **kwargs):
        """Amend an issued scheme; the weights again sum to exactly 100.

        400: the reasons name every place. 409: a draft, the year is published, or other figures go with dropped indicators
        than `figures_removed` says. 412: somebody was faster.
        """
        scheme = load_scheme(self, EDIT)
        data = self.checked(AmendmentIn, request.data)
        made = amend(
            actor=request.user,
            scheme=scheme,
            reason=data["reason"],
            document_no=data["document_no"],
            **_document(data),
        )
        row = _amendments(SchemeAmendment.objects.system()).values(*AmendmentRow.columns()).get(pk=made.pk)
        return Response(AmendmentRow(row).data, status=201)


class IssueOrder(serializers.Serializer):
    """Under which document the drafts of a year are issued."""

    document_no = serializers.CharField(max_length=60)
    issued_on = serializers.DateField()


class IssueFaultRow(serializers.Serializer):
    """One thing that stands against issuing."""

    category = serializers.CharField()
    code = serializers.CharField(help_text="WEIGHTS_TOO_SMALL, PARAMETER_MISSING, NO_SCHEME, …")
    place = serializers.CharField(help_text="Indicator and field, in the caller's language")
    text = serializers.CharField(help_text="What is wrong and what to do")


class IssueState(serializers.Serializer):
    """What stands against issuing; nothing: the drafts can be issued."""

    count = serializers.IntegerField()
    results = IssueFaultRow(many=True)


class Issued(serializers.Serializer):
    """What was issued."""

    categories = serializers.ListField(child=serializers.CharField())


class CycleIssue(Guarded, GenericAPIView):
    """Issuing a year's schemes."""

    permission = EDIT
    serializer_class = IssueState

    @extend_schema(tags=["schemes"], responses=IssueState)
    def get(self, request, *args, **kwargs):
        """Everything that stands against issuing the drafts of a year, with its place."""
        found = find_issue_faults(load_cycle(self, EDIT))
        return Response(IssueState({"count": len(found), "results": found}).data)

    @extend_schema(tags=["schemes"], request=IssueOrder, responses=Issued)
    def post(self, request, *args, **kwargs):
        """Issue all drafts of a year under one document. 409: something stands against it; the reasons name every place."""
        cycle = load_cycle(self, EDIT)
        made = issue_schemes(actor=request.user, cycle=cycle, **self.checked(IssueOrder, request.data))
        return Response(Issued({"categories": sorted(scheme.category for scheme in made)}).data)


class CopyOrder(serializers.Serializer):
    """Which year begins with these schemes."""

    year = serializers.IntegerField(min_value=2000, max_value=2100)


class Copied(serializers.Serializer):
    """The year that was begun."""

    cycle = serializers.CharField()
    schemes = serializers.IntegerField()


@extend_schema(tags=["schemes"], request=CopyOrder, responses=Copied)
class CycleCopy(Act):
    """Beginning a year with the schemes of another."""

    permission = EDIT
    serializer_class = CopyOrder

    def post(self, request, *args, **kwargs):
        """Copy the schemes of this cycle as drafts of another year, whose units keep their categories. 409: it has schemes."""
        source = load_cycle(self, EDIT)
        target = copy_schemes(actor=request.user, source=source, **self.checked(CopyOrder, request.data))
        count = Scheme.objects.system().filter(cycle=target).count()
        return Response(Copied({"cycle": f"{source.jurisdiction.code}-{target.year}", "schemes": count}).data)


class TrialQuery(serializers.Serializer):
    """On whose figures the scheme is tried; the year before its own when nothing is said."""

    year = serializers.IntegerField(min_value=1949, max_value=2200, required=False)


class TrialUnitRow(serializers.Serializer):
    """A unit by the scheme, and as it really came out (null: not calculated)."""

    unit = serializers.CharField()
    unit_name = serializers.CharField()
    total = ExactDecimal(allow_null=True)
    rank = serializers.IntegerField(allow_null=True)
    grade = serializers.CharField(allow_null=True)
    flagged = serializers.BooleanField(allow_null=True)
    real_total = ExactDecimal(allow_null=True)
    real_rank = serializers.IntegerField(allow_null=True)
    real_grade = serializers.CharField(allow_null=True)
    real_flagged = serializers.BooleanField(allow_null=True)


class TrialOut(serializers.Serializer):
    """A trial: nothing of it is stored."""

    scheme = serializers.CharField()
    year = serializers.IntegerField()
    run = serializers.CharField(allow_null=True, help_text="The run beside which it stands")
    without_figures = serializers.ListField(
        child=serializers.CharField(), help_text="Codes of indicators without figures; their weight is shared out"
    )
    weight_shared_out = ExactDecimal()
    results = TrialUnitRow(many=True)


@extend_schema(tags=["schemes"], parameters=[TrialQuery], responses=TrialOut)
class SchemeTrial(Guarded, GenericAPIView):
    """Trying a scheme on an earlier year."""

    permission = EDIT
    serializer_class = TrialOut

    def get(self, request, *args, **kwargs):
        """How the scheme would have ranked an earlier year's figures. Nothing is stored. Without figures: no results."""
        scheme = load_scheme(self, EDIT)
        asked = self.checked(TrialQuery, request.query_params).get("year")
        cycles = trial_cycles(scheme)
        year = asked or next((y for y in cycles if y < scheme.cycle.year), scheme.cycle.year)
        trial = try_scheme(scheme, cycles[year]) if year in cycles else None
        return Response(TrialOut(_trial(self.kwargs["scheme"], year, trial)).data)


def _trial(number, year, trial) -> dict:
    return {
        "scheme": number,
        "year": year,
        "run": trial.run.number if trial and trial.run else None,
        "without_figures": [match.leaf.code for match in trial.missing] if trial else [],
        "weight_shared_out": trial.missing_weight if trial else Decimal(0),
        "results": [_trial_row(row) for row in trial.rows] if trial else [],
    }


def _trial_row(row) -> dict:
    shown = {"unit": row.unit.code, "unit_name": row.unit.name}
    for name in ("total", "rank", "grade", "flagged"):
        shown[name] = getattr(row.trial, name) if row.trial else None
        shown[f"real_{name}"] = getattr(row.real, name) if row.real else None
    return shown
