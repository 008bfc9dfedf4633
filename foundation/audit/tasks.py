"""Sealing and verifying by the clock."""

from celery import shared_task
from django.contrib.auth import get_user_model

from foundation.common.actors import SystemActor

from .services import seals, verification


@shared_task(name="audit.seal")
def seal():
    """Seal what has been written since the last seal. Idempotent: a window of transactions is sealed once."""
    seals.seal_now()


@shared_task(name="audit.verify")
def verify(user_id=None):
    """Verify the whole trail and record the result; for a user who asked, or for the clock.

    Idempotent but for the result itself: nothing else is written, and a second delivery records what it found anew.
    """
    actor = get_user_model().objects.get(pk=user_id) if user_id else SystemActor("schedule")
    verification.verify_and_record(actor=actor)
