"""System checks of append-only models, each shown to fail on a planted mistake."""

import pgtrigger
import pytest
from django.db import models
from django.test.utils import isolate_apps

from foundation.audit import checks
from foundation.audit.models import append_only


def ids(model):
    return [problem.id for problem in checks._problems(model)]


def test_the_projects_models_are_in_order():
    assert checks.check_protected_models(None) == []


@isolate_apps("foundation.audit")
def test_a_model_without_transaction_number_key_or_trigger_is_named():
    class Careless(models.Model):
        code = models.CharField(primary_key=True, max_length=5)

        class Meta:
            app_label = "audit"

        def __str__(self):
            return self.code

    assert ids(Careless) == ["audit.E001", "audit.E002", "audit.E003"]


@pytest.mark.parametrize(
    ("trigger", "good"),
    [
        (append_only(), True),
        (pgtrigger.Protect(name="immutable", operation=pgtrigger.Delete | pgtrigger.Update), True),
        (pgtrigger.Protect(name="half", operation=pgtrigger.Update), False),
        (
            pgtrigger.Protect(
                name="sometimes",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.id > 1"),
            ),
            False,
        ),
        (pgtrigger.ReadOnly(name="other"), False),
    ],
)
def test_only_a_trigger_that_refuses_every_change_counts(trigger, good):
    assert checks._refuses_changes(trigger) is good
