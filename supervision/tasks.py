"""What supervision does by the clock."""

from celery import shared_task
from django.utils import timezone

from foundation.common.actors import SystemActor

from .services.conflicts import follow_conflicts
from .services.handlings import lift_ended
from .services.matters import ask_of_january
from .services.rectifications import remind_rectifications


@shared_task(name="supervision.lift_ended")
def lift_ended_handlings():
    """Every night: what has ended by itself is lifted. Idempotent: a lifted decision is in force no more."""
    return lift_ended(actor=SystemActor("sweep"), day=timezone.localdate())


@shared_task(name="supervision.follow_conflicts")
def follow_all_conflicts():
    """Every night: conflicts of avoidance follow family lists and posts. Idempotent: the same conflict is one case."""
    return follow_conflicts(actor=SystemActor("sweep"), day=timezone.localdate())


@shared_task(name="supervision.ask_of_january")
def ask_reports_of_january():
    """Every night in January: who must report personal matters is asked. Idempotent: one yearly report of a person."""
    return ask_of_january(actor=SystemActor("sweep"), day=timezone.localdate())


@shared_task(name="supervision.remind_rectifications")
def remind_of_rectifications():
    """Every night: rectifications that are due soon. Idempotent: each is told once."""
    return remind_rectifications(day=timezone.localdate())
