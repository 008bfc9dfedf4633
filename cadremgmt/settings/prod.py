"""Production: refuses to start on a missing key, host or address; TLS ends at the proxy before it."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS, FIELD_KEY, SECRET_KEY, env

for _name in ("SECRET_KEY", "FIELD_KEY", "DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL"):
    if not env.str(_name, default=""):
        raise ImproperlyConfigured(f"{_name} must be set in production, see docs/operations.md")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the site's hosts, see docs/operations.md")
if len(SECRET_KEY) < 50 or len(FIELD_KEY) != 64:
    raise ImproperlyConfigured("SECRET_KEY needs 50 characters, FIELD_KEY 64 hexadecimal digits")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
