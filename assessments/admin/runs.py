"""Runs with their explanations, publications, measures."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from foundation.common.admin import ScopedAdmin, readable_column, worded_column, worded_filter
from foundation.organizations.words import category_word

from ..models import Measure, Publication, Run, RunMeasure, RunScheme, RunUnit, Scheme
from .schemes import PublicationInline


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
        return [(category, category_word(category)) for category in found.values_list("category", flat=True).distinct()]

    def queryset(self, request, queryset):
        """Results in the chosen category."""
        return queryset.filter(category=self.value()) if self.value() else queryset


@admin.register(RunUnit)
class RunUnitAdmin(ScopedAdmin):
    """Results of units with their whole explanation."""

    list_display = ("run", "unit", "category_word", "rank", "total", "grade", "flagged", "shielded", "streak", "step")
    list_filter = ("run__cycle__year", CategoryFilter, "flagged", "grade", "step")
    list_select_related = ("run", "unit")
    search_fields = ("=run__number", "=unit__code", "unit__name")
    ordering = ("-run", "category", "rank")
    fields = (
        "run", "unit", "category_word", "base", "bonus", "deduction", "vetoes", "total", "rank", "n", "grade", "flagged",
        "shielded", "mitigated", "streak", "flags_in_window", "step", "points_text", "notes_text",
    )  # fmt: skip
    readonly_fields = ("category_word", "points_text", "notes_text")
    category_word = worded_column("category", _("category"), lambda row: category_word(row.category))
    points_text = readable_column("points", _("indicators"))
    notes_text = readable_column("notes", _("notes"))

    def get_queryset(self, request):
        """The list reads neither the explanations nor the run's long columns."""
        found = super().get_queryset(request).select_related("run", "unit", "scheme")
        return found.defer(*RunUnit.FIGURES, "notes", "scheme__indicators", "run__parameters", "run__effects")


@admin.register(RunScheme)
class RunSchemeAdmin(ScopedAdmin):
    """Schemes as runs took them."""

    list_display = ("run", "category_word")
    list_filter = ("run__cycle__year", ("category", worded_filter(category_word)))
    list_select_related = ("run",)
    search_fields = ("=run__number",)
    ordering = ("-run", "category")
    fields = ("run", "category_word", "indicators_text")
    readonly_fields = ("category_word", "indicators_text")
    category_word = worded_column("category", _("category"), lambda row: category_word(row.category))
    indicators_text = readable_column("indicators", _("indicators"))

    def get_queryset(self, request):
        """Without the run's long columns."""
        return super().get_queryset(request).defer("run__parameters", "run__effects")


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
    list_display = ("at", "cycle", "run", "actor_name", "reason", "request_no")
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
