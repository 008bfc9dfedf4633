"""What shelter does by the clock."""

from celery import shared_task

from foundation.common.actors import SystemActor

from .services.case_visits import follow_case_visits
from .services.clearance_effects import follow_visits
from .services.identity_looks import close_ended


@shared_task(name="tolerance.follow_visits")
def follow_clearance_visits():
    """Every night: clearances whose visits have been made move on. Idempotent: what has moved is not moved again."""
    return follow_visits(actor=SystemActor("sweep"))


@shared_task(name="tolerance.follow_case_visits")
def follow_tolerance_visits():
    """Every night: filed cases of fault tolerance whose visits have been made are closed. Idempotent: what is closed stays."""
    return follow_case_visits(actor=SystemActor("sweep"))


@shared_task(name="tolerance.close_identity_views")
def close_identity_views():
    """Every few minutes: views of informers' identities whose time is over are closed. Idempotent: what is closed stays closed."""
    return close_ended()
