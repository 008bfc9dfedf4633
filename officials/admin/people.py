"""People, the posts and the ranks they held."""

from django.contrib import admin

from foundation.common.admin import ReadOnlyInline, ScopedAdmin, worded_column, worded_filter

from ..choices import Sex, Status
from ..models import (
    AnnualRating,
    Award,
    Education,
    FamilyMember,
    Official,
    PostHolding,
    RankHolding,
)


class HoldingInline(ReadOnlyInline):
    """Posts that the person held."""

    model = PostHolding
    ordering = ("-starts_on",)
    fields = ("post", "unit_text", "title_text", "is_main", "starts_on", "ends_on", "document_no", "note")

    def get_queryset(self, request):
        """With post and unit, so that a long career costs no more queries."""
        return super().get_queryset(request).select_related("post__organization")


class RankInline(ReadOnlyInline):
    """Ranks and levels that the person held."""

    model = RankHolding
    ordering = ("-starts_on",)


class EducationInline(ReadOnlyInline):
    """Education and degrees."""

    model = Education


class AwardInline(ReadOnlyInline):
    """Awards and sanctions."""

    model = Award


class RatingInline(ReadOnlyInline):
    """Conclusions of annual assessments."""

    model = AnnualRating


class FamilyInline(ReadOnlyInline):
    """Family members; their numbers masked."""

    model = FamilyMember
    fields = ("relation", "name", "birth_text", "politics", "work", "id_masked", "sort")


# Everything that is not encrypted or a key for looking something up.
SHOWN = tuple(
    field.name
    for field in Official._meta.concrete_fields
    if field.name not in ("id", "id_cipher", "id_hash", "phone_cipher", "grams")
)


_field = Official._meta.get_field


def status_word(code: str) -> str:
    """Where a person stands, in words."""
    return str(dict(Status.choices).get(code, code))


def sex_word(code: str) -> str:
    """Sex in words."""
    return str(dict(Sex.choices).get(code, code))


@admin.register(Official)
class OfficialAdmin(ScopedAdmin):
    """People by pinyin."""

    list_display = (
        "name",
        "id_masked",
        "birth_on",
        "home",
        "rank",
        "status_word",
        "left_note",
        "trashed_at",
    )
    list_filter = (
        ("status", worded_filter(status_word)),
        ("sex", worded_filter(sex_word)),
        "ethnicity",
        "politics",
        ("trashed_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("home",)
    search_fields = ("name", "sort_key", "=home__code", "home__name")
    ordering = ("sort_key", "pk")
    fields = tuple({"status": "status_word", "sex": "sex_word"}.get(name, name) for name in SHOWN)
    readonly_fields = ("status_word", "sex_word")
    status_word = worded_column("status", _field("status").verbose_name, lambda person: status_word(person.status))
    sex_word = worded_column("sex", _field("sex").verbose_name, lambda person: sex_word(person.sex))
    inlines = (HoldingInline, RankInline, EducationInline, AwardInline, RatingInline, FamilyInline)


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


@admin.register(RankHolding)
class RankHoldingAdmin(ScopedAdmin):
    """Who held which rank or level from when to when."""

    list_display = ("official", "label", "is_rank", "starts_on", "ends_on", "document_no")
    list_filter = ("is_rank", "label")
    list_select_related = ("official",)
    search_fields = ("official__name", "official__sort_key", "label")
    ordering = ("-starts_on", "pk")
