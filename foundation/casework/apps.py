from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    """Case engine and what all cases share."""

    name = "foundation.casework"
    label = "casework"
    verbose_name = _("Cases")

    def ready(self):
        """Register the soundness check of every workflow, and the alerts that follow from the clocks of cases."""
        from . import checks  # noqa: F401 - Django's own place for registration
        from .alert_kinds import add_kind_source
        from .selectors.deadline_alerts import deadline_kinds

        add_kind_source(deadline_kinds)
