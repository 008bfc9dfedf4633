from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    """Case engine and what all cases share."""

    name = "foundation.casework"
    label = "casework"
    verbose_name = _("Cases")

    def ready(self):
        """Register the soundness check of every workflow."""
        from . import checks  # noqa: F401 - Django's own place for registration
