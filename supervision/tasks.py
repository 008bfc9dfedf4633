"""What supervision does by the clock."""

from celery import shared_task
from django.utils import timezone

from foundation.common.actors import SystemActor

from .services.handlings import lift_ended


@shared_task(name="supervision.lift_ended")
def lift_ended_handlings():
    """Every night: what has ended by itself is lifted. Idempotent: a lifted decision is in force no more."""
    return lift_ended(actor=SystemActor("sweep"), day=timezone.localdate())
