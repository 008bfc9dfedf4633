"""Papers by API: the same files as on the pages, with the same entry in the audit."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.renderers import JSONRenderer

from foundation.common.api_rows import Guarded

from ..models import RunUnit
from ..selectors.exports import category_labels
from ..services.cycle_export import WRITE, export_cycle
from ..services.exports import REPORT_ENDINGS, export_ranking, export_score_sheet
from .cycles import load_cycle
from .runs import VIEW, load_run

FILE = OpenApiResponse(OpenApiTypes.BINARY, description="The file")


class FileQuery(serializers.Serializer):
    """Which file."""

    ending = serializers.ChoiceField(choices=REPORT_ENDINGS, default="xlsx")


class RankingQuery(FileQuery):
    """Which file, of which category."""

    category = serializers.CharField(default="", help_text="Code of a category; all when left out")

    def validate_category(self, value):
        """A category that there is."""
        if value and value not in category_labels():
            raise serializers.ValidationError(_("There is no such category."))
        return value


class FileView(Guarded, GenericAPIView):
    """An address that answers with a file; errors are JSON as everywhere."""

    serializer_class = FileQuery
    renderer_classes = (JSONRenderer,)
    http_method_names = ("get", "head")

    def answer(self, paper) -> HttpResponse:
        """The paper; it stays in no cache."""
        response = HttpResponse(paper.content, content_type=paper.content_type)
        response["Content-Disposition"] = content_disposition_header(True, paper.name)
        response["Cache-Control"] = "private, no-store"
        return response


@extend_schema(tags=["runs"], parameters=[RankingQuery], responses={200: FILE})
class RankingFile(FileView):
    """The ranking of a run as a file."""

    permission = VIEW

    def get(self, request, *args, **kwargs):
        """Results in the caller's scope as xlsx, docx or PDF. Taking them out is recorded."""
        run = load_run(self, VIEW)
        return self.answer(
            export_ranking(actor=request.user, run=run, **self.checked(RankingQuery, request.query_params))
        )


@extend_schema(tags=["runs"], parameters=[FileQuery], responses={200: FILE})
class ScoreSheetFile(FileView):
    """How the score of a unit came, as a file."""

    permission = VIEW

    def get(self, request, *args, **kwargs):
        """The unit's score sheet as xlsx, docx or PDF. Taking it out is recorded."""
        rows = RunUnit.objects.select_related("unit", "run__cycle__jurisdiction")
        lookup = {"run__number": self.kwargs["number"], "unit__code": self.kwargs["code"]}
        row = rows.get_visible(user=request.user, perm=VIEW, **lookup)
        query = self.checked(FileQuery, request.query_params)
        return self.answer(export_score_sheet(actor=request.user, row=row, ending=query["ending"]))


@extend_schema(tags=["cycles"], responses={200: FILE})
class CycleFile(FileView):
    """The whole cycle as a workbook that can be imported elsewhere."""

    permission = WRITE

    def get(self, request, *args, **kwargs):
        """Everything the cycle is calculated from, with its digest; no identity numbers. Taking it out is recorded."""
        return self.answer(export_cycle(actor=request.user, cycle=load_cycle(self, WRITE)))
