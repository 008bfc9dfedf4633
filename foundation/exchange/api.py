"""Import batches by API, read-only. The bytes and the staged rows stay inside: they may hold identity numbers."""

from django.http import Http404
from django.urls import path
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from foundation.common.api_rows import RowDetail, RowList, RowSerializer, YearFilter
from foundation.common.scoping import scope_of

from .kinds import all_kinds
from .messages import text, where
from .models import BatchStatus, ImportBatch
from .rows import Finding, Level
from .selectors import batches_for, mappings_for

VIEW = "exchange.view_importbatch"


class BatchRow(RowSerializer):
    """An import batch (导入批次): one file, what was read from it, what became of it."""

    number = serializers.CharField()
    kind = serializers.CharField()
    jurisdiction = serializers.CharField(source="organization__code")
    year = serializers.IntegerField(allow_null=True)
    file_name = serializers.CharField()
    sha256 = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes")
    status = serializers.ChoiceField(choices=BatchStatus.choices)
    generation = serializers.IntegerField(help_text="How often the same file was taken up again after an undo")
    counts = serializers.JSONField(help_text="Rows, errors, warnings, readings; after applying also what was changed")
    created_at = serializers.DateTimeField()
    created_by = serializers.CharField(source="created_by_name")
    applied_at = serializers.DateTimeField(allow_null=True)
    applied_by = serializers.CharField(source="applied_by_name")
    undone_at = serializers.DateTimeField(allow_null=True)
    undone_by = serializers.CharField(source="undone_by_name")
    undo_reason = serializers.CharField()


class FindingRow(serializers.Serializer):
    """Something found in the file as a whole or in one of its sheets."""

    level = serializers.ChoiceField(choices=[(level.value, level.name) for level in Level])
    code = serializers.CharField()
    place = serializers.CharField()
    text = serializers.CharField()


class BatchDetail(BatchRow):
    """A batch with what was found in its file (findings in single rows are on the page of the import)."""

    findings = FindingRow(many=True, source="*")
    extra_columns = ("findings",)


class BatchRows(filters.FilterSet):
    """Narrow the list of batches."""

    kind = filters.CharFilter()
    status = filters.ChoiceFilter(choices=BatchStatus.choices)
    jurisdiction = filters.CharFilter(field_name="organization__code")
    year = YearFilter()
    sha256 = filters.CharFilter(lookup_expr="iexact")


def visible_batches(user):
    """Batches of the kinds that the user may import, where the user may, and all where the user may look at batches."""
    return ImportBatch.objects.visible_to(user, VIEW) | batches_for(user)


class MappingRow(RowSerializer):
    """What a county decided about the columns of one form of header (列对应); the next file of that form is read by it."""

    kind = serializers.CharField()
    jurisdiction = serializers.CharField(source="organization__code")
    signature = serializers.CharField(help_text="SHA-256 over the words of the header and their columns")
    headers = serializers.JSONField(help_text="Column letter → the header's words")
    columns = serializers.JSONField(help_text="Column letter → field of the kind, or `ignored`")
    decided_by = serializers.CharField(source="decided_by_name")
    decided_at = serializers.DateTimeField()


class MappingRows(filters.FilterSet):
    """Narrow the list of decisions about columns."""

    kind = filters.CharFilter()
    jurisdiction = filters.CharFilter(field_name="organization__code")
    signature = filters.CharFilter(lookup_expr="iexact")


class ImportsOrView:
    """Opens to who may import something, or look at batches."""

    def permission_of(self, method):
        """The first permission that the caller holds."""
        wanted = [VIEW, *(kind.permission for kind in all_kinds())]
        return next((perm for perm in wanted if scope_of(self.request.user, perm)), VIEW)


@extend_schema(tags=["imports"])
class BatchList(ImportsOrView, RowList):
    """Import batches, the latest first."""

    serializer_class = BatchRow
    filterset_class = BatchRows

    def get_queryset(self):
        """Batches that the caller may see."""
        return visible_batches(self.request.user)


@extend_schema(tags=["imports"])
class BatchView(ImportsOrView, RowDetail):
    """One import batch by its number."""

    serializer_class = BatchDetail

    def get_object(self):
        """The batch, found among those that the caller may see."""
        rows = visible_batches(self.request.user).values("pk", *BatchDetail.columns())
        found = rows.filter(number=self.kwargs["number"]).first()
        if found is None:
            raise Http404
        return found

    def complete(self, shown, row):
        """The findings in the reader's language."""
        findings = [Finding.from_dict(data) for data in row["findings"]]
        shown["findings"] = [
            {"level": str(each.level), "code": each.code, "place": where(each), "text": text(each)} for each in findings
        ]
        return shown


@extend_schema(tags=["imports"])
class MappingList(ImportsOrView, RowList):
    """Remembered decisions about columns, the latest first. They are made on the page of an import."""

    serializer_class = MappingRow
    filterset_class = MappingRows

    def get_queryset(self):
        """Decisions about kinds and counties for which the caller may import, and all where batches may be looked at."""
        return mappings_for(self.request.user, VIEW)


urlpatterns = [
    path("imports/", BatchList.as_view(), name="import-list"),
    path("imports/columns/", MappingList.as_view(), name="import-columns"),
    path("imports/<str:number>/", BatchView.as_view(), name="import"),
]
