"""System checks of what holds in every room and no linter can see: scope, history, tasks, forms.

Each check is a plain function over what it looks at, registered below with what is installed.
"""

import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from celery import current_app
from django import forms
from django.apps import apps
from django.conf import settings
from django.core.checks import Error, register
from django.core.exceptions import FieldDoesNotExist
from django.utils.module_loading import autodiscover_modules

from .scoping import ScopedQuerySet

HISTORY = {"insert", "update", "delete"}
OF_FIXED_LENGTH = (forms.UUIDField, forms.GenericIPAddressField)


def is_own(module: str) -> bool:
    """Does the module belong to a room of this project, not to an installed package or to its tests?"""
    if module.partition(".")[0] == "tests":
        return False
    room = sys.modules.get(module.partition(".")[0])
    places = list(getattr(room, "__path__", ()))
    return bool(places) and Path(places[0]).parent == Path(settings.BASE_DIR)


# --- scope ------------------------------------------------------------------------------------------------------------
def _path_field(model, org_path: str):
    """The field at the end of an `a__b__path`, None when it leads nowhere."""
    field = None
    for name in org_path.split("__"):
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            return None
        model = field.related_model or model
    return field


def scopes_lead_to_a_path(models) -> list[Error]:
    """E001: a scoped model whose `org_path` leads to no path column would fail, or show everything, when it is asked."""
    found = []
    for model in models:
        queryset = model._default_manager._queryset_class
        if not issubclass(queryset, ScopedQuerySet):
            continue
        field = _path_field(model, queryset.org_path)
        if field is None or field.is_relation or field.name not in ("path", "org_path"):
            hint = f"Set org_path in {queryset.__name__}: the look-up of the owning unit's path."
            found.append(
                Error(f"{queryset.org_path!r} leads to no path of a unit.", hint=hint, obj=model, id="common.E001")
            )
    return found


# --- history ----------------------------------------------------------------------------------------------------------
def history_is_whole(models) -> list[Error]:
    """E002: a tracked model keeps inserts, updates and deletes; pghistory by itself leaves deletes out."""
    found = []
    for model in models:
        labels = {tracker.label for tracker in getattr(model, "pgh_trackers", None) or ()}
        if labels and labels != HISTORY:
            tracked = model.pgh_tracked_model._meta.label
            text = f"The history of {tracked} has {', '.join(sorted(labels))}."
            found.append(
                Error(text, hint="Decorate the model with audit.tracking.tracked().", obj=model, id="common.E002")
            )
    return found


# --- tasks ------------------------------------------------------------------------------------------------------------
def tasks_say_how_they_repeat(tasks, labels) -> list[Error]:
    """E003, E004: a task may come twice; its text, or its module's, says why that does no harm. Names begin with a room."""
    found = []
    for name, task in sorted(tasks.items()):
        run = getattr(task, "run", task)
        texts = f"{run.__doc__ or ''} {getattr(sys.modules.get(run.__module__), '__doc__', '') or ''}"
        if "idempotent" not in texts.lower():
            hint = "Name the unique key or the compare-and-set by which a second delivery changes nothing."
            found.append(Error(f"Task {name} does not say why it is idempotent.", hint=hint, id="common.E003"))
        if name.partition(".")[0] not in labels:
            found.append(Error(f"Task {name} is not named after its room.", id="common.E004"))
    return found


def schedule_names_tasks(schedule: dict, names) -> list[Error]:
    """E005: a misspelt name in the schedule would only show at the hour when nothing happens."""
    return [
        Error(f"The schedule {key} names the task {entry['task']!r}, which no room has.", id="common.E005")
        for key, entry in sorted(schedule.items())
        if entry["task"] not in names
    ]


# --- forms ------------------------------------------------------------------------------------------------------------
def texts_have_an_end(classes) -> list[Error]:
    """E006: every text that a person may type has a longest length."""
    return [
        Error(f"{form.__module__}.{form.__name__}.{name} has no max_length.", id="common.E006")
        for form in classes
        for name, field in form.base_fields.items()
        if isinstance(field, forms.CharField) and not isinstance(field, OF_FIXED_LENGTH) and field.max_length is None
    ]


def own_forms() -> list[type]:
    """Every form class of the rooms."""
    for config in apps.get_app_configs():
        if is_own(config.name) and find_spec(f"{config.name}.forms"):
            import_module(f"{config.name}.forms")
    found, waiting = [], [forms.BaseForm]
    while waiting:
        for each in waiting.pop().__subclasses__():
            waiting.append(each)
            if is_own(each.__module__) and hasattr(each, "base_fields"):
                found.append(each)
    return found


def own_models() -> list[type]:
    """Every model of the rooms."""
    return [model for model in apps.get_models() if is_own(model.__module__)]


def own_tasks() -> dict:
    """Every task of the rooms by its name. (Celery's own way of loading them runs the checks: it would not end.)"""
    autodiscover_modules("tasks")
    found = current_app.tasks.items()
    return {name: task for name, task in found if is_own(type(task).__module__) and not name.startswith("tests.")}


@register("common")
def check_rooms(app_configs, **kwargs):
    """All of the above over what is installed."""
    tasks = own_tasks()
    return [
        *scopes_lead_to_a_path(own_models()),
        *history_is_whole(apps.get_models()),
        *tasks_say_how_they_repeat(tasks, {config.label for config in apps.get_app_configs()}),
        *schedule_names_tasks(getattr(settings, "CELERY_BEAT_SCHEDULE", {}), tasks),
        *texts_have_an_end(own_forms()),
    ]
