"""Submissions of figures (数据报送): list, case, steps, and all figures of one in one request."""

from collections import Counter

from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from foundation.common.api_rows import Act, RowSerializer

from ..models import Collection
from ..selectors.collections import VIEW, sheet_of
from ..services.figure_grid import EDIT, CellEdit, Shown, save_grid, shown_of
from ..workflows import COLLECTION, COLLECTION_STATES
from .cases import IF_MATCH, CaseList, CaseParts, CaseRows, CaseStepOrder, CaseSteps, CaseView, OneCase

STEPS = [(step.name, step.label) for step in COLLECTION.steps]


class CollectionRow(RowSerializer):
    """A department's submission for a year. `due_on` is its last day, `released_until` a later one given by the office."""

    case_no = serializers.CharField()
    status = serializers.ChoiceField(choices=COLLECTION_STATES)
    cycle = serializers.CharField(source="cycle_no")
    year = serializers.IntegerField(source="cycle__year")
    department = serializers.CharField(source="organization__code")
    department_name = serializers.CharField(source="organization__name")
    opened_on = serializers.DateField()
    due_on = serializers.DateField()
    released_until = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()


class CollectionDetail(CaseParts, CollectionRow):
    """A submission with its progress, the steps that can be taken and its timeline."""

    expected = serializers.IntegerField(source="*", help_text="Figures asked for")
    filled = serializers.IntegerField(source="*", help_text="Figures there or marked as not applicable")


class CollectionRows(CaseRows):
    """Narrow the list."""

    jurisdiction = filters.CharFilter(field_name="cycle__jurisdiction__code")
    department = filters.CharFilter(field_name="organization__code")
    status = filters.ChoiceFilter(choices=COLLECTION_STATES)


@extend_schema(tags=["collections"])
class CollectionList(CaseList):
    """Submissions, the latest first."""

    permission = VIEW
    model = Collection
    serializer_class = CollectionRow
    filterset_class = CollectionRows


class OneCollection(OneCase):
    """A submission with its progress."""

    permission = VIEW
    model = Collection
    shape = CollectionDetail

    def more(self, case):
        """Figures asked for, and those that are there."""
        sheet = sheet_of(case)
        return {"expected": sheet.expected, "filled": sheet.filled}


@extend_schema(tags=["collections"])
class CollectionView(OneCollection, CaseView):
    """One submission."""

    serializer_class = CollectionDetail


class CollectionStep(CaseStepOrder):
    """A step with its reason."""

    step = serializers.ChoiceField(choices=STEPS)
    reason = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


@extend_schema(tags=["collections"], request=CollectionStep, responses=CollectionDetail, parameters=[IF_MATCH])
class CollectionSteps(OneCollection, CaseSteps):
    """Submitting, verifying, returning, opening again."""

    serializer_class = CollectionStep


class FigureCell(serializers.Serializer):
    """One figure. `figure` is a number or grade word as text, or 不适用; an empty text makes a gap.

    A target that is not sent stays as it is.
    """

    unit = serializers.CharField(max_length=40)
    indicator = serializers.CharField(max_length=20)
    figure = serializers.CharField(max_length=400, allow_blank=True, trim_whitespace=False)
    target = serializers.CharField(max_length=60, allow_blank=True, required=False, trim_whitespace=False)
    version = serializers.CharField(
        max_length=16,
        required=False,
        help_text="The version seen; without it the figure is overwritten whatever it is.",
    )


class FigureCellRow(FigureCell):
    """One figure as it stands."""

    is_gap = serializers.BooleanField()


class FiguresOrder(serializers.Serializer):
    """All figures of one request: saved together or not at all."""

    figures = FigureCell(many=True)
    na_reason = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")

    def validate_figures(self, cells):
        """Every figure once: of two, nobody could say which one counts."""
        counts = Counter((cell["unit"], cell["indicator"]) for cell in cells)
        twice = ["/".join(place) for place, count in counts.items() if count > 1]
        if twice:
            raise serializers.ValidationError(_("Sent more than once: %(places)s") % {"places": ", ".join(twice)})
        return cells


class FiguresAnswer(serializers.Serializer):
    """What stands after the request, and every cell that was not taken letter by letter."""

    created = serializers.IntegerField(required=False)
    changed = serializers.IntegerField(required=False)
    readings = serializers.ListField(child=serializers.JSONField(), required=False)
    results = FigureCellRow(many=True)


@extend_schema(tags=["collections"], responses=FiguresAnswer)
class CollectionFigures(OneCollection, Act):
    """The figures of a submission."""

    permission_by_method = {"POST": EDIT}  # noqa: RUF012 - read only
    serializer_class = FiguresOrder

    def get(self, request, *args, **kwargs):
        """Every figure asked for, with its version."""
        return Response({"results": self._results(self.load())})

    @extend_schema(request=FiguresOrder)
    def post(self, request, *args, **kwargs):
        """Save figures: all or nothing. 400 names every wrong cell, 412 every cell that somebody else changed."""
        case = self.load()
        order = self.checked(FiguresOrder, request.data)
        sheet = sheet_of(case)
        keys = {(unit.code, leaf.code): (unit.pk, leaf.pk) for unit, leaf in sheet.places()}
        edits = {}
        for cell in order["figures"]:
            seen = Shown(None, "", cell["version"]) if cell.get("version") else None
            place = keys.get((cell["unit"], cell["indicator"]), (0, 0))
            edits[place] = CellEdit(cell["figure"], cell.get("target"), seen)
        saved = save_grid(
            actor=request.user, collection=case, edits=edits, na_reason=order["na_reason"], reason=order["reason"]
        )
        names = {key: codes for codes, key in keys.items()}
        readings = [
            dict(zip(("unit", "indicator"), names[one.place], strict=True))
            | {"raw": one.raw, "value": one.value, "why": one.why}
            for one in saved.readings
        ]
        return Response(
            {
                "created": saved.created,
                "changed": saved.changed,
                "readings": readings,
                "results": self._results(case),
            }
        )

    def _results(self, case) -> list[dict]:
        sheet = sheet_of(case)
        gaps = {(unit.pk, leaf.pk) for unit, leaf in sheet.gaps}
        return [
            {
                "unit": unit.code,
                "indicator": leaf.code,
                "figure": shown.figure,
                "target": shown.target,
                "version": shown.version,
                "is_gap": (unit.pk, leaf.pk) in gaps,
            }
            for unit, leaf in sheet.places()
            for shown in [shown_of(sheet.scores.get((unit.pk, leaf.pk)))]
        ]
