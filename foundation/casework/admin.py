"""What all kinds of cases share, in the reading room of the auditors."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.common.admin import ReadOnlyAdmin, ScopedAdmin, readable_column, worded_column, worded_filter
from foundation.common.scoping import scope_of

from .messages import text_of
from .models import Alert, Attachment, CaseEvent, CaseReading, Deadline, Notice
from .registry import kinds
from .words import any_step_word, degree_word, kind_word, state_word, step_word


class CasePartAdmin(ReadOnlyAdmin):
    """Parts of cases name their case by kind and number: they are seen with the case itself."""

    def get_queryset(self, request):
        """Parts of cases that the reader may view."""
        found = super().get_queryset(request)
        meta = self.opts
        if scope_of(request.user, f"{meta.app_label}.view_{meta.model_name}").everything:
            return found
        seen = Q(pk__in=[])
        for kind in kinds():
            case = kind.model._meta
            cases = kind.model.objects.visible_to(request.user, f"{case.app_label}.view_{case.model_name}")
            seen |= Q(kind=kind.flow.kind, case_no__in=cases.values("case_no"))
        return found.filter(seen)


@admin.register(CaseEvent)
class CaseEventAdmin(CasePartAdmin):
    """Every move of every case."""

    list_display = ("at", "case_no", "seq", "action_word", "from_word", "to_word", "actor_name", "reason")
    list_filter = (("kind", worded_filter(kind_word)), ("action", worded_filter(any_step_word)))
    search_fields = ("=case_no", "actor_name", "reason")
    date_hierarchy = "at"
    ordering = ("-at", "-pk")
    fields = (
        "kind_word",
        "case_no",
        "seq",
        "action_word",
        "from_word",
        "to_word",
        "at",
        "actor_name",
        "reason",
        "data_text",
    )
    readonly_fields = ("kind_word", "action_word", "from_word", "to_word", "data_text")
    kind_word = worded_column("kind", _("kind"), lambda event: kind_word(event.kind))
    action_word = worded_column("action", _("action"), lambda event: step_word(event.kind, event.action))
    from_word = worded_column(
        "from_status", _("status before"), lambda event: state_word(event.kind, event.from_status)
    )
    to_word = worded_column("to_status", _("status after"), lambda event: state_word(event.kind, event.to_status))
    data_text = readable_column("data", _("details"))


@admin.register(Deadline)
class DeadlineAdmin(CasePartAdmin):
    """Clocks of cases with the rule and calendar they were computed by."""

    list_display = ("case_no", "step_word", "starts_on", "due_on", "rule_id", "is_estimated", "closed_at")
    list_filter = (
        ("kind", worded_filter(kind_word)),
        ("step", worded_filter(any_step_word)),
        "is_estimated",
        ("closed_at", admin.EmptyFieldListFilter),
    )
    search_fields = ("=case_no", "rule_id")
    date_hierarchy = "due_on"
    ordering = ("-due_on", "pk")
    step_word = worded_column("step", _("step"), lambda clock: step_word(clock.kind, clock.step))


@admin.register(Attachment)
class AttachmentAdmin(CasePartAdmin):
    """Papers of cases: their facts and fingerprint, not their bytes."""

    list_display = ("case_no", "part", "name", "content_type", "size", "added_at", "added_by_name", "withdrawn_at")
    list_filter = (("kind", worded_filter(kind_word)), "content_type", ("withdrawn_at", admin.EmptyFieldListFilter))
    search_fields = ("=case_no", "name", "=sha256")
    date_hierarchy = "added_at"
    ordering = ("-added_at", "pk")
    fields = (
        "kind", "case_no", "part", "name", "content_type", "size", "sha256", "added_at", "added_by_name", "withdrawn_at",
        "withdrawn_by_name",
    )  # fmt: skip
    readonly_fields = ("added_at",)


@admin.register(CaseReading)
class CaseReadingAdmin(CasePartAdmin):
    """Who has looked at which confidential case."""

    list_display = ("last_at", "reader_name", "kind_word", "case_no", "first_at", "times")
    list_filter = (("kind", worded_filter(kind_word)),)
    search_fields = ("=case_no", "reader_name")
    date_hierarchy = "last_at"
    ordering = ("-last_at", "-pk")
    kind_word = worded_column("kind", _("kind"), lambda reading: kind_word(reading.kind))


@admin.register(Notice)
class NoticeAdmin(ScopedAdmin):
    """What staff were told, in the reader's words."""

    list_display = ("created_at", "organization", "told", "degree", "resolved_at")
    list_filter = (("severity", worded_filter(degree_word)), ("resolved_at", admin.EmptyFieldListFilter))
    list_select_related = ("organization",)
    search_fields = ("key", "=organization__code", "organization__name")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "pk")
    fields = ("organization", "told", "permission", "degree", "key", "message", "url", "created_at", "resolved_at")
    readonly_fields = ("told", "degree", "created_at")
    degree = worded_column("severity", _("degree"), lambda notice: degree_word(notice.severity))

    @admin.display(description=_("text"))
    def told(self, notice):
        """The text of the notice."""
        return text_of(notice.message, notice.params)


@admin.register(Alert)
class AlertAdmin(ScopedAdmin):
    """Every alert with who has it and how it ended."""

    list_display = ("due_on", "organization", "subject", "kind", "degree", "status", "claimed_by_name", "is_given")
    list_filter = ("kind", ("severity", worded_filter(degree_word)), "status", "is_given", "is_estimated")
    list_select_related = ("organization",)
    search_fields = ("=key", "subject", "=organization__code")
    date_hierarchy = "due_on"
    ordering = ("due_on", "pk")
    fields = (
        "kind", "key", "organization", "subject", "told", "severity", "due_on", "rule_id", "rulebook_version",
        "is_estimated", "permission", "raised_on", "status", "claimed_by_name", "snoozed_until", "snooze_reason",
        "closing_text", "closed_by_name", "closed_at",
    )  # fmt: skip
    readonly_fields = ("told",)
    degree = worded_column("severity", _("degree"), lambda alert: degree_word(alert.severity))

    @admin.display(description=_("text"))
    def told(self, alert):
        """The text of the alert."""
        return alert.text
