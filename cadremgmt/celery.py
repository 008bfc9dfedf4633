"""The Celery application. Tasks live in each room's `tasks.py`, take ids and call one service."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cadremgmt.settings.try_out")
app = Celery("cadremgmt")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
