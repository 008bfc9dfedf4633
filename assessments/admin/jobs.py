"""Orders to calculate."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from foundation.common.admin import ScopedAdmin, readable_column

from ..models import RecalculationBatch, RecalculationJob


@admin.register(RecalculationBatch)
class RecalculationBatchAdmin(ScopedAdmin):
    """Orders to calculate."""

    list_display = ("number", "year", "requested_at", "actor_name")
    list_filter = ("year",)
    search_fields = ("=number", "actor_name")
    date_hierarchy = "requested_at"
    ordering = ("-pk",)

    def get_queryset(self, request):
        """Each order once, however many of its counties the reader sees."""
        return super().get_queryset(request).distinct()


@admin.register(RecalculationJob)
class RecalculationJobAdmin(ScopedAdmin):
    """Counties of orders: attempts, leases, what stood against them."""

    list_display = (
        "batch",
        "cycle",
        "state",
        "attempts",
        "queued_at",
        "finished_at",
        "unit_count",
        "run",
        "was_reused",
    )
    list_filter = ("state", "cycle__year", "was_reused")
    list_select_related = ("batch", "cycle__jurisdiction", "run")
    search_fields = ("=batch__number", "=cycle__jurisdiction__code", "=run__number")
    date_hierarchy = "queued_at"
    ordering = ("-pk",)
    fields = (
        "batch", "cycle", "state", "attempts", "queued_at", "started_at", "finished_at", "lease_until", "unit_count",
        "run", "was_reused", "problems_text",
    )  # fmt: skip
    readonly_fields = ("problems_text",)
    problems_text = readable_column("problems", _("what stood against it"))
