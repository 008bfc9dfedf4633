"""What shelter does by the clock."""

from celery import shared_task

from foundation.common.actors import SystemActor

from .services.clearance_effects import follow_visits


@shared_task(name="tolerance.follow_visits")
def follow_clearance_visits():
    """Every night: clearances whose visits have been made move on. Idempotent: what has moved is not moved again."""
    return follow_visits(actor=SystemActor("sweep"))
