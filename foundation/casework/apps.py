from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    """Case engine and what all cases share."""

    name = "foundation.casework"
    label = "casework"
    verbose_name = _("Cases")

    def ready(self):
        """Register the soundness check of every workflow, the alerts that follow from the clocks of cases, and the clocks as

        followers of the calendar.
        """
        from foundation.regulations.services.calendar_edits import on_change

        from . import checks  # noqa: F401 - Django's own place for registration
        from .alert_kinds import add_kind_source
        from .selectors.deadline_alerts import deadline_kinds
        from .services.recount import recount

        add_kind_source(deadline_kinds)
        on_change(recount)
