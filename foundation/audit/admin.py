"""The auditors' reading room: entries, seals, and the history of every tracked row."""

from operator import itemgetter

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from foundation.common.actors import told
from foundation.common.admin import ReadOnlyAdmin
from foundation.common.scoping import scope_of
from foundation.common.tasks import enqueue

from . import selectors
from .actions import label_of
from .models import Entry, Seal
from .registry import event_models
from .services.download import entries_as_csv
from .targets import kind_label

VIEW, VERIFY = "audit.view_entry", "audit.verify"
PAGE = 50


class IndexedFilter(admin.SimpleListFilter):
    """Choices of an indexed column, found without reading the table."""

    def lookups(self, request, model_admin):
        """Every value that stands in the column."""
        values = Entry.objects.system().distinct_values(self.parameter_name)
        return [(value, str(value)) for value in values if value != ""]

    def queryset(self, request, queryset):
        """Entries with the chosen value."""
        return queryset.filter(**{self.parameter_name: self.value()}) if self.value() else queryset


class ActionFilter(IndexedFilter):
    """What was done."""

    title, parameter_name = _("action"), "action"

    def lookups(self, request, model_admin):
        """Every action on record in words, in their order."""
        return _in_words(super().lookups(request, model_admin), label_of)


def _in_words(choices, label):
    """Choices of a filter by code, with their words and in the order of these."""
    return sorted(((code, label(code)) for code, _code in choices), key=itemgetter(1))


class TargetFilter(IndexedFilter):
    """To what kind of thing."""

    title, parameter_name = _("kind of object"), "target_kind"

    def lookups(self, request, model_admin):
        """Every kind on record in words, in their order."""
        return _in_words(super().lookups(request, model_admin), kind_label)


class ActorFilter(IndexedFilter):
    """By whom (user numbers with today's names)."""

    title, parameter_name = _("acting person"), "actor_id"

    def lookups(self, request, model_admin):
        """Persons who have acted, by the name of their latest entry."""
        numbers = Entry.objects.system().distinct_values("actor_id")
        latest = Entry.objects.system().filter(actor_id__in=numbers).order_by("actor_id", "-id").distinct("actor_id")
        return sorted(latest.values_list("actor_id", "actor_name"), key=lambda pair: pair[1])


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    """Entries inside the auditor's scope; rows changed by an act are shown below it."""

    list_display = ("at", "actor", "act", "target", "reason")
    fields = (
        "at",
        ("actor_name", "actor_id", "actor_roles"),
        ("act", "action"),
        ("target_kind", "target_no", "target_label"),
        "org_path",
        "reason",
        "basis",
        "rulebook_version",
        "data",
        ("request_id", "xact"),
    )
    readonly_fields = ("at", "act", "xact")
    list_filter = (("at", admin.DateFieldListFilter), ActionFilter, TargetFilter, ActorFilter)
    search_fields = ("^action", "=target_no", "target_label", "actor_name", "reason", "=request_id")
    search_help_text = _("Code of the action, number or label of the object, name, reason, or request")
    ordering = ("-id",)
    change_list_template = "audit/entry_list.html"
    change_form_template = "audit/entry_detail.html"

    def get_queryset(self, request):
        """Only what the auditor's scope holds."""
        return Entry.objects.visible_to(request.user, VIEW)

    def get_urls(self):
        """The admin's own addresses, the export, and the pages of row history."""
        door = self.admin_site.admin_view
        return [
            path("export/", door(require_POST(self.export)), name="audit_export"),
            path("rows/", door(self.tables), name="audit_tables"),
            path("rows/<str:label>/", door(self.rows), name="audit_rows"),
            path("rows/<str:label>/<str:key>/", door(self.rows), name="audit_row"),
            *super().get_urls(),
        ]

    @admin.display(description=_("acting person"), ordering="actor_name")
    def actor(self, entry):
        """Name with a link to everything the same person did."""
        if entry.actor_id is None:
            return told(entry.actor_name)
        return format_html('<a href="?actor_id={}">{}</a>', entry.actor_id, entry.actor_name)

    @admin.display(description=_("action"), ordering="action")
    def act(self, entry):
        """The action in words, its code where the mouse rests."""
        return format_html('<span title="{}">{}</span>', entry.action, label_of(entry.action))

    @admin.display(description=_("object"))
    def target(self, entry):
        """Kind, label and number; the kind's code where the mouse rests."""
        named = " ".join(filter(None, dict.fromkeys((entry.target_label, entry.target_no))))
        return format_html('<span title="{}">{}</span> {}', entry.target_kind, kind_label(entry.target_kind), named)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """One entry with the rows that its transaction changed."""
        entry = self.get_object(request, object_id)
        shown = selectors.changes_of_transaction(entry.xact) if entry and self._sees_rows(request) else []
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "changes": shown})

    def export(self, request):
        """The entries of the list as it is filtered, as csv; recorded."""
        self._require(request)
        listed = self.get_changelist_instance(request)
        lines = entries_as_csv(actor=request.user, queryset=listed.queryset.order_by("id"), filters=request.GET.dict())
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        name = f"audit-entries-{timezone.localdate():%Y%m%d}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def tables(self, request):
        """Tables whose rows have a history."""
        self._require_rows(request)
        tracked = [model.pgh_tracked_model._meta for model in event_models()]
        models = [(meta.label, meta.verbose_name_plural) for meta in tracked]
        return self._page(request, "audit/table_list.html", _("Row history"), {"models": models})

    def rows(self, request, label, key=None):
        """Latest changes of a table, or of one row, each field before and after."""
        self._require_rows(request)
        events = selectors.tracked_model(label)
        before = request.GET.get("before", "")
        if events is None or (before and not before.isdecimal()) or not _may_be_key(events.pgh_tracked_model, key):
            raise Http404
        page = {"before": int(before) if before else None, "limit": PAGE}
        changes = selectors.latest(events, **page) if key is None else selectors.history_of(events, key, **page)
        more = changes[-1].event.pgh_id if len(changes) == PAGE else None
        facts = {"changes": changes, "more": more, "tracked": events.pgh_tracked_model, "key": key}
        return self._page(request, "audit/row_list.html", events.pgh_tracked_model._meta.verbose_name_plural, facts)

    def _page(self, request, template, title, facts):
        return render(request, template, {**self.admin_site.each_context(request), "title": title, **facts})

    def _require(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _sees_rows(self, request) -> bool:
        """Rows of history carry no path: they are for auditors of the whole."""
        return scope_of(request.user, VIEW).everything

    def _require_rows(self, request):
        if not self._sees_rows(request):
            raise PermissionDenied


def _may_be_key(model, text: str | None) -> bool:
    """Could a row of the model have this key? Rows are numbered, or named by a day. None stands for all rows."""
    try:
        return text is None or model._meta.pk.to_python(text) is not None
    except ValidationError:
        return False


@admin.register(Seal)
class SealAdmin(ReadOnlyAdmin):
    """The chain of seals, and the button that has it verified."""

    list_display = ("number", "sealed_at", "rows", "from_xact", "to_xact", "digest_text")
    fields = ("number", "sealed_at", "rows", "from_xact", "to_xact", "prev_text", "digest_text", "tables_text")
    ordering = ("-number",)
    change_list_template = "audit/seal_list.html"

    def get_queryset(self, request):
        """Without the leaves, two megabytes each."""
        return super().get_queryset(request).defer("leaves")

    def get_urls(self):
        """The admin's own addresses and the button."""
        door = self.admin_site.admin_view
        return [path("verify/", door(require_POST(self.verify)), name="audit_verify"), *super().get_urls()]

    def has_module_permission(self, request):
        """Whoever may verify sees the seals."""
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        """Whoever may verify sees the seals."""
        return request.user.has_perm(VERIFY)

    def get_readonly_fields(self, request, obj=None):
        """All of them."""
        return self.fields

    @admin.display(description=_("digest"))
    def digest_text(self, seal):
        """Hexadecimal."""
        return bytes(seal.digest).hex()

    @admin.display(description=_("digest before"))
    def prev_text(self, seal):
        """Hexadecimal."""
        return bytes(seal.prev).hex()

    @admin.display(description=_("tables"))
    def tables_text(self, seal):
        """Each table with the number of its sealed rows."""
        return format_html_join(mark_safe("<br>"), "{}: {}", ((part["table"], part["rows"]) for part in seal.tables))

    def verify(self, request):
        """Have the trail verified; the result comes as an entry."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        enqueue("audit.verify", request.user.pk)
        messages.info(request, _("The verification has been started. Its result will stand among the entries."))
        return redirect(reverse("admin:audit_seal_changelist"))
