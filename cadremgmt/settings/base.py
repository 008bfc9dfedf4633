"""What holds everywhere. Every value that differs between machines is read here from the environment, typed.

`DATABASE_URL` is the *application* role: it cannot change the audit tables (see docs/operations.md). Migrations
run with `DATABASE_URL` set to the owner's address.
"""

from datetime import timedelta
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

# --- where things are ------------------------------------------------------------------------------------------
DATA_DIR = Path(env.str("CADRE_DATA_DIR", default=str(BASE_DIR / ".run")))
DATABASES = {"default": env.db_url("DATABASE_URL", default="postgres:///cadre")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Pages of memory cost alike wherever they lie, and no statement of a page is worth compiling: the server's own defaults
# are those of rotating disks. Empty behind PgBouncer, which passes no options on.
DATABASE_OPTIONS = env.str("DATABASE_OPTIONS", default="-c random_page_cost=1.1 -c jit=off")
if DATABASE_OPTIONS:
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = DATABASE_OPTIONS
DATABASE_APP_ROLE = env.str("DATABASE_APP_ROLE", default="cadre_app")
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="redis://127.0.0.1:6379/0")
if env.str("CACHE_URL", default=""):
    CACHES = {"default": env.cache_url("CACHE_URL")}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MEDIA_ROOT = DATA_DIR / "media"
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static", ("guide", BASE_DIR / "docs" / "guide" / "images")]

# --- keys ------------------------------------------------------------------------------------------------------
SECRET_KEY = env.str("SECRET_KEY", default="")
FIELD_KEY = env.str("FIELD_KEY", default="")  # hex, 32 bytes: 16 for SM4, 16 for HMAC-SM3
FIELD_KEYS_OLD = env.list("FIELD_KEYS_OLD", default=[])  # former keys, until rotate_field_key has run
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
DEBUG = False

# --- rooms -----------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pghistory",
    "pgtrigger",
    "rest_framework",
    "template_partials",
    "foundation.common",
    "foundation.audit",
    "foundation.regulations",
    "foundation.organizations",
    "foundation.accounts",
    "foundation.casework",
    "foundation.exchange",
    "officials",
    "supervision",
    "tolerance",
    "assessments",
    "cadremgmt",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "foundation.audit.middleware.RequestContextMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "foundation.accounts.middleware.SessionRulesMiddleware",
    "axes.middleware.AxesMiddleware",
    "cadremgmt.middleware.DomainErrorMiddleware",
    "cadremgmt.middleware.WholeTextMiddleware",
]
ROOT_URLCONF = "cadremgmt.urls"
WSGI_APPLICATION = "cadremgmt.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "cadremgmt.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "foundation.common.form_renderer.Renderer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- people and safety -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "foundation.accounts.backends.RoleGrantBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "foundation.accounts.validators.CharacterClasses", "OPTIONS": {"at_least": 3}},
    {"NAME": "foundation.accounts.validators.NotUsedBefore"},
]
PASSWORD_MAX_AGE_DAYS = env.int("PASSWORD_MAX_AGE_DAYS", default=90)
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:sign-in"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = ["username"]  # whoever tries from wherever: the account is what is guarded
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the waiting time that the page tells stays true
AXES_LOCKOUT_CALLABLE = "foundation.accounts.views.sign_in.locked_out"
AXES_CLIENT_IP_CALLABLE = "foundation.accounts.addresses.client_address"
AXES_DISABLE_ACCESS_LOG = True  # sign-ins stand in the audit entries, which nobody can edit
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # asks to count by address as well: counting by account alone cannot be evaded
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)  # own proxies in front that append to X-Forwarded-For
DEMO_ACCOUNTS = False  # True shows accounts and their password on the sign-in page: the try-out alone
DEMO_PASSWORD = ""
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=30 * 60)
SESSION_COOKIE_AGE = 8 * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # an entry grid of 70 units and 30 indicators sends every cell, with its target
DATA_UPLOAD_MAX_NUMBER_FILES = 500  # appointment forms and photos chosen together; more come in a zip
CSRF_FAILURE_VIEW = "cadremgmt.views.errors.csrf_failed"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- language and time -----------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- history, api, tasks ---------------------------------------------------------------------------------------
PGHISTORY_APPEND_ONLY = True
CADRE_SEAL_EXPORT = env.str("CADRE_SEAL_EXPORT", default="")  # file outside the database that gets a line per seal
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "foundation.accounts.api.KeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "foundation.common.api.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "EXCEPTION_HANDLER": "foundation.common.api.exception_handler",
    "COERCE_DECIMAL_TO_STRING": True,
    "DEFAULT_VERSIONING_CLASS": "rest_framework.versioning.NamespaceVersioning",
    "DEFAULT_VERSION": "v1",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Cadre management API",
    "VERSION": "1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "cadremgmt.openapi.complete",
    ],
    "ENUM_NAME_OVERRIDES": {  # several things have a status or a step: each set of values has one name
        "CycleStatus": "assessments.choices.CycleStatus",
        "UnitAct": "foundation.organizations.choices.Act",
        "UnitKind": "foundation.organizations.choices.Kind",
        "ListKind": "officials.choices.ListKind",
        "PersonStatus": "officials.choices.Status",
        "ImportStatus": "foundation.exchange.models.BatchStatus",
        "CollectionStatus": "assessments.workflows.COLLECTION_STATES",
        "CollectionAct": "assessments.api.collections.STEPS",
        "ItemType": "assessments.choices.ItemType",
        "ItemStatus": "assessments.workflows.ITEM_STATES",
        "ItemAct": "assessments.api.items.STEPS",
        "AppealStatus": "assessments.workflows.appeal.STATES",
        "AppealAct": "assessments.api.appeals.STEPS",
        "MeasureStatus": "assessments.workflows.STATES",
        "SchemeState": "assessments.choices.SchemeState",
        "MeasureStep": "assessments.choices.MeasureStep",
        "MeasureAct": "assessments.api.measures.STEPS",
        "PublishRequestStatus": "assessments.workflows.publish_request.STATES",
        "PublishRequestAct": "assessments.api.publish_requests.STEPS",
    },
}
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 900}
CELERY_TASK_IGNORE_RESULT = True
ASSESSMENT_LEASE_SECONDS = env.int("ASSESSMENT_LEASE_SECONDS", default=120)  # a county takes well under one
# Imports: what is larger than this is read, or applied and undone, by the worker; nothing larger than this is taken at all.
IMPORT_BYTES_AT_ONCE = env.int("IMPORT_BYTES_AT_ONCE", default=500_000)
IMPORT_ROWS_AT_ONCE = env.int("IMPORT_ROWS_AT_ONCE", default=1500)
IMPORT_LARGEST_MEGABYTES = env.int("IMPORT_LARGEST_MEGABYTES", default=64)
IMPORT_LARGEST_ROWS = env.int("IMPORT_LARGEST_ROWS", default=250_000)  # of a roster, which is read row by row
CELERY_BEAT_SCHEDULE = {
    # 10 January 02:00: calculate last year's cycle of every jurisdiction (assessment-engine §6)
    "assessments-yearly": {
        "task": "assessments.start_yearly",
        "schedule": crontab(minute=0, hour=2, day_of_month=10, month_of_year=1),
    },
    "assessments-sweep": {"task": "assessments.sweep_jobs", "schedule": 15.0},
    # before work begins: whose figures are due soon or overdue
    "assessments-collections": {"task": "assessments.sweep_collections", "schedule": crontab(minute=0, hour=6)},
    "exchange-sweep": {"task": "exchange.sweep_imports", "schedule": 30.0},
    # before the alerts are swept: influence periods that ended yesterday
    "clearance-visits": {"task": "tolerance.follow_visits", "schedule": crontab(minute=20, hour=5)},
    "tolerance-visits": {"task": "tolerance.follow_case_visits", "schedule": crontab(minute=25, hour=5)},
    "identity-views": {"task": "tolerance.close_identity_views", "schedule": 300.0},
    "supervision-lift": {"task": "supervision.lift_ended", "schedule": crontab(minute=15, hour=5)},
    "supervision-conflicts": {"task": "supervision.follow_conflicts", "schedule": crontab(minute=20, hour=5)},
    "supervision-rectifications": {
        "task": "supervision.remind_rectifications",
        "schedule": crontab(minute=27, hour=5),
    },
    "supervision-matters": {
        "task": "supervision.ask_of_january",
        "schedule": crontab(minute=25, hour=5, month_of_year=1),
    },
    "alerts-sweep": {"task": "casework.sweep_alerts", "schedule": crontab(minute=30, hour=5)},
    "readings-forget": {"task": "casework.forget_readings", "schedule": crontab(minute=40, hour=3)},
    "audit-seal": {"task": "audit.seal", "schedule": 300.0},
    "audit-verify": {"task": "audit.verify", "schedule": crontab(minute=30, hour=3)},
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"axes": {"level": "WARNING"}},
}
