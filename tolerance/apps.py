from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ToleranceConfig(AppConfig):
    """Shelter: fault tolerance, clearance."""

    name = "tolerance"
    verbose_name = _("Fault tolerance (容错)")

    def ready(self):
        """Register this room's kinds of cases and of effects."""
        from .services import cases, kinds_records  # noqa: F401 - Django's own place for registration
