from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ToleranceConfig(AppConfig):
    """Fault tolerance."""

    name = "tolerance"
    verbose_name = _("Fault tolerance (容错)")
