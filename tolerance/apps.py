from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ToleranceConfig(AppConfig):
    """Shelter: fault tolerance, clearance."""

    name = "tolerance"
    verbose_name = _("Fault tolerance (容错)")

    def ready(self):
        """Register this room's kinds of cases, of effects, of alerts, and what it says beside people's names."""
        from . import checks  # noqa: F401 - Django's own place for registration
        from .selectors import clearance_ways, person_badges  # noqa: F401
        from .services import (  # noqa: F401
            accusations,
            cases,
            clearance_alerts,
            clearances,
            complaints,
            filings,
            identities,
            identity_requests,
            kinds_handlings,
            kinds_holds,
            kinds_records,
            kinds_tools,
            shelter_alerts,
        )
        from .workflows import clearance_facts, complaint_facts  # noqa: F401
