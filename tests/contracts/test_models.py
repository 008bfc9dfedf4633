"""Every table keeps its history, refuses changes, or is exempted with a reason; the admin shows and never writes."""

import pytest
from django.contrib import admin
from django.contrib.admin.sites import all_sites
from django.db import connection, models
from django.test.utils import isolate_apps

from foundation.audit.registry import is_protected
from foundation.audit.tracking import RowEvent
from foundation.common.admin import ReadOnlyAdmin
from foundation.common.checks import own_models

# Tables whose rows change without history.
UNTRACKED = {
    "accounts.PastPassword": "hashes of passwords must not multiply in history",
    "assessments.RecalculationBatch": "an order to calculate: the act is an entry, its result the run",
    "assessments.RecalculationJob": "a queue: leases and attempts change every second, what counts is the run",
    "casework.CaseReading": "itself the record of who looked when; a counter's history would be a row for each look",
    "exchange.ImportChange": "itself the record of what an import changed, kept as long as its batch",
    "exchange.ImportPart": "written once beside its batch, whose digest tells whether they are still the bytes of the file",
    "exchange.ImportRow": "read from the batch's own bytes, can be read again",
    "regulations.TableVersion": "tokens for caches, no facts",
}


def has_history(model) -> bool:
    """Is every state of a row kept?"""
    return any(issubclass(event, RowEvent) for event in getattr(model, "pgh_event_models", {}).values())


def forgetful(found, exempt) -> set[str]:
    """Tables that neither keep history nor refuse changes, nor are exempted."""
    return {
        model._meta.label
        for model in found
        if not (is_protected(model) or has_history(model) or model._meta.label in exempt)
    }


def writable(site) -> set[str]:
    """Models that somebody could change in an admin site."""
    return {
        model._meta.label
        for model, each in site._registry.items()
        if not isinstance(each, ReadOnlyAdmin)
        or each.actions is not None
        or any(
            _may_write(type(each), name)
            for name in ("has_add_permission", "has_change_permission", "has_delete_permission")
        )
        or any(inline.can_delete or not _refuses(inline, each) for inline in each.inlines)
    }


def _may_write(admin_class, name) -> bool:
    return getattr(admin_class, name) is not getattr(ReadOnlyAdmin, name)


def _refuses(inline, parent) -> bool:
    made = inline(parent.model, parent.admin_site)
    return not made.has_add_permission(None, None) and not made.has_change_permission(None, None)


def test_every_table_keeps_history_or_refuses_changes():
    assert forgetful(own_models(), UNTRACKED) == set()


def test_every_exemption_is_still_needed():
    labels = {model._meta.label: model for model in own_models()}
    assert set(UNTRACKED) <= set(labels)
    assert not any(is_protected(labels[name]) or has_history(labels[name]) for name in UNTRACKED)


@isolate_apps("tests")
def test_a_table_without_history_is_found():
    class Planted(models.Model):  # noqa: DJ008 - never shown
        class Meta:
            app_label = "tests"

    assert forgetful([Planted], UNTRACKED) == {"tests.Planted"}


@pytest.mark.django_db
def test_the_database_holds_every_trigger_that_the_models_name():
    wanted = {
        (model._meta.db_table, trigger.get_pgid(model))
        for model in own_models()
        for trigger in getattr(model._meta, "triggers", [])
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE NOT tgisinternal AND tgenabled = 'O'"
        )
        held = set(cursor.fetchall())
    assert wanted - held == set()
    assert len([name for table, name in wanted if "_delete_" in name or "delete" in name]) > 10


@pytest.mark.django_db
def test_a_trigger_that_somebody_switched_off_is_seen():
    trigger, model = _one_trigger()
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE "{model._meta.db_table}" DISABLE TRIGGER "{trigger.get_pgid(model)}"')
    with pytest.raises(AssertionError):
        test_the_database_holds_every_trigger_that_the_models_name()


def _one_trigger():
    model = next(each for each in own_models() if has_history(each))
    return model._meta.triggers[0], model


def test_nobody_writes_in_the_admin():
    assert writable(admin.site) == set()


def test_an_admin_that_writes_is_found():
    site = admin.AdminSite()
    all_sites.discard(site)  # system checks look at every site that lives, and this one is wrong on purpose

    class Writing(ReadOnlyAdmin):
        def has_change_permission(self, request, obj=None):
            return True

    class Inline(admin.TabularInline):
        model = own_models()[0]

    plain, changing, inlined = own_models()[:3]
    site.register(plain, admin.ModelAdmin)
    site.register(changing, Writing)
    site.register(inlined, type("Inlined", (ReadOnlyAdmin,), {"inlines": (Inline,)}))
    assert writable(site) == {model._meta.label for model in (plain, changing, inlined)}
