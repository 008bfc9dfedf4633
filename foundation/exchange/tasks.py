"""Tasks: an id in, one service call. Idempotent by the lock on the batch and its order, which the act itself takes away."""

from celery import shared_task

from .services import queue


@shared_task(name="exchange.carry_out", acks_late=True)
def carry_out(batch_pk: int):
    """Do the act that is ordered for one import batch."""
    return queue.carry_out(batch_pk)


@shared_task(name="exchange.sweep_imports")
def sweep_imports():
    """Wake ordered acts whose worker died or whose message was lost."""
    return queue.sweep()
