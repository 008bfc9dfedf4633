"""The admin is a reading room: auditors look, nobody writes."""

import json
from collections.abc import Callable
from inspect import isclass

from django.contrib import admin
from django.core.paginator import Paginator
from django.core.serializers.json import DjangoJSONEncoder
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from .scoping import scope_of

# Endings with which the admin's own filters ask.
FILTER_ENDINGS = frozenset(
    {"exact", "gt", "gte", "lt", "lte", "in", "isnull", "isempty", "year", "month", "day", "id", "pk"}
)


class CappedPaginator(Paginator):
    """Counts no further than `most` rows: counting millions would cost more than the page. Filters lead beyond."""

    most = 20_000

    @cached_property
    def count(self):
        """Number of rows, at most `most`."""
        return self.object_list.order_by()[: self.most].count()


class ReadOnlyAdmin(admin.ModelAdmin):
    """Shows every field, changes none. Viewing needs the model's `view_…` permission."""

    actions = None
    list_per_page = 50
    show_full_result_count = False
    paginator = CappedPaginator

    def has_add_permission(self, request, obj=None):
        """Never: rows come from services."""
        return False

    def has_change_permission(self, request, obj=None):
        """Never: rows come from services."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Never: nothing is deleted."""
        return False

    def lookup_allowed(self, lookup, value, request=None):
        """Only what the shown filters ask: any other look-up would let one guess a value that is not shown."""
        for item in (*self.get_list_filter(request), self.date_hierarchy):
            name = item[0] if isinstance(item, list | tuple) else getattr(item, "parameter_name", None) or item
            if isclass(name) or not name:
                continue
            ending = lookup.removeprefix(name)
            if ending != lookup and FILTER_ENDINGS.issuperset(part for part in ending.split("__") if part):
                return True
        return False

    def history_view(self, request, object_id, extra_context=None):
        """The row's recorded states; the admin's own log knows nothing, since the admin changes nothing."""
        if hasattr(self.model, "pgh_event_models"):
            return redirect("admin:audit_row", self.model._meta.label, object_id)
        self.message_user(request, _("There is no history: rows of this table never change."))
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", object_id)


class ScopedAdmin(ReadOnlyAdmin):
    """Only rows inside the reader's scope for the model's `view_…` permission.

    `org_path` names the column with the owning unit's path for models whose queryset knows none.
    """

    org_path = ""

    @property
    def view_permission(self) -> str:
        """The permission that opens the model."""
        return f"{self.opts.app_label}.view_{self.opts.model_name}"

    def get_queryset(self, request):
        """Rows inside the scope."""
        found = super().get_queryset(request)
        if self.org_path:
            return found.filter(scope_of(request.user, self.view_permission).as_q(self.org_path))
        return found.visible_to(request.user, self.view_permission)


class ReadOnlyInline(admin.TabularInline):
    """Rows that belong to the row shown; read-only like everything here."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        """Never: rows come from services."""
        return False

    def has_change_permission(self, request, obj=None):
        """Never: rows come from services."""
        return False


def readable(value):
    """JSON for people: a list one item a line, a mapping one entry a line."""
    if value in (None, [], {}):
        return "—"
    if isinstance(value, list):
        lines = [_line(item) for item in value]
    elif isinstance(value, dict):
        lines = [f"{name}: {_line(item)}" for name, item in value.items()]
    else:
        lines = [_line(value)]
    return format_html("<pre>{}</pre>", "\n".join(lines))


def _line(value) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)


def worded_column(name: str, label, words: Callable[..., str]):
    """A column of a list that shows `words(row)` in place of the code in the field `name`, by which it is ordered."""

    @admin.display(description=label, ordering=name)
    def shown(model_admin, row):
        return words(row) or None

    return shown


def worded_filter(words: Callable[[str], str]) -> type:
    """The usual filter over the values of a column, each named by `words(value)` in place of its code."""

    class Worded(admin.AllValuesFieldListFilter):
        """Values that stand in the column, in words."""

        def choices(self, changelist):
            """All, then each value."""
            everything, *values = super().choices(changelist)
            yield everything
            for choice in values:
                yield choice | {"display": words(choice["display"]) if choice["display"] else choice["display"]}

    return Worded


def readable_column(name: str, label):
    """A field of an admin that shows the JSON column `name` readably."""

    @admin.display(description=label)
    def shown(model_admin, row):
        return readable(getattr(row, name))

    return shown
