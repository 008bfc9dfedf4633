from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupervisionConfig(AppConfig):
    """Supervision of cadres."""

    name = "supervision"
    verbose_name = _("Supervision (干部监督)")

    def ready(self):
        """Register this room's kinds of cases, the texts of its notices, and the ways to it from a person."""
        from . import notices  # noqa: F401 - Django's own place for registration
        from .selectors import person_badges, person_ways  # noqa: F401
        from .services import (  # noqa: F401
            admonishments,
            alerts,
            appeal_alerts,
            conflict_alerts,
            conflict_steps,
            conflicts,
            handlings,
            holds,
            inquiries,
            leads,
            matter_alerts,
            pending,
            reminders,
            reuse_alerts,
            reuses,
            revisits,
            talks,
        )
