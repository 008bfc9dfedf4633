"""Information sets around a person."""

from django.contrib import admin

from foundation.common.admin import ScopedAdmin

from ..models import (
    AnnualRating,
    Award,
    Contact,
    Education,
    Entrance,
    Exit,
    FamilyMember,
    FormDetails,
    Photo,
    ProfessionalTitle,
    Retirement,
)


class SetAdmin(ScopedAdmin):
    """Rows of one information set, the person first."""

    list_select_related = ("official",)
    search_fields = ("official__name", "official__sort_key")
    ordering = ("official", "pk")


@admin.register(Education)
class EducationAdmin(SetAdmin):
    """Education and degrees."""

    list_display = ("official", "mode", "education", "degree", "school", "subject", "ends_text")
    list_filter = ("mode", "education")


@admin.register(ProfessionalTitle)
class ProfessionalTitleAdmin(SetAdmin):
    """Professional titles."""

    list_display = ("official", "title", "acquired_text", "route", "body")


@admin.register(Award)
class AwardAdmin(SetAdmin):
    """Awards and sanctions."""

    list_display = ("official", "label", "is_sanction", "approved_text", "approved_by", "revoked_text")
    list_filter = ("is_sanction",)


@admin.register(AnnualRating)
class AnnualRatingAdmin(SetAdmin):
    """Conclusions of annual assessments."""

    list_display = ("official", "year", "grade")
    list_filter = ("year", "grade")


@admin.register(FamilyMember)
class FamilyMemberAdmin(SetAdmin):
    """Family members; their numbers masked."""

    list_display = ("official", "relation", "name", "birth_text", "politics", "work", "id_masked")
    list_filter = ("relation",)
    fields = ("official", "sort", "relation", "name", "birth_text", "politics", "work", "id_masked")


@admin.register(Entrance)
class EntranceAdmin(SetAdmin):
    """How people came in."""

    list_display = ("official", "entered_text", "method", "former_unit", "former_post")


@admin.register(Exit)
class ExitAdmin(SetAdmin):
    """How people left."""

    list_display = ("official", "method", "left_on", "to_unit", "document_no")
    list_filter = ("method",)


@admin.register(Retirement)
class RetirementAdmin(SetAdmin):
    """Retirements."""

    list_display = ("official", "kind", "approved_on", "former_level", "managed_by")
    list_filter = ("kind",)


@admin.register(Contact)
class ContactAdmin(SetAdmin):
    """Contacts without the encrypted numbers."""

    list_display = ("official", "office_phone", "email", "office_address")
    fields = ("official", "office_address", "office_phone", "email", "address", "postcode")


@admin.register(Photo)
class PhotoAdmin(SetAdmin):
    """Which photo stands since when; the picture itself stands on the person's page."""

    list_display = ("official", "set_at")
    fields = ("official", "sha256", "set_at")


@admin.register(FormDetails)
class FormDetailsAdmin(SetAdmin):
    """What only the appointment form says."""

    list_display = ("official", "proposed_post", "removed_post", "reported_by", "filled_text")
