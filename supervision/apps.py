from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupervisionConfig(AppConfig):
    """Supervision of cadres."""

    name = "supervision"
    verbose_name = _("Supervision (干部监督)")
