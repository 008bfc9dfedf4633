"""What `manage.py check` refuses in every room: each check is shown to find what is planted."""

import pghistory
import pytest
from django import forms
from django.core.checks import run_checks
from django.db import models
from django.test.utils import isolate_apps

from foundation.common import checks
from foundation.common.scoping import ScopedQuerySet

pytestmark = pytest.mark.unit


class Elsewhere(ScopedQuerySet):
    org_path = "unit__path"


def text_form(**fields):
    return type("Planted", (forms.Form,), fields)


def task(doc, module=__name__):
    def run():
        return None

    run.__doc__, run.__module__ = doc, module
    return run


def ids(found):
    return [error.id for error in found]


def test_the_rooms_pass_every_check():
    assert [error for error in run_checks() if not error.is_silenced()] == []


def test_the_checks_look_at_something():
    assert {"audit.seal", "assessments.calculate_job"} <= set(checks.own_tasks())
    assert {"SignInForm", "UploadForm", "NoticeForm"} <= {form.__name__ for form in checks.own_forms()}
    assert {"Organization", "Measure", "User"} <= {model.__name__ for model in checks.own_models()}


@isolate_apps("tests")
def test_a_scope_that_leads_nowhere_is_found():
    class Planted(models.Model):  # noqa: DJ008 - never shown
        name = models.CharField(max_length=5)
        objects = Elsewhere.as_manager()

        class Meta:
            app_label = "tests"

    class Wrong(models.Model):  # noqa: DJ008 - never shown
        organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT)
        objects = type("Named", (ScopedQuerySet,), {"org_path": "organization"}).as_manager()

        class Meta:
            app_label = "tests"

    assert ids(checks.scopes_lead_to_a_path([Planted, Wrong])) == ["common.E001", "common.E001"]


def test_a_history_without_deletions_is_found():
    planted = type(
        "PlantedEvent",
        (),
        {
            "pgh_trackers": (pghistory.InsertEvent(), pghistory.UpdateEvent()),
            "pgh_tracked_model": checks.own_models()[0],
        },
    )
    whole = type("Whole", (), {"pgh_trackers": (*planted.pgh_trackers, pghistory.DeleteEvent())})
    assert ids(checks.history_is_whole([planted, whole])) == ["common.E002"]


def test_a_task_that_does_not_say_why_it_may_come_twice_is_found():
    tasks = {"audit.good": task("Idempotent by the seal's number."), "audit.bad": task("Sends a letter.")}
    assert ids(checks.tasks_say_how_they_repeat(tasks, {"audit"})) == ["common.E003"]


def test_a_task_of_no_room_is_found():
    assert ids(checks.tasks_say_how_they_repeat({"send": task("Idempotent.")}, {"audit"})) == ["common.E004"]


def test_a_schedule_of_a_task_that_does_not_exist_is_found():
    schedule = {"nightly": {"task": "audit.sael"}, "hourly": {"task": "audit.seal"}}
    assert ids(checks.schedule_names_tasks(schedule, {"audit.seal"})) == ["common.E005"]


def test_an_endless_text_of_a_form_is_found():
    planted = text_form(reason=forms.CharField(), number=forms.IntegerField(), key=forms.UUIDField())
    assert ids(checks.texts_have_an_end([planted])) == ["common.E006"]
    assert checks.texts_have_an_end([text_form(reason=forms.CharField(max_length=200))]) == []
