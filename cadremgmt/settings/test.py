"""Tests: the real PostgreSQL, tasks run in place, missing template variables are errors where a test says so."""

import os

from .base import *  # noqa: F403
from .base import DATA_DIR, STORAGES

SECRET_KEY = "test-only"  # noqa: S105 - no secret: tests only
FIELD_KEY = "00112233445566778899aabbccddeeff" * 2
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MEDIA_ROOT = DATA_DIR / "test-media" / os.environ.get("PYTEST_XDIST_WORKER", "alone")
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = None  # whatever was collected here is not served: every new test client would look through it
