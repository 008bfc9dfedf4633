"""Imports in the reading room of the auditors: never the bytes of a file, never what a column keeps secret."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from foundation.common.admin import ScopedAdmin, readable, readable_column

from .messages import sentence
from .models import ColumnMapping, ImportBatch, ImportChange, ImportRow
from .rows import Finding


@admin.register(ImportBatch)
class ImportBatchAdmin(ScopedAdmin):
    """Files that were taken in."""

    list_display = ("number", "kind", "organization", "year", "file_name", "status", "created_at", "created_by_name")
    list_filter = ("kind", "status", "year")
    list_select_related = ("organization",)
    search_fields = ("=number", "file_name", "=sha256", "created_by_name", "applied_by_name")
    date_hierarchy = "created_at"
    ordering = ("-pk",)
    fields = (
        "number", "kind", "organization", "year", "file_name", "size", "sha256", "status", "generation", "counts_text",
        "findings_text", "created_at", "created_by_name", "applied_at", "applied_by_name", "undone_at",
        "undone_by_name", "undo_reason",
    )  # fmt: skip
    readonly_fields = ("counts_text", "findings_text", "created_at")
    counts_text = readable_column("counts", _("counts"))

    def get_queryset(self, request):
        """Without the bytes."""
        return super().get_queryset(request).defer("content")

    @admin.display(description=_("findings"))
    def findings_text(self, batch):
        """Findings in the file as a whole, in words."""
        return readable([sentence(Finding.from_dict(data)) for data in batch.findings])


@admin.register(ImportRow)
class ImportRowAdmin(ScopedAdmin):
    """Rows as they were read; identity numbers stand masked in them."""

    org_path = "batch__organization__path"
    list_display = ("batch", "position", "kind", "key", "sheet", "row", "column", "has_error")
    list_filter = ("kind", "has_error")
    list_select_related = ("batch",)
    search_fields = ("=batch__number", "key")
    ordering = ("-batch", "position")
    fields = ("batch", "position", "kind", "key", "sheet", "row", "column", "raw_text", "values_text", "readings_text", "findings_text", "has_error", "proposal", "decision")  # fmt: skip
    readonly_fields = ("raw_text", "values_text", "readings_text", "findings_text")
    raw_text = readable_column("raw", _("as it stood"))
    values_text = readable_column("values", _("as it was read"))
    readings_text = readable_column("normalised", _("readings"))

    def get_queryset(self, request):
        """Without the bytes of the file and the encrypted column."""
        return super().get_queryset(request).defer("secret", "batch__content", "batch__findings")

    @admin.display(description=_("findings"))
    def findings_text(self, row):
        """Findings in words."""
        return readable([sentence(Finding.from_dict(data)) for data in row.findings])


@admin.register(ImportChange)
class ImportChangeAdmin(ScopedAdmin):
    """What applying a batch did to which row. Values stand in the row's own history."""

    org_path = "batch__organization__path"
    list_display = ("batch", "model", "object_pk", "columns")
    list_filter = ("model",)
    list_select_related = ("batch",)
    search_fields = ("=batch__number", "=object_pk")
    ordering = ("-batch", "pk")
    fields = ("batch", "model", "object_pk", "columns")
    readonly_fields = ("columns",)

    def get_queryset(self, request):
        """Without the bytes of the file."""
        return super().get_queryset(request).defer("batch__content", "batch__findings")

    @admin.display(description=_("changed columns"))
    def columns(self, change):
        """Names of the columns that differ; of a new row only that it is new. Values may be secret."""
        if change.before is None:
            return _("new row")
        return ", ".join(name for name, value in change.after.items() if change.before.get(name) != value)


@admin.register(ColumnMapping)
class ColumnMappingAdmin(ScopedAdmin):
    """What was decided about the columns of forms of headers."""

    list_display = ("kind", "organization", "signature", "decided_by_name", "decided_at")
    list_filter = ("kind",)
    list_select_related = ("organization",)
    search_fields = ("=signature", "decided_by_name")
    ordering = ("-pk",)
    fields = ("kind", "organization", "signature", "headers_text", "columns_text", "decided_by_name", "decided_at")
    readonly_fields = ("headers_text", "columns_text", "decided_at")
    headers_text = readable_column("headers", _("headers"))
    columns_text = readable_column("columns", _("columns"))
