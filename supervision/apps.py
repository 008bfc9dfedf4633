from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupervisionConfig(AppConfig):
    """Supervision of cadres."""

    name = "supervision"
    verbose_name = _("Supervision (干部监督)")

    def ready(self):
        """Register this room's kinds of cases."""
        from .services import alerts, handlings  # noqa: F401 - Django's own place for registration
