"""The rulebook in the reading room of the auditors."""

from django.contrib import admin

from foundation.common.admin import ReadOnlyAdmin

from .models import CalendarDay, CodeRow, CodeTable, Rule, RuleOverride, RuleValue


class ValueInline(admin.TabularInline):
    """Values of a rule by day."""

    model = RuleValue
    extra = 0
    ordering = ("starts_on",)
    can_delete = False

    def has_add_permission(self, request, obj=None):
        """Never: values come from the files."""
        return False

    def has_change_permission(self, request, obj=None):
        """Never: values come from the files."""
        return False


@admin.register(Rule)
class RuleAdmin(ReadOnlyAdmin):
    """Rules with their values."""

    list_display = ("code", "about_zh", "unit", "used_by", "ended_on")
    list_filter = ("used_by", "unit", "values__confidence")
    search_fields = ("code", "about_zh", "about_en", "values__law")
    ordering = ("sort", "code")
    inlines = (ValueInline,)


@admin.register(RuleOverride)
class RuleOverrideAdmin(ReadOnlyAdmin):
    """Local settings."""

    list_display = ("rule", "jurisdiction", "value", "starts_on", "ends_on", "decided_by", "created_at")
    list_select_related = ("rule",)
    search_fields = ("rule__code", "basis")
    ordering = ("-created_at",)


@admin.register(CodeTable)
class CodeTableAdmin(ReadOnlyAdmin):
    """Code tables."""

    list_display = ("code", "label_zh", "label_en", "source_note")
    search_fields = ("code", "label_zh", "label_en")
    ordering = ("code",)


@admin.register(CodeRow)
class CodeRowAdmin(ReadOnlyAdmin):
    """Codes."""

    list_display = ("table", "code", "label_zh", "label_en", "parent_code", "enabled")
    list_select_related = ("table",)
    list_filter = ("enabled", "table")
    search_fields = ("code", "label_zh", "label_en")
    ordering = ("table__code", "sort")


@admin.register(CalendarDay)
class CalendarDayAdmin(ReadOnlyAdmin):
    """Working days and days off."""

    list_display = ("date", "is_working", "name", "source", "confidence", "basis")
    list_filter = ("source", "is_working")
    date_hierarchy = "date"
    ordering = ("-date",)
