"""Sweeps by the clock and on change."""

from celery import shared_task
from django.utils import timezone

from foundation.common.actors import SystemActor
from foundation.organizations.models import Organization

from .followers import follow_person
from .services import alert_sweep, readings


@shared_task(name="casework.sweep_alerts")
def sweep_alerts():
    """Every night. Idempotent: an alert is one row by its unique key, and the same facts change nothing."""
    return alert_sweep.sweep(timezone.localdate())


@shared_task(name="casework.sweep_kind")
def sweep_kind(code: str, person: int | None = None, organization: int | None = None):
    """After a change: one kind of alert, about one person or one unit. Idempotent as the nightly sweep is."""
    unit = Organization.objects.system().get(pk=organization) if organization else None
    return alert_sweep.sweep(timezone.localdate(), [code], person=person, organization=unit)


@shared_task(name="casework.sweep_person")
def sweep_person(person: int):
    """After a change of a person's record: what rooms compute about the person, then all kinds. Idempotent as at night."""
    day = timezone.localdate()
    follow_person(person, day)
    return alert_sweep.sweep(day, person=person)


@shared_task(name="casework.forget_readings")
def forget_readings():
    """Every night: who has read which case is kept for so long and no longer. Idempotent: what is gone is gone."""
    return readings.forget_readings(actor=SystemActor("readings"), day=timezone.localdate())
