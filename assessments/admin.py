"""The yearly assessment in the reading room of the auditors: inputs, runs with their explanations, measures, orders."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from foundation.common.admin import ReadOnlyInline, ScopedAdmin, readable_column

from .models import (
    Adjustment,
    Cycle,
    Indicator,
    Measure,
    Publication,
    RecalculationBatch,
    RecalculationJob,
    Run,
    RunMeasure,
    RunUnit,
    Scheme,
    Score,
    Veto,
)


class PublicationInline(ReadOnlyInline):
    """When runs were made the ones in force."""

    model = Publication
    ordering = ("-at",)
    fields = ("at", "run", "actor_name", "reason")

    def get_queryset(self, request):
        """With the run."""
        return super().get_queryset(request).select_related("run").defer("run__parameters", "run__effects")


@admin.register(Cycle)
class CycleAdmin(ScopedAdmin):
    """Cycles: a jurisdiction in a year."""

    list_display = ("jurisdiction", "year", "status", "published_run")
    list_filter = ("year", "status")
    list_select_related = ("jurisdiction", "published_run")
    search_fields = ("=jurisdiction__code", "jurisdiction__name")
    ordering = ("-year", "jurisdiction__path")
    inlines = (PublicationInline,)


@admin.register(Scheme)
class SchemeAdmin(ScopedAdmin):
    """Schemes with their parameters."""

    list_display = ("cycle", "category", "bottom_mode", "bottom_value", "bonus_cap", "deduction_cap", "veto_effect")
    list_filter = ("cycle__year", "category", "bottom_mode")
    list_select_related = ("cycle__jurisdiction",)
    search_fields = ("=cycle__jurisdiction__code", "cycle__jurisdiction__name", "category")
    ordering = ("-cycle__year", "cycle", "category")


@admin.register(Indicator)
class IndicatorAdmin(ScopedAdmin):
    """Indicators with method and weight."""

    list_display = ("year", "category", "code", "name", "group", "weight", "method", "direction", "responsible")
    list_filter = ("scheme__cycle__year", "scheme__category", "method")
    list_select_related = ("scheme__cycle", "responsible")
    search_fields = ("=code", "name", "group", "=responsible__code", "responsible__name")
    ordering = ("-scheme__cycle__year", "scheme", "sort")
    fields = ("scheme", "code", "name", "group", "weight", "unit_of_measure", "responsible", "method", "direction", "params_text", "sort")  # fmt: skip
    readonly_fields = ("params_text",)
    params_text = readable_column("params", _("parameters"))

    @admin.display(description=_("year"), ordering="scheme__cycle__year")
    def year(self, leaf):
        """Year of the cycle."""
        return leaf.scheme.cycle.year

    @admin.display(description=_("category"), ordering="scheme__category")
    def category(self, leaf):
        """Category of the scheme."""
        return leaf.scheme.category


class UnitInputAdmin(ScopedAdmin):
    """Inputs of a unit in a year."""

    list_select_related = ("cycle", "unit")
    ordering = ("-pk",)

    @admin.display(description=_("year"), ordering="cycle__year")
    def year(self, row):
        """Year of the cycle."""
        return row.cycle.year


@admin.register(Score)
class ScoreAdmin(UnitInputAdmin):
    """Figures as they stand; who changed them when is in the row's history."""

    list_display = ("year", "unit", "indicator", "figure", "word", "target", "is_applicable")
    list_filter = ("cycle__year", "is_applicable", "indicator__method")
    list_select_related = ("cycle", "unit", "indicator")
    search_fields = ("=unit__code", "unit__name", "=indicator__code", "indicator__name")


@admin.register(Adjustment)
class AdjustmentAdmin(UnitInputAdmin):
    """Bonuses and deductions."""

    list_display = ("number", "year", "unit", "kind", "points", "ground", "document_no")
    list_filter = ("cycle__year", "kind")
    search_fields = ("=number", "=unit__code", "unit__name", "ground", "document_no")


@admin.register(Veto)
class VetoAdmin(UnitInputAdmin):
    """Vetoes."""

    list_display = ("number", "year", "unit", "ground", "document_no")
    list_filter = ("cycle__year",)
    search_fields = ("=number", "=unit__code", "unit__name", "ground", "document_no")


@admin.register(Run)
class RunAdmin(ScopedAdmin):
    """Runs: never changed once written."""

    list_display = ("number", "cycle", "unit_count", "started_at", "finished_at", "actor_name", "engine_version")
    list_filter = ("cycle__year", "engine_version")
    list_select_related = ("cycle__jurisdiction",)
    search_fields = ("=number", "digest", "actor_name", "=cycle__jurisdiction__code")
    date_hierarchy = "started_at"
    ordering = ("-pk",)
    fields = (
        "number", "cycle", "unit_count", "digest", "engine_version", "rulebook_version", "started_at", "finished_at",
        "actor_name", "parameters_text", "effects_text",
    )  # fmt: skip
    readonly_fields = ("parameters_text", "effects_text")
    inlines = (PublicationInline,)
    parameters_text = readable_column("parameters", _("parameters"))
    effects_text = readable_column("effects", _("tolerance decisions counted"))


class CategoryFilter(admin.SimpleListFilter):
    """Categories of the schemes: a small table tells what the large one of results holds."""

    title, parameter_name = _("category"), "category"

    def lookups(self, request, model_admin):
        """Every category that a visible scheme has."""
        found = Scheme.objects.visible_to(request.user, "assessments.view_scheme").order_by("category")
        return [(category, category) for category in found.values_list("category", flat=True).distinct()]

    def queryset(self, request, queryset):
        """Results in the chosen category."""
        return queryset.filter(category=self.value()) if self.value() else queryset


@admin.register(RunUnit)
class RunUnitAdmin(ScopedAdmin):
    """Results of units with their whole explanation."""

    list_display = ("run", "unit", "category", "rank", "total", "grade", "flagged", "shielded", "streak", "step")
    list_filter = ("run__cycle__year", CategoryFilter, "flagged", "grade", "step")
    list_select_related = ("run", "unit")
    search_fields = ("=run__number", "=unit__code", "unit__name")
    ordering = ("-run", "category", "rank")
    fields = (
        "run", "unit", "category", "base", "bonus", "deduction", "vetoes", "total", "rank", "n", "grade", "flagged",
        "shielded", "mitigated", "streak", "flags_in_window", "step", "points_text", "notes_text",
    )  # fmt: skip
    readonly_fields = ("points_text", "notes_text")
    points_text = readable_column("points", _("indicators"))
    notes_text = readable_column("notes", _("notes"))

    def get_queryset(self, request):
        """The list reads neither the explanations nor the run's long columns."""
        return super().get_queryset(request).defer("points", "notes", "run__parameters", "run__effects")


@admin.register(RunMeasure)
class RunMeasureAdmin(ScopedAdmin):
    """Measures that runs would propose."""

    org_path = "unit__path"
    list_display = ("run", "unit", "post", "official", "days", "step", "manual_reason")
    list_filter = ("run__cycle__year", "step", "manual_reason")
    list_select_related = ("run", "unit", "post", "official")
    search_fields = ("=run__number", "=unit__code", "unit__name", "official__name")
    ordering = ("-run", "unit__path", "pk")
    fields = ("run", "unit", "post", "official", "days", "step", "manual_reason", "candidates_text")
    readonly_fields = ("candidates_text",)
    candidates_text = readable_column("candidates", _("holders with their days"))

    def get_queryset(self, request):
        """Without the run's and the person's long or secret columns."""
        hidden = ("run__parameters", "run__effects", "official__id_cipher", "official__id_hash")
        return super().get_queryset(request).defer(*hidden)


@admin.register(Publication)
class PublicationAdmin(ScopedAdmin):
    """Which run was made the one in force, by whom and why."""

    org_path = "cycle__jurisdiction__path"
    list_display = ("at", "cycle", "run", "actor_name", "reason")
    list_filter = ("cycle__year",)
    list_select_related = ("cycle__jurisdiction", "run")
    search_fields = ("=run__number", "actor_name", "reason", "=cycle__jurisdiction__code")
    date_hierarchy = "at"
    ordering = ("-at",)


@admin.register(Measure)
class MeasureAdmin(ScopedAdmin):
    """Measures for leaders of bottom-ranked units; their moves stand among the case events."""

    list_display = ("case_no", "organization", "official", "step", "status", "cycle", "opened_on", "basis_changed")
    list_filter = ("cycle__year", "status", "step", "manual_reason", "basis_changed")
    list_select_related = ("organization", "official", "cycle__jurisdiction")
    search_fields = ("=case_no", "=organization__code", "organization__name", "official__name")
    date_hierarchy = "opened_on"
    ordering = ("-pk",)


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
