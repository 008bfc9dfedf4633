"""Years, schemes and indicators in the reading room."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from foundation.common.admin import ReadOnlyInline, ScopedAdmin, readable_column, worded_column, worded_filter
from foundation.organizations.words import category_word

from ..models import Cycle, Indicator, Publication, Scheme, SchemeAmendment


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


class AmendmentInline(ReadOnlyInline):
    """Amendments of the scheme."""

    model = SchemeAmendment
    ordering = ("-number",)
    fields = ("number", "at", "document_no", "reason", "actor_name", "version")


@admin.register(Scheme)
class SchemeAdmin(ScopedAdmin):
    """Schemes with their parameters and amendments."""

    list_display = (
        "cycle", "category_word", "state", "issued_on", "document_no", "issuer_name", "version", "bottom_mode",
        "bottom_value",
    )  # fmt: skip
    list_filter = ("cycle__year", "state", ("category", worded_filter(category_word)), "bottom_mode")
    list_select_related = ("cycle__jurisdiction",)
    search_fields = ("=cycle__jurisdiction__code", "cycle__jurisdiction__name", "category", "document_no")
    ordering = ("-cycle__year", "cycle", "category")
    inlines = (AmendmentInline,)
    category_word = worded_column("category", _("category"), lambda row: category_word(row.category))


@admin.register(SchemeAmendment)
class SchemeAmendmentAdmin(ScopedAdmin):
    """Amendments with the whole scheme before and after."""

    list_display = ("scheme", "number", "at", "document_no", "reason", "actor_name", "version")
    list_filter = ("scheme__cycle__year", ("scheme__category", worded_filter(category_word)))
    list_select_related = ("scheme__cycle",)
    search_fields = ("document_no", "reason", "actor_name", "=scheme__cycle__jurisdiction__code")
    date_hierarchy = "at"
    ordering = ("-pk",)
    fields = (
        "scheme", "number", "at", "document_no", "reason", "actor_name", "version", "before_text", "after_text",
    )  # fmt: skip
    readonly_fields = ("before_text", "after_text")
    before_text = readable_column("before", _("scheme before"))
    after_text = readable_column("after", _("scheme after"))

    def get_queryset(self, request):
        """The list reads neither document."""
        return super().get_queryset(request).defer("before", "after")


@admin.register(Indicator)
class IndicatorAdmin(ScopedAdmin):
    """Indicators with method and weight."""

    list_display = ("year", "category", "code", "name", "group", "weight", "method", "direction", "responsible")
    list_filter = ("scheme__cycle__year", ("scheme__category", worded_filter(category_word)), "method")
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
        return category_word(leaf.scheme.category)
