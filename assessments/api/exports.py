"""Papers by API: the same files as on the pages, with the same entry in the audit."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from foundation.common.api_files import FILE, FileView

from ..models import RunUnit
from ..selectors.exports import category_labels
from ..services.cycle_export import WRITE, export_cycle
from ..services.exports import REPORT_ENDINGS, export_ranking, export_score_sheet
from .cycles import load_cycle
from .runs import VIEW, load_run


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


class PaperView(FileView):
    """An address that answers with a report."""

    def paper(self, paper):
        """The report as a file."""
        return self.answer(paper.content, paper.name, paper.content_type)


@extend_schema(tags=["runs"], parameters=[RankingQuery], responses={200: FILE})
class RankingFile(PaperView):
    """The ranking of a run as a file."""

    permission = VIEW

    def get(self, request, *args, **kwargs):
        """Results in the caller's scope as xlsx, docx or PDF. Taking them out is recorded."""
        run = load_run(self, VIEW)
        return self.paper(
            export_ranking(actor=request.user, run=run, **self.checked(RankingQuery, request.query_params))
        )


@extend_schema(tags=["runs"], parameters=[FileQuery], responses={200: FILE})
class ScoreSheetFile(PaperView):
    """How the score of a unit came, as a file."""

    permission = VIEW

    def get(self, request, *args, **kwargs):
        """The unit's score sheet as xlsx, docx or PDF. Taking it out is recorded."""
        rows = RunUnit.objects.select_related("unit", "run__cycle__jurisdiction")
        lookup = {"run__number": self.kwargs["number"], "unit__code": self.kwargs["code"]}
        row = rows.get_visible(user=request.user, perm=VIEW, **lookup)
        query = self.checked(FileQuery, request.query_params)
        return self.paper(export_score_sheet(actor=request.user, row=row, ending=query["ending"]))


@extend_schema(tags=["cycles"], responses={200: FILE})
class CycleFile(PaperView):
    """The whole cycle as a workbook that can be imported elsewhere."""

    permission = WRITE

    def get(self, request, *args, **kwargs):
        """Everything the cycle is calculated from, with its digest; no identity numbers. Taking it out is recorded."""
        return self.paper(export_cycle(actor=request.user, cycle=load_cycle(self, WRITE)))
