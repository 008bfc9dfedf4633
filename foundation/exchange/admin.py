"""Imports in the reading room of the auditors: never the bytes of a file, never what a column keeps secret."""

from django.apps import apps
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from foundation.common.admin import ScopedAdmin, readable, readable_column, worded_column, worded_filter

from .kinds import all_kinds
from .messages import sentence
from .models import ColumnMapping, ImportBatch, ImportChange, ImportRow
from .rows import Finding
from .value_words import ROW_KINDS


def kind_word(code: str) -> str:
    """Name of a kind of import; the code itself where no room registers it any more."""
    return next((str(kind.label) for kind in all_kinds() if kind.code == code), code)


def row_word(kind: str) -> str:
    """Name of what a row is about."""
    return str(ROW_KINDS.get(kind, kind))


def table_word(label: str) -> str:
    """Name of a table by `room.Model`; the label itself of a table that is no more."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label


@admin.register(ImportBatch)
class ImportBatchAdmin(ScopedAdmin):
    """Files that were taken in."""

    list_display = (
        "number",
        "kind_word",
        "organization",
        "year",
        "file_name",
        "status",
        "created_at",
        "created_by_name",
    )
    list_filter = (("kind", worded_filter(kind_word)), "status", "year")
    list_select_related = ("organization",)
    search_fields = ("=number", "file_name", "=sha256", "created_by_name", "applied_by_name")
    date_hierarchy = "created_at"
    ordering = ("-pk",)
    fields = (
        "number", "kind_word", "organization", "year", "file_name", "size", "sha256", "status", "generation", "counts_text",
        "findings_text", "created_at", "created_by_name", "applied_at", "applied_by_name", "undone_at",
        "undone_by_name", "undo_reason",
    )  # fmt: skip
    readonly_fields = ("kind_word", "counts_text", "findings_text", "created_at")
    kind_word = worded_column("kind", _("kind"), lambda batch: kind_word(batch.kind))
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
    list_display = ("batch", "position", "row_word", "key", "sheet", "row", "column", "has_error")
    list_filter = (("kind", worded_filter(row_word)), "has_error")
    list_select_related = ("batch",)
    search_fields = ("=batch__number", "key")
    ordering = ("-batch", "position")
    fields = ("batch", "position", "row_word", "key", "sheet", "row", "column", "raw_text", "values_text", "readings_text", "findings_text", "has_error", "proposal", "decision")  # fmt: skip
    readonly_fields = ("row_word", "raw_text", "values_text", "readings_text", "findings_text")
    row_word = worded_column("kind", _("kind"), lambda row: row_word(row.kind))
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
    list_display = ("batch", "table", "object_pk", "columns")
    list_filter = (("model", worded_filter(table_word)),)
    list_select_related = ("batch",)
    search_fields = ("=batch__number", "=object_pk")
    ordering = ("-batch", "pk")
    fields = ("batch", "table", "object_pk", "columns")
    readonly_fields = ("table", "columns")
    table = worded_column("model", _("table"), lambda change: table_word(change.model))

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

    list_display = ("kind_word", "organization", "decided_by_name", "decided_at")
    list_filter = (("kind", worded_filter(kind_word)),)
    list_select_related = ("organization",)
    search_fields = ("=signature", "decided_by_name")
    ordering = ("-pk",)
    fields = ("kind_word", "organization", "signature", "headers_text", "columns_text", "decided_by_name", "decided_at")
    readonly_fields = ("kind_word", "headers_text", "columns_text", "decided_at")
    kind_word = worded_column("kind", _("kind"), lambda mapping: kind_word(mapping.kind))
    headers_text = readable_column("headers", _("headers"))
    columns_text = readable_column("columns", _("columns"))
