"""The house's top floor: settings, addresses, API root, Celery, home page and inbox."""

from .celery import app as celery_app

__all__ = ["celery_app"]
