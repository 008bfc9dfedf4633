"""People and the posts they held in the reading room of the auditors. Identity numbers are shown masked, never else."""

from django.contrib import admin

from foundation.common.admin import ReadOnlyInline, ScopedAdmin

from .models import Official, PostHolding


class HoldingInline(ReadOnlyInline):
    """Posts that the person held."""

    model = PostHolding
    ordering = ("-starts_on",)

    def get_queryset(self, request):
        """With post and unit, so that a long career costs no more queries."""
        return super().get_queryset(request).select_related("post__organization")


@admin.register(Official)
class OfficialAdmin(ScopedAdmin):
    """People by pinyin."""

    list_display = ("name", "id_masked", "birth_on", "home", "left_note")
    list_select_related = ("home",)
    search_fields = ("name", "sort_key", "=home__code", "home__name")
    ordering = ("sort_key", "pk")
    fields = ("name", "sort_key", "id_masked", "birth_on", "home", "left_note")
    inlines = (HoldingInline,)


@admin.register(PostHolding)
class PostHoldingAdmin(ScopedAdmin):
    """Who held which post from when to when."""

    list_display = ("official", "post", "unit", "is_main", "starts_on", "ends_on", "document_no")
    list_filter = ("is_main",)
    list_select_related = ("official", "post__organization")
    search_fields = ("official__name", "official__sort_key", "post__title", "=post__organization__code")
    date_hierarchy = "starts_on"
    ordering = ("-starts_on", "pk")

    @admin.display(
        description=PostHolding._meta.get_field("post").related_model._meta.get_field("organization").verbose_name
    )
    def unit(self, holding):
        """Unit of the post."""
        return holding.post.organization
